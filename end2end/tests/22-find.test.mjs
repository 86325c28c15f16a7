// Search within the open conversation: by key, with marks, however long ago it was.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const NORA = { name: "Nora Needle", from: "+5511900000221" };
const HAY = 110;
const log = (page) => page.getByRole("log");
const field = (page) => page.getByRole("searchbox", { name: "Search in this conversation" });
const composer = (page) => page.getByRole("textbox", { name: "Message", exact: true });
const marked = (page, name) => page.evaluate((name) => [...(CSS.highlights.get(name) ?? [])].map(String), name);

/** Waits until the marks of a kind are these, in whatever order. */
const marks = (page, name, wanted) =>
  page.waitForFunction(
    ([name, wanted]) => JSON.stringify([...(CSS.highlights.get(name) ?? [])].map(String).sort()) === JSON.stringify(wanted),
    [name, [...wanted].sort()],
  );

let browser, address;
before(async () => {
  browser = await launch();
  const { context, page } = await person(browser);
  const workspace = await olga(page);
  await writes(workspace, NORA, "The first needle, at the *very* beginning");
  for (let n = 1; n <= HAY; n += 1) await writes(workspace, NORA, `hay ${n}`);
  await writes(workspace, NORA, "The last NEEDLE, and a needle beside it");
  await page.getByRole("link", { name: /Nora Needle/ }).filter({ hasText: "The last NEEDLE" }).first().click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  address = new URL(page.url()).pathname;
  await context.close();
});
after(() => browser.close());

/** Somebody with Nora's conversation on screen, the focus in the composer. */
async function thread(options) {
  const someone = await person(browser, options);
  await olga(someone.page);
  await open(someone.page, address);
  await composer(someone.page).focus();
  return someone;
}

/** Whether the page takes Ctrl+F from the browser. A key that is pressed would open the browser's own search. */
async function takesKey(page) {
  return page.evaluate(() => {
    const key = new KeyboardEvent("keydown", { key: "f", code: "KeyF", ctrlKey: true, bubbles: true, cancelable: true });
    return !document.activeElement.dispatchEvent(key);
  });
}

test("what was said long ago is found by key, marked where it stands, and the focus comes back", async () => {
  const { page, troubles } = await thread();
  assert.equal(await takesKey(page), true);
  await page.waitForFunction(() => document.activeElement?.id === "thread-find-field");
  await page.keyboard.type("needle");
  await page.getByText("1 of 2", { exact: true }).waitFor();
  await log(page).getByText("The last NEEDLE").waitFor();
  await marks(page, "found-here", ["NEEDLE", "needle"]);
  await picture(page, "find");
  assert.deepEqual(await complaints(page), []);

  await page.keyboard.press("Enter");
  await page.getByText("2 of 2", { exact: true }).waitFor();
  const first = log(page).getByText("The first needle");
  await first.waitFor();
  await page.waitForFunction(() => {
    const frame = document.querySelector("[role=log]").getBoundingClientRect();
    const line = [...document.querySelectorAll("[data-line]")].find((line) => line.innerText.includes("The first needle"));
    const box = line?.getBoundingClientRect();
    return box !== undefined && box.top >= frame.top && box.bottom <= frame.bottom;
  });
  await marks(page, "found-here", ["needle"]);
  assert.equal(await page.evaluate(() => document.activeElement.id), "thread-find-field", "Enter leads on");

  await page.keyboard.press("Shift+Enter");
  await page.getByText("1 of 2", { exact: true }).waitFor();
  await marks(page, "found-here", ["NEEDLE", "needle"]);
  // Around the end, because both ends are known.
  await page.getByRole("button", { name: "Later hit" }).click();
  await page.getByText("2 of 2", { exact: true }).waitFor();

  await field(page).focus();
  assert.equal(await takesKey(page), false, "pressed twice, the key is the browser's");
  await page.keyboard.press("Escape");
  await field(page).waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  assert.deepEqual(await marked(page, "found"), []);
  assert.deepEqual(await marked(page, "found-here"), []);
  assert.deepEqual(troubles, []);
});

test("a thread is searched beyond what is loaded, in pages, and says how many there are", async () => {
  const { page, troubles } = await thread();
  await page.getByRole("button", { name: "Search in this conversation", exact: true }).click();
  await field(page).fill("hay");
  await page.getByText(`1 of ${HAY}`, { exact: true }).waitFor();
  await page.waitForFunction(() => CSS.highlights.get("found").size > 5);
  const earlier = page.getByRole("button", { name: "Earlier hit" });
  // Over the end of the first page of hits.
  for (let n = 2; n <= 102; n += 1) {
    await earlier.click();
    await page.getByText(`${n} of ${HAY}`, { exact: true }).waitFor();
  }
  await marks(page, "found-here", ["hay"]);
  // The magnifier closes it as well.
  await page.getByRole("button", { name: "Search in this conversation", exact: true }).click();
  await field(page).waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
});

test("a phrase without its markup, and what is not there", async () => {
  const { page, troubles } = await thread();
  await page.keyboard.press("Control+f");
  await field(page).fill("very begin");
  await page.getByText("1 of 1", { exact: true }).waitFor();
  await marks(page, "found-here", ["beginning", "very"]);
  await field(page).fill("nothing has these words");
  await page.getByText("Nothing found", { exact: true }).waitFor();
  await marks(page, "found-here", []);
  assert.equal(await page.getByRole("button", { name: "Earlier hit" }).isDisabled(), true);
  assert.deepEqual(troubles, []);
});

test("without a connection the search says so and can be tried again", async () => {
  const { page, context } = await thread();
  await page.keyboard.press("Control+f");
  await context.setOffline(true);
  await field(page).fill("needle");
  const alert = page.getByRole("search", { name: "Search in this conversation" }).getByRole("alert");
  await alert.getByText(/could not be reached/).waitFor();
  await context.setOffline(false);
  await alert.getByRole("button", { name: "Try again" }).click();
  await page.getByText("1 of 2", { exact: true }).waitFor();
  await alert.waitFor({ state: "detached" });
});

test("the key searches the conversation from anywhere but a field beside it", async () => {
  const { page } = await thread();
  await page.getByRole("searchbox").or(page.getByRole("combobox", { name: /search/i })).first().focus();
  assert.equal(await takesKey(page), false);
  assert.equal(await field(page).count(), 0);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: /Nora Needle/ }).first().focus();
  assert.equal(await takesKey(page), true);
  await field(page).waitFor();
});
