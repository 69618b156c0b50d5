// R14, R55, R73, R123, R124: a billing admin finds a product, buys it with each card of the sandbox, and is told to
// assign the licenses. An operator changes the price meanwhile.
export const name = "a billing admin buys licenses by card";

const words = {
  nl: {
    shop: "Services kopen",
    product: "Power BI Premium Per User kopen",
    total: "€ 665,50",
    confirmed: "Uw bestelling is bevestigd",
    ready: "25 licenties voor Power BI Premium Per User zijn klaar voor gebruik.",
    voided: "Uw bestelling is vervallen",
    declined: "De bank heeft de kaart geweigerd. Er is niets afgeschreven.",
    bank: "Bevestigen bij uw bank",
    bankPage: "Bank van de sandbox",
    question: "Zetel vraagt € 665,50. Bevestigt u deze betaling?",
    nothing: "Geen product gevonden voor ‘zzz’.",
    history: "Orderoverzicht",
    changed: /De prijs van een licentie is intussen gewijzigd van € 22,00 in € 23,50\./,
    published: "De prijs geldt vanaf nu.",
    notANumber: /geheel getal/,
  },
  en: {
    shop: "Purchase services",
    product: "Buy Power BI Premium Per User",
    total: "€665.50",
    confirmed: "Your order is confirmed",
    ready: "25 licenses of Power BI Premium Per User are ready to use.",
    voided: "Your order was given up",
    declined: "The bank declined the card. Nothing was charged.",
    bank: "Confirm at your bank",
    bankPage: "Bank of the sandbox",
    question: "Zetel asks for €665.50. Do you confirm this payment?",
    nothing: "No product matches “zzz”.",
    history: "Order history",
    changed: /The price of a license changed from €22\.00 to €23\.50 while you looked\./,
    published: "The price holds from now on.",
    notANumber: /whole number/,
  },
};

/** An operator publishes a new price of an annual commitment that is paid monthly. */
async function publishPrice(browser, { base, language, expect, price, published }) {
  const context = await browser.newContext({ locale: language });
  await context.addCookies([{ name: "language", value: language, url: base }]);
  const page = await context.newPage();
  await page.goto(`${base}/sign-in`);
  await page.click('button[name="persona"][value="operator"]');
  await page.goto(`${base}/operator/catalog?q=PBI_PREMIUM_PER_USER`);
  await page.click(".row-link");
  await page.click('.table a[href*="currency=EUR"][href*="annual-monthly"] >> nth=0');
  await page.fill("#unit_price", price);
  await page.click(".pane-foot .button-primary");
  await expect.text(page.locator(".toast"), published);
  await context.close();
}

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = words[language];
  const card4242 = '.radio-card:has-text("4242")';
  const placeOrder = () => page.click('form[action$="/checkout"] .button-primary');
  await signIn("billing_admin");
  await page.goto(`${base}/billing/purchase`);
  await expect.text("h1", say.shop);

  // Search as you type.
  await page.fill('main input[name="q"]', "zzz");
  await expect.text("#results h2", say.nothing);
  await page.fill('main input[name="q"]', "premium per user");
  await expect.count("#results .product-card", 1);
  await page.click("#results .product-card h3 a");
  await expect.text("h1", say.product);
  const productPath = new URL(page.url()).pathname;

  // What it will cost is said while typing.
  await page.fill('input[name="quantity"]', "25");
  await expect.text("#preview .preview-total dd", say.total);
  await page.click(".form-actions .button-primary");
  await expect.text(".preview-total dd", say.total);
  const checkout = page.url();

  // A card that is declined: nothing is bought, the choices stay.
  await page.check('input[value="card_declined"]');
  await placeOrder();
  await expect.text(".notice-severe .strong", say.voided);
  await expect.text(".notice-severe p:nth-of-type(2)", say.declined);
  await checkAccessibility();
  await page.click(".notice-severe .button-primary");
  await expect.text(".preview-total dd", say.total);

  // A card that asks to confirm: at the bank and back.
  await page.check('input[value="card_confirms"]');
  await placeOrder();
  await expect.text(".notice-warning .strong", say.bank);
  await checkAccessibility();
  await page.click(".notice-warning .button-primary");
  await expect.text("h1", say.bankPage);
  await expect.text(".bank-sheet p:first-of-type", say.question);
  await page.click('button[value="confirm"]');
  await expect.text(".notice-good .strong", say.confirmed);
  await expect.text(".notice-good p:nth-of-type(2)", say.ready);

  // A card that pays: the licenses are there at once.
  await page.goto(checkout);
  await page.click(card4242);
  await placeOrder();
  await expect.text(".notice-good .strong", say.confirmed);
  await page.click(".notice-good .button:last-of-type");
  await expect.path(/^\/billing\/your-products\/sub_/);

  // The price changes while the buyer looks: said clearly, and nothing is lost.
  await page.goto(checkout);
  const price = { nl: "23,50", en: "23.50" }[language];
  await publishPrice(page.context().browser(), { base, language, expect, price, published: say.published });
  await page.click(card4242);
  await placeOrder();
  await expect.text(".notice-warning", say.changed);
  await checkAccessibility();
  await expect.equal(await page.isChecked(`${card4242} input`), true);
  await placeOrder();
  await expect.text(".notice-good .strong", say.confirmed);

  // A quantity that is none is said at its field.
  await page.goto(`${base}${productPath}/checkout?${new URL(checkout).searchParams.toString().replace("=25", "=x")}`);
  await expect.text("#quantity-message", say.notANumber);
  await checkAccessibility();

  await page.goto(`${base}/billing/orders`);
  await expect.text("h1", say.history);
}
