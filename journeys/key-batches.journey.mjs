// D12, D13: the operator makes a batch of product keys, exports it once, sees who redeemed one, and revokes the others.
export const name = "the operator makes, exports, looks up and revokes product keys";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const redeemed = say("Redeemed", "Ingewisseld");
  await signIn("operator");

  // Wrong fields are said at once, and what was typed is kept.
  await page.goto(`${base}/operator/product-keys/create`);
  await page.fill("#key_count", "3");
  await page.click(".pane-foot .button-primary");
  await expect.count("[data-error-summary]", 1);
  await expect.equal(await page.inputValue("#key_count"), "3");
  await checkAccessibility();
  await page.selectOption("#sku", { label: await page.locator("#sku option", { hasText: "SPE_E3" }).first().innerText() });
  await page.fill("#licenses_per_key", "100000000");
  await page.click(".pane-foot .button-primary");
  await expect.visible("#licenses_per_key-message");
  await page.fill("#licenses_per_key", "5");
  await page.click(".pane-foot .button-primary");
  await expect.path(/^\/operator\/product-keys\/pkb_/);
  const batch = new URL(page.url()).pathname;
  const exportLink = page.locator(`#batch a[href="${batch}/export"]`);
  await exportLink.waitFor();
  await expect.text(".summary-strip dd >> nth=1", "3");

  // The file can be taken again until its arrival is confirmed; from then on nobody knows the keys.
  const file = async () => (await page.request.get(`${base}${batch}/export.csv`)).text();
  const keys = (await file()).match(/\b\w{5}(-\w{5}){4}\b/g);
  await expect.equal(keys.length, 3);
  await expect.equal((await file()).match(/\b\w{5}(-\w{5}){4}\b/g).join(), keys.join());
  await exportLink.click();
  await expect.focused("#pane-title");
  await checkAccessibility();
  await page.click(".pane-foot button");
  await expect.text(".toast", say(/no longer knows the keys/, /kent de codes niet meer/));
  await expect.count(exportLink, 0);
  await expect.equal((await page.request.get(`${base}${batch}/export.csv`)).status(), 409);

  await signIn("billing_admin");
  await page.goto(`${base}/billing/purchase/product-key`);
  await page.fill("#key-1", keys[0]);
  await page.click("button[value=review]");
  await page.click("button[value=redeem]");
  await expect.text(".summary-strip", say(/0 of 5/, /0 van 5/));

  // By its last five characters, and in full; never in an address.
  await signIn("operator");
  const lookUp = async (text) => {
    await page.goto(`${base}/operator/product-keys`);
    await page.fill("input[name=product_keys]", text);
    await page.click(".filter-bar button");
  };
  await lookUp(keys[0].slice(-5));
  await expect.text("tbody tr >> nth=0", new RegExp(redeemed));
  await checkAccessibility();
  await lookUp("123");
  await expect.visible(".notice-severe #product_keys");
  await lookUp(keys[1]);
  await expect.equal(page.url().includes(keys[1]), false);
  await page.click("tbody .menu summary");
  await page.click("tbody .menu-item-severe");
  await expect.text("#pane-title", say("Revoke this key", "Deze code intrekken"));
  await page.click(".pane-foot .button-severe");
  await expect.path(batch);
  await expect.text("section:has(#redeemed-title) tbody", new RegExp(keys[0].slice(-5)));

  await page.click(`.commands a[href="${batch}/revoke"]`);
  await expect.text(".consequences", say(/1 unused key .*1 key was redeemed/, /1 ongebruikte code .*1 code is ingewisseld/));
  await page.click(".pane-foot .button-severe");
  await expect.text(".toast", say("1 product key was revoked.", "1 productcode is ingetrokken."));
}
