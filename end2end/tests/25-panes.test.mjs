// The panes of the inbox: made wider and narrower, folded away, and still so on the next page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const PIA = { name: "Pia Pane", from: "+5511900000191" };
const line = (page, name) => page.getByRole("separator", { name });
const pane = (page) => page.getByRole("complementary", { name: "Contact" });
const width = async (locator) => Math.round((await locator.boundingBox()).width);
const sticksOut = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

let browser, address;
before(async () => {
  browser = await launch();
  const { context, page } = await person(browser);
  const workspace = await olga(page);
  await writes(workspace, PIA, "how wide are you?");
  await page.getByRole("link", { name: /Pia Pane/ }).filter({ hasText: "how wide are you?" }).first().click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  address = new URL(page.url()).pathname;
  await context.close();
});
after(() => browser.close());

/** Somebody with Pia's conversation on screen. */
async function thread(options) {
  const someone = await person(browser, options);
  await olga(someone.page);
  await open(someone.page, address);
  await someone.page.getByRole("log").getByText("how wide are you?").waitFor();
  return someone;
}

/** Drags a line sideways. */
async function drag(page, line, by) {
  const box = await line.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by / 2, y, { steps: 4 });
  await page.mouse.move(x + by, y, { steps: 4 });
  await page.mouse.up();
}

/** Waits until the line says that its pane is so wide. */
async function says(line, wanted) {
  let now;
  for (let tries = 0; tries < 60; tries += 1) {
    now = Number(await line.getAttribute("aria-valuenow"));
    if (now === wanted) return;
    await line.page().waitForTimeout(100);
  }
  assert.equal(now, wanted, await line.getAttribute("aria-label"));
}

test("panes are dragged, and the next page begins with them as they were, without a jump", async () => {
  const { page, troubles } = await thread({ viewport: { width: 1600, height: 900 } });
  const list = page.locator(".list");
  const before = await width(list);
  // Measured: from then on the line can be moved.
  await says(line(page, "Width of the list"), before);
  await drag(page, line(page, "Width of the list"), 60);
  await says(line(page, "Width of the list"), before + 60);
  const contact = await width(pane(page));
  await drag(page, line(page, "Width of the contact"), -40);
  await says(line(page, "Width of the contact"), contact + 40);
  await picture(page, "panes");
  assert.deepEqual(await complaints(page), []);

  await page.addInitScript(() => {
    globalThis.moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.moved += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  // As the host draws it, before any script.
  await page.goto(address, { waitUntil: "commit" });
  await list.waitFor();
  assert.equal(await width(list), before + 60);
  await hydrated(page);
  assert.equal(await width(list), before + 60);
  assert.equal(await width(pane(page)), contact + 40);
  assert.ok((await page.evaluate(() => globalThis.moved)) <= 0.02, "nothing jumps");

  // A double click gives it its usual width again, also for the next page.
  await line(page, "Width of the list").dblclick();
  await says(line(page, "Width of the list"), before);
  await page.reload();
  await hydrated(page);
  assert.equal(await width(list), before);
  assert.deepEqual(troubles, []);
});

test("panes are moved by keyboard, within their limits", async () => {
  const { page, troubles } = await thread();
  const list = line(page, "Width of the list");
  const usual = Number(await width(page.locator(".list")));
  const limit = async (which) => Number(await list.getAttribute(which));
  await list.focus();
  await page.keyboard.press("ArrowRight");
  await says(list, usual + 16);
  await page.keyboard.press("ArrowLeft");
  await says(list, usual);
  await page.keyboard.press("Home");
  await says(list, await limit("aria-valuemin"));
  await page.keyboard.press("ArrowLeft");
  await says(list, await limit("aria-valuemin"));
  await page.keyboard.press("End");
  await says(list, await limit("aria-valuemax"));
  assert.equal(await sticksOut(page), false);

  // A narrower window takes its share of what it has.
  await page.setViewportSize({ width: 900, height: 700 });
  await page.waitForFunction(() => {
    const line = document.querySelector("[role=separator]");
    return Number(line.ariaValueMax) < 400 && line.ariaValueNow === line.ariaValueMax;
  });
  assert.equal(await sticksOut(page), false);
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.keyboard.press("Enter");
  await says(list, usual);
  const contact = line(page, "Width of the contact");
  const before = await width(pane(page));
  await contact.focus();
  await page.keyboard.press("ArrowLeft");
  await says(contact, before + 16);
  await page.keyboard.press("Enter");
  await says(contact, before);
  assert.deepEqual(troubles, []);
});

test("the contact is folded away by a key or a button, and stays so", async () => {
  const { page, troubles } = await thread();
  const button = page.getByRole("button", { name: "Show the contact" });
  await pane(page).waitFor();
  await page.waitForFunction(() => document.querySelector("#thread-details").ariaExpanded === "true");
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("d");
  await pane(page).waitFor({ state: "hidden" });
  assert.equal(await line(page, "Width of the contact").filter({ visible: true }).count(), 0);
  assert.deepEqual(await complaints(page), []);
  await page.reload();
  assert.equal(await pane(page).isVisible(), false, "the host draws it folded");
  await hydrated(page);
  await page.waitForFunction(() => document.querySelector("#thread-details").ariaExpanded === "false");
  await button.click();
  await pane(page).waitFor();
  // It is loaded though it was not there when the page began.
  await pane(page).getByRole("button", { name: "Change tags" }).waitFor();
  assert.deepEqual(troubles, []);
});

test("where there is no room for it, the contact is laid over the thread for as long as one looks", async () => {
  const { page, troubles } = await thread({ viewport: { width: 900, height: 700 } });
  await pane(page).waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Show the contact" }).click();
  await pane(page).waitFor();
  // It lies over the field that the key opens, too.
  await page.keyboard.press("Control+f");
  await page.getByRole("searchbox", { name: "Search in this conversation" }).click();
  await pane(page).waitFor({ state: "hidden" });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Show the contact" }).click();
  await pane(page).waitFor();
  await page.reload();
  await hydrated(page);
  await pane(page).waitFor({ state: "hidden" });
  assert.equal(await line(page, "Width of the list").isVisible(), true);
  assert.equal(await line(page, "Width of the contact").filter({ visible: true }).count(), 0);
  assert.deepEqual(troubles, []);
});

test("in Arabic the panes stand the other way round, and arrows go where they point", async () => {
  const { page, context, troubles } = await thread();
  await context.addCookies([{ name: "charla_locale", value: "ar", url: page.url() }]);
  await open(page, address);
  const list = line(page, "اتساع القائمة");
  await list.waitFor();
  const usual = await width(page.locator(".list"));
  await list.focus();
  await page.keyboard.press("ArrowLeft");
  await says(list, usual + 16);
  await drag(page, list, -24);
  await says(list, usual + 40);
  await page.keyboard.press("ArrowRight");
  await says(list, usual + 24);
  const contact = line(page, "اتساع لوحة جهة الاتصال");
  const before = await width(page.locator(".contact"));
  await contact.focus();
  await page.keyboard.press("ArrowRight");
  await says(contact, before + 16);
  await picture(page, "panes-rtl");
  assert.equal(await sticksOut(page), false);
  assert.deepEqual(troubles, []);
});
