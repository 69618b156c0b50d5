// R66-R68: a reseller changes the number of licenses of a customer, who sees it with the partner's name, and who ends the
// relationship.
export const name = "a partner serves a customer";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];

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
