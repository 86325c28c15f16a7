// W4: operations on a list of a thousand rows, as the js-framework-benchmark has them: the inbox' rows (bench/list-app)
// against the same markup without a framework (w4-vanilla.mjs), in turn in one browser. Told is the processor time of the
// page's main thread from the click to the paint after it: script, style, layout and paint, and no waiting.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

import { CHARLA } from "../support/browser.mjs";
import { WORKSPACE, gate, inboxOf, printPairs, quotients, report } from "./kit.mjs";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const MODULES = { "/vanilla.mjs": path.join(here, "w4-vanilla.mjs") };
const TYPES = { ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm" };

/** Kinds of rows: with and without what a row may have, as the first conversations of the inbox have it. */
const KINDS = 12;
/** Rows are this far apart, and all of the viewer's present day, so that each shows its time. */
const STEP = 20_000;
const NOW = Date.UTC(2026, 0, 16, 2, 30);

/** What is clicked before, and how often what is measured: the light ones several times, each to its paint. */
const OPERATIONS = [
  { name: "create", what: "create 1,000", before: ["clear"], times: 1 },
  { name: "update", what: "update every 10th", before: ["clear", "create"], times: 10 },
  { name: "swap", what: "swap two", before: ["clear", "create"], times: 10 },
  { name: "select", what: "select one", before: ["clear", "create"], times: 10 },
  { name: "remove", what: "remove one", before: ["clear", "create"], times: 10 },
  { name: "append", what: "append 1,000", before: ["clear", "create"], times: 1 },
];

/** Serves both pages and their modules; styles, words and icons are Charla's. */
async function serve(links) {
  const vanilla = (await readFile(path.join(here, "w4-vanilla.html"), "utf8")).replace("<!--links-->", links);
  const ours = `<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>The list</title>${links}</head><body></body></html>`;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const page = { "/ours": ours, "/vanilla": vanilla }[pathname];
    if (page) return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
    const listFile = pathname.startsWith("/list/") && path.join(process.env.CHARLA_BENCH_LIST, path.basename(pathname));
    const file = MODULES[pathname] ?? listFile;
    if (file) return response.writeHead(200, { "content-type": TYPES[path.extname(file)] }).end(await readFile(file));
    const answer = await fetch(`${CHARLA}${request.url}`);
    const type = answer.headers.get("content-type") ?? "application/octet-stream";
    response.writeHead(answer.status, { "content-type": type }).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/** Two thousand conversations, newest first: those of the inbox over and over, each with an id, a time and words of its own. */
function conversations(first) {
  const kinds = first.filter((row) => row.contact.name && row.preview.content_type === "text" && row.preview.text);
  assert.ok(kinds.length >= KINDS, `only ${kinds.length} conversations of the first page show a name and words`);
  return Array.from({ length: 2_000 }, (_, place) => {
    const kind = place % KINDS;
    const at = new Date(NOW - (place + 1) * STEP).toISOString().replace(".000", "");
    const id = `01890a5d-ac96-774b-bcce-${place.toString(16).padStart(12, "0")}`;
    const preview = { ...kinds[kind].preview, text: `${kinds[kind].preview.text} ${place}` };
    return { ...kinds[kind], kind, id, preview, last_message_at: at, last_inbound_at: at, waiting_since: null };
  });
}

/** Clicks, each to its paint. */
async function click({ page, devtools }, name, times) {
  await page.bringToFront();
  const told = await devtools.send("Runtime.evaluate", { expression: `clicks(${JSON.stringify(name)}, ${times})`, awaitPromise: true });
  if (told.exceptionDetails) throw new Error(`${name}: ${told.exceptionDetails.exception?.description ?? told.exceptionDetails.text}`);
}

/** Seconds the page's main thread has worked. */
async function worked(devtools) {
  const { metrics } = await devtools.send("Performance.getMetrics");
  const time = metrics.find(({ name }) => name === "ThreadTime");
  if (!time) throw new Error("this browser does not tell the time of its main thread");
  return time.value;
}

/** What the list shows, and of how many elements it is made. */
const shown = ({ page }) =>
  page.evaluate(() => ({
    elements: document.querySelectorAll(".rows .row-item, .rows .row-item *").length,
    rows: [...document.querySelectorAll(".rows .row-item")].map((row) => {
      const [link, time] = [row.querySelector(".row"), row.querySelector("time")];
      return [link.id, link.getAttribute("href"), link.getAttribute("aria-current"), time.dateTime, time.title, row.textContent];
    }),
  }));

/** Milliseconds of one operation; `times` of them are done. */
async function cost(side, { name, before, times }) {
  for (const earlier of before) await click(side, earlier, 1);
  await side.devtools.send("HeapProfiler.collectGarbage");
  const began = await worked(side.devtools);
  await click(side, name, times);
  return ((await worked(side.devtools)) - began) * 1000 / times;
}

/** Opens one of the pages, with what its buttons are clicked by. */
async function open(context, troubles, address) {
  const page = await context.newPage();
  page.on("pageerror", (error) => troubles.push(`script error on ${page.url()}: ${error.message}`));
  await page.goto(address);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  await page.evaluate(() => {
    const painted = () =>
      new Promise((done) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = done;
          port2.postMessage(null);
        }),
      );
    globalThis.clicks = async (name, times) => {
      for (let n = 0; n < times; n++) {
        document.getElementById(name).click();
        await painted();
      }
    };
  });
  return { page, devtools };
}

const geometricMean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

await gate(async ({ context, page, troubles }) => {
  const html = await (await context.request.get(inboxOf())).text();
  const [, style] = html.match(/href="(\/pkg\/[^"]+\.css)"/);
  const [, words] = html.match(/href="(\/messages\/[^"]+)"/);
  const answer = await context.request.post("/fn/inbox/conversations", { data: { workspace: WORKSPACE, place: "beginning" } });
  const all = conversations((await answer.json()).conversations);
  const links = `<link rel="stylesheet" href="${style}"><link id="messages" rel="preload" href="${words}" as="fetch" crossorigin="anonymous">`;
  const server = await serve(links);
  const base = `http://127.0.0.1:${server.address().port}`;
  try {
    const ours = await open(context, troubles, `${base}/ours`);
    const given = JSON.stringify({ workspace: WORKSPACE, now: new Date(NOW).toISOString(), conversations: all });
    await ours.page.evaluate(async (given) => {
      const list = await import("/list/charla.js");
      await list.default({ module_or_path: "/list/charla.wasm" });
      await list.show(given);
    }, given);
    await click(ours, "create", 1);
    const templates = await ours.page.evaluate(
      (kinds) => [...document.querySelectorAll(".rows .row-item")].slice(0, kinds).map((row) => row.outerHTML.replace(/<!--.*?-->/gs, "")),
      KINDS,
    );

    const vanilla = await open(context, troubles, `${base}/vanilla`);
    await vanilla.page.evaluate(
      async (given) => (await import("/vanilla.mjs")).show(given),
      { conversations: all, templates, inbox: inboxOf() },
    );

    const measured = Object.fromEntries(OPERATIONS.map(({ name }) => [name, []]));
    // One to warm up, and five pairs; what is seen is compared each time.
    for (let pair = 0; pair <= 5; pair++) {
      for (const operation of OPERATIONS) {
        const costs = [await cost(ours, operation), await cost(vanilla, operation)];
        assert.deepEqual(await shown(ours), await shown(vanilla), `after "${operation.what}" both show the same`);
        if (pair > 0) measured[operation.name].push(costs);
      }
    }
    const side = (pair, which) => geometricMean(OPERATIONS.map(({ name }) => measured[name][pair][which]));
    const means = Array.from({ length: 5 }, (_, pair) => [side(pair, 0), side(pair, 1)]);
    printPairs("W4", "processor time of six operations on 1,000 rows of the inbox, geometric mean ÷ without a framework", "ms", quotients(means), 2, 1.5);
    for (const { name, what } of OPERATIONS) {
      const { ours: mine, baseline, ratio, spread } = quotients(measured[name]);
      report({ gate: "W4", what, ours: `${mine.toFixed(2)} ms`, baseline: `${baseline.toFixed(2)} ms`, ratio, spread });
    }
  } finally {
    await page.bringToFront();
    server.close();
    server.closeAllConnections();
  }
});
