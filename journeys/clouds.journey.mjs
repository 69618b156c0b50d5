// R151, domain 7: every page opens in each of the three clouds, and nothing of it scrolls sideways on the smallest screen, which is
// also what 400 % of zoom make of a wide one (WCAG 1.4.10). Of the other clouds one has a page in Dutch and the next one in English.
// Clouds differ in words: worldwide is where axe looks at every page, and at what is pressed (WCAG 2.5.8), in Dutch, which is longer.
import * as harness from "./harness.mjs";
import { openPage, pages } from "./pages.mjs";

export const name = "every page in every cloud";
export const clouds = harness.CLOUDS;
export const languages = ["nl"];

const WIDE = { width: 1280, height: 900 };
const SMALLEST = { width: 320, height: 640 };
const THEMES = { nl: "dark", en: "light" };

/** Everything is in this language from the next page on. */
const speak = (page, base, language) =>
  page.context().addCookies([
    { name: "language", value: language, url: base },
    { name: "theme", value: THEMES[language], url: base },
  ]);

/** How wide a page is, when that is more than the smallest screen. */
async function tooWide(page, name) {
  await page.setViewportSize(SMALLEST);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  return width > SMALLEST.width ? [`${name} is ${width} pixels wide`] : [];
}

/** What is too small to be pressed, on a page at which axe looked already. */
async function tooSmall(page, name) {
  await page.setViewportSize(SMALLEST);
  const targets = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run({ runOnly: { type: "rule", values: ["target-size"] } });
    return violations.flatMap((violation) => violation.nodes.map((node) => node.target.join(" ")));
  });
  return targets.slice(0, 3).map((target) => `${name}: ${target} is smaller than 24 pixels`);
}

/** Looks at one page in a language, and at how it fits. */
async function look(page, base, each, cloud, language) {
  await speak(page, base, language);
  await page.setViewportSize(WIDE);
  await openPage(page, base, each);
  if (cloud !== "worldwide") return tooWide(page, each.name);
  const found = (await harness.accessibilityProblems(page)).map((problem) => `${each.name}: ${problem}`);
  return [...found, ...(await tooSmall(page, each.name)), ...(await tooWide(page, each.name))];
}

export async function run({ page: first, base, cloud }) {
  const problems = [];
  // A page of its own: what is visited here need not be visited again.
  const page = await first.context().newPage();
  let opening = "";
  page.on("response", (response) => {
    const isPage = ["document", "fetch"].includes(response.request().resourceType());
    const mayRefuse = opening === "not-found";
    if (isPage && !mayRefuse && response.status() >= 400) problems.push(`${opening}: ${response.status()} for ${response.url()}`);
  });
  const turn = clouds.indexOf(cloud);
  for (const persona of new Set(pages.map((each) => each.persona))) {
    if (persona) await harness.signIn(page, base, persona);
    for (const [index, each] of pages.entries()) {
      if (each.persona !== persona) continue;
      opening = each.name;
      try {
        const language = cloud === "worldwide" ? "nl" : harness.LANGUAGES[(index + turn) % 2];
        problems.push(...(await look(page, base, each, cloud, language)));
      } catch (error) {
        problems.push(`${each.name}: ${error.message.split("\n")[0]}`);
      }
    }
  }
  if (problems.length) throw new Error(problems.join("\n    "));
}
