// What became of a message: its delivery details step by step, sending again what failed, and how long one may write.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { launch, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

// Messages to numbers that end so are accepted and fail later: not on WhatsApp (131026).
const UNREACHABLE = { name: "Uma Unreachable", from: "+5511900001026" };
const SIZES = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

let browser, workspace;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  await someone.context.close();
});
after(() => browser.close());

async function conversation(page, text) {
  await writes(workspace, UNREACHABLE, text);
  await page.getByRole("link", { name: new RegExp(UNREACHABLE.name) }).filter({ hasText: text }).click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  await page.getByRole("log").getByText(text).last().waitFor();
}

/** The line of a message that failed. */
async function failed(page, text) {
  const composer = page.getByRole("textbox", { name: /message/i });
  await composer.fill(text);
  await composer.press("Enter");
  const line = page.getByRole("log").locator(".bubble-line").filter({ hasText: text }).first();
  await line.locator('[data-state="failed"]').waitFor();
  return line;
}

for (const [size, viewport] of Object.entries(SIZES)) {
  test(`a failed message tells its way and is sent again: ${size}`, async () => {
    const { page, troubles } = await person(browser, { viewport });
    await olga(page);
    await conversation(page, `are you there, ${size}?`);
    await page.getByText(/hours left for free messages/).waitFor();
    const line = await failed(page, `we are, ${size}`);

    const details = line.getByRole("button", { name: /delivery details/i });
    await details.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: /delivery details/i });
    await dialog.getByText("Written; waits for its turn").waitFor();
    await dialog.getByText("WhatsApp reports: not delivered").waitFor();
    await dialog.getByText(/131026/).waitFor();
    for (const colorScheme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await picture(page, `recorder-${colorScheme}-${size}`);
      assert.deepEqual(await complaints(page), [], `${colorScheme}, ${size}`);
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.ok(await details.evaluate((button) => button === document.activeElement), "the focus is back");

    await line.getByRole("button", { name: /send again/i }).click();
    await line.getByText("This was sent again.").waitFor();
    const bubbles = page.getByRole("log").locator(".bubble-line").filter({ hasText: `we are, ${size}` });
    await bubbles.nth(1).waitFor();
    assert.equal(await bubbles.count(), 2);
    for (const colorScheme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      assert.deepEqual(await complaints(page), [], `after sending again, ${colorScheme}, ${size}`);
    }
    // The old one's details say it, too.
    await details.click();
    await dialog.getByText("Sent again, as a new message").waitFor();
    await dialog.getByRole("button", { name: /close/i }).click();
    await dialog.waitFor({ state: "hidden" });
    assert.deepEqual(troubles, []);
  });
}
