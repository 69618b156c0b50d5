// R61 to R63, R74, R165: a billing admin buys by invoice; the operator approves the credit check; an admin sees the licenses.
// A second order that the operator declines is given up; after the approval no further check is needed.
export const name = "buy by invoice through a credit check";

const words = {
  nl: {
    waits: "Uw bestelling wacht op een kredietcontrole",
    pending: "Kredietcontrole in behandeling",
    approved: "De bestelling is goedgekeurd.",
    declined: "De bestelling is afgewezen.",
    voided: "Uw bestelling is vervallen",
    failed: "De kredietcontrole is afgekeurd.",
    confirmed: "Uw bestelling is bevestigd",
    active: "Actief",
    licenses: "25 licenties",
  },
  en: {
    waits: "Your order waits for a credit check",
    pending: "Pending credit check",
    approved: "The order was approved.",
    declined: "The order was declined.",
    voided: "Your order was given up",
    failed: "The credit check failed.",
    confirmed: "Your order is confirmed",
    active: "Active",
    licenses: "25 licenses",
  },
};

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = words[language];
  const order = async () => {
    await page.goto(`${base}/billing/purchase?q=premium+per+user`);
    await page.click("#results .product-card h3 a");
    await page.fill('input[name="quantity"]', "25");
    await page.click(".form-actions .button-primary");
    await page.check('input[value="invoice"]');
    const contact = page.locator('input[name="contact"]');
    if (await contact.count()) await contact.check();
    await page.click('form[action$="/checkout"] .button-primary');
    await page.waitForURL(/\/billing\/orders\/ord_/);
    return new URL(page.url()).pathname;
  };
  const decide = async (path, answer, done) => {
    await signIn("operator");
    await page.goto(`${base}/operator/credit-checks`);
    await page.goto(base + (await page.getAttribute(`a[href$="/${path.split("/").pop()}"]`, "href")));
    await page.fill("#note", "Known for years.");
    await page.click(`.pane-foot button[value="${answer}"]`);
    await expect.text(page.locator(".toast"), done);
  };

  // Declined: nothing was bought.
  await signIn("billing_admin");
  const declined = await order();
  await expect.text(".notice .strong", say.waits);
  await checkAccessibility();
  await decide(declined, "decline", say.declined);
  await signIn("billing_admin");
  await page.goto(base + declined);
  await expect.text(".notice-severe .strong", say.voided);
  await expect.text(".notice-severe p:nth-of-type(2)", say.failed);

  // Approved: until then the subscription is there to be seen, not to be used.
  const approved = await order();
  await expect.text(".notice .strong", say.waits);
  await page.click(".notice .button");
  await expect.path(/^\/billing\/your-products\/sub_/);
  const subscription = new URL(page.url()).pathname;
  await expect.text(".page-head .badge", say.pending);
  await page.goto(`${base}/`);
  await expect.count('a[href="/billing/your-products?status=pending"]', 1);
  await decide(approved, "approve", say.approved);
  await signIn("global_admin");
  await page.goto(base + subscription);
  await expect.text(".page-head .badge", say.active);
  await expect.text(".facts dd >> nth=0", say.licenses);

  // Who passed once needs no further check.
  await signIn("billing_admin");
  await order();
  await expect.text(".notice-good .strong", say.confirmed);
}
