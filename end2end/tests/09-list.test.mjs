// The list of conversations: views, filters, many rows, and a reader who is not disturbed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { hydrated, launch, person } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const row = (page, name) => page.getByRole("link", { name: new RegExp(name) });
const view = (page, name) => page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: new RegExp(`^${name}`) });

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  // More than fit into the pane.
  for (let n = 0; n < 24; n += 1) {
    await writes(workspace, { name: `Lena List ${n}`, from: `+55119001${String(n).padStart(5, "0")}` }, `hello ${n}`);
  }
  await row(someone.page, "Lena List 23\\b").waitFor({ timeout: 30_000 });
  await someone.context.close();
});
after(() => browser.close());

async function inbox() {
  const someone = await person(browser);
  await olga(someone.page);
  await hydrated(someone.page);
  // Away from the list, so that nothing is held back.
  await someone.page.mouse.move(1000, 5);
  await row(someone.page, "Lena List 23\\b").waitFor();
  return someone;
}

test("views and filters are in the address, and chips take them off again", async () => {
  const { page, troubles } = await inbox();
  await view(page, "Mine").click();
  await page.waitForURL(/scope=mine/);
  await page.getByText("Nothing is assigned to you").waitFor();
  await page.getByRole("link", { name: "Show all open conversations" }).click();
  await page.waitForURL((url) => !url.search.includes("scope"));
  await page.getByRole("button", { name: "Filter and sort" }).click();
  const dialog = page.getByRole("dialog", { name: "Filter and sort" });
  await dialog.getByRole("combobox", { name: "Order" }).selectOption("oldest");
  await page.waitForURL(/sort=oldest/);
  await dialog.getByLabel("Unread only").check();
  await page.waitForURL(/unread/);
  await page.keyboard.press("Escape");
  await page.reload();
  await hydrated(page);
  const chips = page.getByRole("list", { name: "What the list is narrowed to" });
  await chips.getByRole("link", { name: "Remove: Oldest first" }).click();
  await page.waitForURL((url) => !url.search.includes("sort"));
  await chips.getByRole("link", { name: "Clear" }).click();
  await page.waitForURL((url) => url.search === "");
  await chips.waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
});

test("the focus stays on its row while others change places", async () => {
  const { page, troubles } = await inbox();
  await row(page, "Lena List 23\\b").focus();
  const focused = () => page.evaluate(() => document.activeElement.id);
  for (let n = 0; n < 3; n += 1) {
    // The focus moves with the next frame.
    const from = await focused();
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((id) => document.activeElement.id.startsWith("row-") && document.activeElement.id !== id, from);
  }
  const before = await focused();
  assert.match(before, /^row-/);
  await writes(workspace, { name: "Lena List 18", from: "+5511900100018" }, "me first");
  await row(page, "Lena List 18\\b").filter({ hasText: "me first" }).waitFor();
  await page.waitForFunction(() => document.querySelector(".row-item:not(.row-parked) .row").innerText.includes("me first"));
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  assert.equal(await focused(), before);
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction((id) => document.activeElement.id.startsWith("row-") && document.activeElement.id !== id, before);
  assert.deepEqual(troubles, []);
});

test("a view is saved under a name, and deleting it can be undone", async () => {
  const { page, troubles } = await inbox();
  await page.getByRole("button", { name: "Filter and sort" }).click();
  const dialog = page.getByRole("dialog", { name: "Filter and sort" });
  await dialog.getByRole("combobox", { name: "Order" }).selectOption("waiting");
  await page.waitForURL(/sort=waiting/);
  await dialog.getByLabel("Save this view as").fill("Longest first");
  await dialog.getByRole("button", { name: "Save" }).click();
  await view(page, "Longest first").waitFor();
  await page.keyboard.press("Escape");
  await page.reload();
  await hydrated(page);
  await page.getByRole("button", { name: "View Longest first" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await view(page, "Longest first").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await view(page, "Longest first").waitFor();
  assert.deepEqual(troubles, []);
});

test("only rows near the sight are there, and the keyboard reaches them all", async () => {
  const { page, troubles } = await inbox();
  await page.setViewportSize({ width: 1200, height: 500 });
  const rows = page.locator(".row-item");
  await page.waitForFunction(() => document.querySelectorAll(".row-item").length < 24);
  const newest = page.locator(".row").first();
  await newest.focus();
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.activeElement.classList.contains("row") && document.activeElement.closest(".list-scroll").scrollTop > 300);
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.activeElement.classList.contains("row") && document.activeElement.closest(".list-scroll").scrollTop === 0);
  assert.ok((await rows.count()) < 24);
  // The focus stays on its row when that is scrolled out of sight.
  const id = await page.evaluate(() => document.activeElement.id);
  await page.evaluate(() => { document.querySelector(".list-scroll").scrollTop = 1200; });
  await page.waitForFunction(() => document.querySelector(".row-parked"));
  assert.equal(await page.evaluate(() => document.activeElement.id), id);
  assert.deepEqual(troubles, []);
});

test("what arrives while somebody reads further down waits behind a pill, and nothing moves", async () => {
  const { page, troubles } = await inbox();
  await page.setViewportSize({ width: 1200, height: 500 });
  await page.evaluate(() => { document.querySelector(".list-scroll").scrollTop = 640; });
  await page.waitForTimeout(200);
  const seen = () => page.evaluate(() => {
    const pane = document.querySelector(".list-scroll").getBoundingClientRect();
    const rows = [...document.querySelectorAll(".row")].filter((row) => row.getBoundingClientRect().top >= pane.top);
    return rows.slice(0, 4).map((row) => `${row.id} ${Math.round(row.getBoundingClientRect().top)}`);
  });
  const before = await seen();
  await writes(workspace, { name: "Nora News", from: "+5511900200001" }, "are you there?");
  const pill = page.getByRole("button", { name: /1 new/ });
  await pill.waitFor();
  assert.deepEqual(await seen(), before);
  await pill.click();
  await row(page, "Nora News").waitFor();
  assert.equal(await page.evaluate(() => document.querySelector(".list-scroll").scrollTop), 0);
  assert.deepEqual(troubles, []);
});
