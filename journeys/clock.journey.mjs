// D30, R8, R10, T2, T7: an operator makes a sandbox; its admin lets time pass until a subscription expires, and brings it
// back.
import { inDays } from "./harness.mjs";

export const name = "time passes in a sandbox until a subscription expires";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];

  await signIn("operator");
  await page.goto(`${base}/operator/organizations?q=Waterland`);
  await page.click(".row-link >> nth=0");
  await page.click("a[href$='/sandbox']");
  await page.click(".pane-foot .button-severe");
  await page.waitForSelector(".toast");

  await signIn("global_admin");
  await page.goto(`${base}/billing/your-products?q=dynamics`);
  await page.click(".row-link");
  const subscription = page.url();
  await page.goto(`${subscription}/recurring-billing`);
  await page.check("input[value=off]");
  await page.click(".pane-foot .button-primary");
  await expect.text(".summary-strip", say(/Expires on/, /Verloopt op/));

  // Time goes one way: yesterday is refused at the field, and what was typed stays.
  await page.click(".navigation-link[href='/settings/clock'] >> visible=true");
  await expect.text("h1", say("Clock", "Klok"));
  await page.fill("#day", inDays(-1));
  await page.click(".button-primary");
  await expect.text("#day-message", say(/Time goes forward only\./, /De tijd gaat alleen vooruit\./));
  await expect.equal(await page.inputValue("#day"), inDays(-1));
  await checkAccessibility();

  // Past the end of the term everything has happened on its own day.
  await page.fill("#day", inDays(75));
  await page.click(".button-primary");
  await page.waitForSelector(".notice[data-tone=good], .notice-good", { timeout: 30_000 });
  await expect.text(".notice-good", say(/Time has passed\./, /De tijd is verstreken\./));
  await page.goto(subscription);
  await expect.text(".page-head", say(/Expired/, /Verlopen/));
  await expect.visible(page.locator(".history li", { hasText: say(/expired/, /verlopen/) }));

  // It comes back with the card that paid before.
  await page.goto(`${subscription}/reactivate`);
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/is active again\./, /is weer actief\./));
  await expect.text(".page-head", say(/Active/, /Actief/));
}
