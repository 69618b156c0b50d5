// R70, R157, D20: a global admin tries products. One becomes paid by itself, one is extended and bought, one just ends; what
// is not possible is said with what to do.
import { inDays } from "./harness.mjs";

export const name = "a global admin tries products, extends one and buys it";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const passed = say(/Time has passed\./, /De tijd is verstreken\./);
  /** Lets time pass up to a day that is so many days from now. */
  const pass = async (days) => {
    await page.goto(`${base}/settings/clock`);
    await page.fill("#day", inDays(days));
    await page.click("main .button-primary");
    await page.waitForSelector(".notice-good", { timeout: 60_000 });
    await expect.text(".notice-good", passed);
  };
  /** The page where a product is bought or tried. */
  const product = async (search) => {
    await page.goto(`${base}/billing/purchase?q=${search}`);
    await page.click("#results .product-card h3 a");
    await page.waitForSelector("h1");
    return page.url();
  };
  /** Starts the trial of a product, paid at its end with what is on file and `pays`, and gives the address of its page. */
  const start = async (search, pays) => {
    await product(search);
    await page.click("main .notice a[href$='/trial']");
    await expect.focused("#pane-title");
    await expect.text(".consequences", say(/A trial costs nothing/, /Een proefversie kost niets/));
    if (pays) await page.click(`.radio-card:has-text("${pays}")`);
    await checkAccessibility();
    await page.click(".pane-foot .button-primary");
    await expect.text(".toast", say(/The trial has started\./, /De proefversie is gestart\./));
    await expect.path(/^\/billing\/your-products\/sub_/);
    return page.url();
  };

  await signIn("operator");
  await page.goto(`${base}/operator/organizations?q=Waterland`);
  await page.click(".row-link >> nth=0");
  await page.click("a[href$='/sandbox']");
  await page.click(".pane-foot .button-severe");
  await page.waitForSelector(".toast");
  await signIn("global_admin");

  // One that goes on by itself, paid by the bank account that is on file. Its page says what it will cost, and when.
  const goesOn = await start("premium+per+user", "4300");
  await expect.text(".summary-strip", say(/Becomes paid on/, /Wordt betaald vanaf/));
  await expect.text(".summary-strip", say(/Free for now/, /Nu gratis/));
  await expect.text(".chart", say(/Becomes paid/, /Wordt betaald/));

  // The same product is tried once: its page says so, and who comes by the address is told to buy.
  const tried = await product("premium+per+user");
  await expect.text("main", say(/You have tried this product before\./, /U hebt dit product al eens geprobeerd\./));
  await page.goto(`${tried}/trial`);
  await expect.text(".notice", say(/each can be tried once/, /dat kan één keer/));
  await expect.count(".pane-foot .button-primary", 0);

  // Another one just ends. The number of licenses is closed, with the reason and what to do.
  const bought = await start("planner", undefined);
  await expect.text(".summary-strip", say(/Expires on/, /Verloopt op/));
  await expect.text("main", say(/Trial/, /Proefversie/));
  await page.goto(`${bought}/extend-trial`);
  await expect.text(".notice", say(/in its last 15 days only, from/, /alleen in de laatste 15 dagen .* vanaf/));
  await expect.count(".pane-foot .button-primary", 0);

  // Two people use it.
  for (const person of ["abigail", "de vr"]) {
    await page.goto(bought);
    await page.click("a.action[href*='/assign?']");
    await page.waitForSelector("#users");
    await page.fill("#users", person);
    await expect.visible(".typeahead-list [role=option]:not([aria-disabled])");
    await page.press("#users", "ArrowDown");
    await page.press("#users", "Enter");
    await expect.count("#users-chips .chip", 1);
    await page.click(".pane-foot .button-primary");
    await expect.visible(".notice-good");
  }

  // In its last 15 days it is extended, once.
  await pass(20);
  await page.goto(bought);
  await page.click("a.action[href$='/extend-trial']");
  await expect.focused("#pane-title");
  await expect.text(".preview", say(/Ends then on/, /Eindigt dan op/));
  await checkAccessibility();
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/The trial was extended\./, /De proefversie is verlengd\./));
  await expect.text("main", say(/The trial was extended before\./, /De proefversie is al verlengd\./));

  // It is bought: never fewer than are in use, and people keep their licenses.
  await page.click("a.action[href*='/billing/purchase/']");
  await expect.text(".notice", say(/2 licenses are in use, so buy at least as many\./, /Er zijn 2 licenties in gebruik; koop er dus minstens zoveel\./));
  await expect.equal(await page.inputValue('input[name="quantity"]'), "2");
  await page.fill('input[name="quantity"]', "1");
  await page.click(".form-actions .button-primary");
  await page.check('input[value="card_succeeds"]');
  await page.click('form[action$="/checkout"] .button-primary');
  await expect.text(".error-summary", say(/2 licenses are in use\./, /Er zijn 2 licenties in gebruik\./));
  await checkAccessibility();
  await page.click(`main form a:has-text("${say("Back", "Terug")}")`);
  await page.fill('input[name="quantity"]', "3");
  await page.click(".form-actions .button-primary");
  await page.check('input[value="card_succeeds"]');
  await page.click('form[action$="/checkout"] .button-primary');
  await expect.text(".notice-good .strong", say("Your order is confirmed", "Uw bestelling is bevestigd"));
  await page.goto(bought);
  await expect.text(".page-head", say(/Active/, /Actief/));
  await expect.text(".summary-strip", say(/2 of 3/, /2 van 3/));
  await expect.text(".summary-strip", say(/Renews on/, /Wordt verlengd op/));

  // A third one ends and is bought no more; the first has become paid on its day, with its invoice.
  const ends = await start("visio+plan+2", undefined);
  await pass(75);
  await page.goto(goesOn);
  await expect.text(".page-head", say(/Active/, /Actief/));
  await expect.text(".summary-strip", say(/Renews on/, /Wordt verlengd op/));
  await expect.visible(page.locator(".history li", { hasText: say(/became a paid subscription/, /een betaald abonnement geworden/) }));
  await expect.text("main", say(/Invoices/, /Facturen/));
  await page.goto(ends);
  await expect.text(".page-head", say(/Expired/, /Verlopen/));
  await pass(120);
  await page.goto(ends);
  await expect.text(".page-head", say(/Deleted/, /Verwijderd/));
}
