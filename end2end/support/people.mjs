// The people of the journeys. All test files share one installation; whoever comes first claims it.
import { hydrated, open } from "./browser.mjs";

export const OLGA = { name: "Olga Owner", email: "olga@example.com", password: "correct horse battery" };
export const MIA = { name: "Mia Member", email: "mia@example.com", password: "another long password" };

/** Fills the visible form that posts to `action` and submits it. */
export async function submit(page, action, fields) {
  const form = page.locator(`form[action="${action}"]`).filter({ visible: true }).first();
  for (const [name, value] of Object.entries(fields)) {
    await form.locator(`[name="${name}"]`).fill(value);
  }
  await form.locator('[type="submit"], button:not([type])').first().click();
}

/** The session Olga began first in this file. Logging in is told of elsewhere; here it would only take time. */
let begun = [];

/**
 * Olga with her inbox open: registers her if nobody has claimed the installation. Her windows share a session, unless one
 * is to begin `anew`.
 */
export async function olga(page, { anew = false } = {}) {
  if (!anew) await page.context().addCookies(begun);
  await open(page, "/");
  if (page.url().endsWith("/welcome")) {
    await submit(page, "/account", OLGA);
  } else if (page.url().endsWith("/login")) {
    await submit(page, "/session", { email: OLGA.email, password: OLGA.password });
  }
  await page.waitForURL(/\/w\/[^/]+\/inbox/);
  await hydrated(page);
  if (!anew) begun = (await page.context().cookies()).filter((cookie) => cookie.name === "charla_session");
  return workspaceOf(page);
}

/** The id in the address. */
export function workspaceOf(page) {
  return new URL(page.url()).pathname.split("/")[2];
}
