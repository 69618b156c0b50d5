// R163, T11: an admin of a sandbox buys a subscription that starts in a month. It waits in sight; when its day has come it is
// active, with an invoice.
import { inDays } from "./harness.mjs";

export const name = "a subscription starts on a later day";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const startsLater = say(
    /^The subscription starts on .+\. Nothing is charged before that day\.$/,
    /^Het abonnement begint op .+\. Voor die dag wordt niets in rekening gebracht\.$/,
  );

  await signIn("operator");
  await page.goto(`${base}/operator/organizations?q=Waterland`);
  await page.click(".row-link >> nth=0");
  await page.click("a[href$='/sandbox']");
  await page.click(".pane-foot .button-severe");
  await page.waitForSelector(".toast");

  // A day that is too far is refused at its field; what was typed stays.
  await signIn("global_admin");
  await page.goto(`${base}/billing/purchase?q=premium+per+user`);
  await page.click("#results .product-card h3 a");
  await page.fill('input[name="quantity"]', "25");
  await page.fill("#starts_on", inDays(400));
  await page.click(".form-actions .button-primary");
  await expect.text("#starts_on-message", say(/Choose a day from .+ to .+\.$/, /Kies een dag van .+ tot en met .+\.$/));
  await expect.equal(await page.inputValue("#starts_on"), inDays(400));
  await checkAccessibility();

  // In a month: the checkout and the order say that nothing is charged before.
  await page.fill("#starts_on", inDays(30));
  await page.click(".form-actions .button-primary");
  await expect.text(".notice", startsLater);
  await page.click('.radio-card:has-text("4242")');
  await page.click('form[action$="/checkout"] .button-primary');
  await expect.text(".notice-good .strong", say("Your order is confirmed", "Uw bestelling is bevestigd"));
  await expect.text(".notice-good p:nth-of-type(2)", startsLater);
  await page.click(".notice-good .button:last-of-type");

  // Until then it is in sight as scheduled: nothing can be done with it, and it has no invoice.
  await expect.path(/^\/billing\/your-products\/sub_/);
  const subscription = page.url();
  await expect.text(".page-head", say(/Scheduled/, /Gepland/));
  await expect.count('.row-link[href^="/billing/invoices/"]', 0);
  await expect.count("a.action[href$='/quantity']", 0);
  await expect.visible(
    page.getByText(say("The subscription has not started yet.", "Het abonnement is nog niet begonnen.")),
  );
  for (const pane of ["quantity", "cancel", "billing-frequency"]) {
    await page.goto(`${subscription}/${pane}`);
    await expect.text(".pane", say(/The subscription has not started yet\./, /Het abonnement is nog niet begonnen\./));
    await expect.count(".pane-foot button", 0);
  }
  await checkAccessibility();
  await page.goto(`${base}/billing/your-products?status=scheduled`);
  await expect.count("tbody tr", 1);

  // Its day comes.
  await page.goto(`${base}/settings/clock`);
  await page.fill("#day", inDays(31));
  await page.click(".button-primary");
  await page.waitForSelector(".notice-good", { timeout: 30_000 });
  await expect.text(".notice-good", say(/Time has passed\./, /De tijd is verstreken\./));
  await page.goto(subscription);
  await expect.text(".page-head", say(/Active/, /Actief/));
  await expect.visible(page.locator(".history li", { hasText: say(/started as planned/, /is begonnen zoals gepland/) }));
  await page.click('.row-link[href^="/billing/invoices/"]');
  await expect.text("h1", say(/^Invoice Z-\d{7}$/, /^Factuur Z-\d{7}$/));
  await expect.visible(page.getByText(say(/€665\.50/, /€\s665,50/)));
}
