// The inbox as a member lives in it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { screen, writes } from "../support/phone.mjs";
import { wire } from "../support/wire.mjs";

const BEA = { name: "Bea Inbox", from: "+5511900000011" };
const composer = (page) => page.getByRole("textbox", { name: /message|reply|write/i });
const row = (page, name) => page.getByRole("link", { name: new RegExp(name) });

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  await someone.context.close();
});
after(() => browser.close());

async function inbox(options, login) {
  const someone = await person(browser, options);
  await olga(someone.page, login);
  return someone;
}

async function conversation(page, customer, text) {
  await writes(workspace, customer, text);
  await row(page, customer.name).filter({ hasText: text }).click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await page.getByRole("log").getByText(text).last().waitFor();
}

test("the address says what is on screen: reload, back and sharing work", async () => {
  const { page, troubles } = await inbox();
  await conversation(page, BEA, "what is on screen?");
  const there = page.url();
  await page.reload();
  await hydrated(page);
  await page.getByRole("log").getByText("what is on screen?").waitFor();
  await row(page, "Ana Souza").click();
  await page.waitForURL((url) => url.href !== there);
  await page.goBack();
  await page.getByRole("log").getByText("what is on screen?").waitFor();
  assert.equal(page.url(), there);
  assert.deepEqual(troubles, []);
});

test("unread is counted, and reading clears it for everybody", async () => {
  const one = await inbox();
  const two = await inbox();
  const carl = { name: "Carl Count", from: "+5511900000012" };
  await writes(workspace, carl, "first");
  await writes(workspace, carl, "second");
  for (const { page } of [one, two]) await row(page, carl.name).filter({ hasText: "second" }).getByText("2", { exact: true }).waitFor();
  await row(one.page, carl.name).click();
  await one.page.getByRole("log").getByText("second").waitFor();
  for (const { page } of [one, two]) await row(page, carl.name).getByText("2", { exact: true }).waitFor({ state: "detached" });
  assert.deepEqual([...one.troubles, ...two.troubles], []);
});

test("what is sent while the network is away is not lost and not sent twice", async () => {
  const { page, context, troubles } = await inbox();
  await conversation(page, { name: "Dora Down", from: "+5511900000013" }, "hello?");
  await context.setOffline(true);
  await composer(page).fill("sent without a network");
  await composer(page).press("Enter");
  await page.getByText("1 message waits to be sent.").waitFor();
  await context.setOffline(false);
  await page.getByRole("log").locator("[data-state]").filter({ hasText: "sent without a network" }).and(page.locator('[data-state="delivered"]')).waitFor();
  const shown = await screen("+5511900000013");
  assert.equal(shown.split("sent without a network").length - 1, 1);
  assert.deepEqual(troubles, []);
});

test("what happened while the connection was lost is there when it is back", async () => {
  const line = await wire();
  const { page, troubles } = await inbox({ baseURL: line.url });
  try {
    line.cut();
    await page.getByText(/no connection/i).waitFor();
    await writes(workspace, { name: "Eva Elsewhere", from: "+5511900000014" }, "while you were away");
    line.mend();
    await row(page, "Eva Elsewhere").waitFor({ timeout: 30_000 });
    await page.getByText(/no connection/i).waitFor({ state: "detached" });
    assert.deepEqual(troubles, []);
  } finally {
    line.close();
  }
});

test("hostile text is shown as text", async () => {
  const { page, troubles } = await inbox();
  const evil = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> {{1}} \u202Egnp.exe`;
  await conversation(page, { name: "<b>Mallory</b>", from: "+5511900000015" }, evil.slice(0, 60)).catch(() => undefined);
  // Away from the list: a pointer over it holds what is new back, behind a pill over the first row.
  await page.mouse.move(1000, 5);
  await writes(workspace, { name: "Mallory", from: "+5511900000016" }, evil);
  await row(page, "Mallory").first().click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await page.getByRole("log").waitFor();
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(troubles, []);
});

test("Enter sends, Shift+Enter breaks the line, j and k go through the list", async () => {
  const { page } = await inbox();
  await conversation(page, { name: "Finn Keys", from: "+5511900000017" }, "keys");
  await composer(page).fill("one");
  await composer(page).press("Shift+Enter");
  await composer(page).pressSequentially("two");
  await composer(page).press("Enter");
  await page.getByRole("log").getByText(/one\s+two/).waitFor();
  assert.equal(await composer(page).inputValue(), "");
  await composer(page).press("Escape");
  const there = page.url();
  await page.keyboard.press("j");
  await page.waitForURL((url) => url.href !== there);
});

test("a viewer of a phone's size sees one pane at a time", async () => {
  const { page, troubles } = await inbox({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await picture(page, "phone-list");
  await row(page, "Ana Souza").first().tap();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await composer(page).waitFor();
  await picture(page, "phone-thread");
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(wider, false, "nothing sticks out");
  await page.getByRole("link", { name: /back/i }).first().tap();
  await row(page, "Ana Souza").first().waitFor();
  assert.deepEqual(troubles, []);
});

test("what could not be sent survives a reload and a look elsewhere, in its order, and is sent once", async () => {
  const line = await wire();
  const { page, troubles } = await inbox({ baseURL: line.url });
  const customer = { name: "Gus Gone", from: "+5511900000018" };
  try {
    await conversation(page, customer, "are you there?");
    line.cut();
    await composer(page).fill("first of two");
    await composer(page).press("Enter");
    await composer(page).fill("second of two");
    await composer(page).press("Enter");
    await page.getByText("2 messages wait to be sent.").waitFor();
    line.mend();
    await page.reload();
    await hydrated(page);
    const log = page.getByRole("log");
    for (const words of ["first of two", "second of two"]) {
      await log.locator('[data-state="delivered"]').filter({ hasText: words }).waitFor();
    }
    const shown = await screen(customer.from);
    assert.equal(shown.split("first of two").length - 1, 1);
    assert.ok(shown.indexOf("first of two") < shown.indexOf("second of two"));
    assert.deepEqual(troubles, []);
  } finally {
    line.close();
  }
});

test("a session that ends while the connection is away leads to the log-in", async () => {
  const line = await wire();
  const here = await inbox({ baseURL: line.url }, { anew: true });
  const there = await inbox();
  try {
    line.cut();
    await here.page.getByText(/no connection/i).waitFor();
    await open(there.page, "/account");
    const others = there.page.locator('form[action^="/account/sessions/"][action$="/end"]');
    while ((await others.count()) > 0) {
      await others.first().evaluate((form) => form.requestSubmit());
      await there.page.waitForLoadState();
      await hydrated(there.page);
    }
    line.mend();
    await here.page.waitForURL(/\/login\?next=/, { timeout: 30_000 });
  } finally {
    line.close();
  }
});
