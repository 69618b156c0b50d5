// R66-R68, R160, R161: a reseller changes the number of licenses of a customer, who sees it with the partner's name; it sells
// more, upgrades that, and sells an add-on to it, all on its own invoice; and the customer ends the relationship.
import { inDays } from "./harness.mjs";

export const name = "a partner serves a customer";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];

  // Both have a clock of their own, so that the day after a sale can come.
  await signIn("operator");
  for (const name of ["Waterland", "Noordzee"]) {
    await page.goto(`${base}/operator/organizations?q=${name}`);
    await page.click(".row-link >> nth=0");
    await page.click("a[href$='/sandbox']");
    await page.click(".pane-foot .button-severe");
    await page.waitForSelector(".toast");
  }

  // The partner sees the customer that let it in, and what it sold.
  await signIn("reseller");
  await page.goto(`${base}/customers`);
  await checkAccessibility();
  await page.click(".row-link");
  await expect.text("h1", "Waterland Group");
  await checkAccessibility();

  // Fewer than are in use cannot be; ten more can.
  await page.getByRole("link", { name: say("Change the number of licenses", "Aantal licenties wijzigen") }).click();
  await expect.focused("#pane-title");
  await checkAccessibility();
  await page.fill("#quantity", "142");
  await page.click(".pane-foot .button-primary");
  await expect.text("#quantity-message", /143/);
  await page.fill("#quantity", "210");
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/The customer sees it at once/, /De klant ziet het meteen/));
  await expect.text("tbody", /210/);

  // The customer sees the total, the partner, and why it cannot be changed here.
  await signIn("global_admin");
  await page.goto(`${base}/billing/your-products?channel=reseller`);
  await page.click(".row-link");
  await expect.text(".summary-strip", say(/143 of 210/, /143 van 210/));
  await expect.text(".summary-strip", /Reseller/);
  await expect.text("main", /Noordzee Cloud support@noordzee-cloud\.example/);
  await expect.text("main", /Rens Noordzee \(partner\)/);
  await checkAccessibility();
  await page.getByRole("link", { name: say("How to buy more at your partner", "Hoe u meer koopt bij uw partner") }).first().click();
  await expect.text("h1", say("Buy more at your partner", "Meer kopen bij uw partner"));

  // R67: what a volume-licensing partner sold leads to that partner.
  await page.goto(`${base}/billing/your-products?channel=volume_partner`);
  await page.click(".row-link");
  await expect.text(".summary-strip", /Volume Licensing Service Center \(VLSC\)/);
  await page.getByRole("link", { name: say("How to buy more at your partner", "Hoe u meer koopt bij uw partner") }).first().click();
  await expect.text("h1", say("Buy more at your partner", "Meer kopen bij uw partner"));

  // The partner sells a product to it: what it costs is said before the button is pressed.
  await signIn("reseller");
  await page.goto(`${base}/customers`);
  await page.click(".row-link");
  await page.locator(".commands").getByRole("link", { name: say("Sell", "Verkopen") }).click();
  await expect.text("h1", say(/Sell to Waterland Group/, /Verkopen aan Waterland Group/));
  await checkAccessibility();
  await page.fill("input[name=q]", "power bi");
  await expect.text("#results h3", /Power BI/);
  const product = await page.locator("#results h3 a").first().innerText();
  await page.locator("#results h3 a").first().click();
  await checkAccessibility();
  await page.fill("#quantity", "12");
  await expect.text(".preview-total", /€/);
  await page.click(".form-actions .button-primary");
  await expect.text(".toast", say(/The customer has the subscription now/, /De klant heeft het abonnement nu/));
  await expect.visible(page.locator("tr", { hasText: product }).filter({ hasText: "12" }));
  await checkAccessibility();

  // The customer has it with the partner's name, and reads no price of it.
  await signIn("global_admin");
  await page.goto(`${base}/billing/your-products?channel=reseller`);
  const own = page.locator("tr", { hasText: product });
  await expect.visible(own.filter({ hasText: say("Sold by Noordzee Cloud", "Verkocht door Noordzee Cloud") }));
  await own.locator(".row-link").click();
  await expect.text(".summary-strip", say(/0 of 12/, /0 van 12/));
  await expect.text("main", /Noordzee Cloud support@noordzee-cloud\.example/);
  await expect.equal(await page.locator(".summary-strip", { hasText: "€" }).count(), 0);

  await page.goto(`${base}/billing/invoices`);
  await expect.equal(await page.locator("tr", { hasText: product }).count(), 0);

  // The partner sells one more, upgrades it, and sells an add-on to what came of that.
  await signIn("reseller");
  await page.goto(`${base}/customers`);
  await page.click(".row-link");
  const customer = page.url();
  await expect.text(".breadcrumb", say(/Customers/, /Klanten/));
  await page.goto(`${customer}/sell?q=Business%20Standard`);
  await page.locator("#results h3 a", { hasText: "Microsoft 365 Business Standard" }).click();
  await page.fill("#quantity", "10");
  await page.click(".form-actions .button-primary");
  await page.waitForSelector(".toast");
  const standard = page.locator("tr", { hasText: "Microsoft 365 Business Standard" });
  await standard.getByRole("link", { name: say("Upgrade", "Upgraden") }).click();
  await expect.focused("#pane-title");
  await expect.text("#pane-title", say("Upgrade", "Upgraden"));
  await checkAccessibility();
  await page.locator(".radio-cards label", { hasText: "Microsoft 365 E3" }).first().click();
  await page.fill("#quantity", "12");
  await expect.text(".preview", say(/12 licenses of Microsoft 365 E3/, /12 licenties van Microsoft 365 E3/));
  await expect.text(".preview", say(/Back for unused days/, /Terug voor ongebruikte dagen/));
  await expect.text(".consequences", say(/Microsoft 365 Business Standard ends today/, /Microsoft 365 Business Standard eindigt vandaag/));
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/The customer sees it at once/, /De klant ziet het meteen/));
  await expect.text("tbody", /Microsoft 365 E3/);
  await page.goto(`${customer}/sell`);
  await expect.text("main", say(/Add-ons to what you sold/, /Invoegtoepassingen bij wat u hebt verkocht/));
  await checkAccessibility();
  await page.locator("#results h3 a", { hasText: "Microsoft 365 Audio Conferencing" }).click();
  await expect.count("input[name=base_id]:checked", 1);
  await checkAccessibility();
  await page.fill("#quantity", "4");
  await expect.text(".preview-total", /€/);
  await page.click(".form-actions .button-primary");
  await page.waitForSelector(".toast");
  const audio = page.locator("tr", { hasText: "Microsoft 365 Audio Conferencing" });
  await expect.visible(audio.filter({ hasText: say("Add-on to Microsoft 365 E3", "Invoegtoepassing bij Microsoft 365 E3") }));
  await checkAccessibility();

  // The customer reads who renews it, and no price.
  await signIn("global_admin");
  await page.goto(`${base}/billing/your-products?channel=reseller&q=Audio`);
  await page.click(".row-link");
  await expect.text("main", say(/Noordzee Cloud renews it/, /Noordzee Cloud verlengt het/));
  await expect.equal(await page.locator(".summary-strip", { hasText: "€" }).count(), 0);

  // The partner's invoice of the day after names the customer.
  await signIn("reseller");
  await page.goto(`${base}/settings/clock`);
  await page.fill("#day", inDays(2));
  await page.click(".button-primary");
  await page.waitForSelector(".notice-good", { timeout: 30_000 });
  await page.goto(`${base}/billing/invoices`);
  await page.click(".row-link >> nth=0");
  await expect.text("main", new RegExp(product.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  await expect.text("main", say(/For Waterland Group/, /Voor Waterland Group/));
  await checkAccessibility();
  await signIn("global_admin");

  // The customer ends it; then the partner finds nobody.
  await page.goto(`${base}/settings/partners`);
  await checkAccessibility();
  await page.locator("tr", { hasText: "Noordzee Cloud" }).getByRole("link", { name: say("End relationship", "Relatie beëindigen") }).click();
  await expect.focused("#pane-title");
  await page.click(".pane-foot .button-severe");
  await expect.text(".toast", say(/The relationship has ended/, /De relatie is beëindigd/));
  await signIn("reseller");
  await page.goto(`${base}/customers`);
  await expect.text("h2", say("No customers yet", "Nog geen klanten"));
  await checkAccessibility();
}
