// Every page in both themes, wide and on a phone: axe-core finds nothing, nothing is refused by the policy, a picture is taken.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints } from "../support/accessibility.mjs";
import { SIMULATOR, launch, open, person, picture } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";

let browser, workspace, conversation;
before(async () => {
  browser = await launch();
  const someone = await person(browser);
  workspace = await olga(someone.page);
  await someone.page.getByRole("link", { name: /Ana Souza/ }).first().click();
  await someone.page.waitForURL(/\/inbox\/[^/?]+/);
  conversation = someone.page.url().split("/").pop().split("?")[0];
  await someone.context.close();
});
after(() => browser.close());

const SIZES = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

for (const scheme of ["light", "dark"]) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`pages are clean: ${scheme}, ${size}`, async () => {
      const stranger = await person(browser, { colorScheme: scheme, viewport });
      const member = await person(browser, { colorScheme: scheme, viewport });
      await olga(member.page);
      const pages = [
        [stranger, "login", "/login"],
        [stranger, "invite-gone", "/invites/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
        [stranger, "not-found", "/nothing/here"],
        [member, "home", `/w/${workspace}/home`],
        [member, "inbox", `/w/${workspace}/inbox`],
        [member, "thread", `/w/${workspace}/inbox/${conversation}`],
        [member, "unread", `/w/${workspace}/inbox?filter=unread`],
        [member, "members", `/w/${workspace}/settings/members`],
        [member, "channels", `/w/${workspace}/settings/channels`],
        [member, "contacts", `/w/${workspace}/contacts`],
        [member, "contact-settings", `/w/${workspace}/settings/contacts`],
        [member, "labels", `/w/${workspace}/settings/labels`],
        [member, "workspaces", "/workspaces"],
        [member, "account", "/account"],
        [member, "foreign-workspace", "/w/01890a5d-ac96-774b-bcce-b302099a8057/inbox"],
        [member, "design", "/design"],
      ];
      const found = [];
      for (const [who, name, url] of pages) {
        await open(who.page, url);
        await picture(who.page, `${name}-${scheme}-${size}`);
        found.push(...(await complaints(who.page)).map((line) => `${name}: ${line}`));
        const wider = await who.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
        if (wider) found.push(`${name}: sticks out sideways`);
      }
      const phone = await person(browser, { colorScheme: scheme, viewport, baseURL: SIMULATOR });
      for (const url of ["/", "/phones/5511987654321"]) {
        await phone.page.goto(url);
        await picture(phone.page, `simulator${url === "/" ? "" : "-phone"}-${scheme}-${size}`);
        found.push(...(await complaints(phone.page)).map((line) => `simulator ${url}: ${line}`));
      }
      assert.deepEqual(found, []);
      assert.deepEqual([...stranger.troubles, ...member.troubles, ...phone.troubles], []);
    });
  }
}
