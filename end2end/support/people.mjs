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

/** Olga with her inbox open: registers her if nobody has claimed the installation. */
export async function olga(page) {
  await open(page, "/");
  if (page.url().endsWith("/welcome")) {
    await submit(page, "/account", OLGA);
  } else {
    await submit(page, "/session", { email: OLGA.email, password: OLGA.password });
  }
  await page.waitForURL(/\/w\/[^/]+\/inbox/);
  await hydrated(page);
  return workspaceOf(page);
}

/** The id in the address. */
export function workspaceOf(page) {
  return new URL(page.url()).pathname.split("/")[2];
}
