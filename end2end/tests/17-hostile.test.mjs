// What strangers write is words, whatever it looks like, wherever it is shown.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SIMULATOR, hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { SCRIPTS, SHAPES, watch } from "../support/hostile.mjs";
import { olga } from "../support/people.mjs";
import { numberOf, writes } from "../support/phone.mjs";

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  await someone.context.close();
});
after(() => browser.close());

/** A file from the customer, with hostile words around it. */
async function sends(customer, media) {
  const answer = await fetch(`${SIMULATOR}/simulate/send`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...customer, media, phone_number_id: await numberOf(workspace) }),
  });
  assert.ok(answer.ok, await answer.text());
}

async function shown(page, customer) {
  await page.getByRole("link", { name: new RegExp(customer) }).first().click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await page.getByRole("log").waitFor();
}

const outward = (page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);

test("names, texts, captions and file names of strangers run nothing", async () => {
  const { page, troubles } = await person(browser);
  const found = await watch(page);
  await olga(page);
  const customer = { name: "Mallory Script", from: "+5511900000171" };
  for (const text of SCRIPTS) await writes(workspace, customer, text);
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  for (const caption of SCRIPTS.slice(0, 4)) {
    await sends(customer, { type: "image", mime_type: "image/png", base64: png, caption });
    await sends(customer, { type: "document", mime_type: "text/plain", base64: "aGk=", filename: `${caption}.txt`.replaceAll("/", ""), caption });
  }
  for (const [index, name] of SCRIPTS.entries()) {
    await writes(workspace, { name: name.slice(0, 100), from: `+55119000018${String(index).padStart(2, "0")}` }, "hi");
  }
  // To the top of the list again: a second later, for Meta's times are whole seconds.
  await page.waitForTimeout(1_100);
  await writes(workspace, customer, "is anybody there?");
  await page.locator("a.row").first().filter({ hasText: "is anybody there?" }).waitFor();
  await shown(page, "Mallory Script");
  await page.getByRole("log").getByText("hacked(31)").waitFor();
  await page.reload();
  await hydrated(page);
  await page.getByRole("log").getByText("hacked(31)").waitFor();
  // Each of the hostile names, in the list and as the head of its thread.
  for (const place of [0, 2, 4]) {
    await page.locator("a.row").nth(place).click();
    await page.getByRole("log").waitFor();
  }
  assert.deepEqual(found, []);
  assert.deepEqual(troubles, []);
});

test("a note and a draft of hostile words run nothing, either", async () => {
  const { page, troubles } = await person(browser);
  const found = await watch(page);
  await olga(page);
  await writes(workspace, { name: "Nora Note", from: "+5511900000172" }, "hello");
  await shown(page, "Nora Note");
  const conversation = page.url().split("/").pop().split("?")[0];
  for (const body of SCRIPTS) {
    const status = await page.evaluate(
      async ([workspace, conversation, body]) => {
        const answer = await fetch("/fn/inbox/note", {
          method: "POST",
          headers: { "content-type": "application/json", accept: "application/json" },
          body: JSON.stringify({ workspace, conversation, note: { client_key: crypto.randomUUID(), body } }),
        });
        return answer.status;
      },
      [workspace, conversation, body],
    );
    assert.equal(status, 200);
  }
  await page.getByRole("log").getByText("hacked(31)").waitFor();
  await page.getByRole("textbox", { name: /message|reply|write/i }).fill(SCRIPTS.join(" "));
  await page.reload();
  await hydrated(page);
  await page.getByRole("log").getByText("hacked(31)").waitFor();
  assert.deepEqual(found, []);
  assert.deepEqual(troubles, []);
});

for (const [size, viewport] of Object.entries({ wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
  test(`no shape of text breaks the layout: ${size}`, async () => {
    const { page, troubles } = await person(browser, { viewport });
    await olga(page);
    const customer = { name: `Shape Shifter ${size}`, from: size === "wide" ? "+5511900000173" : "+5511900000174" };
    for (const text of SHAPES) await writes(workspace, customer, text);
    for (const [index, name] of SHAPES.entries()) {
      await writes(workspace, { name: [...name].slice(0, 90).join(""), from: `+55119000019${String(index).padStart(2, "0")}` }, "hi");
    }
    await open(page, `/w/${workspace}/inbox`);
    await picture(page, `shapes-list-${size}`);
    assert.equal(await outward(page), false, "the list sticks out");
    await shown(page, customer.name);
    await page.getByRole("log").getByText("tabs").waitFor();
    await picture(page, `shapes-thread-${size}`);
    assert.equal(await outward(page), false, "the thread sticks out");
    assert.deepEqual(troubles, []);
  });
}
