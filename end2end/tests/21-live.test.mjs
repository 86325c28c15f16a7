// What happens while one looks elsewhere: notifications on every page, pages of contacts that follow, rights that change.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open, person } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const LOOKED_AT = { name: "Lena Live", from: "+5511900002101" };

let browser, workspace;
before(async () => {
  browser = await launch();
  const { page, context } = await person(browser);
  workspace = await olga(page);
  await writes(workspace, LOOKED_AT, "is this live?");
  await page.getByRole("link", { name: /Lena Live/ }).first().waitFor();
  await context.close();
});
after(() => browser.close());

async function member(options) {
  const someone = await person(browser, options);
  await olga(someone.page);
  return someone;
}

/** Has every page of somebody keep what the device would show, as `told`. */
async function listening(options) {
  const someone = await member({ permissions: ["notifications"], ...options });
  await someone.page.evaluate(() => localStorage.setItem("charla notifications", '{"desktop":true,"sound":false,"which":"all"}'));
  await someone.context.addInitScript(() => {
    window.told = [];
    window.Notification = class {
      static permission = "granted";
      constructor(title, options) {
        window.told.push({ title, ...options });
        window.last = this;
      }
      close() {}
    };
  });
  return someone;
}

const told = (page, title) => page.evaluate((title) => window.told.filter((one) => one.title === title).length, title);

/** Lena's own page, whose parts are unfolded. */
async function lenasPage(page) {
  await open(page, `/w/${workspace}/contacts`);
  await page.getByRole("main").getByRole("link", { name: /^Lena/ }).first().click();
  await page.waitForURL(/\/contacts\/[^/]+$/);
  await page.getByRole("button", { name: "Change the name" }).waitFor();
}

test("on every page the title counts what is unread, from the first paint on, and a message is told", async () => {
  const { page, context, troubles } = await listening();
  const nora = { name: "Nina Elsewhere", from: "+5511900002102" };
  await writes(workspace, nora, "before the page");
  await page.waitForFunction(() => /^\(\d+\) /.test(document.title));
  const html = await (await page.request.get(`/w/${workspace}/settings/members`)).text();
  assert.match(html, /<title>\(\d+\) Members · Charla<\/title>/, "the host knows it");

  await open(page, `/w/${workspace}/contacts`);
  const count = () => page.evaluate(() => Number(/^\((\d+)\) Contacts/.exec(document.title)?.[1] ?? 0));
  const first = await count();
  assert.ok(first > 0);
  await writes(workspace, { name: "Nils Elsewhere", from: "+5511900002103" }, "while you look at contacts");
  await page.waitForFunction(() => window.told.some((one) => one.title === "Nils Elsewhere"));
  await page.waitForFunction((first) => Number(/^\((\d+)\)/.exec(document.title)?.[1] ?? 0) === first + 1, first);
  assert.equal((await page.evaluate(() => window.told.at(-1))).body, "while you look at contacts");

  await page.evaluate(() => window.last.onclick());
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await page.getByRole("log").getByText("while you look at contacts").waitFor();
  await page.waitForFunction((first) => Number(/^\((\d+)\)/.exec(document.title)?.[1] ?? 0) === first, first);
  assert.deepEqual(troubles, []);
  await context.close();
});

test("of several tabs one tells, and none of what one of them shows", async () => {
  const { page, context, troubles } = await listening();
  const tabs = [page, await context.newPage(), await context.newPage()];
  for (const [tab, path] of [[tabs[0], "settings/labels"], [tabs[1], "inbox"], [tabs[2], "home"]]) {
    await open(tab, `/w/${workspace}/${path}`);
  }
  const tara = { name: "Tara Tabs", from: "+5511900002104" };
  await writes(workspace, tara, "who tells?");
  const sum = async () => (await Promise.all(tabs.map((tab) => told(tab, "Tara Tabs")))).reduce((a, b) => a + b);
  for (let tries = 0; (await sum()) === 0 && tries < 100; tries++) await page.waitForTimeout(100);
  await page.waitForTimeout(2_500);
  assert.equal(await sum(), 1);

  // Opened in one, it is told in none.
  await tabs[1].bringToFront();
  await tabs[1].getByRole("link", { name: /Tara Tabs/ }).first().click();
  await tabs[1].getByRole("log").getByText("who tells?").waitFor();
  await writes(workspace, tara, "you are reading this");
  await tabs[1].getByRole("log").getByText("you are reading this").waitFor();
  await page.waitForTimeout(2_500);
  assert.equal(await sum(), 1);
  assert.deepEqual(troubles, []);
  await context.close();
});

test("a contact's page follows what others change, and what is being written in it stays", async () => {
  const [one, two] = [await member(), await member()];
  await lenasPage(one.page);
  await lenasPage(two.page);
  const note = one.page.getByRole("textbox", { name: "New note" });
  await note.fill("half a thou");
  await two.page.getByRole("textbox", { name: "New note" }).fill("Likes the morning.");
  await two.page.getByRole("button", { name: "Add note" }).click();
  await one.page.locator(".notes").getByText("Likes the morning.").waitFor();

  await two.page.getByRole("button", { name: "Change the name" }).click();
  const name = two.page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("Lena Followed");
  await name.press("Enter");
  await one.page.getByRole("heading", { name: "Lena Followed" }).waitFor();

  await two.page.getByRole("button", { name: "Change tags" }).click();
  await two.page.getByRole("textbox", { name: "New tag" }).fill("Followed");
  await two.page.getByRole("button", { name: "Create", exact: true }).click();
  await one.page.locator(".tags").getByText("Followed").waitFor();
  assert.equal(await note.inputValue(), "half a thou");
  assert.equal(await note.evaluate((field) => field === document.activeElement), true);
  assert.deepEqual([...one.troubles, ...two.troubles], []);
  for (const { context } of [one, two]) await context.close();
});

test("one's own note that changes elsewhere leaves what is being written in it", async () => {
  const [one, two] = [await member(), await member()];
  await lenasPage(one.page);
  await one.page.getByRole("textbox", { name: "New note" }).fill("First words.");
  await one.page.getByRole("button", { name: "Add note" }).click();
  const mine = (page) => page.locator(".contact-note").filter({ hasText: "words." });
  await mine(one.page).getByRole("button", { name: "Change the note" }).click();
  const writing = one.page.getByRole("textbox", { name: "Change the note" });
  await writing.fill("not yet saved");

  await lenasPage(two.page);
  await mine(two.page).getByRole("button", { name: "Change the note" }).click();
  await two.page.getByRole("textbox", { name: "Change the note" }).fill("Other words.");
  await two.page.locator(".contact-note").getByRole("button", { name: "Save" }).click();
  await two.page.locator(".contact-note").getByText("Other words.").waitFor();
  await one.page.waitForTimeout(1_500);
  assert.equal(await writing.inputValue(), "not yet saved");
  await writing.press("Escape");
  await one.page.locator(".contact-note").getByText("Other words.").waitFor();
  assert.deepEqual([...one.troubles, ...two.troubles], []);
  for (const { context } of [one, two]) await context.close();
});

test("the list of contacts follows in place, and who is new waits behind a button", async () => {
  const { page, context, troubles } = await member();
  await open(page, `/w/${workspace}/contacts`);
  const rows = page.getByRole("main").getByRole("listitem");
  await rows.first().waitFor();
  const newest = await rows.first().innerText();
  await writes(workspace, { name: "Nadia New", from: `+55119${Date.now().toString().slice(-8)}` }, "hello, I am new");
  const show = page.getByRole("button", { name: /^Show \d+ new contact/ });
  await show.waitFor();
  assert.equal((await rows.first().innerText()).split("\n")[1], newest.split("\n")[1], "no row moves by itself");
  await show.click();
  await rows.first().getByText("Nadia New").waitFor();
  await show.waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
  await context.close();
});

/** Somebody on a page that hears what the test says, beside what the host says. */
async function hearing(path) {
  const someone = await person(browser);
  let live;
  // The inbox that is open before has a line of its own, which may still be on its way.
  let opened = false;
  await someone.page.routeWebSocket(/\/ws\?/, (socket) => {
    const isIts = opened;
    socket.connectToServer().onMessage((message) => {
      socket.send(message);
      if (isIts && String(message).includes('"ready"')) live = socket;
    });
  });
  await olga(someone.page);
  opened = true;
  await open(someone.page, `/w/${workspace}/${path}`);
  const say = async (frame) => {
    for (let tries = 0; !live && tries < 100; tries++) await someone.page.waitForTimeout(100);
    live.send(JSON.stringify(frame));
  };
  return { ...someone, say };
}

test("a member who may answer no more sees it at once, without a word lost", async () => {
  const { page, context, troubles, say } = await hearing("inbox");
  await page.getByRole("link", { name: /Lena/ }).first().click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  const field = page.getByRole("textbox", { name: /message|reply|write/i });
  await field.fill("I was about to say");
  await page.getByRole("button", { name: "Resolve" }).waitFor();
  let rights = "viewer";
  await page.route("**/fn/workspace/view", async (route) => {
    const answer = await route.fetch();
    const view = await answer.json();
    if (rights === "viewer") {
      const kept = /^(members|channels|conversations|notes|contacts|analytics)\.view/;
      view.permissions = view.permissions.filter((name) => kept.test(name) && name !== "contacts.view_phone");
    }
    await route.fulfill({ response: answer, json: view });
  });
  await say({ frame: "rights" });
  await page.getByText(/your role/i).first().waitFor();
  assert.notEqual(await field.getAttribute("readonly"), null);
  await page.getByRole("button", { name: "Resolve" }).waitFor({ state: "detached" });
  await page.getByRole("tab", { name: /note/i }).waitFor({ state: "detached" });
  assert.equal(await field.inputValue(), "I was about to say");

  rights = "as they are";
  await say({ frame: "rights" });
  await page.getByRole("button", { name: "Resolve" }).waitFor();
  await page.getByRole("tab", { name: /note/i }).waitFor();
  assert.equal(await field.inputValue(), "I was about to say");
  assert.deepEqual(troubles, []);
  await context.close();
});

test("the settings follow the role, too", async () => {
  const { page, context, troubles, say } = await hearing("settings/labels");
  const entries = page.getByRole("navigation", { name: "Settings" });
  await entries.getByRole("link", { name: "Labels" }).waitFor();
  await page.getByRole("heading", { name: "New label" }).waitFor();
  await page.route("**/fn/workspace/view", async (route) => {
    const answer = await route.fetch();
    const view = await answer.json();
    view.permissions = ["members.view", "channels.view", "conversations.view_all", "contacts.view"];
    await route.fulfill({ response: answer, json: view });
  });
  await say({ frame: "rights" });
  await entries.getByRole("link", { name: "Labels" }).waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "New label" }).waitFor({ state: "detached" });
  await entries.getByRole("link", { name: "Members" }).waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test("invites are made by whoever may, at this moment", async () => {
  const { page, context, troubles, say } = await hearing("settings/members");
  const form = page.getByRole("button", { name: "Create an invite link" });
  await form.waitFor();
  let may = false;
  await page.route("**/fn/workspace/view", async (route) => {
    const answer = await route.fetch();
    const view = await answer.json();
    if (!may) view.permissions = view.permissions.filter((name) => name !== "members.invite");
    await route.fulfill({ response: answer, json: view });
  });
  await say({ frame: "rights" });
  await form.waitFor({ state: "detached" });
  await page.getByRole("main").getByText("Olga Owner").first().waitFor();
  may = true;
  await say({ frame: "rights" });
  await form.waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test("whoever is removed from the workspace is told so", async () => {
  const { page, context, troubles, say } = await hearing("inbox");
  await page.getByRole("link", { name: /Lena/ }).first().click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await page.getByRole("log").getByText("is this live?").waitFor();
  await page.route("**/fn/workspace/view", async (route) => {
    // As the host answers about a workspace one is not in.
    const elsewhere = JSON.stringify({ workspace: crypto.randomUUID() });
    await route.fulfill({ response: await route.fetch({ postData: elsewhere }) });
  });
  await say({ frame: "closed" });
  await page.getByText("you are not a member of it").waitFor();
  await page.getByRole("log").waitFor({ state: "hidden" });
  assert.equal(await page.getByRole("link", { name: "To my workspaces" }).isVisible(), true);
  assert.deepEqual(troubles, []);
  await context.close();
});

test("somebody else's workspace is a clear page from the beginning", async () => {
  const { page, context } = await member();
  await open(page, `/w/${crypto.randomUUID()}/settings/labels`);
  await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "To my workspaces" }).isVisible(), true);
  assert.equal(await page.getByRole("heading", { name: "All labels" }).count(), 0);
  await context.close();
});

test("a key that is held goes through the list and stops where it is let go", async () => {
  const { page, context, troubles } = await member();
  for (let number = 0; number < 5; number++) {
    await writes(workspace, { name: `Held ${number}`, from: `+551190000211${number}` }, "hold on");
  }
  await page.getByRole("link", { name: /Held 4/ }).first().waitFor();
  // Pressed again without being let go: the browser says that it repeats.
  for (let times = 0; times < 4; times++) await page.keyboard.down("j");
  await page.keyboard.up("j");
  await page.waitForURL(/\/inbox\/[^/?]+/);
  const shown = () => page.locator('.row[aria-current="page"]').getAttribute("id");
  await page.locator('.row[aria-current="page"]').waitFor();
  await page.waitForTimeout(500);
  const there = await shown();
  await page.waitForTimeout(500);
  assert.equal(await shown(), there);
  await page.getByRole("log").waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test("an Enter that is held sends once", async () => {
  const { page, context, troubles } = await member();
  const emil = { name: "Emil Enter", from: "+5511900002120" };
  await writes(workspace, emil, "send it once");
  await page.getByRole("link", { name: /Emil Enter/ }).first().click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await page.getByRole("log").getByText("send it once").waitFor();
  const field = page.getByRole("textbox", { name: /message|reply|write/i });
  await field.fill("only once");
  for (let times = 0; times < 6; times++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.getByRole("log").locator('[data-state="delivered"]').filter({ hasText: "only once" }).waitFor();
  await page.waitForTimeout(500);
  assert.equal(await page.getByRole("log").getByRole("article").filter({ hasText: "only once" }).count(), 1);
  assert.equal(await field.inputValue(), "", "nor does it leave empty lines");

  await page.getByRole("tab", { name: /note/i }).click();
  await page.getByRole("textbox", { name: "Note for the team" }).fill("one note");
  for (let times = 0; times < 6; times++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.getByRole("log").getByText("one note").first().waitFor();
  await page.waitForTimeout(500);
  assert.equal(await page.getByRole("log").getByRole("article").filter({ hasText: "one note" }).count(), 1);
  assert.deepEqual(troubles, []);
  await context.close();
});
