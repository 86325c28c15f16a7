// Pictures of components, compared with those that were agreed on and are kept in `end2end/pictures`.
//
// A pixel is another one when its colour is a tenth of the way from black to white off, as the eye sees it, and the pixels
// around it do not say that it only smooths an edge. A few such pixels are forgiven; a shift, another size, colour, weight
// or distance changes hundreds. Pictures of another size are different in any case.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

import { launch, open, person } from "./browser.mjs";

export const AGREED = path.join(import.meta.dirname, "../pictures");
const OUTPUT = path.join(process.env.CHARLA_OUTPUT ?? "output", "pictures");
const RENEW = process.env.CHARLA_PICTURES === "renew";

/** How far a pixel's colour may be off: 0 is not at all, 1 is black for white. */
const COLOUR = 0.1;
/** Pixels that may be other ones in one picture: less than a full stop has. */
const FORGIVEN = 4;

/**
 * The font of the pictures. Pages take the system's, which is another one on each machine; this one is the same file on
 * every Debian (`fonts-dejavu-core`, which comes with the browser), and has Arabic, too.
 */
const FONT = "DejaVu Sans";

/** Chromium with edges of letters that do not depend on a screen or on the machine's settings. */
export function launchForPictures() {
  return launch(["--font-render-hinting=none", "--disable-lcd-text", "--disable-font-subpixel-positioning"]);
}

/** A window in which nothing moves and every letter is from the one font, with a page open. */
export async function still(browser, colorScheme, url) {
  const { page, troubles } = await person(browser, { colorScheme, reducedMotion: "reduce", deviceScaleFactor: 1 });
  await open(page, url);
  const there = await page.evaluate((font) => {
    // A font that is missing is as wide as what stands in for it.
    const pen = document.createElement("canvas").getContext("2d");
    const width = (family) => {
      pen.font = `32px ${family}`;
      return pen.measureText("Charla, mmm iii").width;
    };
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { font-family: "${font}" !important; }
      [data-alone] main { opacity: 0; }
    `);
    document.adoptedStyleSheets.push(sheet);
    return width(`"${font}", monospace`) === width(`"${font}", serif`);
  }, FONT);
  if (!there) throw new Error(`the pictures are drawn in ${FONT}: install it (Debian: fonts-dejavu-core)`);
  // The icons come from a file of their own.
  await page.waitForLoadState("networkidle");
  return { page, troubles };
}

/** Hides the page behind what lies over it, or shows it again: a round corner lets through what is behind. */
export function alone(page, hidden) {
  return page.evaluate((hidden) => document.documentElement.toggleAttribute("data-alone", hidden), hidden);
}

/** A picture of one element, as PNG. What moves by itself is covered. */
export function shot(page, element) {
  return element.screenshot({
    animations: "disabled",
    caret: "hide",
    scale: "css",
    mask: [page.locator("progress:not([value])")],
    maskColor: "#808080",
  });
}

/** How two PNGs differ: a reason and a picture of the differences; nothing if they are alike. */
export function difference(expected, actual) {
  const [before, now] = [PNG.sync.read(expected), PNG.sync.read(actual)];
  const { width, height } = now;
  if (before.width !== width || before.height !== height) {
    return { reason: `it is ${width} × ${height} pixels and was ${before.width} × ${before.height}` };
  }
  const drawn = new PNG({ width, height });
  const count = pixelmatch(before.data, now.data, drawn.data, width, height, { threshold: COLOUR });
  return count > FORGIVEN ? { reason: `${count} pixels are other ones`, picture: PNG.sync.write(drawn) } : undefined;
}

/**
 * Compares a picture with the agreed one, which may also be missing. Says what is wrong, and puts what is there, what was
 * expected and the difference into the output folder. With `CHARLA_PICTURES=renew`, keeps the picture as the agreed one.
 */
export async function disagreement(name, actual) {
  const file = path.join(AGREED, `${name}.png`);
  const expected = await readFile(file).catch((error) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  const found = expected ? difference(expected, actual) : { reason: "nobody has agreed on a picture" };
  if (!found) return undefined;
  if (RENEW) {
    await mkdir(AGREED, { recursive: true });
    // Without an alpha channel and unfiltered, pictures of letters are a fifth smaller.
    const small = { colorType: 2, filterType: 0, deflateLevel: 9, deflateStrategy: 0 };
    await writeFile(file, PNG.sync.write(PNG.sync.read(actual), small));
    return undefined;
  }
  await mkdir(OUTPUT, { recursive: true });
  const parts = { actual, expected, difference: found.picture };
  for (const [part, bytes] of Object.entries(parts)) {
    if (bytes) await writeFile(path.join(OUTPUT, `${name}-${part}.png`), bytes);
  }
  return `${name}: ${found.reason}`;
}

/** Agreed pictures of which none was taken, by name: of components that are gone, or are called otherwise. */
export async function leftOver(taken) {
  const agreed = await readdir(AGREED).catch(() => []);
  return agreed.map((file) => path.basename(file, ".png")).filter((name) => !taken.has(name));
}

/** What to do about disagreements. */
export const ADVICE = `see ${OUTPUT}; if this is what was meant: CHARLA_PICTURES=renew cargo xtask e2e pictures, and commit end2end/pictures`;
