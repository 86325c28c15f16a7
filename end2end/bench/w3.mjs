// W3: what of the app can be read and walked through without a script: every page of the app's table of routes, in a
// browser that runs none, by somebody who logged in by the plain form. A page counts when its data are there to be seen,
// nothing on it still waits or has failed, and its links lead somewhere.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { CHARLA } from "../support/browser.mjs";
import { OLGA, submit } from "../support/people.mjs";
import { WORKSPACE, gate, print, remark } from "./kit.mjs";

/** Links of one kind that are followed from a page; they differ in ids only. */
const OF_A_KIND = 2;

/**
 * What is to be seen on each page: words, in the text or in a field, and elements, this many at least. Strangers see the
 * pages before the log-in; that of a claimed installation's first account leads to the log-in.
 */
const PAGES = {
  "/welcome": { stranger: true, elements: { 'form[action="/session"] [name="password"]': 1 } },
  "/login": { stranger: true, elements: { 'form[action="/session"] [name="password"]': 1 } },
  "/invites/:token": { stranger: true, words: [OLGA.name], elements: { 'form[action="/account"] [name="password"]': 1 } },
  "/workspaces": { words: ["demo"], elements: { [`a[href="/w/${WORKSPACE}/inbox"]`]: 1 } },
  "/account": { words: [OLGA.name, OLGA.email] },
  "/operations/quarantine": { elements: { ".sheet .empty, .sheet table tbody tr": 1 } },
  "/w/:workspace/home": { words: ["Maya Lindqvist"], elements: { ".home-figure": 3, ".home-volume svg": 1, ".home-columns .entry": 2 } },
  "/w/:workspace/inbox/:conversation?": { words: ["name", "text"], elements: { ".row-item": 50, '[role="log"] [data-line="message"]': 1 } },
  "/w/:workspace/contacts": { elements: { '.entries a[href*="/contacts/"]': 20 } },
  "/w/:workspace/contacts/:contact": { words: ["name", "phone"], elements: { ".identity": 1 } },
  "/w/:workspace/settings/contacts": { words: ["Regular", "Reseller"] },
  "/w/:workspace/settings/members": { words: [OLGA.email, "maya@demo.example"] },
  "/w/:workspace/settings/channels": { elements: { ".channel": 1 } },
  "/w/:workspace/settings/labels": { words: ["Refund", "Wholesale"] },
  "/w/:workspace/settings/replies": { words: ["We are open Monday to Friday from 9 to 18"] },
};

/** The paths of the app's routes, as its table names them; but for the makers' page, which this build does not carry. */
async function routes() {
  const source = await readFile(new URL("../../app/src/lib.rs", import.meta.url), "utf8");
  const paths = [];
  let parent = "";
  for (const [, end, kind, path] of source.matchAll(/<(\/?)(ParentRoute|Route)\b(?: path=path!\("([^"]*)"\))?/g)) {
    if (kind === "ParentRoute") parent = end ? "" : path;
    else if (path !== "/design") paths.push(parent ? `${parent}/${path}` : path);
  }
  assert.ok(paths.length >= 10, "the app's table of routes is not read as it is written");
  return paths;
}

/** A browser without scripts. */
const plain = (browser, storageState) =>
  browser.newContext({ baseURL: CHARLA, viewport: { width: 1280, height: 800 }, locale: "en-GB", javaScriptEnabled: false, storageState });

/** What can be seen on a page: its text, and what stands in its fields. */
async function seen(page) {
  const fields = await page.locator("input, textarea").evaluateAll((all) => all.map((field) => field.value));
  return [await page.locator("body").innerText(), ...fields].join("\n");
}

/** The links of a page that lead nowhere. */
async function brokenLinks(page) {
  const addresses = await page.locator("a[href]").evaluateAll((all) => all.map((link) => link.href));
  const kinds = new Map();
  for (const address of new Set(addresses)) {
    const { origin, pathname, search } = new URL(address);
    if (origin !== CHARLA) continue;
    const kind = pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id") + search.replace(/=[^&]*/g, "=");
    kinds.set(kind, [...(kinds.get(kind) ?? []), pathname + search].slice(0, OF_A_KIND));
  }
  const broken = [];
  for (const address of [...kinds.values()].flat()) {
    const answer = await page.context().request.get(address);
    const sentAway = new URL(answer.url()).pathname === "/login" && !address.startsWith("/login");
    if (!answer.ok() || sentAway) broken.push(`the link ${address} answers ${sentAway ? "with the log-in" : answer.status()}`);
  }
  return broken;
}

/** Why a page does not count; empty when it does. */
async function faults(page, address, { words = [], elements = {} }) {
  const answer = await page.goto(address);
  if (!answer.ok()) return [`answers ${answer.status()}`];
  const found = [];
  const text = await seen(page);
  for (const word of words) if (!text.includes(word)) found.push(`“${word}” is not to be seen`);
  for (const [selector, least] of Object.entries(elements)) {
    const count = await page.locator(selector).filter({ visible: true }).count();
    if (count < least) found.push(`${count} of ${least} ${selector}`);
  }
  for (const [what, selector] of [["waits", ".skeleton"], ["has failed", '[role="alert"]']]) {
    if (await page.locator(selector).filter({ visible: true }).count()) found.push(`something ${what}`);
  }
  return [...found, ...(await brokenLinks(page))];
}

/** A conversation whose words say themselves: no markup, nothing that was cut. */
async function conversation(request) {
  const answer = await request.post("/fn/inbox/conversations", { data: { workspace: WORKSPACE, place: "beginning" } });
  const { conversations } = await answer.json();
  const isPlain = ({ preview }) => preview.content_type === "text" && /^[\p{L}\p{N} ,.?!¿¡']{3,80}$/u.test(preview.text);
  const row = conversations.find((row) => row.contact.name && row.contact.phone && isPlain(row));
  assert.ok(row, "no conversation of the first page has a name, a number and plain words");
  return row;
}

await gate(async ({ browser, context }) => {
  const row = await conversation(context.request);
  const invite = await context.request.post("/fn/invites/create", { data: { workspace: WORKSPACE, invite: { role: "member" } } });
  const values = { workspace: WORKSPACE, conversation: row.id, contact: row.contact.id, token: (await invite.json()).url.split("/").pop() };
  const known = { name: row.contact.name, phone: row.contact.phone, text: row.preview.text };

  const stranger = await (await plain(browser)).newPage();
  const member = await (await plain(browser)).newPage();
  await member.goto("/login");
  await submit(member, "/session", { email: OLGA.email, password: OLGA.password });
  await member.waitForURL(/\/w\/[^/]+\/inbox/);

  const all = await routes();
  const failed = [];
  for (const route of all) {
    const wanted = PAGES[route];
    if (!wanted) {
      failed.push([route, ["w3.mjs does not say what is to be seen there"]]);
      continue;
    }
    const address = route.replace(/:(\w+)\??/g, (_, name) => values[name]);
    const words = wanted.words?.map((word) => known[word] ?? word);
    const found = await faults(wanted.stranger ? stranger : member, address, { ...wanted, words });
    if (found.length) failed.push([route, found]);
  }

  // Walking by hand, once: a link is clicked and another page is there.
  await member.goto(`/w/${WORKSPACE}/home`);
  await member.locator(`a[href="/w/${WORKSPACE}/contacts"]`).filter({ visible: true }).first().click();
  await member.waitForURL(/\/contacts$/);

  const share = (100 * (all.length - failed.length)) / all.length;
  const what = `pages that can be read and walked through without scripts, ${all.length - failed.length} of ${all.length}`;
  print({ gate: "W3", what, ours: `${share.toFixed(0)} %`, value: share, floor: 90, goal: 100, unit: " %", least: true });
  for (const [route, reasons] of failed) remark(`W3: ${route}: ${reasons.join("; ")}`);
});
