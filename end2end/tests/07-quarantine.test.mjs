// The operator's page: a webhook for a number that nobody has connected waits in quarantine, is looked at, replayed, and
// discarded when it will never have an effect.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { hydrated, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

const PAGE = "/operations/quarantine";
// The simulator has a number for this name; no workspace of Charla has connected it.
const STRANGER = "a-number-nobody-connected";
const LOLA = { name: "Lola Lost", from: "+5511900000077" };

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** The entries on screen. */
const entries = (page) => page.locator("li[data-delivery]");

/** Looks again until so many entries are there. */
async function waits(page, count) {
  for (let tries = 0; tries < 50; tries += 1) {
    await open(page, PAGE);
    if ((await entries(page).count()) === count) return;
    await page.waitForTimeout(200);
  }
  assert.equal(await entries(page).count(), count);
}

async function clean(page, name) {
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [size, viewport] of Object.entries({ phone: { width: 390, height: 844 }, wide: { width: 1280, height: 800 } })) {
      await page.setViewportSize(viewport);
      await picture(page, `quarantine-${name}-${colorScheme}-${size}`);
      assert.deepEqual(await complaints(page), [], `${name} ${colorScheme} ${size}`);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
      assert.ok(!wider, `${name} ${size}: sticks out sideways`);
    }
  }
}

test("an operator looks at what waits, replays it and discards it", async () => {
  const { page, troubles } = await person(browser);
  await olga(page);

  // The way there, and nothing waits yet.
  await page.getByRole("button", { name: "My account" }).click();
  await page.getByRole("link", { name: "Quarantine" }).click();
  await page.waitForURL(new RegExp(`${PAGE}$`));
  await hydrated(page);
  await page.getByRole("heading", { name: "Nothing is waiting" }).waitFor();
  await clean(page, "none");

  await writes(STRANGER, LOLA, "Is this the right number?");
  await writes(STRANGER, LOLA, "Hello?");
  await waits(page, 2);
  const reason = page.locator('tr[data-reason="unknown_number"]');
  assert.match(await reason.innerText(), /Unknown number\s+2/);
  await page.getByRole("link", { name: "Unknown number" }).click();
  await page.waitForURL(/\?reason=unknown_number$/);
  await page.getByRole("heading", { name: "What waits: Unknown number" }).waitFor();

  // What came, as it came.
  const newest = entries(page).first();
  await newest.getByRole("button", { name: "Show what came" }).click();
  const raw = newest.getByRole("group", { name: "What came" });
  await raw.waitFor();
  assert.match(await raw.innerText(), /"body": "Hello\?"/);
  await clean(page, "open");
  await newest.getByRole("button", { name: "Hide what came" }).click();
  await raw.waitFor({ state: "hidden" });

  // Nothing was fixed, so what is replayed comes back.
  await newest.getByRole("button", { name: "Replay" }).click();
  await page.getByText("1 delivery is replayed.").waitFor();
  await waits(page, 2);
  await page.locator('tr[data-reason="unknown_number"]').getByRole("button", { name: /Replay all/ }).click();
  await page.getByText("2 deliveries are replayed.").waitFor();
  await waits(page, 2);

  // Discarding is asked twice; keeping changes nothing.
  const dialog = page.getByRole("dialog", { name: "Discard for good?" });
  await entries(page).first().getByRole("button", { name: "Discard" }).click();
  await dialog.waitFor();
  await clean(page, "asked");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await entries(page).count(), 2);
  await entries(page).first().getByRole("button", { name: "Discard" }).click();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  for (const left of [1, 0]) {
    await entries(page).first().getByRole("button", { name: "Discard" }).click();
    await dialog.getByRole("button", { name: "Discard for good" }).click();
    await page.getByText("The delivery is discarded.").waitFor();
    await waits(page, left);
  }
  await page.getByRole("heading", { name: "Nothing is waiting" }).waitFor();
  assert.deepEqual(troubles, []);
});

test("the page speaks Spanish, and is closed to strangers", async () => {
  const stranger = await person(browser, { locale: "es-MX" });
  await stranger.page.goto(PAGE);
  await stranger.page.waitForURL(/\/login\?next=/);
  await olga(stranger.page);
  await open(stranger.page, PAGE);
  await stranger.page.getByRole("heading", { name: "No hay nada en espera" }).waitFor();
  assert.deepEqual(stranger.troubles, []);
});
