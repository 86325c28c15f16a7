// A member works a whole case on a phone, with a finger alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { hydrated, launch, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { screen, writes } from "../support/phone.mjs";
import { PHONE, hindrances } from "../support/touch.mjs";

const TONI = { name: "Toni Touch", from: "+5511900000201" };
const row = (page, name) => page.getByRole("link", { name: new RegExp(name) });
const log = (page) => page.getByRole("log");
const toast = (page) => page.getByRole("region", { name: /messages of this page/i });
const tap = (page, role, name) => page.getByRole(role, { name }).filter({ visible: true }).first().tap();

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  await someone.context.close();
});
after(() => browser.close());

/** Nothing on screen stands in a finger's way. */
async function fits(page, name) {
  await picture(page, `touch-${name}`);
  assert.deepEqual(await hindrances(page), [], name);
}

/** The list, with a customer's conversation opened by a tap. */
async function conversation(page, customer, text) {
  await row(page, customer.name).filter({ hasText: text }).first().tap();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await log(page).getByText(text).last().waitFor();
}

test("a case is worked with a finger alone: read, answered, noted, resolved and taken back, tagged, found", async () => {
  const { page, troubles } = await person(browser, PHONE);
  await olga(page);
  assert.ok(await page.evaluate(() => matchMedia("(pointer: coarse)").matches), "the phone has a finger");
  await writes(workspace, TONI, "is the shop open?");
  await row(page, TONI.name).first().waitFor();
  await fits(page, "list");

  await conversation(page, TONI, "is the shop open?");
  await page.getByRole("button", { name: "Resolve" }).waitFor();
  await fits(page, "thread");

  const field = page.getByRole("textbox", { name: "Message", exact: true });
  await field.tap();
  await field.fill("Until six, every day.");
  await tap(page, "button", "Send");
  await log(page).locator('[data-state="delivered"]').filter({ hasText: "Until six, every day." }).waitFor();
  assert.match(await screen(TONI.from), /Until six, every day\./);
  await fits(page, "answered");

  await tap(page, "tab", "Note");
  const note = page.getByRole("textbox", { name: "Note for the team" });
  await note.tap();
  await note.fill("Asks about opening hours again.");
  await fits(page, "noting");
  await tap(page, "button", /^Add note/);
  await log(page).getByText("Asks about opening hours again.").waitFor();
  await tap(page, "tab", "Reply");

  // The menu beside the button is within reach, too.
  await tap(page, "button", /snooze/i);
  await page.getByRole("menuitem", { name: /pending/i }).waitFor();
  await fits(page, "menu");
  // A tap beside it closes it.
  await page.touchscreen.tap(20, 500);
  await page.getByRole("menuitem", { name: /pending/i }).waitFor({ state: "hidden" });
  await tap(page, "button", "Resolve");
  await toast(page).getByText(/Toni Touch: resolved/).waitFor();
  await fits(page, "resolved");
  await toast(page).getByRole("button", { name: "Undo" }).first().tap();

  // Resolving may have led on to the next conversation.
  await tap(page, "link", /back/i);
  await row(page, TONI.name).first().tap();
  await log(page).getByText("Until six, every day.").last().waitFor();
  await page.getByRole("button", { name: "Resolve" }).waitFor();

  await tap(page, "button", "Show the contact");
  const pane = page.getByRole("complementary", { name: "Contact" });
  await pane.getByRole("heading", { name: TONI.name }).waitFor();
  await pane.getByRole("button", { name: "Change tags" }).waitFor();
  await fits(page, "contact");
  await pane.getByRole("button", { name: "Change tags" }).tap();
  await page.getByRole("textbox", { name: "New tag" }).fill("Asks often");
  await fits(page, "tags");
  await page.getByRole("button", { name: "Create", exact: true }).tap();
  await pane.locator(".tags").getByText("Asks often").waitFor();
  await page.getByRole("option", { name: "Asks often" }).tap();
  await pane.locator(".tags").getByText("Asks often").waitFor({ state: "detached" });
  await page.touchscreen.tap(8, 8);
  await page.getByRole("textbox", { name: "New tag" }).waitFor({ state: "hidden" });
  await tap(page, "button", "Hide the contact");
  await log(page).waitFor();

  await tap(page, "link", /back/i);
  await page.getByRole("combobox", { name: /search people/i }).tap();
  await page.getByRole("combobox", { name: /search people/i }).fill("until six");
  const hit = page.getByRole("option").filter({ hasText: "Until six, every day." });
  await hit.first().waitFor();
  await fits(page, "search");
  await hit.first().tap();
  await page.waitForURL(/message=/);
  await log(page).getByText("Until six, every day.").last().waitFor();
  await tap(page, "link", /back/i);
  await tap(page, "button", "Close the search");

  await tap(page, "link", "Settings");
  await page.waitForURL(/\/settings\/members/);
  await page.getByRole("heading", { name: "Members", level: 1 }).waitFor();
  await fits(page, "settings");
  await tap(page, "link", "Labels");
  await page.waitForURL(/\/settings\/labels/);
  await page.getByRole("heading", { name: "All labels" }).waitFor();
  await fits(page, "labels");
  await tap(page, "link", "Contacts");
  await page.waitForURL(/\/contacts$/);
  await page.getByRole("main").getByRole("link", { name: new RegExp(TONI.name) }).first().waitFor();
  await fits(page, "contacts");
  assert.deepEqual(troubles, []);
});

test("the search within a conversation fits a phone", async () => {
  const { page, troubles } = await person(browser, PHONE);
  await olga(page);
  await writes(workspace, TONI, "and on a Sunday?");
  await conversation(page, TONI, "and on a Sunday?");
  await tap(page, "button", "Search in this conversation");
  await page.getByRole("searchbox", { name: "Search in this conversation" }).fill("sunday");
  await page.getByText("1 of 1").waitFor();
  await fits(page, "find");
  await tap(page, "button", "Close the search in this conversation");
  await page.getByText("1 of 1").waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
});

test("a phone has no lines between its panes", async () => {
  const { page } = await person(browser, PHONE);
  await olga(page);
  await hydrated(page);
  await row(page, TONI.name).first().tap();
  await log(page).waitFor();
  assert.equal(await page.getByRole("separator").filter({ visible: true }).count(), 0);
});
