// An owner connects a number: tested before it is saved, wrong things said plainly, secrets gone from the page; then changed,
// deactivated and activated.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { CHARLA, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { spareNumber } from "../support/phone.mjs";

let browser, workspace, number;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  number = await spareNumber("Bakery");
  await someone.context.close();
});
after(() => browser.close());

const SECRET = "0123456789abcdef0123456789abcdef";
const address = () => `/w/${workspace}/settings/channels`;

/** Olga on the page, ready to type. */
async function atTheNumbers(options = {}) {
  const someone = await person(browser, options);
  await olga(someone.page);
  await open(someone.page, address());
  return someone;
}

async function clean(page, name) {
  const found = [];
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    found.push(...(await complaints(page)).map((line) => `${name} ${colorScheme}: ${line}`));
    await picture(page, `channels-${name}-${colorScheme}`);
  }
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
  if (wider) found.push(`${name}: sticks out sideways`);
  assert.deepEqual(found, []);
}

test("a number is tested, connected, and what Meta needs is there to be copied", async () => {
  const { page, troubles } = await atTheNumbers();
  await page.getByRole("link", { name: "Numbers" }).waitFor();
  await page.getByRole("listitem").filter({ hasText: "Simulated" }).first().waitFor();
  await clean(page, "list");
  await page.getByRole("button", { name: "Connect a number" }).click();

  // Nothing written: the fields say so, and the first one has the focus.
  const form = page.locator("#connect-form");
  await form.getByRole("button", { name: "Test" }).click();
  await form.getByText("An ID has 5 to 25 digits and nothing else.").first().waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "connect-phone-number-id");
  await clean(page, "wrong-fields");

  // A wrong token is said plainly; nothing is saved.
  await form.getByLabel("Name", { exact: true }).fill("Bakery");
  await form.getByLabel("Phone number ID").fill(` ${number.phone_number_id} `);
  await form.getByLabel("WhatsApp Business account ID").fill(number.waba_id);
  await form.getByLabel("Access token").fill("EAAthis-is-no-token-of-anybody");
  await form.getByLabel("App secret").fill(SECRET);
  await form.getByLabel("Access token").press("Enter");
  await page.getByRole("alert").filter({ hasText: "does not accept this access token" }).waitFor();
  await clean(page, "wrong-token");

  // The right one: number and name are shown before anything is saved.
  await form.getByLabel("Access token").fill(number.access_token);
  await form.getByLabel("Access token").press("Enter");
  const found = form.getByRole("status").filter({ hasText: number.display_phone_number });
  await found.waitFor();
  assert.match(await found.textContent(), /Bakery/);
  const verifyToken = await form.getByLabel("Verify token").inputValue();
  assert.match(verifyToken, /^[0-9a-f]{64}$/);
  await clean(page, "tested");
  // Another id is another test.
  await form.getByLabel("WhatsApp Business account ID").fill("1");
  await form.getByRole("button", { name: "Test" }).waitFor();
  await form.getByLabel("WhatsApp Business account ID").fill(number.waba_id);
  await form.getByRole("button", { name: "Connect", exact: true }).click();

  const callback = page.getByLabel("Callback URL").filter({ visible: true });
  await callback.waitFor();
  const url = await callback.inputValue();
  assert.ok(url.startsWith(`${CHARLA}/webhooks/meta/`), url);
  assert.equal(await page.locator("#connected-verify-token").inputValue(), verifyToken);
  await clean(page, "connected");
  for (const secret of [SECRET, number.access_token]) assert.ok(!(await page.content()).includes(secret));

  // Meta asks with the token; the page learns of it without a reload.
  const row = page.getByRole("listitem").filter({ hasText: "Bakery" }).filter({ hasText: "Manage" });
  await page.getByRole("button", { name: "Done" }).click();
  await row.locator("summary").first().click();
  await row.getByText("not yet").first().waitFor();
  const asked = await fetch(`${url}?hub.mode=subscribe&hub.challenge=42&hub.verify_token=${verifyToken}`);
  assert.equal(await asked.text(), "42");
  await row.locator("dt", { hasText: "Meta checked the address" }).locator("xpath=following-sibling::dd[1]").locator("time").waitFor();
  await clean(page, "managed");
  assert.deepEqual(troubles, []);
});

test("a number is checked again, renamed, deactivated and activated by keyboard", async () => {
  const { page, troubles } = await atTheNumbers();
  const row = page.locator(".channel").filter({ hasText: number.display_phone_number });
  await row.locator("summary").first().focus();
  await page.keyboard.press("Enter");
  await row.getByRole("button", { name: "Check again" }).press("Enter");
  await row.getByRole("status").filter({ hasText: "Meta confirms" }).waitFor();

  await row.getByLabel("Name", { exact: true }).fill("Bakery, Main Street");
  await row.getByLabel("Messages a second").fill("1001");
  await row.getByLabel("Messages a second").press("Enter");
  await row.getByText("Write a whole number from 1 to 1,000.").waitFor();
  await row.getByLabel("Messages a second").fill("80");
  await row.getByLabel("Messages a second").press("Enter");
  await row.getByRole("status").filter({ hasText: "Saved." }).waitFor();
  await row.getByRole("heading", { name: "Bakery, Main Street" }).waitFor();

  const deactivate = row.getByRole("button", { name: "Deactivate the number" });
  await deactivate.press("Enter");
  await row.getByText("Deactivated", { exact: true }).waitFor();
  await clean(page, "deactivated");
  await row.getByRole("button", { name: "Activate the number" }).press("Enter");
  await row.getByText("Active", { exact: true }).waitFor();
  assert.deepEqual(troubles, []);
});

test("the page fits a phone, in Spanish too", async () => {
  const { page, troubles } = await atTheNumbers({ viewport: { width: 390, height: 844 }, locale: "es-MX" });
  await page.getByRole("heading", { name: "Números", exact: true }).waitFor();
  await page.getByRole("button", { name: "Conectar un número" }).click();
  await page.locator(".channel-manage > summary").last().click();
  await clean(page, "phone");
  assert.deepEqual(troubles, []);
});
