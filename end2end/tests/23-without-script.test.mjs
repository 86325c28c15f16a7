// What is there for somebody whose browser runs no script, beside the inbox (02-accounts): a contact with their notes, and
// what stands in fields.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open, person } from "../support/browser.mjs";
import { OLGA, olga, submit } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const NORA = { name: "Nora Noscript", from: "+5511900000231" };
const NOTE = "Reads on an old phone.";
const TAG = "Old phone";

let browser, workspace, contact;
before(async () => {
  browser = await launch();
  const { context, page } = await person(browser);
  workspace = await olga(page);
  await writes(workspace, NORA, "is this there?");
  await page.getByRole("link", { name: /Nora/ }).filter({ hasText: "is this there?" }).first().waitFor();
  await open(page, `/w/${workspace}/contacts`);
  await page.getByRole("main").getByRole("link", { name: "Nora Noscript" }).first().click();
  await page.waitForURL(/\/contacts\/[^/?]+/);
  contact = new URL(page.url()).pathname;
  await page.getByRole("textbox", { name: "New note" }).fill(NOTE);
  await page.getByRole("button", { name: "Add note" }).click();
  await page.locator(".notes").getByText(NOTE).waitFor();
  const answer = await context.request.post("/fn/contacts/create_tag", { data: { workspace, tag: { name: TAG, colour: "teal" } } });
  assert.ok(answer.ok(), await answer.text());
  await context.close();
});
after(() => browser.close());

/** Olga in a browser that runs no script. */
async function plain() {
  const { page } = await person(browser, { javaScriptEnabled: false });
  await page.goto("/login");
  await submit(page, "/session", { email: OLGA.email, password: OLGA.password });
  await page.waitForURL(/\/inbox/);
  return page;
}

test("a contact's page has their notes and waits for nothing", async () => {
  const page = await plain();
  await page.goto(contact);
  await page.locator(".notes").getByText(NOTE).waitFor();
  assert.equal(await page.locator(".skeleton").filter({ visible: true }).count(), 0);
});

test("a tag's name stands in its field", async () => {
  const page = await plain();
  await page.goto(`/w/${workspace}/settings/contacts`);
  const names = await page.locator(".tag-row input").evaluateAll((fields) => fields.map((field) => field.value));
  assert.ok(names.includes(TAG), names.join(", "));
});
