// Writing: drafts, canned replies, emoji, notes, and what waits for a connection.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { screen, writes } from "../support/phone.mjs";
import { wire } from "../support/wire.mjs";

const field = (page) => page.getByRole("textbox", { name: "Message", exact: true });
const row = (page, name) => page.getByRole("link", { name: new RegExp(name) });
const times = (text, words) => text.split(JSON.stringify(words)).length - 1;

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
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
  await page.getByRole("log").getByText(text).last().waitFor();
  await field(page).waitFor();
}

async function shown(customer, words) {
  for (let tries = 0; tries < 80; tries++) {
    const text = await screen(customer.from);
    if (times(text, words) > 0) return text;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  assert.fail(`“${words}” did not arrive`);
}

test("what is written while the connection is away goes out by itself, once and in its order, whatever tab", async () => {
  const line = await wire();
  const { page, context, troubles } = await inbox({ baseURL: line.url });
  const customer = { name: "Wanda Waits", from: "+5511900000121" };
  try {
    await conversation(page, customer, "are you there?");
    const second = await context.newPage();
    await open(second, page.url());
    await field(second).waitFor();
    line.cut();
    for (const words of ["first in the dark", "second in the dark"]) {
      await field(page).fill(words);
      await field(page).press("Enter");
    }
    // Both tabs know of both.
    for (const tab of [page, second]) {
      await tab.getByText("2 messages wait to be sent.").waitFor();
      await tab.getByRole("log").getByText("second in the dark").waitFor();
    }
    line.mend();
    await page.reload();
    await hydrated(page);
    for (const tab of [page, second]) {
      await tab.getByRole("log").locator('[data-state="delivered"]').filter({ hasText: "second in the dark" }).waitFor({ timeout: 40_000 });
      await tab.getByText("wait to be sent").waitFor({ state: "detached" });
      assert.equal(await tab.getByRole("log").getByText("first in the dark").count(), 1);
    }
    const text = await shown(customer, "second in the dark");
    assert.deepEqual([times(text, "first in the dark"), times(text, "second in the dark")], [1, 1]);
    assert.ok(text.indexOf("first in the dark") < text.indexOf("second in the dark"));
    assert.deepEqual(troubles, []);
  } finally {
    line.close();
  }
});

test("what was written more than a day ago is not sent by itself", async () => {
  const { page, troubles } = await inbox();
  const customer = { name: "Stan Stale", from: "+5511900000122" };
  await conversation(page, customer, "any news?");
  const waiting = await page.evaluate(() => {
    const conversation = location.pathname.split("/").pop();
    return { conversation, workspace: location.pathname.split("/")[2] };
  });
  const me = await page.evaluate(async () => {
    const answer = await fetch("/fn/account/me", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
    return (await answer.json()).id;
  });
  await page.evaluate(
    ({ me, waiting }) => {
      const key = crypto.randomUUID();
      const at = new Date(Date.now() - 25 * 3600 * 1000).toISOString();
      const pending = { key, turn: 1, body: "from yesterday", at, quote: null, refused: null };
      localStorage.setItem(`charla desk outbox ${me} ${waiting.workspace} ${key}`, JSON.stringify({ conversation: waiting.conversation, pending }));
    },
    { me, waiting },
  );
  await page.reload();
  await hydrated(page);
  const bubble = page.getByRole("log").locator(".bubble-line").filter({ hasText: "from yesterday" });
  await bubble.getByText(/more than a day ago/).waitFor();
  assert.equal(times(await screen(customer.from), "from yesterday"), 0);
  await bubble.getByRole("button", { name: "Send again" }).click();
  await shown(customer, "from yesterday");
  assert.deepEqual(troubles, []);
});

test("a draft is there in other tabs at once, on other devices soon, and gone once it is sent", async () => {
  const { page, context, troubles } = await inbox();
  const customer = { name: "Dina Draft", from: "+5511900000123" };
  await conversation(page, customer, "a question");
  const tab = await context.newPage();
  await open(tab, page.url());
  await field(tab).waitFor();
  await field(page).pressSequentially("half a sente");
  await tab.waitForFunction(() => document.getElementById("composer-field").value === "half a sente");

  await page.waitForTimeout(1_500);
  const device = await inbox();
  await row(device.page, customer.name).getByText("Draft", { exact: true }).waitFor();
  await row(device.page, customer.name).click();
  await device.page.waitForFunction(() => document.getElementById("composer-field")?.value === "half a sente");

  await field(device.page).press("End");
  await field(device.page).pressSequentially("nce");
  await field(device.page).press("Enter");
  await shown(customer, "half a sentence");
  await device.page.waitForTimeout(500);
  await page.reload();
  await hydrated(page);
  await field(page).waitFor();
  await page.waitForFunction(() => document.getElementById("composer-field").value === "");
  await row(page, customer.name).getByText("Draft", { exact: true }).waitFor({ state: "detached" });
  assert.deepEqual([...troubles, ...device.troubles], []);
});

test("a canned reply is made once, checked, and called up with a slash", async () => {
  const { page, troubles } = await inbox();
  await open(page, `/w/${workspace}/settings/replies`);
  await page.getByRole("button", { name: "New canned reply" }).click();
  const dialog = page.getByRole("dialog", { name: "New canned reply" });
  await dialog.getByLabel("Shortcut").fill("thanks");
  await dialog.getByRole("textbox", { name: "Text" }).fill("Thank you, {{contact.nmae}}!");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText(/no variable called “contact.nmae”/).waitFor();
  await dialog.getByRole("textbox", { name: "Text" }).fill("Thank you, {{contact.first_name|friend}}! {{member.name}}");
  await dialog.getByText("Thank you, Ana! Mia Member").waitFor();
  await picture(page, "canned-reply");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("/thanks").waitFor();

  await page.getByRole("button", { name: /Delete: \/thanks/ }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("listitem").filter({ hasText: "/thanks" }).waitFor();

  await open(page, `/w/${workspace}/inbox`);
  const customer = { name: "Cora Canned", from: "+5511900000124" };
  await conversation(page, customer, "it arrived");
  await field(page).pressSequentially("So /th");
  await page.getByRole("option", { name: /\/thanks/ }).waitFor();
  assert.equal(await field(page).getAttribute("aria-activedescendant"), "composer-list-0");
  await page.keyboard.press("Escape");
  await page.getByRole("option").first().waitFor({ state: "detached" });
  await field(page).pressSequentially("a");
  await page.getByRole("option", { name: /\/thanks/ }).waitFor();
  await page.keyboard.press("Enter");
  assert.equal(await field(page).inputValue(), "So Thank you, Cora! Olga Owner");
  await page.keyboard.press("Enter");
  await shown(customer, "So Thank you, Cora! Olga Owner");
  assert.deepEqual(troubles, []);
});

test("emoji come by their name and from the picker, with the keyboard alone", async () => {
  const { page, troubles } = await inbox();
  await conversation(page, { name: "Emma Emoji", from: "+5511900000125" }, "hello");
  await field(page).pressSequentially("Hi :smile");
  await page.getByRole("option", { name: /:smile:/ }).waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await field(page).inputValue(), "Hi 😄");

  await page.getByRole("button", { name: "Emoji", exact: true }).focus();
  await page.keyboard.press("Enter");
  const search = page.getByRole("searchbox", { name: "Search emoji" });
  await search.waitFor();
  await search.fill("corazon rojo");
  await page.getByRole("button", { name: "red heart" }).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("composer-field").value.includes("❤"));
  assert.deepEqual(troubles, []);
});

test("a note stays with the team", async () => {
  const { page, troubles } = await inbox();
  const customer = { name: "Nora Note", from: "+5511900000126" };
  await conversation(page, customer, "a secret?");
  await page.keyboard.press("Escape");
  await page.getByRole("log").focus();
  await page.keyboard.press("n");
  const note = page.getByRole("textbox", { name: "Note for the team" });
  await note.fill("she pays late");
  await picture(page, "note");
  await note.press("Enter");
  await page.waitForFunction(() => document.getElementById("composer-field").value === "");
  await page.getByRole("tab", { name: "Reply" }).click();
  await field(page).fill("None at all.");
  await field(page).press("Enter");
  const text = await shown(customer, "None at all.");
  assert.equal(text.includes("she pays late"), false);
  assert.deepEqual(troubles, []);
});

test("a long text goes out as several messages, markup has keys, and files are refused in words", async () => {
  const { page, troubles } = await inbox();
  const customer = { name: "Lena Long", from: "+5511900000127" };
  await conversation(page, customer, "tell me all");
  await field(page).fill("bold");
  await field(page).press("Control+a");
  await field(page).press("Control+b");
  assert.equal(await field(page).inputValue(), "*bold*");
  await field(page).press("Control+b");
  assert.equal(await field(page).inputValue(), "bold");

  await field(page).evaluate((element) => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], "x.png", { type: "image/png" }));
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.getByText("Files cannot be sent from here yet.").waitFor();

  const sentence = "This is one sentence of many. ";
  await field(page).fill(`${sentence.repeat(160)}The very end.`);
  await page.getByRole("button", { name: "Send as 2 messages" }).click();
  await page.getByRole("log").locator('[data-state="delivered"]').filter({ hasText: "The very end." }).waitFor();
  assert.deepEqual(troubles, []);
});

test("whoever logs out leaves nothing in the browser", async () => {
  const { page, troubles } = await inbox();
  await conversation(page, { name: "Otto Out", from: "+5511900000128" }, "see you");
  await field(page).pressSequentially("not for others");
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("charla desk draft")));
  assert.equal((await kept()).length > 0, true);
  await page.getByRole("button", { name: "My account" }).click();
  await page.evaluate(() => {
    localStorage.setItem("charla shortcuts", "off");
    const mine = Object.keys(localStorage).find((key) => key.startsWith("charla desk draft")).split(" ")[3];
    localStorage.setItem(`searches ${mine}`, '["Otto"]');
    // Of somebody whose session ended: theirs until they come back.
    localStorage.setItem("charla desk draft someone elsewhere here", '{"told":false}');
    localStorage.setItem("searches someone", '["Anna"]');
    sessionStorage.setItem(`palette ${mine}`, "[]");
  });
  await page.getByRole("button", { name: /log out/i }).click();
  await page.waitForURL(/\/login/);
  await hydrated(page);
  await page.waitForFunction(() => !Object.keys(sessionStorage).some((key) => key.startsWith("palette")));
  // What belongs to the device stays, and what is somebody else's.
  const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => /^(charla desk|charla shortcuts|searches)/.test(key)));
  assert.deepEqual(left.sort(), ["charla desk draft someone elsewhere here", "charla shortcuts", "searches someone"]);
  assert.deepEqual(troubles, []);
});

test("a link to the log-out page from elsewhere makes nobody forget", async () => {
  const { page, context, troubles } = await inbox();
  await conversation(page, { name: "Mara Mail", from: "+5511900000129" }, "I wrote you a mail");
  await field(page).pressSequentially("still mine");
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("charla desk draft")).length);
  assert.ok((await kept()) > 0);
  // The session ends elsewhere; then comes the link.
  await context.clearCookies();
  await open(page, "/login?out=1");
  await page.waitForTimeout(500);
  assert.ok((await kept()) > 0);
  assert.deepEqual(troubles, []);
});
