// W6: when the inbox is painted, at a fourfold slower processor; against a static file of the same HTML and styles.
import { createServer } from "node:http";

import { CHARLA } from "../support/browser.mjs";
import { gate, inboxOf, pairs, print, printPairs } from "./kit.mjs";

/** Serves the page as it came, without its scripts; everything else is Charla's. */
async function still(html) {
  const bare = html.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<link[^>]*(modulepreload|as="(fetch|script)")[^>]*>/g, "");
  const server = createServer(async (request, response) => {
    if (request.url === "/still") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(bare);
      return;
    }
    const answer = await fetch(`${CHARLA}${request.url}`);
    const type = answer.headers.get("content-type") ?? "application/octet-stream";
    response.writeHead(answer.status, { "content-type": type }).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/** Time until the largest part of the page is painted, and until the first byte came, in ms. */
async function painting(page, address) {
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(300);
  return page.evaluate(
    () =>
      new Promise((done) => {
        new PerformanceObserver((list) => {
          const largest = list.getEntries().at(-1);
          done({ largest: largest.startTime, first: performance.getEntriesByType("navigation")[0].responseStart });
        }).observe({ type: "largest-contentful-paint", buffered: true });
      }),
  );
}

await gate(async ({ page, devtools }) => {
  const html = await (await page.context().request.get(inboxOf())).text();
  const server = await still(html);
  try {
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const other = `http://127.0.0.1:${server.address().port}/still`;
    const measured = await pairs(
      async () => (await painting(page, inboxOf())).largest,
      async () => (await painting(page, other)).largest,
    );
    printPairs("W6", "largest paint of the inbox at 4× throttle ÷ static file", "ms", measured, 3, 1.6);
    print({ gate: "W6", what: "the same, absolute", ours: `${measured.ours.toFixed(0)} ms`, value: measured.ours, floor: 4000, goal: 2500 });
    const first = await pairs(
      async () => (await painting(page, inboxOf())).first,
      async () => (await painting(page, other)).first,
    );
    printPairs("W6", "first byte of the inbox ÷ static file", "ms", first, 3, 1.6);
  } finally {
    server.close();
  }
});
