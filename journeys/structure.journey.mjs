// What a screen reader hears of the main pages, and where the focus goes (WCAG 2.4.3). What was reviewed is in structure/NAME.txt:
// `ZETEL_UPDATE=1 node run.mjs structure` writes it anew, to be reviewed again.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { openPage, pages } from "./pages.mjs";

export const name = "the structure of pages, and their focus";
export const languages = ["en"];

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

async function compare(page, problems, name) {
  const place = page.locator((await page.locator("dialog[open]").count()) ? "dialog[open]" : "main");
  const found = outline(await place.first().ariaSnapshot());
  const file = new URL(`${name}.txt`, REVIEWED);
  if (process.env.ZETEL_UPDATE) return writeFile(file, found);
  const reviewed = await readFile(file, "utf8").catch(() => "");
  if (found !== reviewed) problems.push(`structure of ${name} is now\n${found}`);
}

export async function run({ page, base, signIn, expect }) {
  const problems = [];
  await mkdir(REVIEWED, { recursive: true });
  const main = pages.filter((each) => MAIN.includes(each.name));
  await expect.equal(main.length, MAIN.length);
  let signedIn;
  for (const each of main) {
    if (each.persona !== signedIn) await signIn(each.persona);
    signedIn = each.persona;
    await openPage(page, base, each);
    await compare(page, problems, each.name);
  }

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

  // On a phone the navigation gives the focus back, too.
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(base);
  await page.click(".drawer > summary");
  await page.keyboard.press("Escape");
  await expect.focused(".drawer > summary");
  if (problems.length) throw new Error(problems.join("\n    "));
}
