// A real Chromium, and what the tests need of it.
import path from "node:path";
import { chromium } from "playwright-core";

export const CHARLA = process.env.CHARLA_URL;
export const SIMULATOR = process.env.CHARLA_SIMULATOR_URL;
const OUTPUT = process.env.CHARLA_OUTPUT ?? "output";

const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium, with further switches if need be; close it when the test file is done. */
export async function launch(switches = []) {
  return chromium.launch({
    executablePath: process.env.CHARLA_BROWSER ?? "/usr/bin/chromium",
    args: [...QUIET, "--no-sandbox", ...switches],
  });
}

/**
 * A person's own browser window: cookies of its own, and a list of everything that went wrong in it (script errors, refused
 * content, failed requests to us) that the test looks at in the end.
 */
export async function person(browser, options = {}) {
  const context = await browser.newContext({
    baseURL: CHARLA,
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "America/Sao_Paulo",
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`script error on ${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    const refused = /Content Security Policy|Refused to/.test(text);
    const unhydrated = /hydration|panicked|unreachable/i.test(text);
    if (message.type() === "error" && (refused || unhydrated)) troubles.push(`console on ${page.url()}: ${text}`);
    if (message.type() === "warning" && unhydrated) troubles.push(`console on ${page.url()}: ${text}`);
  });
  await showAll(page);
  return { context, page, troubles };
}

/** Room around a page for the bars of its browser, in pixels. */
const BARS = 200;

/**
 * Makes the window larger than its page. It is as large as the page at first, and its bars take their part of it: what of
 * the page is below the window is drawn and never presented, so a letter typed there comes late to whoever measures it.
 */
async function showAll(page) {
  const devtools = await page.context().newCDPSession(page);
  const { windowId } = await devtools.send("Browser.getWindowForTarget");
  const { width, height } = page.viewportSize();
  await devtools.send("Browser.setWindowBounds", { windowId, bounds: { width: width + BARS, height: height + BARS } });
  await devtools.detach();
}

/** Waits until the page's script has taken over; clicks before that would be lost. */
export async function hydrated(page) {
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
}

/** Opens a page of Charla and waits for its script. */
export async function open(page, url) {
  const response = await page.goto(url);
  await hydrated(page);
  return response;
}

/** A picture to be looked at. */
export async function picture(page, name) {
  await page.screenshot({ path: path.join(OUTPUT, `${name}.png`) });
}
