// W10, shortened: what an open tab holds after many live events ÷ after a few: JavaScript's heap and WASM's memory, after a
// collection. Customers write from many more conversations than a page of the list has, as they do in eight hours; that every
// one of their messages was told to the tab is part of the run.
import assert from "node:assert/strict";

import { hydrated } from "../support/browser.mjs";
import { SHORT, customersWrite, form, gate, inboxOf, print, report } from "./kit.mjs";

/** Customers who write; each of them is a conversation. */
const CUSTOMERS = form(500, 5_000);

/** Lets the page tell how large the memories of its modules are. */
function watchMemories() {
  const memories = (globalThis.memories = new Set());
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      for (const exported of Object.values((made.instance ?? made).exports)) {
        if (exported instanceof WebAssembly.Memory) memories.add(exported);
      }
      return made;
    };
  }
}

/** Megabytes after the garbage is gone: JavaScript's heap, what the document takes of it, and WASM's memory. */
async function held(page, devtools) {
  // The second time takes what the first has let go of.
  for (let time = 0; time < 2; time++) await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize = 0 } = await devtools.send("Runtime.getHeapUsage");
  const wasm = await page.evaluate(() => [...globalThis.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  assert.ok(wasm > 0, "the memory of the page's module was not seen");
  const [heap, module] = [(usedSize + embedderHeapUsedSize) / 1e6, wasm / 1e6];
  return { heap, module, all: heap + module };
}

/** Counts the events that the tab is told of messages; a connection that was told to load anew counts none. */
function countEvents(devtools) {
  const told = { messages: 0, reloads: 0 };
  devtools.on("Network.webSocketFrameReceived", ({ response }) => {
    const frame = JSON.parse(response.payloadData);
    const events = frame.frame === "events" ? frame.events : frame.frame === "event" ? [frame] : [];
    told.messages += events.filter(({ kind }) => kind === "message_created").length;
    if (frame.frame === "reload") told.reloads += 1;
  });
  return told;
}

/** Waits until the tab was told of so many messages, and has had the time to show them. */
async function arrived(page, told, count) {
  const end = Date.now() + 60_000;
  while (told.messages < count) {
    assert.equal(told.reloads, 0, "the tab was told to load anew: events came quicker than they are told one by one");
    assert.ok(Date.now() < end, `of ${count} messages the tab was told of ${told.messages}`);
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(3_000);
}

await gate(async ({ page, devtools }) => {
  await devtools.send("Network.enable");
  const told = countEvents(devtools);
  await page.addInitScript(watchMemories);
  await page.goto(inboxOf(SHORT));
  await hydrated(page);
  await page.waitForTimeout(1_000);
  Object.assign(told, { messages: 0, reloads: 0 });

  const [few, many] = form([200, 4_000], [1_000, 50_000]);
  await customersWrite("early", few, { customers: CUSTOMERS });
  await arrived(page, told, few);
  const early = await held(page, devtools);
  await customersWrite("late", many - few, { customers: CUSTOMERS });
  await arrived(page, told, many);
  const late = await held(page, devtools);
  await page.locator(".row-item").first().waitFor();

  const sizes = ({ all }) => `${all.toFixed(1)} MB`;
  print({
    gate: "W10",
    what: `memory of a tab after ${many} live messages ÷ after ${few}, of ${CUSTOMERS} customers`,
    ours: sizes(late),
    baseline: sizes(early),
    value: late.all / early.all,
    floor: 2,
    goal: 1.2,
  });
  for (const [part, what] of [["heap", "JavaScript's heap"], ["module", "WASM's memory"]]) {
    const [mine, baseline] = [late[part], early[part]];
    report({ gate: "W10", what: `of it ${what}`, ours: `${mine.toFixed(1)} MB`, baseline: `${baseline.toFixed(1)} MB`, ratio: mine / baseline });
  }
});
