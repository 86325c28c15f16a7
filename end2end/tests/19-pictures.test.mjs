// The components as they were agreed on: a picture of each in both themes, compared with the one in `end2end/pictures`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ADVICE, alone, difference, disagreement, launchForPictures, leftOver, shot, still } from "../support/pictures.mjs";

let browser;
before(async () => (browser = await launchForPictures()));
after(() => browser.close());

// Other systems draw letters otherwise.
const options = { skip: process.platform !== "linux" && "the pictures are those of Chromium on Linux" };

/** What is only there once it is opened, and how. */
const OVERLAYS = {
  menu: ["More to do", ".menu:popover-open"],
  "menu-long": ["Long names", ".menu:popover-open"],
  picker: ["Labels", ".picker:popover-open"],
  "picker-one": ["Only one", ".picker:popover-open"],
  "picker-empty": ["Nothing to choose", ".picker:popover-open"],
  "toast-said": ["Say", ".toast"],
  "toast-failed": ["Fail", ".toast"],
  "toast-offered": ["Offer", ".toast"],
  dialog: ["Open the dialog", "dialog[open]"],
};

const fileName = (shown) =>
  shown
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "");

const taken = new Set();
for (const scheme of ["light", "dark"]) {
  test(`components look as agreed: ${scheme}`, options, async () => {
    const { page, troubles } = await still(browser, scheme, "/design");
    const found = [];
    const look = async (name, element) => {
      const picture = `${name}-${scheme}`;
      assert.ok(!taken.has(picture), `two components are called ${name}`);
      taken.add(picture);
      found.push(await disagreement(picture, await shot(page, element)));
    };
    for (const figure of await page.locator("figure[data-shown]").all()) {
      await look(fileName(await figure.getAttribute("data-shown")), figure);
    }
    assert.ok(taken.size > 30, "the page shows its components");
    for (const [name, [button, opened]] of Object.entries(OVERLAYS)) {
      await page.getByRole("button", { name: button, exact: true }).click();
      await page.mouse.move(0, 0);
      await alone(page, true);
      await look(name, page.locator(opened));
      await alone(page, false);
      await page.keyboard.press("Escape");
      await page.locator(opened).waitFor({ state: "hidden" });
    }
    const keys = page.getByRole("button", { name: "Show the keys" });
    await keys.focus();
    await look("tooltip", page.locator(".tip-shown"));
    assert.deepEqual(found.filter(Boolean), [], ADVICE);
    assert.deepEqual(troubles, []);
  });
}

test("every agreed picture is of something", options, async () => {
  assert.deepEqual(await leftOver(taken), [], "of what is no longer there: remove them from end2end/pictures");
});

test("a shift by two pixels is seen, smoother edges are not", options, async () => {
  const { page } = await still(browser, "light", "/design");
  const tag = page.locator("figure[data-shown=Tag]");
  const usual = await shot(page, tag);
  assert.equal(difference(usual, await shot(page, tag)), undefined, "the same twice");
  const as = async (property, value) => {
    await tag.locator(".tag").first().evaluate((node, [property, value]) => node.style.setProperty(property, value), [property, value]);
    const seen = difference(usual, await shot(page, tag));
    await tag.locator(".tag").first().evaluate((node, property) => node.style.removeProperty(property), property);
    return seen;
  };
  assert.match((await as("translate", "2px"))?.reason ?? "", /pixels are other ones/);
  assert.match((await as("translate", "0 2px"))?.reason ?? "", /pixels are other ones/);
  assert.match((await as("padding-inline", "10px"))?.reason ?? "", /pixels are other ones/, "a padding of 8 pixels");
  assert.match((await as("font-weight", "400"))?.reason ?? "", /pixels are other ones/);
  assert.match((await as("padding-block", "4px"))?.reason ?? "", /it is \d+ × \d+ pixels and was/);
  assert.equal(await as("border-radius", "7.7px"), undefined, "a corner that is smoothed otherwise");
});
