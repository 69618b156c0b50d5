// R8, R9, R10, R12, R13, R33-R35: an admin lets a subscription be charged yearly, turns recurring billing off, cancels another subscription with a reason, and brings
// it back.
export const name = "a global admin ends subscriptions and brings one back";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const open = async (query) => {
    await page.goto(`${base}/billing/your-products?${query}`);
    await page.click(".row-link >> nth=0");
  };
  await signIn("global_admin");

  // Recurring billing off: its effect is said first, and the label of the date changes (R7, R8).
  await open("q=dynamics");
  await expect.text(".summary-strip", say(/Renews on/, /Wordt verlengd op/));
  await page.click("a[href$='/recurring-billing'] >> nth=0");
  await expect.focused("#pane-title");
  await expect.text(".radio-cards", say(/stays active until/, /blijft actief tot/));
  // Help about it is a link away (R9).
  await expect.text(".pane-body a[href='/help/recurring-billing']", say("About recurring billing", "Over terugkerende facturering"));
  await page.check("input[value=off]");
  await checkAccessibility();
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/Recurring billing is off\./, /Terugkerende facturering staat uit\./));
  await expect.text(".summary-strip", say(/Expires on/, /Verloopt op/));
  await expect.text(".history li >> nth=0", say(/was turned off/, /is uitgeschakeld/));

  // Charged yearly instead of monthly: what each choice costs is said first (R12).
  await page.click("a[href$='/billing-frequency'] >> nth=0");
  await expect.focused("#pane-title");
  await page.click(".pane-foot .button-primary");
  await expect.text("#billing_frequency .field-message", say(/It already is as you ask\./, /Het is al zoals u vraagt\./));
  await expect.text(".radio-cards", say(/€64,638\.00 per year\. To pay now: €/, /€\s64\.638,00 per jaar\. Nu te betalen: €/));
  await page.check("input[value=yearly]");
  await checkAccessibility();
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/The billing frequency was changed\./, /De factureringsfrequentie is gewijzigd\./));
  await expect.text(".summary-strip", say(/€64,638\.00 per year/, /€\s64\.638,00 per jaar/));

  // Cancel from the row menu: the reason is compulsory, and "something else" needs words (R33-R35).
  await page.goto(`${base}/billing/your-products?q=E5`);
  await page.click("tbody tr >> nth=0 >> summary");
  await page.click("tbody tr >> nth=0 >> a[href$='/cancel']");
  await expect.focused("#pane-title");
  await expect.text(".preview", say(/Today, /, /Vandaag, /));
  await page.selectOption("#reason", "other");
  await page.click(".pane-foot .button-severe");
  await expect.text("#feedback-message", say(/Fill in this field\./, /Vul dit veld in\./));
  await checkAccessibility();
  await page.selectOption("#reason", "switched_product");
  await page.click(".pane-foot .button-severe");
  await expect.text(".toast", say(/The subscription is canceled\./, /Het abonnement is opgezegd\./));
  await expect.text(".badge", say("Disabled", "Uitgeschakeld"));

  // Bring it back (R10).
  await page.click("a.action[href$='/reactivate']");
  await expect.focused("#pane-title");
  await expect.text(".radio-cards", say(/Visa ending in 4242/, /Visa eindigend op 4242/));
  await checkAccessibility();
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/The subscription is active again\./, /Het abonnement is weer actief\./));
  await expect.text(".badge", say("Active", "Actief"));

  // What a partner sold shows its closed actions with the reason (domain 1.5).
  await open("channel=reseller");
  await expect.text("body", say(/The partner that sold it decides on this\./, /De partner die het heeft verkocht, beslist hierover\./));

  // Deleting what is disabled: the question names the consequence (T10).
  await open("status=disabled");
  await page.click("a.action[href$='/delete']");
  await expect.text(".consequences", say(/This cannot be undone\./, /Dit kan niet ongedaan worden gemaakt\./));
  await checkAccessibility();
  await page.click(".pane-foot .button-severe");
  await expect.text(".toast", say(/The subscription is deleted\./, /Het abonnement is verwijderd\./));
  await expect.text(".badge", say("Deleted", "Verwijderd"));
}
