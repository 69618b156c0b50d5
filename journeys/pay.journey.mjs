// R9, R166: a card did not pay; the billing admin is told on Home, has another card declined, and settles the balance with one
// that pays. The invoice says what was tried and who paid.
export const name = "a card is declined, and the balance is settled";

const words = {
  nl: {
    overdue: "had betaald moeten zijn",
    settle: "Saldo vereffenen",
    warning: /^Visa eindigend op 0341 is geweigerd\. /,
    declined: /De bank heeft de kaart geweigerd\. Er is niets afgeschreven\./,
    paid: /^\d+ facturen zijn betaald\.$/,
    nothing: "Alles is betaald.",
    by: "Met Visa eindigend op 4242",
  },
  en: {
    overdue: "should have been paid",
    settle: "Settle balance",
    warning: /^Visa ending in 0341 did not pay\. /,
    declined: /The bank declined the card\. Nothing was charged\./,
    paid: /^\d+ invoices are paid\.$/,
    nothing: "Everything is paid.",
    by: "With Visa ending in 4242",
  },
};

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = words[language];
  const pay = () => page.click(".pane-foot .button-primary");
  await signIn("billing_admin");

  // Home says what should have been paid and leads to paying it.
  await page.click(`.action:has-text("${say.overdue}")`);
  await expect.text("#pane-title", say.settle);
  await expect.text(".pane .notice-warning", say.warning);
  const open = await page.locator(".pane dt").count();
  await checkAccessibility();

  // A card that the bank declines: said at the choice, and nothing is paid.
  await page.check('input[value="card_declined"]');
  await pay();
  await expect.text("#payment .field-message", say.declined);
  await expect.equal(await page.locator(".pane dt").count(), open);
  await checkAccessibility();

  // One invoice by a card that asks to confirm: at the bank and back.
  await page.goto(`${base}/billing/invoices`);
  await page.click("tr:has(.status-severe) .row-link");
  const invoice = new URL(page.url()).pathname;
  await page.click(".commands .button-primary");
  await page.check('input[value="card_confirms"]');
  await pay();
  await page.click('button[value="refuse"]');
  await expect.path(invoice);
  await expect.visible(".badge-severe");

  // Then everything by the card that pays.
  await page.goto(`${base}/billing/invoices`);
  await page.click(".commands .button-primary");
  await expect.text("#pane-title", say.settle);
  await page.click('.radio-card:has-text("4242")');
  await pay();
  await expect.text(page.locator(".toast"), say.paid);
  await expect.text(".summary-strip .status", say.nothing);
  await page.goto(`${base}${invoice}`);
  await expect.visible(`.cell-note:has-text("${say.by}")`);
  await expect.count(".commands a[href$='/pay']", 0);
  await checkAccessibility();
  await page.goto(base);
  await expect.count(`.action:has-text("${say.overdue}")`, 0);
}
