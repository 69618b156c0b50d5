// R1-R7, R24-R25, R50-R54, R60-R70: an admin finds a subscription, learns what a change will cost, and makes it.
export const name = "a global admin changes the number of licenses";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  await signIn("global_admin");

  await page.goto(`${base}/billing/your-products`);
  await expect.text("h1", say("Your products", "Uw producten"));
  await expect.count("tbody tr", 19);

  // Search as one types, then a filter, then neither.
  await page.fill("main input[name=q]", "entra");
  await expect.count("tbody tr", 1);
  await page.fill("main input[name=q]", "");
  await page.selectOption("select[name=channel]", "reseller");
  await expect.count("tbody tr", 1);
  await page.goto(`${base}/billing/your-products?q=dynamics`);

  // The details, and the pane over them.
  await page.click(".row-link");
  await expect.text("h1", "Dynamics 365 Sales Premium");
  await page.click(".action >> nth=0");
  await expect.focused("#pane-title");
  await page.fill("#quantity", "50");
  await expect.text(".preview", say(/Adds 5 licenses\./, /Voegt 5 licenties toe\./));
  await expect.text("#preview .hint", say("Amounts are without tax.", "Bedragen zijn exclusief belasting."));
  await checkAccessibility();

  // Below what is in use: refused at the field, and what was typed is still there.
  await page.fill("#quantity", "43");
  await page.click(".pane-foot .button-primary");
  await expect.text("#quantity-message", say(/44 licenses are in use\./, /Er zijn 44 licenties in gebruik\./));
  await expect.equal(await page.inputValue("#quantity"), "43");
  await checkAccessibility();

  // However late the answer comes, the form is sent once: no preview of what was typed last overtakes it.
  let sent = 0;
  await page.route("**/quantity", async (route) => {
    if (route.request().method() === "POST") {
      sent += 1;
      await new Promise((resolve) => setTimeout(resolve, 600));
    }
    await route.continue().catch(() => {});
  });
  await page.fill("#quantity", "50");
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/5 licenses were added\./, /5 licenties zijn toegevoegd\./));
  await expect.equal(sent, 1);
  await expect.text(".summary-strip", say(/44 of 50/, /44 van 50/));
  await expect.text(".history li >> nth=0", say(/45 → 50/, /45 → 50/));

  // Somebody else changes the number while the pane is open: nothing is saved, and the pane shows what is true now.
  const other = await page.context().newPage();
  await page.click(".action >> nth=0");
  await other.goto(`${page.url().replace(/\/quantity$/, "")}/quantity`);
  await other.fill("#quantity", "51");
  await other.click(".pane-foot .button-primary");
  await other.waitForSelector(".toast");
  await other.close();
  await page.fill("#quantity", "60");
  await page.click(".pane-foot .button-primary");
  await expect.text("#quantity-message", say(/Somebody changed this meanwhile\./, /Iemand heeft dit intussen gewijzigd\./));
  await expect.equal(await page.inputValue("#quantity"), "60");
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/9 licenses were added\./, /9 licenties zijn toegevoegd\./));

  // Why the link may be missing: five reasons (R60).
  await page.goto(`${base}/billing/your-products/why-no-add-remove`);
  await expect.count(".card", 5);

  // A prepaid subscription shows its closed actions with the reason (R64).
  await page.goto(`${base}/billing/your-products?channel=product_key`);
  await page.click(".row-link");
  await expect.text(".action-reason >> nth=0", /PrePaid|Prepaid/);
}
