// R64, R65, R84-R94, R96-R100, R158, R159: a billing admin adds licenses with keys, one of them wrong, extends with a
// smaller key, and starts a subscription with a first one.
export const name = "a billing admin redeems product keys";

export async function run({ page, base, keys, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const [ten, fifty, forty] = keys;
  await signIn("billing_admin");

  // Add: two keys, of which one is wrong; nothing is redeemed, and what was typed is still there.
  await page.goto(`${base}/billing/your-products?channel=product_key`);
  await page.click(".row-link");
  await page.getByRole("link", { name: say("Add more licenses", "Meer licenties toevoegen") }).last().click();
  await expect.focused("#pane-title");
  await checkAccessibility();
  await page.click(".pane-foot .button-primary");
  await page.fill("#key-1", ten.toLowerCase().replaceAll("-", " "));
  await page.click("button[value=another]");
  await page.fill("#key-2", "12345");
  await page.click("button[value=review]");
  await expect.text(
    "#key-2-message",
    say(/not a complete product key/, /geen volledige productcode/),
  );
  await expect.equal(await page.inputValue("#key-1"), ten.toLowerCase().replaceAll("-", " "));
  await checkAccessibility();
  await page.fill("#key-2", "");
  await page.click("button[value=review]");
  await expect.text(".facts >> nth=0", /50 → 60/);
  await checkAccessibility();
  await page.click("button[value=redeem]");
  await expect.text(".toast", say(/1 product key was redeemed\./, /1 productcode is ingewisseld\./));

  // The same key again is used.
  await page.goto(`${page.url()}/product-keys?use=add`);
  await page.fill("#key-1", ten);
  await page.click("button[value=review]");
  await expect.text("#key-1-message", say(/redeemed earlier/, /al eerder ingewisseld/));

  // Extend with a key of fewer licenses: the review says that ten end now.
  await page.goto(page.url().replace("/product-keys", "/extend"));
  await expect.text("h1", say("Renew or add user licenses", "Gebruikerslicenties verlengen of toevoegen"));
  await page.click(".button-primary");
  await page.fill("#key-1", fifty);
  await page.click("button[value=review]");
  await expect.text(".consequences", say(/10 licenses end now/, /10 licenties eindigen nu/));
  await page.click("button[value=redeem]");
  await expect.text(".toast", say(/1 product key was redeemed\./, /1 productcode is ingewisseld\./));

  // A first key starts a subscription of its own.
  await page.goto(`${base}/billing/purchase`);
  await page.click("a[href='/billing/purchase/product-key']");
  await page.fill("#key-1", forty);
  await page.click("button[value=review]");
  await page.click("button[value=redeem]");
  await expect.text(".summary-strip", say(/0 of 40/, /0 van 40/));
}
