// What the gates in the browser share: pairs, figures, and the line that is printed. See docs/PERFORMANCE.md.
import { hydrated, launch, person } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

/** The workspace with demo data, its longest conversation, and one of about fifty messages. */
export const WORKSPACE = process.env.CHARLA_BENCH_WORKSPACE;
export const LONG = process.env.CHARLA_BENCH_LONG;
export const SHORT = process.env.CHARLA_BENCH_SHORT;
export const FULL = process.env.CHARLA_BENCH_FULL === "1";

export const inboxOf = (conversation) => `/w/${WORKSPACE}/inbox${conversation ? `/${conversation}` : ""}`;

/** One of two values, by the form. */
export const form = (quick, full) => (FULL ? full : quick);

/** The smallest value that this share of all does not exceed. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export const median = (values) => quantile(values, 0.5);

const short = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value < 0.1 ? 4 : 2));

/** Lines of the table. They are printed when nothing went wrong in the page: a figure without its check is none. */
const lines = [];
const remarks = [];

const line = (...cells) => lines.push(`| ${cells.join(" | ")} |`);

/**
 * Adds a line of the table. `value` is what the bounds are about, which say what is at most allowed, or at least when
 * `least`. `ratio` is given where the bounds are about something else than the quotient of the two sides.
 */
export function print({ gate, what, ours, baseline = "–", value, ratio = value, spread = "–", floor, goal, unit = "", least = false }) {
  const holds = (bound) => (least ? value >= bound : value <= bound);
  const bound = (limit) => `${least ? "≥" : "≤"} ${limit}${unit}`;
  const verdict = holds(goal) ? "goal" : holds(floor) ? "floor" : "**missed**";
  line(gate, what, ours, baseline, baseline === "–" ? "–" : short(ratio), spread, bound(floor), bound(goal), verdict);
}

/** Adds a line of figures that no bound is about. */
export function report({ gate, what, ours, baseline = "–", ratio, spread = "–" }) {
  line(gate, what, ours, baseline, baseline === "–" ? "–" : short(ratio), spread, "–", "–", "reported");
}

/** Adds a remark below the table. */
export const remark = (text) => remarks.push(text);

/** Ours and the baseline in turn: one warm-up, then five pairs. */
export async function pairs(ours, baseline) {
  await ours();
  await baseline();
  const measured = [];
  for (let pair = 0; pair < 5; pair++) measured.push([await ours(), await baseline()]);
  return quotients(measured);
}

/** What comes of figures of ours and of the baseline, pair by pair. */
export function quotients(measured) {
  const ratios = measured.map(([mine, other]) => mine / other);
  return {
    ours: median(measured.map(([mine]) => mine)),
    baseline: median(measured.map(([, other]) => other)),
    ratio: median(ratios),
    spread: `${short(Math.min(...ratios))}–${short(Math.max(...ratios))}`,
  };
}

/** A row of pairs. */
export function printPairs(gate, what, unit, measured, floor, goal) {
  const { ours, baseline, ratio, spread } = measured;
  print({ gate, what, ours: `${short(ours)} ${unit}`, baseline: `${short(baseline)} ${unit}`, value: ratio, spread, floor, goal });
}

/** Runs a gate with somebody's open inbox in the workspace of the demo data. Whatever went wrong in the page fails it. */
export async function gate(measure) {
  const browser = await launch();
  try {
    const someone = await person(browser);
    await olga(someone.page);
    await someone.page.goto(inboxOf());
    await hydrated(someone.page);
    const devtools = await someone.context.newCDPSession(someone.page);
    await measure({ ...someone, browser, devtools });
    if (someone.troubles.length) throw new Error(someone.troubles.join("\n"));
    for (const text of [...lines, ...remarks]) console.log(text);
  } finally {
    await browser.close();
  }
}

/** Customers write this many messages in turn, at most `atOnce` on their way at a time; `pause` in ms after each. */
export async function customersWrite(tag, count, { atOnce = 8, pause = 0, customers = 50 } = {}) {
  let next = 0;
  const writer = async () => {
    while (next < count) {
      const number = next++;
      const customer = number % customers;
      const from = `+55119001${String(customer).padStart(5, "0")}`;
      await writes(WORKSPACE, { name: `Customer ${customer}`, from }, `${tag} ${number}`);
      if (pause) await new Promise((done) => setTimeout(done, pause));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, writer));
}
