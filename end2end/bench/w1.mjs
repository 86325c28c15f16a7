// W1, of the inbox: what a browser loads until somebody can work in it, every file by brotli 11.
import { brotliCompressSync, constants } from "node:zlib";

import { hydrated } from "../support/browser.mjs";
import { gate, inboxOf, print, report } from "./kit.mjs";

const packed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

await gate(async ({ browser, context }) => {
  // A browser that has nothing yet but the login.
  const fresh = await browser.newContext({ baseURL: process.env.CHARLA_URL, storageState: await context.storageState() });
  const page = await fresh.newPage();
  // Until somebody can work, and afterwards: pages beside the inbox are loaded ahead when it is there.
  const [needed, ahead] = [{}, {}];
  let usable = false;
  const loading = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    // Questions to the server are no files.
    if (response.request().resourceType() !== "document" && !pathname.includes(".")) return;
    const kind = response.request().resourceType() === "document" ? "html" : pathname.split(".").pop();
    const sizes = usable ? ahead : needed;
    loading.push(response.body().then((body) => (sizes[kind] = (sizes[kind] ?? 0) + packed(body)), () => undefined));
  });
  await page.goto(inboxOf(), { waitUntil: "commit" });
  await hydrated(page);
  usable = true;
  // Two seconds after it has come alive the page fetches the others ahead.
  await page.waitForResponse(/split_/, { timeout: 30_000 });
  await page.waitForLoadState("networkidle");
  await Promise.all(loading);
  const sum = (sizes) => Object.values(sizes).reduce((sum, size) => sum + size, 0);
  const named = (sizes) => Object.entries(sizes).map(([kind, size]) => `${kind} ${(size / 1000).toFixed(0)}`).join(", ");
  const total = sum(needed);
  const empty = Number(process.env.CHARLA_BENCH_EMPTY);
  print({
    gate: "W1",
    what: `bytes of a usable inbox, brotli 11 (kB: ${named(needed)}); beside the scripts of an empty Leptos app`,
    ours: `${(total / 1000).toFixed(0)} kB`,
    baseline: `${(empty / 1000).toFixed(0)} kB`,
    value: total / 1000,
    ratio: total / empty,
    floor: 900,
    goal: 500,
    unit: " kB",
  });
  report({ gate: "W1", what: `what is loaded ahead afterwards (kB: ${named(ahead)})`, ours: `${(sum(ahead) / 1000).toFixed(0)} kB` });
});
