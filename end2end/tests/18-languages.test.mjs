// The interface in each of its languages: whole, in its direction, and clean.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";
import { writes } from "../support/phone.mjs";

let browser, workspace, conversation;
before(async () => {
  browser = await launch();
  const { page, context } = await person(browser);
  workspace = await olga(page);
  await writes(workspace, { name: "ليلى حسن", from: "+201000000181" }, "مرحبا! هل الطلب رقم 4711 جاهز؟ https://example.com/4711");
  await page.getByRole("link", { name: /ليلى حسن/ }).first().click();
  await page.waitForURL(/\/inbox\/[^/?]+/);
  conversation = page.url().split("/").pop().split("?")[0];
  await context.close();
});
after(() => browser.close());

/** Keys of messages that are shown in place of words. */
const bareKeys = (page) =>
  page.evaluate(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.trim();
      const hidden = walker.currentNode.parentElement.closest("script, style, textarea, kbd, code, .bubble, .row");
      if (!hidden && /^[a-z]+(-[a-z0-9]+)+$/.test(text)) found.push(text);
    }
    return found;
  });

for (const [tag, direction] of [["en", "ltr"], ["es", "ltr"], ["pt", "ltr"], ["hi", "ltr"], ["ar", "rtl"]]) {
  test(`the interface is whole in ${tag}`, async () => {
    for (const [size, viewport] of Object.entries({ wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
      const { page, context, troubles } = await person(browser, { viewport, locale: tag });
      await olga(page);
      const found = [];
      for (const [name, url] of [
        ["inbox", `/w/${workspace}/inbox`],
        ["thread", `/w/${workspace}/inbox/${conversation}`],
        ["home", `/w/${workspace}/home`],
        ["contacts", `/w/${workspace}/contacts`],
        ["labels", `/w/${workspace}/settings/labels`],
        ["replies", `/w/${workspace}/settings/replies`],
        ["account", "/account"],
      ]) {
        await open(page, url);
        assert.equal(await page.locator("html").getAttribute("lang"), tag);
        assert.equal(await page.locator("html").getAttribute("dir"), direction);
        await picture(page, `${name}-${tag}-${size}`);
        found.push(...(await bareKeys(page)).map((key) => `${name}: ${key}`));
        if (tag === "ar" || tag === "hi") found.push(...(await complaints(page)).map((line) => `${name}: ${line}`));
        const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
        if (wider) found.push(`${name}: sticks out sideways`);
      }
      assert.deepEqual(found, [], `${tag}, ${size}`);
      assert.deepEqual(troubles, []);
      await context.close();
    }
  });
}
