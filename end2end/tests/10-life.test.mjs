// The life of a conversation: resolved, snoozed, given to somebody, labelled, and back again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const row = (page, name) => page.getByRole("link", { name: new RegExp(name) });
const button = (page, name) => page.getByRole("button", { name });
const toast = (page) => page.getByRole("region", { name: /messages of this page/i });

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  await someone.context.close();
});
after(() => browser.close());

/** Olga with a customer's conversation on screen. */
async function conversation(customer, text) {
  const { page, troubles } = await person(browser);
  await olga(page);
  await writes(workspace, customer, text);
  await row(page, customer.name).filter({ hasText: text }).first().click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await page.getByRole("log").getByText(text).last().waitFor();
  await button(page, "Resolve").waitFor();
  return { page, troubles };
}

/** Keys are for the page, not for the field that has the focus. */
async function press(page, key) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press(key);
}

/** Stays on the conversation: its address shows it whatever the list does. */
async function shown(page, url) {
  if (page.url() !== url) await open(page, url);
}

test("what is resolved is undone by a word, and opened again by the customer", async () => {
  const rita = { name: "Rita Resolved", from: "+5511900000101" };
  const { page, troubles } = await conversation(rita, "is it done?");
  const there = page.url();
  await press(page, "e");
  await toast(page).getByText(/Rita Resolved: resolved/).waitFor();
  await toast(page).getByRole("button", { name: "Undo" }).first().click();
  await shown(page, there);
  await button(page, "Resolve").waitFor();

  await button(page, "Resolve").click();
  await toast(page).getByText(/Rita Resolved: resolved/).waitFor();
  await shown(page, there);
  await button(page, "Reopen").waitFor();
  await picture(page, "life-resolved");
  await writes(workspace, rita, "one more thing");
  await page.getByRole("log").getByText("one more thing").waitFor();
  await button(page, "Resolve").waitFor();
  assert.deepEqual(troubles, []);
});

test("a conversation sleeps until tomorrow, and is opened by hand before", async () => {
  const { page, troubles } = await conversation({ name: "Sam Snoozed", from: "+5511900000102" }, "call me tomorrow");
  const there = page.url();
  await press(page, "s");
  const menu = page.getByRole("menu", { name: /snooze/i });
  await menu.waitFor();
  await picture(page, "life-snooze");
  await menu.getByRole("menuitem", { name: /tomorrow/i }).click();
  await toast(page).getByText(/Sam Snoozed: snoozed until/).waitFor();
  await shown(page, there);
  await page.getByText(/Snoozed until/).filter({ visible: true }).first().waitFor();
  await press(page, "s");
  await menu.getByRole("menuitem", { name: "Open now" }).click();
  await page.getByText(/^Snoozed until/).filter({ visible: true }).first().waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
});

test("a time of one's own is chosen by calendar and clock, and one in the past is refused", async () => {
  const { page, troubles } = await conversation({ name: "Tim Time", from: "+5511900000103" }, "in June, please");
  const there = page.url();
  await press(page, "s");
  await page.getByRole("menuitem", { name: /another day/i }).click();
  const dialog = page.getByRole("dialog", { name: /snooze the conversation/i });
  await dialog.getByLabel("Until").fill("2001-01-01T09:00");
  await dialog.getByRole("button", { name: "Snooze" }).click();
  await dialog.getByText(/in the future/).waitFor();
  const day = new Date(Date.now() + 40 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await dialog.getByLabel("Until").fill(`${day}T09:30`);
  await dialog.getByRole("button", { name: "Snooze" }).click();
  await toast(page).getByText(/Tim Time: snoozed until/).waitFor();
  await shown(page, there);
  await page.reload();
  await hydrated(page);
  await page.getByText(/Snoozed until/).filter({ visible: true }).first().waitFor();
  assert.deepEqual(troubles, []);
});

test("a conversation is taken by a key and given to nobody by the picker", async () => {
  const { page, troubles } = await conversation({ name: "Ann Assigned", from: "+5511900000104" }, "who is there?");
  const there = page.url();
  await press(page, "i");
  await toast(page).getByText(/Ann Assigned: assigned to Olga Owner/).waitFor();
  await shown(page, there);
  await page.getByTitle("Assigned to").getByText("Olga Owner").waitFor();
  await press(page, "a");
  const picker = page.getByRole("dialog", { name: "Assign" });
  await picker.getByRole("option", { name: "Unassigned" }).click();
  await page.getByTitle("Assigned to").getByText("Unassigned").waitFor();
  assert.deepEqual(troubles, []);
});

test("a label is made where it is needed, shown at once to others, and deleted once that was confirmed", async () => {
  const { page, troubles } = await conversation({ name: "Leo Label", from: "+5511900000105" }, "a very large order");
  const there = page.url();
  await press(page, "l");
  const picker = page.getByRole("dialog", { name: "Labels" });
  await picker.getByRole("textbox", { name: "New label" }).fill("Large order");
  await picker.getByRole("textbox", { name: "New label" }).press("Enter");
  const labels = page.getByRole("list", { name: "Labels" });
  await labels.getByText("Large order").waitFor();
  await picture(page, "life-labels");

  await open(page, `/w/${workspace}/settings/labels`);
  const entry = page.getByRole("listitem").filter({ hasText: "Large order" });
  await entry.getByText("On 1 conversation").waitFor();
  assert.deepEqual(await complaints(page), []);
  await picture(page, "labels");
  await button(page, /change “Large order”/i).click();
  await entry.getByLabel("Name").fill("Huge order");
  await entry.getByLabel("Colour").selectOption("red");
  await entry.getByRole("button", { name: "Save" }).click();
  const renamed = page.getByRole("listitem").filter({ hasText: "Huge order" });
  await renamed.waitFor();
  await button(page, /delete “Huge order”/i).click();
  const question = page.getByRole("dialog", { name: /delete “Huge order”/i });
  await question.getByText(/1 conversation/).waitFor();
  await question.getByRole("button", { name: "Keep it" }).click();
  await question.waitFor({ state: "hidden" });

  await open(page, there);
  await labels.getByText("Huge order").waitFor();
  assert.deepEqual(await complaints(page), []);

  await open(page, `/w/${workspace}/settings/labels`);
  await button(page, /delete “Huge order”/i).click();
  await question.getByRole("button", { name: "Delete for good" }).click();
  await toast(page).getByText(/Huge order” deleted/).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "All labels" }).waitFor();
  assert.equal(await renamed.count(), 0);
  assert.deepEqual(troubles, []);
});

test("the focus goes on to the next label when one is deleted, and to the heading after the last", async () => {
  const { page, troubles } = await conversation({ name: "Fay Focus", from: "+5511900000107" }, "where am I?");
  await open(page, `/w/${workspace}/settings/labels`);
  for (const name of ["Zeta one", "Zeta two"]) {
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByRole("listitem").filter({ hasText: name }).waitFor();
  }
  const deletes = async (name) => {
    await button(page, `Delete “${name}”`).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
    await page.getByRole("listitem").filter({ hasText: name }).waitFor({ state: "detached" });
  };
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);
  await deletes("Zeta one");
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label")?.includes("Zeta two"));
  await deletes("Zeta two");
  await page.waitForFunction(() => document.activeElement !== document.body);
  const others = await page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Delete/ }) }).count();
  assert.match(await focused(), others > 0 ? /^Change/ : /All labels/);
  assert.deepEqual(troubles, []);
});

test("what the host refuses is taken back, with the reason", async () => {
  const { page, context } = await (async () => {
    const someone = await conversation({ name: "Rob Refused", from: "+5511900000106" }, "no network");
    return { ...someone, context: someone.page.context() };
  })();
  const there = page.url();
  await context.setOffline(true);
  await press(page, "e");
  await toast(page).getByText(/it stays as it was/i).waitFor();
  await context.setOffline(false);
  await shown(page, there);
  await button(page, "Resolve").waitFor();
});
