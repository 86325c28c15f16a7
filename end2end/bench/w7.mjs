// W7: from a key to the next paint, at a fourfold slower processor: 200 actions of somebody who works by keyboard.
import { SHORT, gate, inboxOf, print, quantile } from "./kit.mjs";
import { hydrated } from "../support/browser.mjs";

const ACTIONS = 200;
/** The browser tells of nothing that is quicker; it counts as this. */
const LEAST = 16;

await gate(async ({ page, devtools }) => {
  await page.goto(inboxOf(SHORT));
  await hydrated(page);
  await page.evaluate((least) => {
    globalThis.delays = new Map();
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries()) {
        if (interactionId) globalThis.delays.set(interactionId, Math.max(duration, globalThis.delays.get(interactionId) ?? 0));
      }
    }).observe({ type: "event", durationThreshold: least, buffered: true });
  }, LEAST);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const composer = page.getByRole("textbox", { name: "Message", exact: true });
  for (let action = 0; action < ACTIONS; action++) {
    // Forty letters, then down the list and up again; ten rounds of twenty.
    const round = Math.floor(action / 20) % 2;
    if (round === 0) {
      if (action % 20 === 0) await composer.focus();
      await page.keyboard.press("a");
    } else {
      if (action % 20 === 0) await page.evaluate(() => document.activeElement?.blur());
      await page.keyboard.press(action % 20 < 10 ? "j" : "k");
    }
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(1_000);
  const told = await page.evaluate(() => [...globalThis.delays.values()]);
  const delays = [...told, ...Array(Math.max(0, ACTIONS - told.length)).fill(LEAST)];
  const worst = quantile(delays, 0.98);
  print({ gate: "W7", what: `${ACTIONS} actions at 4× throttle: key to paint, p98`, ours: `${worst.toFixed(0)} ms`, value: worst, floor: 200, goal: 100 });
});
