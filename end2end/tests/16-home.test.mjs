// Home: what happened today, what waits, how it goes over time.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  await someone.context.close();
});
after(() => browser.close());

async function home(options) {
  const someone = await person(browser, options);
  await olga(someone.page);
  await someone.page.getByRole("link", { name: "Home", exact: true }).click();
  await someone.page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
  return someone;
}

const figure = (page, name) =>
  page.getByRole("article").filter({ has: page.getByRole("heading", { name }) }).locator(".home-figure");
const received = async (page) => Number((await figure(page, "Messages received").textContent()).replaceAll(",", ""));
const chart = (page) => page.getByRole("group", { name: "Messages over time" });

test("figures follow what customers write, without a reload", async () => {
  const { page, troubles } = await home();
  const before = await received(page);
  await writes(workspace, { name: "Hana Home", from: "+5511900000161" }, "counted at home?");
  // Figures are read anew every ten seconds.
  await page.waitForFunction(
    (before) =>
      [...document.querySelectorAll(".home-card")].some(
        (card) =>
          card.querySelector("h3")?.textContent === "Messages received" &&
          Number(card.querySelector(".home-figure")?.textContent.replaceAll(",", "")) > before,
      ),
    before,
    { timeout: 30_000 },
  );
  await picture(page, "home");
  assert.deepEqual(troubles, []);
});

test("the day is the viewer's: the next page has it from its first bytes", async () => {
  const { page, context, troubles } = await home({ timezoneId: "Asia/Kolkata" });
  await page.waitForFunction(() => document.cookie.includes("zone=Asia/"));
  const zone = (await context.cookies()).find(({ name }) => name === "zone");
  assert.match(zone.value, /^Asia\/(Kolkata|Calcutta)$/);
  const hour = Number(new Intl.DateTimeFormat("en-GB", { hour: "numeric", hourCycle: "h23", timeZone: "Asia/Kolkata" }).format());
  await open(page, `/w/${workspace}/home`);
  const points = await chart(page).getByRole("img").count();
  assert.ok(points === hour + 1 || points === (hour + 1) % 24 + 1, `${points} hours at ${hour} o'clock`);
  assert.deepEqual(troubles, []);
});

test("the chart is read by keyboard, as a table and as a file, and its range is in the address", async () => {
  const { page, troubles } = await home();
  await page.getByRole("navigation", { name: "Time range" }).getByRole("link", { name: "30 days" }).click();
  await page.waitForURL(/range=month/);
  await page.waitForFunction(() => document.querySelectorAll(".chart-point").length === 30);
  await page.reload();
  await hydrated(page);
  const points = chart(page).getByRole("img");
  assert.equal(await points.count(), 30);

  await points.last().focus();
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(() => document.activeElement?.id === "home-volume-chart-28");
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.activeElement?.id === "home-volume-chart-0");
  const said = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.match(said, /^\d{4}-\d{2}-\d{2}: [\d,]+ received, [\d,]+ sent$/);

  await page.getByText("As a table").click();
  assert.equal(await page.getByRole("table").getByRole("row").count(), 31);

  const downloaded = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const file = await downloaded;
  assert.equal(file.suggestedFilename(), "charla-messages-month.csv");
  const text = await readFile(await file.path(), "utf8");
  assert.match(text, /^\ufeffDay,Messages received,Messages sent\r\n\d{4}-/);
  assert.equal(text.trimEnd().split("\r\n").length, 31);
  assert.deepEqual(troubles, []);
});

test("who waits longest is a link away", async () => {
  const { page, troubles } = await home();
  const waiting = page.getByRole("region", { name: "Waiting longest" }).getByRole("link").first();
  if (await waiting.count()) {
    await waiting.click();
    await page.waitForURL(/\/inbox\/[^/?]+/);
    await page.getByRole("log").waitFor();
  }
  assert.deepEqual(troubles, []);
});

for (const colorScheme of ["light", "dark"]) {
  test(`nothing stands in anybody's way (${colorScheme})`, async () => {
    const { page, troubles } = await home({ colorScheme });
    assert.deepEqual(await complaints(page), []);
    await picture(page, `home-${colorScheme}`);
    assert.deepEqual(troubles, []);
  });
}
