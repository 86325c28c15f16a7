// Search, the palette and the sheet of shortcuts, by keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const SAMIRA = { name: "Samira Søk", from: "+34600987001" };
const TOMAS = { name: "Tomás Búsqueda", from: "+34600987002" };

const field = (page) => page.getByRole("combobox", { name: /search people/i });
const option = (page, text) => page.getByRole("option").filter({ hasText: text });
const palette = (page) => page.getByRole("dialog", { name: /go to, do, find/i });

let browser, workspace;
before(async () => {
  browser = await launch();
  const { context, page } = await person(browser);
  workspace = await olga(page);
  await writes(workspace, SAMIRA, "Is the aubergine lasagne still available?");
  await writes(workspace, TOMAS, "¿Tenéis lasaña de berenjena, la de José?");
  for (const { name } of [SAMIRA, TOMAS]) await page.getByRole("link", { name: new RegExp(name) }).first().waitFor();
  await context.close();
});
after(() => browser.close());

async function inbox(options) {
  const someone = await person(browser, options);
  await olga(someone.page);
  return someone;
}

test("a message is found by its words and opened, all by keyboard", async () => {
  const { page, troubles } = await inbox();
  await page.keyboard.press("/");
  await page.keyboard.type("LASAGNE auber");
  const hit = option(page, "Is the aubergine lasagne");
  await hit.waitFor();
  assert.deepEqual(await hit.locator("mark").allTextContents(), ["aubergine", "lasagne"]);
  await picture(page, "search");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/inbox\/[^/?]+\?.*message=/);
  await page.getByRole("log").getByText("Is the aubergine lasagne").waitFor();
  // The search is still there, and a reload restores it.
  await hit.waitFor();
  await page.reload();
  await hydrated(page);
  assert.equal(await field(page).inputValue(), "LASAGNE auber");
  await hit.waitFor();
  assert.deepEqual(troubles, []);
});

test("what narrows the list says that it leads back there from a search", async () => {
  const { page, troubles } = await inbox();
  await page.keyboard.press("/");
  await page.keyboard.type("aubergine");
  await option(page, "Is the aubergine lasagne").waitFor();
  await page.waitForURL(/[?&]q=aubergine/);
  await page.getByRole("button", { name: "Filter and sort" }).click();
  await page.getByText("These narrow the list, not the search").waitFor();
  await page.getByLabel("Unread only").check();
  await page.waitForURL((url) => url.search.includes("unread") && !url.search.includes("q="));
  await page.keyboard.press("Escape");
  await page.getByRole("list", { name: "What the list is narrowed to" }).waitFor();
  assert.equal(await field(page).inputValue(), "");
  assert.deepEqual(troubles, []);
});

test("accents do not matter, people are found by a part of their number, and Escape returns to the list", async () => {
  const { page, troubles } = await inbox();
  await page.keyboard.press("/");
  await page.keyboard.type("jose berenjena");
  await option(page, "¿Tenéis lasaña").waitFor();
  await field(page).fill("987 002");
  await option(page, TOMAS.name).first().waitFor();
  await option(page, "¿Tenéis lasaña").waitFor({ state: "detached" });
  await field(page).fill("nothing has these words");
  await page.getByText("Nothing found").waitFor();
  await field(page).press("Escape");
  await page.getByRole("link", { name: new RegExp(SAMIRA.name) }).first().waitFor();
  assert.equal(new URL(page.url()).searchParams.get("q"), null);
  assert.deepEqual(troubles, []);
});

test("where messages cannot be looked through people are found all the same, and it can be tried again", async () => {
  const { page, troubles } = await inbox();
  await writes(workspace, TOMAS, "Greetings to Samira");
  let away = true;
  await page.route("**/fn/search/messages", (route) => (away ? route.abort() : route.continue()));
  await page.keyboard.press("/");
  await page.keyboard.type("Samira");
  await option(page, SAMIRA.name).first().waitFor();
  await page.getByRole("alert").filter({ hasText: /could not be reached/ }).waitFor();
  assert.equal(await option(page, "Greetings to Samira").count(), 0);
  away = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await option(page, "Greetings to Samira").waitFor();
  await page.getByRole("alert").filter({ hasText: /could not be reached/ }).waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
});

test("what was looked for lately is offered again, and can be forgotten", async () => {
  const { page, troubles } = await inbox();
  await page.keyboard.press("/");
  await page.keyboard.type("berenjena");
  await option(page, "¿Tenéis lasaña").click();
  await page.waitForURL(/message=/);
  await field(page).press("Escape");
  await field(page).click();
  const kept = page.getByRole("button", { name: "berenjena", exact: true });
  await kept.click();
  await option(page, "¿Tenéis lasaña").waitFor();
  await field(page).fill("");
  await page.getByRole("button", { name: /forget this search/i }).first().click();
  await kept.waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
});

test("Enter opens no answer to what was asked before", async () => {
  const { page, troubles } = await inbox();
  await page.keyboard.press("/");
  await page.keyboard.type("samira");
  await option(page, SAMIRA.name).first().waitFor();
  let answered = false;
  await page.route("**/fn/search/*", async (route) => {
    await new Promise((done) => setTimeout(done, 600));
    answered = true;
    await route.continue();
  });
  await field(page).fill("berenjena");
  const { pathname } = new URL(page.url());
  await field(page).press("Enter");
  await page.waitForTimeout(300);
  assert.equal(answered, false);
  assert.equal(new URL(page.url()).pathname, pathname);
  await option(page, "¿Tenéis lasaña").waitFor();
  await field(page).press("Enter");
  await page.waitForURL(/message=/);
  assert.deepEqual(troubles, []);
});

test("results can be read by everybody", async () => {
  const { page } = await inbox();
  await open(page, `/w/${workspace}/inbox?q=lasagne`);
  await option(page, "Is the aubergine lasagne").waitFor();
  assert.deepEqual(await complaints(page), []);
});

test("the palette goes to pages, does things and finds people", async () => {
  const { page, troubles } = await inbox();
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  assert.deepEqual(await complaints(page), []);
  await picture(page, "palette");
  await page.keyboard.type("numb");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/settings\/channels/);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("samira");
  await palette(page).getByRole("option").filter({ hasText: SAMIRA.name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await page.getByRole("log").getByText("Is the aubergine lasagne").waitFor();

  // Used lately stands first; what the page can do is offered.
  await page.keyboard.press("Control+k");
  await palette(page).getByText("Used lately").waitFor();
  await page.keyboard.type("reply");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
  assert.deepEqual(troubles, []);
});

test("what somebody else has chosen in this tab is not offered", async () => {
  const { page, troubles } = await inbox();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("numb");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/settings\/channels/);
  await page.keyboard.press("Control+k");
  await palette(page).getByText("Used lately").waitFor();
  await page.keyboard.press("Escape");

  // The tab slept while another person logged in.
  await page.evaluate(() => {
    const mine = Object.keys(sessionStorage).find((key) => key.startsWith("palette "));
    sessionStorage.setItem(`palette ${crypto.randomUUID()}`, sessionStorage.getItem(mine));
    sessionStorage.removeItem(mine);
  });
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("option").first().waitFor();
  assert.equal(await palette(page).getByText("Used lately").count(), 0);
  assert.deepEqual(troubles, []);
});

test("the palette is there at once, and asks nothing before the second letter", async () => {
  const { page } = await inbox();
  const asked = [];
  page.on("request", (request) => request.url().includes("/fn/search/") && asked.push(request.url()));
  const took = await page.evaluate(async () => {
    const began = performance.now();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true, cancelable: true }));
    while (!document.querySelector("dialog.palette[open] [role=option]")) await new Promise(requestAnimationFrame);
    return performance.now() - began;
  });
  assert.ok(took < 100, `${took} ms, the frames of this browser included`);
  await page.keyboard.type("s");
  await page.waitForTimeout(400);
  assert.deepEqual(asked, []);
  await page.keyboard.press("Escape");
  await palette(page).waitFor({ state: "hidden" });
});

test("the shortcuts of the page are on a sheet, and letters after g go to places", async () => {
  const { page, troubles } = await inbox();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: /keyboard shortcuts/i });
  await sheet.getByText("Next conversation").waitFor();
  assert.deepEqual(await complaints(page), []);
  await picture(page, "shortcuts");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await page.waitForURL(/\/settings\/channels/);
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.waitForURL(/\/inbox/);
  // From another page, / leads to the search of the inbox.
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.waitForURL(/\/settings\/members/);
  await page.keyboard.press("/");
  await page.waitForURL(/\/inbox\?q=/);
  await page.keyboard.type("lasagne");
  await option(page, "Is the aubergine lasagne").waitFor();
  assert.deepEqual(troubles, []);
});
