// What a screen reader hears of the main pages; where the focus goes; and what every page is on the smallest screen, which is also
// what 400 % of zoom make of a wide one (WCAG 1.4.10, 2.4.3, 2.5.8). What was reviewed is in structure/NAME.txt:
// `ZETEL_UPDATE=1 node run.mjs structure` writes it anew, to be reviewed again.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import * as harness from "./harness.mjs";
import { pages } from "./pages.mjs";

export const name = "the structure of pages, their focus, and every page on 320 pixels";
export const languages = ["en"];

const SMALLEST = { width: 320, height: 640 };
const REVIEWED = new URL("structure/", import.meta.url);

/** The pages whose structure was reviewed. */
const MAIN = [
  "sign-in", "home", "users", "user", "add-user", "products", "product-active", "quantity", "licenses", "license-product",
  "license-assign", "purchase", "purchase-product", "purchase-product-key", "orders", "policy", "notifications", "api-tokens",
  "audit", "help-page", "search", "palette", "shortcuts", "invoices", "invoice", "payment-methods", "profiles", "operator-home",
  "organizations", "operator-billing", "catalog", "jobs",
];

const CONTROLS = "link|button|textbox|searchbox|combobox|spinbutton|checkbox|radio|slider";
const KEPT = new RegExp(`^\\s*- '?(banner|navigation|main|dialog|region|search|heading|table|columnheader|term|listbox|group|alert|status|${CONTROLS})\\b`);

/** Landmarks, headings, columns, terms and controls. Rows below the heads of a table are data, and so is what has a figure in it. */
function outline(snapshot) {
  const lines = snapshot.split("\n");
  const kept = [];
  let left = Infinity; // how far the part is indented that is left out
  for (const [index, line] of lines.entries()) {
    const indent = line.search(/\S/);
    if (indent > left) continue;
    const isData = /^\s*- '?(figure|option)\b/.test(line) || (/^\s*- '?row\b/.test(line) && !lines[index + 1].includes("columnheader"));
    left = isData ? indent : Infinity;
    const hasFigure = /\d/.test(line.replace(/\[level=\d\]/, ""));
    if (!isData && !hasFigure && KEPT.test(line)) kept.push(line.replace(/:$/, ""));
  }
  return `${kept.join("\n")}\n`;
}

/** The pages of a persona, each opened as its picture is taken. */
async function* opened(page, base, wanted) {
  for (const persona of new Set(wanted.map((each) => each.persona))) {
    if (persona) await harness.signIn(page, base, persona);
    for (const each of wanted.filter((other) => other.persona === persona)) {
      await page.goto(base + each.path);
      await each.open?.(page);
      yield each;
    }
  }
}

async function compare(page, problems, name) {
  const place = page.locator((await page.locator("dialog[open]").count()) ? "dialog[open]" : "main");
  const found = outline(await place.first().ariaSnapshot());
  const file = new URL(`${name}.txt`, REVIEWED);
  if (process.env.ZETEL_UPDATE) return writeFile(file, found);
  const reviewed = await readFile(file, "utf8").catch(() => "");
  if (found !== reviewed) problems.push(`structure of ${name} is now\n${found}`);
}

/** What is too wide, or too small to be pressed. */
async function crowded(page, name) {
  await harness.bringAxe(page);
  const { width, small } = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run({ runOnly: { type: "rule", values: ["target-size"] } });
    const nodes = violations.flatMap((violation) => violation.nodes.map((node) => node.target.join(" ")));
    return { width: document.documentElement.scrollWidth, small: nodes };
  });
  const problems = small.slice(0, 3).map((target) => `${name}: ${target} is smaller than 24 pixels`);
  return width > SMALLEST.width ? [...problems, `${name} is ${width} pixels wide`] : problems;
}

export async function run({ page, base, signIn, expect }) {
  const problems = [];
  await mkdir(REVIEWED, { recursive: true });
  const main = pages.filter((each) => MAIN.includes(each.name));
  await expect.equal(main.length, MAIN.length);
  for await (const { name } of opened(page, base, main)) await compare(page, problems, name);

  // A pane takes the focus, and gives it back to what opened it; without motion for those who want none.
  await signIn("global_admin");
  await page.goto(`${base}/users`);
  const opener = page.locator('a[href="/users/add"]').first();
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect.visible("dialog.pane-dialog");
  await expect.equal(await page.evaluate(() => document.activeElement.closest("dialog") !== null), true);
  const seconds = await page.locator("dialog").evaluate((dialog) => parseFloat(getComputedStyle(dialog).animationDuration) || 0);
  await expect.equal(seconds < 0.02, true);
  await page.keyboard.press("Escape");
  await expect.focused(opener);
  await page.goto(`${base}/billing/your-products?status=active&channel=direct`);
  const menu = page.locator("#results details.menu summary").first();
  await menu.focus();
  await page.keyboard.press("Enter");
  await page.locator('details[open] a[href$="/quantity"]').focus();
  await page.keyboard.press("Enter");
  await expect.visible("dialog.pane-dialog");
  await page.locator("[data-pane-close]").first().focus();
  await page.keyboard.press("Enter");
  await expect.focused(menu);

  // Every page in the longer language on the smallest screen.
  await page.context().addCookies([{ name: "language", value: "nl", url: base }]);
  await page.setViewportSize(SMALLEST);
  await page.goto(base);
  await page.click(".drawer > summary");
  await page.keyboard.press("Escape");
  await expect.focused(".drawer > summary");
  for await (const { name } of opened(page, base, pages)) problems.push(...(await crowded(page, name)));
  if (problems.length) throw new Error(problems.join("\n    "));
}
