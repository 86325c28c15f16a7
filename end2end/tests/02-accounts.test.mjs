// Accounts in the browser, with and without script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open, person } from "../support/browser.mjs";
import { OLGA, olga, submit } from "../support/people.mjs";

let browser;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  await olga(someone.page);
  await someone.context.close();
});
after(() => browser.close());

test("logging in works without script, and the inbox is there with its data", async () => {
  const { page } = await person(browser, { javaScriptEnabled: false });
  await page.goto("/login");
  await submit(page, "/session", { email: OLGA.email, password: OLGA.password });
  await page.waitForURL(/\/inbox/);
  await page.getByRole("link", { name: /Ana Souza/ }).click();
  await page.getByText("I would like to know when you are open today", { exact: false }).last().waitFor();
});

test("a wrong password is said plainly and the address is kept", async () => {
  const { page, troubles } = await person(browser);
  await open(page, "/login");
  await submit(page, "/session", { email: OLGA.email, password: "not the password" });
  await page.getByRole("alert").waitFor();
  assert.equal(await page.locator('form[action="/session"] [name="email"]').inputValue(), OLGA.email);
  assert.equal(await page.locator('form[action="/session"] [name="password"]').inputValue(), "");
  await page.reload();
  assert.equal(await page.getByRole("alert").count(), 0, "the word is said once");
  assert.deepEqual(troubles, []);
});

test("after logging in one is where one wanted to be", async () => {
  const { page } = await person(browser);
  await page.goto("/account");
  await page.waitForURL(/\/login\?next=/);
  await submit(page, "/session", { email: OLGA.email, password: OLGA.password });
  await page.waitForURL(/\/account$/);
  assert.match(await page.content(), /olga@example\.com/);
});

test("the other browsers can be logged out", async () => {
  const here = await person(browser);
  const there = await person(browser);
  await olga(there.page);
  await olga(here.page, { anew: true });
  await open(here.page, "/account");
  const others = here.page.locator('form[action^="/account/sessions/"][action$="/end"]');
  const before = await others.count();
  assert.ok(before >= 1);
  await others.first().locator("button").click();
  await here.page.waitForLoadState();
  await open(here.page, "/account");
  assert.ok((await others.count()) < before);
});

test("the interface speaks Spanish to those who want it, dark to those who like it", async () => {
  const { page, troubles } = await person(browser, { locale: "es-MX" });
  await open(page, "/login");
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
  await page.getByRole("button", { name: /iniciar sesión|entrar/i }).waitFor();
  await olga(page);
  await open(page, "/account");
  await page.locator('form[action="/preferences"] [name="theme"]').first().waitFor({ state: "attached" });
  await page.evaluate(async () => {
    const body = new URLSearchParams({ theme: "dark", back: "/account" });
    await fetch("/preferences", { method: "POST", body, redirect: "manual" });
  });
  await page.reload();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  assert.deepEqual(troubles, []);
});
