// W8: how much the page moves under one's eyes while customers write.
import { SHORT, customersWrite, form, gate, inboxOf, print } from "./kit.mjs";
import { hydrated } from "../support/browser.mjs";

await gate(async ({ page }) => {
  await page.goto(inboxOf(SHORT));
  await page.evaluate(() => {
    // As web.dev/cls defines it: the worst window of at most five seconds, with pauses of less than one.
    globalThis.shift = { worst: 0, window: 0, began: 0, last: 0 };
    new PerformanceObserver((list) => {
      const shift = globalThis.shift;
      for (const { value, startTime, hadRecentInput } of list.getEntries()) {
        if (hadRecentInput) continue;
        const goesOn = startTime - shift.last < 1_000 && startTime - shift.began < 5_000;
        if (!goesOn) Object.assign(shift, { window: 0, began: startTime });
        shift.window += value;
        shift.last = startTime;
        shift.worst = Math.max(shift.worst, shift.window);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await hydrated(page);
  const seconds = form(20, 60);
  await customersWrite("shifting", seconds * 4, { atOnce: 2, pause: 500 });
  await page.getByText(/^shifting \d+$/).first().waitFor();
  await page.waitForTimeout(1_000);
  const { worst } = await page.evaluate(() => globalThis.shift);
  print({ gate: "W8", what: `layout shift with ${seconds * 4} live messages in ${seconds} s`, ours: worst.toFixed(4), value: worst, floor: 0.1, goal: 0.02 });
});
