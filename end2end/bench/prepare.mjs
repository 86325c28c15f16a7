// Claims the installation, so that demo data have somebody to belong to.
import { launch, person } from "../support/browser.mjs";
import { olga } from "../support/people.mjs";

const browser = await launch();
try {
  const { page } = await person(browser);
  await olga(page);
} finally {
  await browser.close();
}
