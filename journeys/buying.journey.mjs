// R16-R18, R179, R21, R22, R23-R26, R27, R28-R35, R36, R40, R43, R45, R46: a user buys for the team by card, gives out, adds and takes back licenses,
// cancels, and sees what was billed. Another user does not find any of it.
export const name = "a user buys for the team";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  await signIn("user");

  // What may be bought, that one pays it oneself, and no paying by invoice (R16, R17).
  await page.goto(`${base}/billing/purchase`);
  await expect.text(".lead", say(/You pay for it yourself, by card\./, /U betaalt het zelf, met een kaart\./));
  await expect.count("a[href='/billing/purchase/product-key']", 0);
  await page.goto(`${base}/billing/purchase?q=power+bi+pro`);
  await page.click("#results .product-card h3 a");
  await page.fill('input[name="quantity"]', "3");
  await page.click(".form-actions .button-primary");
  await expect.text(".notice", say(/Your organization is not billed for it\./, /Uw organisatie krijgt er geen rekening voor\./));
  await expect.count("input[name=payment][value=invoice]", 0);
  await checkAccessibility();
  await page.check('input[value="card_succeeds"]');
  await page.click('form[action$="/checkout"] .button-primary');
  await expect.text(".notice-good .strong", say("Your order is confirmed", "Uw bestelling is bevestigd"));

  // Your products shows only what is one's own; more and fewer licenses (R18, R21-R25).
  await page.goto(`${base}/billing/your-products`);
  await expect.count("tbody tr", 1);
  await page.selectOption('.list-bar select[name="channel"]', { label: say("Self-service", "Selfservice") });
  await page.waitForURL((url) => url.searchParams.get("channel") === "self_service");
  await expect.count("tbody tr", 1);
  await page.click(".row-link");
  await expect.text("h1", "Power BI Pro");
  const subscription = page.url();
  await page.click("a.action[href$='/quantity'] >> nth=0");
  await page.fill("#quantity", "5");
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/2 licenses were added\./, /2 licenties zijn toegevoegd\./));

  // Assign by name, and take back (R26-R32).
  await page.goto(`${base}/billing/licenses`);
  await expect.count("#results tbody tr", 1);
  await page.click("#results .row-link");
  const product = new URL(page.url()).pathname;
  await page.click(`a[href="${product}/assign"] >> nth=0`);
  await expect.text("#pane-title", say("Assign licenses to users", "Licenties toewijzen aan gebruikers"));
  await page.fill("#users", "abigail");
  await expect.visible(".typeahead-list [role=option]:not([aria-disabled])");
  await page.press("#users", "ArrowDown");
  await page.press("#users", "Enter");
  await expect.text("#users-chips .chip", /Abigail/);
  await expect.equal(await page.inputValue("#users"), "");
  await page.click("dialog .pane-foot .button-primary");
  await expect.text("dialog .notice-good", say("1 license was assigned.", "1 licentie is toegewezen."));
  await page.click("dialog .pane-foot .button-primary");
  await expect.hidden("dialog");
  await page.check("#results tbody input[type=checkbox] >> nth=0");
  await page.click(".selection-bar button");
  await page.click(".confirmation .button-severe");
  await expect.text(".toast span", say("1 license was unassigned.", "De toewijzing van 1 licentie is opgeheven."));

  // Own invoices and payment methods (R36, R40, R43, R45, R46).
  await page.goto(`${base}/billing/invoices`);
  await page.click(".row-link >> nth=-1");
  await expect.text("main", /Power BI Pro/);
  await checkAccessibility();
  await page.goto(`${base}/billing/payment-methods`);
  await expect.text("main", /4242/);

  // Cancel, with a reason (R33-R35).
  await page.goto(`${base}/billing/your-products`);
  await page.click("tbody tr >> nth=0 >> summary");
  await page.click("tbody tr >> nth=0 >> a[href$='/cancel']");
  await page.selectOption("#reason", "too_expensive");
  await page.click(".pane-foot .button-severe");
  await expect.text(".badge", say("Disabled", "Uitgeschakeld"));

  // Another user is told that there is no such thing.
  await signIn("buyer");
  const response = await page.goto(subscription);
  await expect.equal(response.status(), 404);

  // Once the operator says that the organization is a public authority, the page says why nothing can be bought (R179).
  await signIn("operator");
  await page.goto(`${base}/operator/organizations?q=waterland`);
  await page.click(".row-link");
  await page.click('a[href$="/invoices"]');
  await page.click('a[href$="/buyer"]');
  await page.selectOption("#segment", "government");
  await page.click(".pane-foot .button-primary");
  await expect.text("main", say(/Government/, /Overheid/));
  await signIn("user");
  await page.goto(`${base}/billing/purchase`);
  await expect.text(".lead", say("You cannot buy here yourself", "U kunt hier zelf niet kopen"));
  await expect.text(".empty h2", say(/not offered to public authorities/, /niet aangeboden aan overheidsorganisaties/));
  await expect.visible('a[href="/billing/license-requests/new"]');
  await checkAccessibility();
}
