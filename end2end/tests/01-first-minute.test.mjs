// The one true journey: register → connected to the simulator → a customer writes on the simulator's phone → it appears
// without reload in two browsers of two members → a reply → shown on the phone → delivered and read ticks → log out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { SIMULATOR, hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { MIA, olga, submit, workspaceOf } from "../support/people.mjs";
import { numberOf } from "../support/phone.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** These pages are seen only here: the others are looked at in `4-every-page`. */
async function cleanInBothThemes(page) {
  for (const colorScheme of ["dark", "light"]) {
    // Without motion, so that no colour is half-way.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await complaints(page), [], `${page.url()} ${colorScheme}`);
  }
}

test("a newcomer answers a customer, and a colleague sees it happen", async () => {
  const first = await person(browser);
  await open(first.page, "/");
  await first.page.waitForURL(/\/welcome$/);
  await picture(first.page, "journey-1-welcome");
  await cleanInBothThemes(first.page);
  const workspace = await olga(first.page);

  // A simulated customer has just written; nothing was configured.
  const greeting = first.page.getByRole("link", { name: /Ana Souza/ });
  await greeting.waitFor();
  await picture(first.page, "journey-2-inbox");

  // A second member joins by a link that the owner copies.
  await open(first.page, `/w/${workspace}/settings/members`);
  await first.page.getByRole("button", { name: /create.*link|invite/i }).first().click();
  const link = first.page.locator("input[readonly]").first();
  await link.waitFor();
  const url = await link.inputValue();
  assert.match(url, /\/invites\/[\w-]{40,}$/);
  const second = await person(browser);
  await open(second.page, new URL(url).pathname);
  await picture(second.page, "journey-3-invite");
  await cleanInBothThemes(second.page);
  // Of the two forms each names its own fields.
  const login = second.page.locator('form[action="/session"]');
  await second.page.locator("summary").click();
  for (const name of ["E-mail address", "Password"]) assert.equal(await login.getByLabel(name, { exact: true }).count(), 1, name);
  await second.page.locator("summary").click();
  await submit(second.page, "/account", MIA);
  await second.page.waitForURL(/\/w\/[^/]+\/inbox/);
  await hydrated(second.page);
  assert.equal(workspaceOf(second.page), workspace);
  await open(first.page, `/w/${workspace}/inbox`);

  // The customer types on the simulator's phone.
  const customer = await person(browser, { baseURL: SIMULATOR });
  const number = await numberOf(workspace);
  await customer.page.goto("/phones/5511987654321");
  const box = customer.page.getByRole("textbox", { name: "Message" });
  await box.fill("Do you open on Sundays?");
  await customer.page.getByRole("button", { name: "Send" }).click();
  assert.ok(number);

  // It appears in both browsers without a reload.
  for (const { page } of [first, second]) {
    const row = page.getByRole("link", { name: /Ana Souza/ }).filter({ hasText: "Do you open on Sundays?" });
    await row.waitFor();
  }

  // A reply: at once in the thread, on the phone, then its ticks.
  await first.page.getByRole("link", { name: /Ana Souza/ }).click();
  await first.page.waitForURL(/\/inbox\/[^/]+$/);
  const composer = first.page.getByRole("textbox", { name: /message|reply|write/i });
  await composer.fill("Yes, from ten to two.");
  await composer.press("Enter");
  const log = first.page.getByRole("log");
  await log.getByText("Yes, from ten to two.").waitFor();
  await customer.page.getByRole("log").getByText("Yes, from ten to two.").waitFor();
  // The phone is being looked at, so the message is read as soon as it arrives.
  await log.getByText("Yes, from ten to two.").locator("xpath=ancestor::*[@data-state][1]").and(first.page.locator('[data-state="read"]')).waitFor();
  await picture(first.page, "journey-4-answered");
  await picture(customer.page, "journey-5-phone");
  await second.page.getByRole("link", { name: /Ana Souza/ }).filter({ hasText: "Yes, from ten to two." }).waitFor();

  // Log out; going back shows nothing.
  const inbox = first.page.url();
  await first.page.locator('form[action="/session/end"]').first().evaluate((form) => form.requestSubmit());
  await first.page.waitForURL(/\/login/);
  await first.page.goto(inbox);
  await first.page.waitForURL(/\/login\?next=/);

  for (const { troubles } of [first, second, customer]) assert.deepEqual(troubles, []);
});
