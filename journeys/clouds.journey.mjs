// R151, domain 7: every page opens in each of the three clouds, says what it says, and nothing of it scrolls sideways on the smallest
// screen, which is also what 400 % of zoom make of a wide one (WCAG 1.4.10). Worldwide is in Dutch and dark; of the two others one has a page
// so and the other one in English and light. Clouds differ in words: axe looks at a page once in each language and theme, and worldwide at
// what is pressed (WCAG 2.5.8). A route that no page leads to fails.
import { readdir, readFile } from "node:fs/promises";
import * as harness from "./harness.mjs";
import { openPage, pages } from "./pages.mjs";

export const name = "every page in every cloud";
export const clouds = harness.CLOUDS;
export const languages = ["nl"];

const SOURCES = new URL("../crates/admin/src/", import.meta.url);
const WIDE = { width: 1280, height: 900 };
const SMALLEST = { width: 320, height: 640 };
const THEMES = { nl: "dark", en: "light" };
/** The pages that say why they do not open. */
const REFUSED = ["not-found", "forbidden", "product-keys-wrong"];

/** What is no page: files, parts of pages, and what leads on. */
const NO_PAGES = [
  "/link/{id}",
  "/health",
  "/health/live",
  "/users/search",
  "/users/export",
  "/users/add-many/template",
  "/users/add-many/{upload}/errors",
  "/billing/licenses/{product_id}/people",
  "/billing/licenses/{product_id}/users.csv",
  "/billing/licenses/{product_id}/users.xlsx",
  "/billing/licenses/{product_id}/many/{list_id}/problems.csv",
  "/billing/self-service/purchases.csv",
  "/billing/self-service/purchases.xlsx",
  "/billing/invoices/export",
  "/billing/invoices/{id}/pdf",
  "/billing/invoices/{id}/xml",
  "/billing/roles/export",
  "/operator/organizations/{organization}/invoices/{invoice}/pdf",
  "/operator/organizations/{organization}/invoices/{invoice}/xml",
  "/operator/product-keys/{batch}/export.csv",
  "/settings/audit/export",
  // Before the first operator is there; the demo has one.
  "/setup",
];

/** What does not exist in a cloud. */
const NOT_IN = { "21vianet": ["/billing/payment-methods/{id}/confirm", "/sandbox/bank/{reference}"] };

/** The pages of the table of routes that none of these addresses is. */
async function unopened(opened, cloud) {
  const files = (await readdir(SOURCES, { recursive: true })).filter((file) => file.endsWith(".rs"));
  const sources = await Promise.all(files.map((file) => readFile(new URL(file, SOURCES), "utf8")));
  const routes = sources.flatMap((source) => [...source.matchAll(/\.get\(\s*"(\/[^"]*)"/g)].map((found) => found[1]));
  const paths = [...opened];
  const isOpened = (route) => {
    const pattern = new RegExp(`^${route.replace(/\./g, "\\.").replace(/\{\w+\}/g, "[^/]+")}$`);
    return paths.some((path) => pattern.test(path) && (!routes.includes(path) || path === route));
  };
  const elsewhere = [...NO_PAGES, ...(NOT_IN[cloud] ?? [])];
  return routes.filter((route) => !elsewhere.includes(route) && !isOpened(route));
}

/** Everything is in this language from the next page on. */
const speak = (page, base, language) =>
  page.context().addCookies([
    { name: "language", value: language, url: base },
    { name: "theme", value: THEMES[language], url: base },
  ]);

/** Names that nobody filled in, and values that are none. */
async function unsaid(page) {
  const text = await page.evaluate(() => document.body.innerText);
  return (text.match(/\{\w+\}|\bundefined\b|\bNaN\b|\[object /g) ?? []).map((found) => `says ${found}`);
}

/** How wide a page is, when that is more than the smallest screen. */
async function tooWide(page) {
  await page.setViewportSize(SMALLEST);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  return width > SMALLEST.width ? [`is ${width} pixels wide`] : [];
}

/** What is too small to be pressed on the smallest screen, on a page at which axe looked already. */
async function tooSmall(page) {
  const targets = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run({ runOnly: { type: "rule", values: ["target-size"] } });
    return violations.flatMap((violation) => violation.nodes.map((node) => node.target.join(" ")));
  });
  return targets.slice(0, 3).map((target) => `${target} is smaller than 24 pixels`);
}

/** Looks at a page as it stands. */
async function look(page, cloud, language) {
  const isWorldwide = cloud === "worldwide";
  const found = isWorldwide || language === "en" ? await harness.accessibilityProblems(page) : [];
  const text = await unsaid(page);
  return [...found, ...text, ...(await tooWide(page)), ...(isWorldwide ? await tooSmall(page) : [])];
}

export async function run({ page: first, base, cloud }) {
  const problems = [];
  const opened = new Set();
  // A page of its own: what is visited here need not be visited again.
  const page = await first.context().newPage();
  let opening = { name: "" };
  page.on("response", (response) => {
    const [request, status] = [response.request(), response.status()];
    if (!["document", "fetch"].includes(request.resourceType())) return;
    if (status === 200 && request.method() === "GET") opened.add(decodeURIComponent(new URL(response.url()).pathname));
    if (status >= 400 && !REFUSED.includes(opening.name)) problems.push(`${opening.name}: ${status} for ${response.url()}`);
  });
  const turn = clouds.indexOf(cloud);
  let persona;
  for (const [index, each] of pages.entries()) {
    if (each.clouds?.includes(cloud) === false) continue;
    opening = each;
    try {
      if (each.persona !== persona) await harness.signIn(page, base, each.persona);
      persona = each.persona;
      const language = cloud === "worldwide" ? "nl" : harness.LANGUAGES[(index + turn) % 2];
      await speak(page, base, language);
      await page.setViewportSize(WIDE);
      await openPage(page, base, each);
      problems.push(...(await look(page, cloud, language)).map((problem) => `${each.name}: ${problem}`));
    } catch (error) {
      problems.push(`${each.name}: ${error.message.split("\n")[0]}`);
    }
  }
  await page.goto(`${base}/help`);
  for (const path of await page.locator('main a[href^="/help/"]').evaluateAll((links) => links.map((link) => link.pathname))) {
    await page.goto(base + path);
    problems.push(...(await unsaid(page)).map((problem) => `${path}: ${problem}`));
  }
  problems.push(...(await unopened(opened, cloud)).map((route) => `nothing opens ${route}`));
  if (problems.length) throw new Error(problems.join("\n    "));
}
