// R161, R162: an admin upgrades a subscription and sees it done, then replaces what somebody has.
export const name = "a global admin upgrades a subscription and replaces licenses";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  await signIn("global_admin");
  await page.goto(`${base}/billing/your-products?q=F3`);
  await page.click(".row-link >> nth=0");
  await page.click("a.action[href$='/upgrade']");
  await expect.focused("#pane-title");
  await expect.text("#pane-title", say("Upgrade", "Upgraden"));
  await expect.text(".radio-cards", say(/Microsoft 365 E5/, /Microsoft 365 E5/));
  await checkAccessibility();

  // Nothing was chosen: said at the choice.
  await page.click(".pane-foot .button-primary");
  await expect.text("#product .field-message", say(/Fill in this field\.|Choose/, /Vul dit veld in\.|Kies/));
  await page.click(".radio-cards label:has(.strong:text-is('Microsoft 365 E5'))");
  await page.click(".pane-foot .button-primary");

  // Fewer licenses than people: said at the number, and what was typed stays.
  await expect.text(".pane-body h2", "Microsoft 365 E5");
  await checkAccessibility();
  await page.fill("#quantity", "3");
  await page.click(".pane-foot .button-primary");
  await expect.text("#quantity-message", /\d/);
  await page.fill("#quantity", "420");
  await page.click(".pane-foot .button-primary");

  // The money to the cent, and what follows.
  await expect.text(".preview", say(/Back for unused days/, /Terug voor ongebruikte dagen/));
  await expect.text(".preview", say(/To pay/, /Te betalen/));
  await expect.text(".consequences", say(/are on again afterwards/, /staan daarna weer aan/));
  await checkAccessibility();
  await page.click(".pane-foot .button-primary");
  await expect.text("#progress", say(/Upgrade completed/, /Upgrade voltooid/));
  await expect.text("#progress", say(/people have licenses of the new product/, /personen hebben licenties van het nieuwe product/));
  await checkAccessibility();

  // The old one is canceled and leads to the new one, which says where it came from.
  await page.click(".pane-foot a.button");
  await expect.text(".badge", say("Disabled", "Uitgeschakeld"));
  await page.click(`a:has-text("${say("Open the new subscription", "Nieuw abonnement openen")}")`);
  await expect.text("body", say(/Upgraded from Microsoft 365 F3/, /Upgrade van Microsoft 365 F3/));
  await checkAccessibility();
  await page.goto(`${base}/billing/your-products?q=E5`);
  await expect.text("tbody", say(/Upgraded from Microsoft 365 F3/, /Upgrade van Microsoft 365 F3/));

  // Replace: who gets and who loses what is said first.
  await page.goto(`${base}/users`);
  await page.check("tbody input[name=selected] >> nth=0");
  await page.click(".selection-bar button");
  await page.click(".pane-body label:has-text('Power BI Pro')");
  await page.click(".pane-foot button[name=way]");
  await expect.text("#pane-title", say("Replace licenses", "Licenties vervangen"));
  await expect.text(".consequences", /Power BI Pro/);
  await checkAccessibility();
  await page.click(".pane-foot button[name=way]");
  await expect.text(".toast", say(/The licenses of 1 person were replaced\./, /De licenties van 1 persoon zijn vervangen\./));
}
