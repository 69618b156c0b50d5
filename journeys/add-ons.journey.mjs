// R160: an admin buys an add-on for one of two subscriptions, changes its quantity, and sees it end with its base.
export const name = "a global admin buys an add-on for a subscription";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  await signIn("global_admin");
  await page.goto(`${base}/billing/your-products?q=Audio`);
  await expect.text("tbody", say(/Add-on to Microsoft 365 E3/, /Invoegtoepassing bij Microsoft 365 E3/));

  // The add-on leads to its base, and cannot be canceled alone.
  await page.click(".row-link >> nth=0");
  await expect.text("body", say(/Belongs to Microsoft 365 E3/, /Hoort bij Microsoft 365 E3/));
  await expect.text("body", say(/give the add-on fewer licenses/, /neem minder licenties van de invoegtoepassing/));
  await checkAccessibility();
  await page.click(".notice a:text-is('Microsoft 365 E3')");

  // The section of the base.
  await expect.text("#add-ons h2", say("Add-ons", "Invoegtoepassingen"));
  await expect.text("#add-ons", /Microsoft 365 Audio Conferencing/);
  await checkAccessibility();
  await page.click(`#add-ons a:text-is("${say("Find more add-ons", "Meer invoegtoepassingen zoeken")}")`);
  await expect.text("h1", say("Add-ons for Microsoft 365 E3", "Invoegtoepassingen voor Microsoft 365 E3"));
  await checkAccessibility();
  await page.click("a:has-text('Office 365 Extra File Storage')");

  // Several subscriptions fit: the one that it was looked for is chosen.
  await expect.text("form.form-wide", say(/Connect to subscription/, /Verbinden met abonnement/));
  await expect.count("input[name=base_id]:checked", 1);
  await page.fill("#quantity", "50");
  await checkAccessibility();
  await page.click("form.form-wide .button-primary");
  await expect.text(".order-aside", say(/Add-on to Microsoft 365 E3/, /Invoegtoepassing bij Microsoft 365 E3/));
  await checkAccessibility();
  await page.click(".order-aside .button-primary");
  await expect.path(/\/billing\/orders\//);

  await page.goto(`${base}/billing/your-products?q=Extra`);
  await expect.text("tbody", say(/Add-on to Microsoft 365 E3/, /Invoegtoepassing bij Microsoft 365 E3/));
  await page.click(".row-link >> nth=0");
  const details = base + (await page.getAttribute(".notice a:text-is('Microsoft 365 E3')", "href"));
  await page.goto(details);
  await page.click("#add-ons tr:has-text('Extra File Storage') a[data-pane]");
  await expect.focused("#pane-title");

  // Canceling says what ends with it; an upgrade is refused.
  await page.goto(`${details}/cancel`);
  const both = /Microsoft 365 Audio Conferencing .* Office 365 Extra File Storage/;
  await expect.text(".consequences", say(/These add-ons are canceled too/, /Deze invoegtoepassingen worden ook opgezegd/));
  await expect.text(".consequences", both);
  await checkAccessibility();
  await page.goto(`${details}/upgrade`);
  await expect.text("body", say(/The subscription has add-ons|several subscriptions/, /Het abonnement heeft invoegtoepassingen|meerdere abonnementen/));
}
