// W5: opening a thread of 10,000 messages ÷ one of 50, and what stands on the page then.
import { LONG, SHORT, form, gate, inboxOf, median, pairs, print, printPairs } from "./kit.mjs";

/** Opens a conversation as a click on its row does, and gives the time until its messages are painted, in ms. */
async function opening(page, conversation) {
  return page.evaluate(
    async ([inbox, thread]) => {
      const follow = (href) => {
        const link = Object.assign(document.createElement("a"), { href });
        document.body.append(link);
        link.click();
        link.remove();
      };
      const until = async (holds) => {
        const end = performance.now() + 15_000;
        while (!holds()) {
          if (performance.now() > end) throw new Error(`not on screen after 15 s: ${location.pathname}`);
          await new Promise(requestAnimationFrame);
        }
      };
      const log = () => document.querySelector('[role="log"]');
      follow(inbox);
      await until(() => location.pathname === inbox && !log());
      const began = performance.now();
      follow(thread);
      await until(() => location.pathname === thread && log()?.innerText.trim());
      await new Promise(requestAnimationFrame);
      return performance.now() - began;
    },
    [inboxOf(), inboxOf(conversation)],
  );
}

async function several(page, conversation) {
  const times = [];
  for (let n = 0; n < form(5, 20); n++) times.push(await opening(page, conversation));
  return median(times);
}

await gate(async ({ page }) => {
  const measured = await pairs(() => several(page, LONG), () => several(page, SHORT));
  printPairs("W5", "opening a thread of 10,000 messages ÷ one of 50", "ms", measured, 4, 1.5);
  await opening(page, LONG);
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  print({ gate: "W5", what: "elements on the page with the long thread open", ours: String(nodes), value: nodes, floor: 3000, goal: 1500 });
});
