// Many conversations at once, by keyboard, pointer and finger; and the reason a conversation is resolved with.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { olga, submit } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const row = (page, name) => page.getByRole("link", { name: new RegExp(`${name}\\b`) });
const box = (page, name) => page.getByRole("checkbox", { name: `Select ${name}` });
const bar = (page) => page.getByRole("group", { name: "The selected conversations" });
const counted = (page, words) => bar(page).getByText(words, { exact: true }).waitFor();
const toast = (page) => page.getByRole("region", { name: /messages of this page/i });
/** Each family of customers has numbers of its own. */
const numberOf = (family, n) => `+55119019${family.length}${family.charCodeAt(0)}${n}`;
const gone = (locator) => locator.waitFor({ state: "detached" });

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  await someone.context.close();
});
after(() => browser.close());

/** Olga with the inbox before her, whose newest conversations are with these customers: the last one on top. */
async function inbox(family, count, options) {
  const { page, context, troubles } = await person(browser, options);
  await olga(page);
  // Away from the list, so that nothing in it is held back. A finger is nowhere.
  if (!options?.hasTouch) await page.mouse.move(1000, 5);
  const names = Array.from({ length: count }, (_, n) => `${family} ${n + 1}`);
  for (const [n, name] of names.entries()) {
    await writes(workspace, { name, from: numberOf(family, n) }, `this is ${name}`);
    await row(page, name).filter({ hasText: `this is ${name}` }).waitFor();
  }
  return { page, context, troubles, names };
}

/** The address of a conversation in the list. */
const addressOf = async (page, name) => new URL(await row(page, name).first().getAttribute("href"), page.url()).pathname;

test("rows are selected, resolved and had back by keyboard alone", async () => {
  const { page, troubles } = await inbox("Kiki Keys", 4);
  await row(page, "Kiki Keys 4").focus();
  await page.keyboard.press("x");
  await counted(page, "1 selected");
  for (const name of ["Kiki Keys 3", "Kiki Keys 2"]) {
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((name) => document.activeElement.textContent.includes(name), name);
  }
  await page.keyboard.press("Shift+X");
  await counted(page, "3 selected");
  assert.ok(new URL(page.url()).pathname.endsWith("/inbox"), "nothing was opened");
  for (const [name, picked] of [["Kiki Keys 4", true], ["Kiki Keys 3", true], ["Kiki Keys 2", true], ["Kiki Keys 1", false]]) {
    assert.equal(await box(page, name).isChecked(), picked, name);
  }
  await page.getByRole("status").filter({ hasText: "3 selected" }).waitFor();

  // The box itself, too, has the keys of its row.
  await box(page, "Kiki Keys 3").focus();
  await page.keyboard.press("Space");
  await counted(page, "2 selected");
  await page.keyboard.press("x");
  await counted(page, "3 selected");

  await page.keyboard.press("e");
  await toast(page).getByText("3 conversations resolved.").waitFor();
  for (const n of [2, 3, 4]) await gone(row(page, `Kiki Keys ${n}`));
  await gone(bar(page));
  await toast(page).getByRole("button", { name: "Undo" }).first().press("Enter");
  await toast(page).getByText("3 conversations are as they were.").waitFor();
  for (const n of [2, 3, 4]) await row(page, `Kiki Keys ${n}`).waitFor();

  await row(page, "Kiki Keys 1").focus();
  await page.keyboard.press("x");
  await counted(page, "1 selected");
  await page.keyboard.press("Escape");
  await gone(bar(page));
  assert.deepEqual(troubles, []);
});

test("boxes, Ctrl and Shift select with the pointer; what is selected is given, labelled, and closed with a reason", async () => {
  const { page, troubles } = await inbox("Pia Pointer", 3);
  await row(page, "Pia Pointer 3").hover();
  await box(page, "Pia Pointer 3").click();
  await counted(page, "1 selected");
  await row(page, "Pia Pointer 1").click({ modifiers: ["Shift"] });
  await counted(page, "3 selected");
  await row(page, "Pia Pointer 2").click({ modifiers: ["Control"] });
  await counted(page, "2 selected");
  await box(page, "Pia Pointer 2").click();
  await counted(page, "3 selected");
  assert.ok(new URL(page.url()).pathname.endsWith("/inbox"), "nothing was opened");
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await complaints(page), []);
    await picture(page, `many-${colorScheme}`);
  }

  await bar(page).getByRole("button", { name: "Assign" }).click();
  await page.getByRole("dialog", { name: "Assign" }).getByRole("option", { name: /Olga Owner/ }).click();
  await toast(page).getByText("3 conversations assigned to Olga Owner.").waitFor();
  await counted(page, "3 selected");
  const there = await addressOf(page, "Pia Pointer 2");
  await bar(page).getByRole("button", { name: "Snooze and other statuses" }).click();
  await page.getByRole("menuitem", { name: "Resolve with a reason…" }).click();
  const dialog = page.getByRole("dialog", { name: "Resolve with a reason" });
  await dialog.getByText("3 selected").waitFor();
  await dialog.getByLabel("Reason (optional)").fill("asked twice");
  await dialog.getByRole("button", { name: "Resolve" }).click();
  await toast(page).getByText("3 conversations resolved.").waitFor();
  await gone(bar(page));
  await open(page, there);
  await page.getByRole("log").getByText(/Olga Owner resolved this: asked twice|Resolved: asked twice/).waitFor();
  assert.deepEqual(troubles, []);
});

test("all of the view is what is loaded, and another view begins with nothing selected", async () => {
  const { page, troubles } = await inbox("Vic View", 2);
  await page.getByRole("button", { name: "Select conversations" }).click();
  await counted(page, "Nothing selected");
  const all = bar(page).getByRole("button", { name: /^Select (all|the) \d+/ });
  const count = (await all.textContent()).match(/\d+/)[0];
  await all.click();
  await counted(page, `${count} selected`);
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: /^Unassigned/ }).click();
  await page.waitForURL(/scope=unassigned/);
  await gone(bar(page));
  assert.deepEqual(troubles, []);
});

test("what a customer has just written stays open, and it is said of how many", async () => {
  const { page, troubles } = await inbox("Nia News", 2);
  for (const n of [1, 2]) {
    await row(page, `Nia News ${n}`).focus();
    await page.keyboard.press("x");
  }
  await counted(page, "2 selected");
  // While the request is on its way the customer writes; Meta's times are whole seconds.
  await page.route("**/fn/inbox/change", async (route) => {
    await page.waitForTimeout(1_200);
    await writes(workspace, { name: "Nia News 1", from: numberOf("Nia News", 0) }, "wait, one more");
    await row(page, "Nia News 1").filter({ hasText: "wait, one more" }).waitFor();
    await route.continue();
  }, { times: 1 });
  await page.keyboard.press("e");
  await toast(page).getByText(/1 conversation resolved\. 1 of 2 was not changed: the customer has just written\./).waitFor();
  await gone(row(page, "Nia News 2"));
  await counted(page, "1 selected");
  assert.ok(await box(page, "Nia News 1").isChecked(), "it is still selected, for a second look");
  assert.deepEqual(troubles, []);
});

test("one conversation is closed with a reason by keyboard, and its history says why", async () => {
  const { page, troubles } = await inbox("Rae Reason", 1);
  const there = await addressOf(page, "Rae Reason 1");
  await open(page, there);
  await page.getByRole("button", { name: "Resolve" }).waitFor();
  await page.keyboard.press("Shift+E");
  const dialog = page.getByRole("dialog", { name: "Resolve with a reason" });
  await dialog.getByText("Rae Reason 1").waitFor();
  await picture(page, "resolve-reason");
  assert.deepEqual(await complaints(page), []);
  // The field has the focus.
  await page.keyboard.type("duplicate of yesterday's");
  await page.keyboard.press("Enter");
  await toast(page).getByText(/Rae Reason 1: resolved/).waitFor();
  if (new URL(page.url()).pathname !== there) await open(page, there);
  await page.getByRole("log").getByText("Olga Owner resolved this: duplicate of yesterday's").waitFor();
  const contact = page.getByRole("complementary", { name: "Contact" });
  await contact.getByText("History", { exact: true }).click();
  await contact.locator(".history").getByText(/Resolved \(duplicate of yesterday's\)/).waitFor();
  assert.deepEqual(troubles, []);
});

test("on a phone a finger that rests begins to select, and taps go on with it", async () => {
  const { page, troubles } = await inbox("Tia Touch", 3, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const finger = { pointerType: "touch", isPrimary: true, clientX: 200, clientY: 200 };
  await row(page, "Tia Touch 3").dispatchEvent("pointerdown", finger);
  await counted(page, "1 selected");
  await row(page, "Tia Touch 3").dispatchEvent("pointerup", finger);
  await row(page, "Tia Touch 2").tap();
  await counted(page, "2 selected");
  assert.ok(new URL(page.url()).pathname.endsWith("/inbox"), "nothing was opened");
  await picture(page, "many-phone");
  assert.deepEqual(await complaints(page), []);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
  assert.equal(wider, false, "nothing sticks out");
  await bar(page).getByRole("button", { name: "Resolve" }).tap();
  await toast(page).getByText("2 conversations resolved.").waitFor();
  await gone(row(page, "Tia Touch 2"));
  await toast(page).getByRole("button", { name: "Undo" }).first().tap();
  await row(page, "Tia Touch 2").waitFor();

  await page.getByRole("button", { name: "Select conversations" }).tap();
  await row(page, "Tia Touch 1").tap();
  await counted(page, "1 selected");
  await bar(page).getByRole("button", { name: "Clear the selection" }).tap();
  await gone(bar(page));
  await row(page, "Tia Touch 1").tap();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  assert.deepEqual(troubles, []);
});

test("who may only look has no boxes", async () => {
  const { page } = await inbox("Lou Look", 1);
  const url = await page.evaluate(async (workspace) => {
    const body = JSON.stringify({ workspace, invite: { role: "viewer" } });
    const answer = await fetch("/fn/invites/create", { method: "POST", headers: { "content-type": "application/json" }, body });
    return (await answer.json()).url;
  }, workspace);
  const viewer = await person(browser);
  await open(viewer.page, new URL(url).pathname);
  await submit(viewer.page, "/account", { name: "Vera Viewer", email: "vera.many@example.com", password: "a long enough password" });
  await viewer.page.waitForURL(/\/w\/[^/]+\/inbox/);
  await hydrated(viewer.page);
  await row(viewer.page, "Lou Look 1").waitFor();
  assert.equal(await viewer.page.getByRole("checkbox").count(), 0);
  assert.equal(await viewer.page.getByRole("button", { name: "Select conversations" }).count(), 0);
  await row(viewer.page, "Lou Look 1").focus();
  await viewer.page.keyboard.press("x");
  await viewer.page.waitForTimeout(300);
  assert.equal(await bar(viewer.page).count(), 0);
  assert.deepEqual(viewer.troubles, []);
});
