// Pictures every page: `node screenshots.mjs [FOLDER] [PART OF A PAGE'S NAME]`, in each language, theme and width.

import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as harness from "./harness.mjs";
import { openPage, pages } from "./pages.mjs";

const WIDTHS = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const folder = resolve(process.argv[2] ?? join(harness.OUTPUT, "screenshots"));
const wanted = pages.filter((page) => page.name.includes(process.argv[3] ?? ""));

/** One person's pages in one language, theme and width. */
async function picture(browser, base, persona, settings) {
  const context = await harness.openContext(browser, base, { ...settings, viewport: WIDTHS[settings.width] });
  const problems = harness.watch(context);
  const page = await context.newPage();
  if (persona) await harness.signIn(page, base, persona);
  for (const each of wanted.filter((other) => other.persona === persona)) {
    const { name } = each;
    await openPage(page, base, each).catch((error) => problems.push(`${name}: ${error.message.split("\n")[0]}`));
    const { language, theme, width } = settings;
    await page.screenshot({ path: join(folder, `${name}-${language}-${theme}-${width}.png`), fullPage: true });
  }
  await context.close();
  return problems;
}

await mkdir(folder, { recursive: true });
const browser = await harness.launchBrowser();
const zetel = await harness.startZetel();
const problems = [];
for (const persona of new Set(wanted.map((page) => page.persona)))
  for (const language of harness.LANGUAGES)
    for (const theme of harness.THEMES)
      for (const width of Object.keys(WIDTHS))
        problems.push(...(await picture(browser, zetel.base, persona, { language, theme, width })));
await browser.close();
await zetel.stop();
for (const problem of new Set(problems)) console.log(`  - ${problem}`);
console.log(`${wanted.length} pages in ${folder}`);
process.exit(problems.length === 0 ? 0 : 1);
