// A contact in the inbox' pane and on their own page: what they are called, their tags, fields, notes and history.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const CORA = { name: "Cora Contact", from: "+5511900000131" };
const row = (page, name) => page.getByRole("link", { name: new RegExp(name) });
const pane = (page) => page.getByRole("complementary", { name: "Contact" });
const said = (page, text) => page.locator(".toasts").getByText(text).last();

let browser, workspace, address;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  await writes(workspace, CORA, "who am I?");
  const link = row(someone.page, "Cora").filter({ hasText: "who am I?" }).first();
  await link.waitFor();
  await link.click();
  await someone.page.waitForURL(/\/inbox\/[^/?]+/);
  address = new URL(someone.page.url()).pathname;
  await someone.context.close();
});
after(() => browser.close());

/** Somebody who has Cora's conversation open, with the contact beside it. */
async function beside(options) {
  const someone = await person(browser, options);
  await olga(someone.page);
  await open(someone.page, address);
  await pane(someone.page).getByRole("group").first().waitFor();
  return someone;
}

/** Cora on a page of her own, by the list. */
async function ownPage(page) {
  await open(page, `/w/${workspace}/contacts`);
  await page.getByRole("main").getByRole("link", { name: /^Cora/ }).first().click();
  await page.waitForURL(/\/contacts\/[^/]+$/);
  await page.getByRole("button", { name: "Change the name" }).waitFor();
}

async function clean(page, name) {
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [size, viewport] of Object.entries({ phone: { width: 390, height: 844 }, wide: { width: 1280, height: 800 } })) {
      await page.setViewportSize(viewport);
      await picture(page, `contacts-${name}-${colorScheme}-${size}`);
      assert.deepEqual(await complaints(page), [], `${name} ${colorScheme} ${size}`);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
      assert.ok(!wider, `${name} ${size}: sticks out sideways`);
    }
  }
}

test("a name is changed where it stands, and every member's list has it at once", async () => {
  const one = await beside();
  const two = await beside();
  const rename = async (name, key = "Enter") => {
    await pane(one.page).getByRole("button", { name: "Change the name" }).click();
    const field = pane(one.page).getByRole("textbox", { name: "Name", exact: true });
    await field.fill(name);
    await field.press(key);
    await field.waitFor({ state: "detached" });
  };
  await rename("Nobody", "Escape");
  await pane(one.page).getByRole("heading", { name: CORA.name }).waitFor();

  const evil = `Cora <img src=x onerror="window.hacked=1">`;
  await rename(evil);
  await row(two.page, "Cora <img").first().waitFor();
  assert.equal(await two.page.evaluate(() => window.hacked), undefined);

  await rename("Cora Café");
  for (const { page } of [one, two]) {
    await row(page, "Cora Café").first().waitFor();
    await pane(page).getByRole("heading", { name: "Cora Café" }).waitFor();
  }
  await pane(one.page).getByText("On WhatsApp: Cora Contact").waitFor();
  await writes(workspace, { ...CORA, name: "Cora Otherwise" }, "I am called otherwise now");
  await pane(two.page).getByText("On WhatsApp: Cora Otherwise").waitFor();
  await row(two.page, "Cora Café").filter({ hasText: "I am called otherwise now" }).waitFor();
  assert.deepEqual([...one.troubles, ...two.troubles], []);
});

test("a number is copied, a tag is made and put on, and taken off again", async () => {
  const { page, context, troubles } = await beside();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await pane(page).getByRole("button", { name: "Copy: Phone" }).click();
  await said(page, "Copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), CORA.from);

  await pane(page).getByRole("button", { name: "Change tags" }).click();
  await page.getByRole("textbox", { name: "New tag" }).fill("Regular");
  await page.getByRole("combobox", { name: "Colour" }).selectOption("teal");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  const chip = pane(page).locator(".tags").getByText("Regular");
  await chip.waitFor();
  await page.getByRole("option", { name: "Regular" }).click();
  await chip.waitFor({ state: "detached" });
  await page.getByRole("option", { name: "Regular" }).click();
  await chip.waitFor();
  await page.keyboard.press("Escape");
  await open(page, `/w/${workspace}/contacts`);
  await page.getByRole("listitem").filter({ hasText: "Cora" }).getByText("Regular").first().waitFor();
  await clean(page, "list");
  assert.deepEqual(troubles, []);
});

test("fields are defined once, filled where they stand, and deleted with the number of values that go", async () => {
  const { page, troubles } = await person(browser);
  await olga(page);
  const settings = `/w/${workspace}/settings/contacts`;
  await open(page, settings);
  const define = async (name, kind, choices) => {
    await page.getByRole("textbox", { name: "Name", exact: true }).last().fill(name);
    await page.getByRole("combobox", { name: "What it holds" }).selectOption(kind);
    if (choices) await page.getByRole("textbox", { name: /Choices/ }).last().fill(choices);
    await page.getByRole("button", { name: "Create field" }).click();
    await page.getByRole("listitem").filter({ hasText: name }).first().waitFor();
  };
  await define("Age", "number");
  await define("Level", "choice", "Gold\nSilver");
  await page.getByRole("button", { name: "Move Level up" }).click();
  await said(page, "The order is saved.").waitFor();
  await clean(page, "settings");
  await page.setViewportSize({ width: 1280, height: 800 });

  await ownPage(page);
  const age = page.getByRole("textbox", { name: "Age" });
  await age.fill("old");
  await age.press("Enter");
  await page.getByText("Not saved: write a number").waitFor();
  // A thousand and more, or one and a little: nobody is to find out later.
  const sent = [];
  page.on("request", (request) => request.url().endsWith("/fn/contacts/set_value") && sent.push(request.postData()));
  await age.fill("1,234");
  await age.press("Enter");
  await page.waitForTimeout(300);
  assert.deepEqual(sent, []);
  await page.getByText("Not saved: write a number").waitFor();
  await age.fill("41,5");
  await age.press("Enter");
  await page.getByText("Saved", { exact: true }).waitFor();
  await page.waitForFunction((field) => field.value === "41.5", await age.elementHandle());
  await page.getByRole("combobox", { name: "Level" }).selectOption("Gold");
  await page.getByText("Saved", { exact: true }).last().waitFor();
  await clean(page, "page");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.reload();
  await hydrated(page);
  await page.getByRole("button", { name: "Change the name" }).waitFor();
  assert.equal(await age.inputValue(), "41.5");
  assert.equal(await page.getByRole("combobox", { name: "Level" }).inputValue(), "Gold");

  await open(page, settings);
  await page.getByRole("button", { name: "Delete Level" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete Level" });
  await dialog.getByText("The value of 1 contact is lost.").waitFor();
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await dialog.waitFor({ state: "hidden" });
  for (const name of ["Level", "Age"]) {
    await page.getByRole("button", { name: `Delete ${name}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
    await page.getByRole("button", { name: `Delete ${name}` }).waitFor({ state: "detached" });
  }
  assert.deepEqual(troubles, []);
});

test("a date is saved once, when one leaves it", async () => {
  const { page, troubles } = await beside();
  const settings = `/w/${workspace}/settings/contacts`;
  await open(page, settings);
  await page.getByRole("textbox", { name: "Name", exact: true }).last().fill("Birthday");
  await page.getByRole("combobox", { name: "What it holds" }).selectOption("date");
  await page.getByRole("button", { name: "Create field" }).click();
  await page.getByRole("listitem").filter({ hasText: "Birthday" }).first().waitFor();
  await ownPage(page);
  const sent = [];
  page.on("request", (request) => request.url().endsWith("/fn/contacts/set_value") && sent.push(request.postDataJSON().value));
  const birthday = page.getByLabel("Birthday");
  await birthday.focus();
  await page.keyboard.type("12031987");
  await page.waitForTimeout(300);
  assert.deepEqual(sent, [], "each key makes another date");
  await page.getByRole("button", { name: "Change the name" }).focus();
  await page.getByText("Saved", { exact: true }).waitFor();
  assert.deepEqual(sent, [{ type: "date", value: await birthday.inputValue() }]);
  assert.match(await birthday.inputValue(), /^1987-/);

  await open(page, settings);
  await page.getByRole("button", { name: "Delete Birthday" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("button", { name: "Delete Birthday" }).waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
});

test("notes are added, changed, deleted and had back; the history tells of it and stays unfolded", async () => {
  const { page, troubles } = await beside();
  const notes = pane(page).locator(".notes");
  await pane(page).getByRole("textbox", { name: "New note" }).fill("Prefers mornings.");
  await pane(page).getByRole("button", { name: "Add note" }).click();
  await notes.getByText("Prefers mornings.").waitFor();
  await notes.getByRole("button", { name: "Change the note" }).click();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.ariaLabel === "Change the note" && document.activeElement.tagName === "BUTTON");
  await page.keyboard.press("Enter");
  await notes.getByRole("textbox", { name: "Change the note" }).fill("Prefers evenings.");
  await notes.getByRole("button", { name: "Save" }).click();
  await notes.getByText("Prefers evenings.").waitFor();
  await notes.getByRole("button", { name: "Delete the note" }).click();
  await notes.getByText("Prefers evenings.").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await notes.getByText("Prefers evenings.").waitFor();

  const history = pane(page).locator(".history");
  await pane(page).getByText("History", { exact: true }).click();
  await history.getByText("Note: Prefers evenings.").waitFor();
  await history.getByText(/First message on/).waitFor();
  await page.reload();
  await hydrated(page);
  await history.getByText("Note: Prefers evenings.").waitFor();
  await clean(page, "pane");
  await page.setViewportSize({ width: 1280, height: 800 });
  await notes.getByRole("button", { name: "Delete the note" }).click();
  await said(page, "The note is deleted.").waitFor();
  assert.deepEqual(troubles, []);
});
