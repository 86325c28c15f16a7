// The frame around the pages and the components they are made of.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  await someone.context.close();
});
after(() => browser.close());

async function member(options) {
  const someone = await person(browser, options);
  await olga(someone.page);
  return someone;
}

for (const scheme of ["light", "dark"]) {
  for (const density of ["Comfortable", "Compact"]) {
    test(`every component is clean: ${scheme}, ${density}`, async () => {
      const { page, troubles } = await person(browser, { colorScheme: scheme });
      await open(page, "/design");
      const choice = page.getByRole("form", { name: "Density" }).getByRole("button", { name: density });
      await choice.click();
      await page.locator(`html[data-density="${density.toLowerCase()}"]`).waitFor();
      await hydrated(page);
      assert.equal(await choice.getAttribute("aria-pressed"), "true");
      assert.deepEqual(await complaints(page), []);
      await page.screenshot({ path: `${process.env.CHARLA_OUTPUT ?? "output"}/design-${scheme}-${density.toLowerCase()}.png`, fullPage: true });
      await page.getByRole("button", { name: "More to do" }).click();
      await page.getByRole("button", { name: "Say", exact: true }).waitFor();
      assert.deepEqual(await complaints(page), []);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Labels", exact: true }).click();
      assert.deepEqual(await complaints(page), []);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Fail", exact: true }).click();
      await page.getByRole("button", { name: "Offer", exact: true }).click();
      await page.getByRole("button", { name: "Undo", exact: true }).waitFor();
      // Colours are measured once nothing moves any more.
      await page.waitForTimeout(300);
      assert.deepEqual(await complaints(page), []);
      await page.getByRole("button", { name: "Open the dialog" }).click();
      assert.deepEqual(await complaints(page), []);
      assert.deepEqual(troubles, []);
    });
  }
}

test("toasts: at most three, what was done can be undone, Escape puts them away", async () => {
  const { page, troubles } = await person(browser);
  await open(page, "/design");
  const shown = page.getByRole("region", { name: "Messages of this page" }).locator(".toast");
  const say = page.getByRole("button", { name: "Say", exact: true });
  for (let times = 0; times < 4; times += 1) await say.click();
  await page.waitForTimeout(100);
  assert.equal(await shown.count(), 3);
  for (let left = 2; left >= 0; left -= 1) {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(50);
    assert.equal(await shown.count(), left);
  }
  await page.getByRole("button", { name: "Offer", exact: true }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByText("Last: Undone").waitFor();
  assert.equal(await shown.count(), 0);
  await say.click();
  await shown.hover();
  await page.waitForTimeout(7_000);
  assert.equal(await shown.count(), 1, "it stays while somebody reads it");
  await page.mouse.move(5, 5);
  await shown.waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
});

test("a menu by keyboard alone", async () => {
  const { page, troubles } = await person(browser);
  await open(page, "/design");
  const button = page.getByRole("button", { name: "More to do" });
  // The focus follows the menu, which has to be drawn first.
  const focused = (name) => page.waitForFunction((name) => document.activeElement.textContent.trim() === name, name);
  await button.focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("menu", { name: "More to do" }).waitFor();
  await focused("Resolve");
  await page.keyboard.press("ArrowDown");
  await focused("Snooze");
  await page.keyboard.press("End");
  await focused("Close");
  await page.keyboard.press("r");
  await focused("Resolve");
  await page.keyboard.press("ArrowUp");
  await focused("Close");
  await page.keyboard.press("Escape");
  await page.getByRole("menu", { name: "More to do" }).waitFor({ state: "hidden" });
  assert.equal(await button.evaluate((node) => node === document.activeElement), true);
  await page.keyboard.press("Enter");
  await focused("Resolve");
  await page.keyboard.press("s");
  await focused("Snooze");
  await page.keyboard.press("Enter");
  await page.getByText("Last: Snoozed").waitFor();
  assert.equal(await button.evaluate((node) => node === document.activeElement), true);
  const near = await button.boundingBox();
  await page.keyboard.press("Enter");
  const menu = await page.getByRole("menu", { name: "More to do" }).boundingBox();
  assert.ok(Math.abs(menu.x - near.x) < 260 && Math.abs(menu.y - near.y) < 320, "it opens beside its button");
  assert.deepEqual(troubles, []);
});

test("a picker is searched, chooses many, and gives the focus back", async () => {
  const { page, troubles } = await person(browser);
  await open(page, "/design");
  const button = page.getByRole("button", { name: "Labels", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Labels" }).waitFor();
  assert.equal(await page.getByRole("option", { name: "Label teal" }).getAttribute("aria-selected"), "true");
  await page.keyboard.type("pur");
  assert.equal(await page.getByRole("option").filter({ visible: true }).count(), 1);
  await page.keyboard.press("Enter");
  assert.equal(await page.getByRole("option", { name: "Label purple" }).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Labels" }).waitFor({ state: "hidden" });
  assert.equal(await button.evaluate((node) => node === document.activeElement), true);
  assert.deepEqual(troubles, []);
});

test("tabs and panes are moved by arrow keys, and a pane keeps its width", async () => {
  const { page } = await person(browser);
  await open(page, "/design");
  await page.getByRole("tab", { name: "Files" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText("What is shown: notes").waitFor();
  const line = page.getByRole("separator", { name: "Width of the list" });
  await line.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector("[role=separator]").ariaValueNow === "176");
});

test("the rail folds, and stays folded on the next page", async () => {
  const { page, troubles } = await member();
  await page.getByRole("button", { name: "Show icons only" }).click();
  await page.locator('html[data-rail="narrow"]').waitFor();
  await page.getByRole("link", { name: "Contacts", exact: true }).hover();
  await page.locator(".tip").filter({ hasText: "Contacts" }).waitFor();
  await open(page, `/w/${workspace}/settings/members`);
  await page.locator('html[data-rail="narrow"]').waitFor();
  await picture(page, "rail-narrow");
  assert.deepEqual(await complaints(page), []);
  await page.getByRole("button", { name: "Show names" }).click();
  await page.locator('html[data-rail="wide"]').waitFor();
  assert.deepEqual(troubles, []);
});

test("without a network the frame says so, and stops when it is back", async () => {
  const { page, context } = await member();
  await context.setOffline(true);
  await page.getByText("Your device has no connection").waitFor();
  await context.setOffline(false);
  await page.getByText("Your device has no connection").waitFor({ state: "detached" });
});

test("what one is told on a device is kept there", async () => {
  const { page, context, troubles } = await member({ permissions: ["notifications"] });
  await open(page, "/account");
  await page.getByRole("switch", { name: "Desktop notifications" }).check();
  await page.getByRole("switch", { name: "Sound" }).check();
  await page.getByRole("radio", { name: "Mine" }).check();
  await page.reload();
  await hydrated(page);
  for (const name of ["Desktop notifications", "Sound"]) {
    await page.waitForFunction((id) => document.getElementById(id).checked, name === "Sound" ? "notify-sound" : "notify-desktop");
  }
  assert.equal(await page.getByRole("radio", { name: "Mine" }).isChecked(), true);
  assert.deepEqual(troubles, []);
  await context.close();
});

test("a customer's message is told, once for several, unless it is on screen", async () => {
  const { page, context, troubles } = await member({ permissions: ["notifications"] });
  await page.evaluate(() => localStorage.setItem("charla notifications", '{"desktop":true,"sound":false,"which":"all"}'));
  await page.addInitScript(() => {
    window.told = [];
    window.Notification = class {
      static permission = "granted";
      constructor(title, options) {
        window.told.push({ title, ...options });
        window.last = this;
      }
      close() {}
    };
  });
  await open(page, `/w/${workspace}/inbox`);
  const nora = { name: "Nora Notified", from: "+5511900001501" };
  await writes(workspace, nora, "is anybody there?");
  await page.waitForFunction(() => window.told.length === 1);
  assert.equal((await page.evaluate(() => window.told))[0].title, "Nora Notified");
  assert.equal((await page.evaluate(() => window.told))[0].body, "is anybody there?");
  await page.evaluate(() => window.last.onclick());
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await page.getByRole("log").getByText("is anybody there?").waitFor();
  await writes(workspace, nora, "I see you");
  await page.getByRole("log").getByText("I see you").waitFor();
  await page.waitForTimeout(1_000);
  assert.equal(await page.evaluate(() => window.told.length), 1, "what is on screen needs no telling");
  assert.deepEqual(troubles, []);
  await context.close();
});

test("shortcuts of a single key can be switched off", async () => {
  const { page, context } = await member();
  await open(page, "/account");
  await page.getByRole("switch", { name: /single key/ }).uncheck();
  await open(page, `/w/${workspace}/inbox`);
  await page.keyboard.press("j");
  await page.waitForTimeout(500);
  assert.ok(new URL(page.url()).pathname.endsWith("/inbox"));
  await context.close();
});

test("it can be installed", async () => {
  const { page } = await person(browser);
  await open(page, "/login");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const answer = await page.request.get(href);
  assert.match(answer.headers()["content-type"], /application\/manifest\+json/);
  const manifest = await answer.json();
  for (const { src, type } of manifest.icons) {
    const icon = await page.request.get(src);
    assert.equal(icon.status(), 200);
    assert.equal(icon.headers()["content-type"].split(";")[0], type);
  }
  assert.equal(await page.locator('meta[name="theme-color"]').count(), 2);
});

test("a page that cannot be fetched says so, ends nothing, and comes when it can be", async () => {
  const { page, context, troubles } = await person(browser);
  await context.route("**/split_others*", (route) => route.abort());
  await olga(page);
  // Fetched ahead in vain.
  await page.waitForTimeout(3_000);
  await page.getByRole("link", { name: "Contacts" }).first().click();
  const alert = page.getByRole("main").getByRole("alert");
  await alert.getByRole("button", { name: "Try again" }).click();
  await alert.waitFor();
  await context.unroute("**/split_others*");
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "Contacts", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Inbox" }).first().click();
  await page.waitForURL(/\/inbox/);
  assert.deepEqual(troubles, []);
});
