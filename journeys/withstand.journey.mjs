// R151: names in any script, from right to left, with emoji, without a place to break, and as script, in every field and on the pages that
// show them; at 200 % of zoom and on 320 pixels; an organization that has nothing; a browser without script.
import { LANGUAGES } from "./harness.mjs";

export const name = "names of any kind, an empty organization, no script";

const PASSWORD = "correct horse battery";
const SCRIPT = `"'><script>window.wasRun = 1</script><img src=x onerror="window.wasRun = 1">{{7*7}}`;
const NAMES = [
  "‏محمد بن عبد العزيز آل سعود (المدير)",
  "田中さくら 👩🏽‍🚀",
  "Ðorđe Șťŷłę Ångström-Żółć",
  "W".repeat(100),
  SCRIPT.slice(0, 100),
];
/** Half of a wide screen, as 200 % of zoom make it, and the smallest one. */
const WIDTHS = [640, 320];

/** Every form that asks for text, and who may see it. */
const FORMS = {
  global_admin: [
    "/users/add",
    "/billing/profiles/add",
    "/billing/payment-methods/add",
    "/billing/license-requests/new",
    "/billing/license-requests/process",
    "/billing/purchase/product-key",
    "/settings/api-tokens/create",
    "/settings/notifications",
    "/search",
    "/users",
    "/billing/your-products",
    "/billing/licenses",
    "/billing/purchase",
  ],
  operator: [
    "/operator/organizations/create",
    "/operator/organizations",
    "/operator/billing/seller",
    "/operator/product-keys",
    "/operator/catalog",
  ],
  reseller: ["/customers/request"],
};
const TEXT = 'main :is(input:not([type]), input[type=text], input[type=search], input[type=email], input[type=password], textarea)';

/** Types script into every field of a page and sends it. */
async function sendsScript({ page, base, expect }, path) {
  await page.goto(base + path);
  const fields = await page.locator(TEXT).filter({ visible: true }).all();
  if (fields.length === 0) throw new Error(`${path} has no field`);
  for (const field of fields) await field.fill(SCRIPT);
  await page.keyboard.press("Enter");
  await page.waitForLoadState("networkidle");
  // What was sent may still lead to another page: then the question is asked there.
  const wasRun = () => page.evaluate(() => window.wasRun);
  await expect.equal(`${path} ${await wasRun().catch(() => page.waitForLoadState().then(wasRun))}`, `${path} undefined`);
}

/** Nothing is wider than the screen. */
async function fits({ page, expect }, what) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 640 });
    const needs = await page.evaluate(() => document.documentElement.scrollWidth);
    await expect.equal(`${what} ${needs}`, `${what} ${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** People of such names are added, found, and given a license. */
async function hasPeople(tools) {
  const { page, base, signIn, expect, checkAccessibility } = tools;
  await signIn("global_admin");
  for (const [index, person] of NAMES.entries()) {
    await page.goto(`${base}/users/add`);
    await page.fill("#display_name", person);
    await page.fill("#email", `any.name.${index}@waterland.example`);
    await page.selectOption("#usage_location", "NL");
    await page.click(".pane-foot .button-primary");
    await expect.path("/users");
  }
  await page.goto(`${base}/users?q=any.name`);
  await expect.count("#results tbody tr", NAMES.length);
  await fits(tools, "people");
  await checkAccessibility();
  for (const [index, person] of NAMES.entries()) {
    await page.goto(`${base}/users?q=any.name.${index}`);
    await page.click("#results .row-link");
    await expect.text("h1", person);
    await fits(tools, person);
    await page.click('a[href^="/users/licenses"]');
    await page.click(".pane-body label:has-text('Power BI Pro')");
    await page.click(".pane-foot .button-primary");
    await page.waitForSelector(".toast");
    await fits(tools, `licenses of ${person}`);
  }
  for (const path of ["/billing/licenses?q=power+bi+pro", "/settings/audit"]) {
    await page.goto(base + path);
    if (path.includes("licenses")) await page.click("#results .row-link");
    await fits(tools, path);
    await checkAccessibility();
  }
  await expect.equal(await page.evaluate(() => window.wasRun), undefined);
}

/** An organization of such a name, with nothing in it: every page of its admin says so. */
async function isEmpty(tools) {
  const { page, base, signIn, expect } = tools;
  await signIn("operator");
  await page.goto(`${base}/operator/organizations/create`);
  await page.fill("#name", NAMES[0]);
  await page.selectOption("#country", "NL");
  await page.fill("#display_name", NAMES[3]);
  await page.fill("#email", "admin@empty.example");
  await page.fill("#password", PASSWORD);
  await page.click(".pane-foot .button-primary");
  await expect.text("h1", NAMES[0]);
  await fits(tools, "the organization");
  await page.goto(`${base}/sign-in`);
  await page.fill("#email", "admin@empty.example");
  await page.fill("#password", PASSWORD);
  await page.click('form[action="/sign-in"] .button-primary');
  await expect.path("/");
  const paths = await page.locator(".navigation .navigation-link").evaluateAll((all) => all.map((link) => link.pathname));
  for (const path of [...paths, "/billing/payment-methods", "/billing/self-service", "/billing/license-requests", "/billing/licenses/auto-claim"]) {
    const answer = await page.goto(base + path);
    await expect.equal(`${path} ${answer.status()}`, `${path} 200`);
    await fits(tools, path);
  }
}

/** The number of licenses is changed in a browser without script. */
async function worksWithoutScript({ page, base, language, signIn, expect }) {
  await signIn("billing_admin");
  const state = await page.context().storageState();
  const context = await page.context().browser().newContext({ javaScriptEnabled: false, storageState: state });
  const plain = await context.newPage();
  await plain.goto(`${base}/billing/your-products?q=dynamics`);
  await plain.click("#results .row-link");
  await plain.goto(`${plain.url().split("?")[0]}/quantity`);
  await plain.fill("#quantity", "50");
  await plain.click(".pane-foot .button-primary");
  const total = { nl: "van 50", en: "of 50" }[language];
  await expect.text(plain.locator(".summary-strip"), new RegExp(total));
  await context.close();
}

export async function run(tools) {
  await hasPeople(tools);
  await isEmpty(tools);
  await worksWithoutScript(tools);
  // One language is enough for what is typed: the words around it are not what runs.
  if (tools.language !== LANGUAGES[0]) return;
  for (const [persona, paths] of Object.entries(FORMS)) {
    await tools.signIn(persona);
    for (const path of paths) await sendsScript(tools, path);
  }
}
