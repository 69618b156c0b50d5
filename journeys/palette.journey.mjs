// R151, WCAG 2.1.4: the palette finds what a person may see and do, by the keyboard alone; letters are shortcuts until they are
// turned off, and never while somebody types.
export const name = "the palette finds, and letters lead";

const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 900 };

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const input = page.locator(".palette-input");
  const titles = () => page.locator(".palette-title").allInnerTexts();
  const chosen = page.locator(".palette [aria-selected=true]");
  // A key does nothing before the page has its script.
  const press = async (...keys) => {
    await page.waitForLoadState();
    for (const key of keys) await page.keyboard.press(key);
  };
  const summon = async () => {
    await press("Control+k");
    await expect.focused(input);
    await expect.visible(chosen);
  };
  const find = async (typed, first) => {
    await summon();
    await page.keyboard.type(typed);
    await expect.text(page.locator(".palette [role=option] .action-label"), first);
  };

  await signIn("global_admin");
  await find("visio plan 2", "Visio Plan 2");
  // What the field points to is what is chosen, and the arrows move it round.
  const active = async () => page.locator(`[id="${await input.getAttribute("aria-activedescendant")}"]`).innerText();
  const before = await active();
  await page.keyboard.press("ArrowDown");
  await expect.equal((await active()) === before, false);
  await page.keyboard.press("ArrowUp");
  await expect.equal(await active(), before);
  await checkAccessibility();
  await page.keyboard.press("Enter");
  await expect.text("h1", "Visio Plan 2");

  // Esc gives the focus back. An invoice by a part of its number, a person, an action, which opens over the page.
  await page.locator("[data-palette]").focus();
  await page.keyboard.press("Enter");
  await expect.focused(input);
  await page.keyboard.press("Escape");
  await expect.focused("[data-palette]");
  await page.goto(`${base}/billing/invoices?period=6`);
  const number = (await page.locator(".cell-title .row-link").first().innerText()).trim();
  await find(number.slice(-5), new RegExp(number));
  await expect.equal((await titles()).includes(say("Invoices", "Facturen")), true);
  await page.keyboard.press("Enter");
  await expect.path(/^\/billing\/invoices\/inv_/);
  const add = say("Add a user", "Een gebruiker toevoegen");
  await find(add, add);
  await page.keyboard.press("Enter");
  await expect.text("dialog .pane h1", add);
  await page.keyboard.press("Escape");
  await expect.focused("[data-palette]");
  await summon();
  await page.keyboard.type("zzzz");
  await expect.visible(".palette .empty");
  await page.keyboard.press("Escape");

  // Letters.
  await page.goto(base);
  await press("g", "p");
  await expect.text("h1", say("Your products", "Uw producten"));
  await press("/");
  await expect.focused(".page input[type=search]");
  await page.keyboard.type("g?p");
  await expect.equal(await page.inputValue(".page input[type=search]"), "g?p");
  await page.goto(base);
  await press("?");
  await expect.text("dialog .pane h1", say("Keyboard shortcuts", "Sneltoetsen"));
  await checkAccessibility();
  await page.click('dialog button[name="shortcuts"][value="off"]');
  await expect.visible("dialog .notice-neutral");
  await page.keyboard.press("Escape");
  await expect.count("body[data-shortcuts]", 0);
  await press("g", "p", "?");
  await page.waitForTimeout(300);
  await expect.path("/");
  await expect.count("dialog", 0);

  // On a phone the button is an icon and the palette fills the screen.
  await page.setViewportSize(PHONE);
  await page.click("[data-palette]");
  await expect.visible(chosen);
  const box = await page.locator(".palette").boundingBox();
  await expect.equal(`${box.x} ${box.width}`, `0 ${PHONE.width}`);
  await page.click(".palette-close");
  await expect.hidden(".palette");
  await page.setViewportSize(WIDE);

  // Who may see less finds less.
  await signIn("user");
  await summon();
  await page.keyboard.type("a");
  await expect.visible(chosen);
  await page.waitForTimeout(400);
  const shown = await titles();
  const people = say("People", "Personen");
  await expect.equal(shown.includes(people), false);
  const links = await page.locator(".palette a.action").evaluateAll((all) => all.map((link) => link.pathname));
  await expect.equal(links.some((path) => path.startsWith("/operator") || path.startsWith("/users")), false);
  await page.keyboard.press("Escape");

  // Without script the button is a link to the page with the same results.
  const context = await page.context().browser().newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  const plain = await context.newPage();
  await plain.goto(base);
  await plain.click("[data-palette]");
  await plain.fill('#content input[name="q"]', "power bi");
  await plain.click("#content .filter-bar button");
  const url = new URL(plain.url());
  await expect.equal(`${url.pathname}${url.search}`, "/search?q=power+bi");
  await expect.equal((await plain.locator("#results .card").count()) > 0, true);
  await context.close();
}
