// The thread as a member reads it: long ones in parts, quotes, notes, markup, by keyboard and by ear.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const LONG = { name: "Lola Long", from: "+5511900000111" };
const LINES = 260;
const log = (page) => page.getByRole("log");
const composer = (page) => page.getByRole("textbox", { name: /message/i });
const row = (page, name) => page.getByRole("link", { name: new RegExp(name) });

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  for (let n = 1; n <= LINES; n += 1) await writes(workspace, LONG, `long line ${n}.`);
  await someone.context.close();
});
after(() => browser.close());

async function inbox(options) {
  const someone = await person(browser, options);
  await olga(someone.page);
  return someone;
}

async function conversation(page, customer, text) {
  await writes(workspace, customer, text);
  await row(page, customer.name).filter({ hasText: text }).click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await log(page).getByText(text).last().waitFor();
}

/** Calls a server function as the page does. */
async function call(page, name, body) {
  return page.evaluate(
    async ([name, body]) => {
      const answer = await fetch(`/fn/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    [name, body],
  );
}

/** The ids of all messages of the open thread, the oldest first. */
async function wholeThread(page) {
  const ids = [];
  for (let place = "newest"; place; ) {
    const { messages, earlier } = await call(page, "inbox/thread", { workspace, conversation: conversationOf(page), place });
    ids.unshift(...messages.map((message) => message.id));
    place = earlier && { before: earlier };
  }
  return ids;
}

const conversationOf = (page) => new URL(page.url()).pathname.split("/")[4];

/** The message at the top of what is seen, and where it is. */
const topmost = (page) =>
  page.evaluate(async () => {
    const look = () =>
      new Promise((seen) =>
        requestAnimationFrame(() => {
          const frame = document.querySelector("[role=log]").getBoundingClientRect();
          const line = [...document.querySelectorAll("[role=log] [data-line]")].find((l) => l.getBoundingClientRect().bottom > frame.top + 4);
          seen({ text: line.innerText, top: Math.round(line.getBoundingClientRect().top - frame.top) });
        }),
      );
    // As it is painted: a change and what makes up for it come one after the other, before the frame that shows both.
    let [before, now] = [await look(), await look()];
    while (now.text !== before.text || now.top !== before.top) [before, now] = [now, await look()];
    return now;
  });

/** Scrolls as a wheel does until something is seen. */
async function wheelTo(page, text, by) {
  const wanted = log(page).getByText(text, { exact: true });
  await log(page).hover();
  for (let n = 0; n < 400; n += 1) {
    // In sight, not only in the page.
    const seen = await wanted.evaluateAll((lines) => {
      const frame = document.querySelector("[role=log]").getBoundingClientRect();
      return lines.some((line) => line.getBoundingClientRect().bottom <= frame.bottom && line.getBoundingClientRect().top >= frame.top);
    });
    if (seen) return wanted;
    await page.mouse.wheel(0, by);
    await page.waitForTimeout(60);
  }
  throw new Error(`${text} was not found by scrolling`);
}

test("a long thread opens where the unread begin and is read to both ends in a small page", async () => {
  const { page, troubles } = await inbox();
  await row(page, LONG.name).click();
  await page.getByText("New messages", { exact: true }).waitFor();
  await picture(page, "thread-unread");
  const nodes = () => page.evaluate(() => document.querySelectorAll("[role=log] *").length);

  await wheelTo(page, `long line ${LINES}.`, 400);
  // It may not be the very last: Meta's times are whole seconds, and within one any order is right.
  await page.mouse.wheel(0, 4_000);
  await row(page, LONG.name).getByText(/unread/i).waitFor({ state: "detached" });
  assert.ok((await nodes()) < 1500, `${await nodes()} nodes`);
  await wheelTo(page, "long line 1.", -400);
  assert.ok((await nodes()) < 1500, `${await nodes()} nodes`);
  const shown = await page.evaluate(() => [...document.querySelectorAll("[role=log] [data-line=message]")].map((line) => line.id.slice(2)));
  const all = await wholeThread(page);
  const from = all.indexOf(shown[0]);
  assert.deepEqual(shown, all.slice(from, from + shown.length), "no gap and no repetition");

  await page.getByRole("button", { name: /newest message/i }).click();
  await log(page).getByText(`long line ${LINES}.`, { exact: true }).waitFor();
  assert.deepEqual(troubles, []);
});

test("what is read stays where it is while others write and while more is loaded, and when one comes back", async () => {
  const { page, troubles } = await inbox();
  await row(page, LONG.name).click();
  await log(page).getByText(`long line ${LINES}.`, { exact: true }).waitFor();
  await wheelTo(page, `long line ${LINES - 90}.`, -300);
  await page.waitForTimeout(500);
  const before = await topmost(page);
  await writes(workspace, LONG, "and one more");
  await page.getByRole("button", { name: /1 new message/i }).waitFor();
  const after_ = await topmost(page);
  assert.equal(after_.text, before.text);
  assert.ok(Math.abs(after_.top - before.top) <= 1, `${before.top} to ${after_.top}`);

  await writes(workspace, { name: "Nils Next", from: "+5511900000119" }, "somebody else");
  await row(page, "Nils Next").click();
  await log(page).getByText("somebody else").last().waitFor();
  await row(page, LONG.name).click();
  await log(page).getByText(before.text.split("\n")[0], { exact: true }).waitFor();
  await page.waitForTimeout(500);
  const back = await topmost(page);
  assert.equal(back.text, before.text, "the place is kept");
  await page.getByRole("button", { name: /newest message|new message/i }).click();
  await log(page).getByText("and one more", { exact: true }).waitFor();
  assert.deepEqual(troubles, []);
});

test("in the middle of a long thread what is loaded at either end settles, and nothing moves", async () => {
  const { page, troubles } = await inbox();
  let asked = 0;
  // Pages come late, so both ends are under way at once.
  await page.route("**/fn/inbox/thread", async (route) => {
    asked += 1;
    await new Promise((done) => setTimeout(done, 150));
    await route.continue();
  });
  await row(page, LONG.name).click();
  await log(page).getByText(`long line ${LINES}.`, { exact: true }).waitFor();
  for (const [line, by] of [[60, -300], [96, -300], [128, -300], [96, 300]].map(([line, by]) => [LINES - line, by])) {
    await wheelTo(page, `long line ${line}.`, by);
    await page.waitForTimeout(800);
    const [before, before_] = [await topmost(page), asked];
    await page.waitForTimeout(800);
    assert.equal(asked, before_, `nobody asks for more at line ${line}`);
    const after_ = await topmost(page);
    assert.equal(after_.text, before.text);
    assert.ok(Math.abs(after_.top - before.top) <= 1, `${before.top} to ${after_.top}`);
  }
  assert.deepEqual(troubles, []);
});

test("reading back past where the unread began, one is not pulled there again", async () => {
  const uma = { name: "Uma Upward", from: "+5511900000116" };
  const { page, troubles } = await inbox();
  await conversation(page, uma, "line 0.");
  for (let n = 1; n <= 20; n += 1) await writes(workspace, uma, `line ${n}.`);
  await log(page).getByText("line 20.", { exact: true }).waitFor();
  await row(page, uma.name).getByText(/unread/i).waitFor({ state: "detached" });
  await writes(workspace, { name: "Nils Next", from: "+5511900000119" }, "look here");
  await row(page, "Nils Next").click();
  await log(page).getByText("look here").last().waitFor();
  // Off the list, which would hold back what arrives under the pointer.
  await log(page).hover();
  const LAST = 180;
  for (let n = 21; n <= LAST; n += 1) await writes(workspace, uma, `line ${n}.`);
  await row(page, uma.name).filter({ hasText: `line ${LAST}.` }).click();
  await page.getByText("New messages", { exact: true }).waitFor();
  await wheelTo(page, `line ${LAST}.`, 400);
  await page.getByText("New messages", { exact: true }).waitFor({ state: "detached" });

  const lineAt = async () => Number(/line (\d+)\./.exec((await topmost(page)).text)?.[1] ?? seen);
  let [seen, furthest] = [LAST, 0];
  seen = await lineAt();
  for (let n = 0; n < 300 && seen > 5; n += 1) {
    await page.mouse.wheel(0, -150);
    await page.waitForTimeout(60);
    const at = await lineAt();
    furthest = Math.max(furthest, seen - at);
    seen = at;
  }
  assert.ok(seen <= 5, `stopped at line ${seen}`);
  assert.ok(furthest <= 8, `${furthest} lines by one turn of the wheel`);
  assert.deepEqual(troubles, []);
});

test("an address leads to a message, and what it answers to is a click away", async () => {
  const { page, troubles } = await inbox();
  await row(page, LONG.name).click();
  await log(page).getByText(`long line ${LINES}.`, { exact: true }).waitFor();
  const arguments_ = { workspace, conversation: conversationOf(page), place: "newest" };
  let { earlier } = await call(page, "inbox/thread", arguments_);
  let messages = [];
  for (let n = 0; n < 3; n += 1) ({ earlier, messages } = await call(page, "inbox/thread", { ...arguments_, place: { before: earlier } }));
  const wanted = messages[20];
  await open(page, `${new URL(page.url()).pathname}?message=${wanted.id}`);
  const line = page.locator(`#m-${wanted.id}`);
  await line.getByText(wanted.content.body, { exact: true }).waitFor();
  await page.locator(`#m-${wanted.id}[data-found]`).waitFor({ state: "attached" });
  const box = await line.boundingBox();
  assert.ok(box.y > 100 && box.y < 700, `in sight: ${box.y}`);
  await page.locator(`#m-${wanted.id}[data-found]`).waitFor({ state: "detached" });
  assert.deepEqual(troubles, []);
});

test("notes stand in the thread and are not sent", async () => {
  const one = await inbox();
  const two = await inbox();
  const nora = { name: "Nora Note", from: "+5511900000112" };
  await conversation(one.page, nora, "is my order there?");
  await row(two.page, nora.name).first().click();
  await log(two.page).getByText("is my order there?").last().waitFor();
  const note = { client_key: crypto.randomUUID(), body: "she is a *regular*" };
  await call(one.page, "inbox/note", { workspace, conversation: conversationOf(one.page), note });
  for (const { page } of [one, two]) {
    const shown = log(page).locator("[data-line=note]").filter({ hasText: "she is a regular" });
    await shown.getByText("Only your team sees this").waitFor();
    assert.equal(await shown.locator("strong").innerText(), "regular");
  }
  await picture(one.page, "thread-note");
  for (const colorScheme of ["dark", "light"]) {
    await one.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await complaints(one.page), [], colorScheme);
  }
  assert.deepEqual([...one.troubles, ...two.troubles], []);
});

test("WhatsApp's markup is shown as WhatsApp shows it, and hostile text breaks nothing", async () => {
  const { page, troubles } = await inbox();
  const max = { name: "Max Markup", from: "+5511900000113" };
  await conversation(page, max, "now with markup:");
  await writes(workspace, max, "*bold _both_* and ~gone~ `code`");
  await writes(workspace, max, "* one\n* two\n> said\nhttps://example.com/a_b_c");
  await writes(workspace, max, "😀👍🏽");
  await writes(workspace, max, "x".repeat(3000));
  await writes(workspace, max, `Z${"\u0310\u0334".repeat(300)} \u202Eabc`);
  const lines = log(page).locator("[data-line=message]");
  await lines.filter({ hasText: "bold both" }).locator("strong em").getByText("both").waitFor();
  await lines.filter({ hasText: "said" }).getByRole("listitem").nth(1).waitFor();
  const link = lines.getByRole("link", { name: "https://example.com/a_b_c" });
  assert.equal(await link.getAttribute("rel"), "noopener noreferrer nofollow");
  await lines.locator(".bubble-emoji").getByText("😀👍🏽").waitFor();
  const more = lines.getByRole("button", { name: "Show more" });
  await more.click();
  await more.waitFor({ state: "detached" });
  const wider = await log(page).evaluate((it) => it.scrollWidth > it.clientWidth);
  assert.equal(wider, false, "nothing sticks out");
  await picture(page, "thread-markup");
  assert.deepEqual(troubles, []);
});

test("by keyboard: the arrows go from message to message, Enter opens what can be done", async () => {
  const { page, troubles } = await inbox();
  const kim = { name: "Kim Keyboard", from: "+5511900000114" };
  await conversation(page, kim, "first of three");
  await writes(workspace, kim, "second of three");
  await writes(workspace, kim, "third of three");
  await log(page).getByText("third of three").waitFor();
  await log(page).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  const focused = () => page.evaluate(() => document.activeElement.innerText);
  assert.match(await focused(), /second of three/);
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Reply" }).waitFor();
  await page.getByRole("menuitem", { name: "Copy text" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("menuitem", { name: "Reply" }).waitFor({ state: "hidden" });
  assert.deepEqual(troubles, []);
});

test("a new message is read out once with its author, and ticks are not", async () => {
  const { page, troubles } = await inbox();
  const hugo = { name: "Hugo Hears", from: "+5511900000115" };
  await conversation(page, hugo, "hello");
  assert.equal(await log(page).getAttribute("aria-live"), "off");
  const region = page.locator(".thread-body > [aria-live=polite]");
  await writes(workspace, hugo, "can you hear me?");
  await region.getByText("Hugo Hears: can you hear me?").waitFor({ state: "attached" });
  await composer(page).fill("yes, I can");
  await composer(page).press("Enter");
  await log(page).locator('[data-state="delivered"]').filter({ hasText: "yes, I can" }).waitFor();
  assert.equal(await region.getByText("can you hear me?").count(), 1);
  assert.doesNotMatch(await region.innerText(), /yes, I can|delivered/i);
  assert.deepEqual(troubles, []);
});
