// Pictures every page in each language, theme and width: `node screenshots.mjs [FOLDER] [PART OF A PAGE'S NAME] [CLOUD]`.

import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as harness from "./harness.mjs";
import { openPage, pages } from "./pages.mjs";

const WIDTHS = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const folder = resolve(process.argv[2] ?? join(harness.OUTPUT, "screenshots"));
const cloud = process.argv[4];
const isThere = (page) => page.clouds?.includes(cloud ?? "worldwide") !== false;
const wanted = pages.filter((page) => page.name.includes(process.argv[3] ?? "") && isThere(page));

/** Every page in one language, theme and width, in a demo of its own. */
async function picture(browser, { language, theme, width }) {
  const zetel = await harness.startZetel(cloud);
  const context = await harness.openContext(browser, zetel.base, { language, theme, viewport: WIDTHS[width] });
  const problems = harness.watch(context);
  const page = await context.newPage();
  let persona;
  for (const each of wanted) {
    const { name } = each;
    if (each.persona !== persona) await harness.signIn(page, zetel.base, each.persona);
    persona = each.persona;
    await openPage(page, zetel.base, each).catch((error) => problems.push(`${name}: ${error.message.split("\n")[0]}`));
    await page.screenshot({ path: join(folder, `${name}-${language}-${theme}-${width}.png`), fullPage: true });
  }
  await context.close();
  await zetel.stop();
  return problems;
}

await mkdir(folder, { recursive: true });
const browser = await harness.launchBrowser();
const problems = [];
for (const language of harness.LANGUAGES)
  for (const theme of harness.THEMES)
    await Promise.all(Object.keys(WIDTHS).map(async (width) => problems.push(...(await picture(browser, { language, theme, width })))));
await browser.close();
for (const problem of new Set(problems)) console.log(`  - ${problem}`);
console.log(`${wanted.length} pages in ${folder}`);
process.exit(problems.length === 0 ? 0 : 1);
