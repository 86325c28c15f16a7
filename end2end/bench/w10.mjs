// W10, shortened: what an open tab holds after many live events ÷ after a few: JavaScript's heap and WASM's memory.
import { SHORT, customersWrite, form, gate, inboxOf, print } from "./kit.mjs";
import { hydrated } from "../support/browser.mjs";

/** Megabytes after the garbage is gone. */
async function held(devtools) {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize = 0, embedderHeapUsedSize = 0 } = await devtools.send("Runtime.getHeapUsage");
  return (usedSize + backingStorageSize + embedderHeapUsedSize) / 1e6;
}

await gate(async ({ page, devtools }) => {
  await page.goto(inboxOf(SHORT));
  await hydrated(page);
  const [few, many] = form([200, 4_000], [1_000, 50_000]);
  await customersWrite("early", few);
  await page.waitForTimeout(3_000);
  const early = await held(devtools);
  await customersWrite("late", many - few, { atOnce: 16 });
  await page.waitForTimeout(5_000);
  const late = await held(devtools);
  print({
    gate: "W10",
    what: `memory of a tab after ${many} customers' messages ÷ after ${few}`,
    ours: `${late.toFixed(1)} MB`,
    baseline: `${early.toFixed(1)} MB`,
    value: late / early,
    floor: 2,
    goal: 1.2,
  });
});
