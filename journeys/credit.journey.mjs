// R61 to R63, R74, D14: a billing admin buys by invoice, which waits for a credit check; the operator approves, and the licenses
// are there with their invoice.
export const name = "licenses are bought by invoice through a credit check";

const words = {
  nl: {
    waits: "Uw bestelling wacht op een kredietcontrole",
    closed: /Kredietcontrole in behandeling\./,
    approved: "De bestelling is goedgekeurd.",
    confirmed: "Uw bestelling is bevestigd",
    ready: "25 licenties voor Power BI Premium Per User zijn klaar voor gebruik.",
    active: "Actief",
  },
  en: {
    waits: "Your order waits for a credit check",
    closed: /Pending credit check\./,
    approved: "The order was approved.",
    confirmed: "Your order is confirmed",
    ready: "25 licenses of Power BI Premium Per User are ready to use.",
    active: "Active",
  },
};

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = words[language];
  await signIn("billing_admin");
  await page.goto(`${base}/billing/purchase?q=premium+per+user`);
  await page.click("#results .product-card h3 a");
  await page.fill('input[name="quantity"]', "25");
  await page.click(".form-actions .button-primary");
  await page.check('input[value="invoice"]');
  await page.check('input[name="contact"]');
  await page.click('form[action$="/checkout"] .button-primary');
  await expect.text(".notice-neutral .strong", say.waits);
  const order = page.url();
  await checkAccessibility();

  // While it waits there is nothing to add to or to take from, and the page says why.
  await page.click(".notice-neutral .button");
  await expect.path(/^\/billing\/your-products\/sub_/);
  const subscription = page.url();
  await expect.text("main", say.closed);

  // The operator approves the whole order.
  await signIn("operator");
  await page.goto(`${base}/operator/credit-checks`);
  await page.click('tr:has-text("Power BI Premium Per User") .row-link');
  await page.fill("#note", "Known since 2019.");
  await page.click('button[value="approve"]');
  await expect.text(page.locator(".toast"), say.approved);

  // The licenses are there, and the invoice follows.
  await signIn("billing_admin");
  await page.goto(order);
  await expect.text(".notice-good .strong", say.confirmed);
  await expect.text(".notice-good p:nth-of-type(2)", say.ready);
  await page.goto(subscription);
  await expect.text(".badge", say.active);
  await checkAccessibility();
}
