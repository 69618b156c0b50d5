// Runs the journeys: `node run.mjs [PART OF A FILE'S NAME]`. Each runs in both languages, unless it says in which, and worldwide,
// unless it says in which clouds, on data of its own, two at once.

import { mkdir, readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { expectations } from "./expect.mjs";
import * as harness from "./harness.mjs";

// Each walker has a browser's context and a server of its own; more of them than cores only wait for each other.
const WALKERS_MAX = 2;

const folder = new URL(".", import.meta.url);
const wanted = process.argv[2] ?? "";

async function walk(browser, { base, keys, setupCode }, journey, language, cloud) {
  const theme = language === "nl" ? "dark" : "light";
  const context = await harness.openContext(browser, base, { language, theme });
  const problems = harness.watch(context);
  const page = await context.newPage();
  const tools = {
    page,
    base,
    keys,
    setupCode,
    language,
    cloud,
    expect: expectations(page),
    signIn: (persona) => harness.signIn(page, base, persona),
    /** Looks at the page as it stands with axe. */
    checkAccessibility: async () => problems.push(...(await harness.accessibilityProblems(page))),
  };
  try {
    await journey.run(tools);
  } catch (error) {
    await mkdir(harness.OUTPUT, { recursive: true });
    const picture = join(harness.OUTPUT, `${journey.name.replace(/\W+/g, "-")}-${language}-${cloud}.png`);
    await page.screenshot({ path: picture, fullPage: true }).catch(() => {});
    problems.unshift(`${error.message}\n    at ${page.url()}, seen in ${picture}`);
  }
  await context.close();
  return problems;
}

async function attempt(browser, journey, language, cloud) {
  try {
    const zetel = await (journey.start ?? harness.startZetel)(cloud, journey.pageNames);
    try {
      return await walk(browser, zetel, journey, language, cloud);
    } finally {
      await zetel.stop();
    }
  } catch (error) {
    return [error.message];
  }
}

async function report(browser, journey, language, cloud) {
  const started = Date.now();
  const problems = await attempt(browser, journey, language, cloud);
  const verdict = problems.length === 0 ? "ok" : "FAILED";
  const where = journey.clouds ? `${language} ${cloud}` : language;
  console.log(`journey ${journey.name} [${where}] ... ${verdict} (${Date.now() - started} ms)`);
  for (const problem of new Set(problems)) console.log(`  - ${problem}`);
  return problems.length === 0;
}

const files = (await readdir(folder)).filter((file) => file.endsWith(".journey.mjs") && file.includes(wanted)).sort();
const browser = await harness.launchBrowser();
const waiting = [];
for (const file of files) {
  const journey = await import(new URL(file, folder));
  for (const cloud of journey.clouds ?? ["worldwide"]) {
    for (const language of journey.languages ?? harness.LANGUAGES) waiting.push([journey, language, cloud]);
  }
}
let passed = 0;
let failed = 0;

/** Walks what waits, one journey after the other. */
async function walkOn() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    // A browser on a busy machine may stumble: what fails is walked once more, and both outcomes are told.
    const isOk = (await report(browser, ...next)) || (await report(browser, ...next));
    if (isOk) passed += 1;
    else failed += 1;
  }
}

await Promise.all(Array.from({ length: Math.min(WALKERS_MAX, availableParallelism()) }, walkOn));
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
