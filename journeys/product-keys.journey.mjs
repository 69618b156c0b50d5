// R64, R65, R76-R78, R84-R94, R96-R100, R158, R159: a billing admin adds licenses with keys, one of them wrong, extends with a
// smaller key, and starts a subscription with a first one.
export const name = "a billing admin redeems product keys";

export async function run({ page, base, keys, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const [ten, fifty, forty] = keys;
  await signIn("billing_admin");

  // R90, R91: add two keys, of which one is wrong; nothing is redeemed, and what was typed is still there.
  await page.goto(`${base}/billing/your-products?channel=product_key`);
  await page.click(".row-link");
  await page.locator("a.action", { hasText: say("Add more licenses", "Meer licenties toevoegen") }).click();
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

  // R97, R98: extend with a key of fewer licenses: the review says that ten end now.
  await page.goto(page.url().replace("/product-keys", "/extend"));
  await expect.text("h1", say("Renew or add user licenses", "Gebruikerslicenties verlengen of toevoegen"));
  await page.click(".button-primary");
  await page.fill("#key-1", fifty);
  await page.click("button[value=review]");
  await expect.text(".consequences", say(/10 licenses end now/, /10 licenties eindigen nu/));
  await page.click("button[value=redeem]");
  await expect.text(".toast", say(/1 product key was redeemed\./, /1 productcode is ingewisseld\./));

  // R87: without a key a card pays. One that is declined changes nothing; with another one the end date moves.
  const subscription = page.url().split("?")[0];
  await page.goto(`${subscription}/extend`);
  await page.getByText(say("Pay by card or bank account instead", "In plaats daarvan met kaart of bankrekening betalen")).click();
  await page.click(".button-primary");
  await expect.text("h1", say("Extend end date", "Einddatum verlengen"));
  const longer = say(/One year longer, until (.*20\d\d)/, /Eén jaar langer, tot (.*20\d\d)/);
  const choice = page.locator(".radio-card", { hasText: longer });
  const until = (await choice.innerText()).match(longer)[1];
  const total = await choice.locator(".radio-card-end").innerText();
  await checkAccessibility();
  await page.check("input[value=card_declined]");
  await page.click(".order-aside .button-primary");
  await expect.text(".notice", say(/Your order was given up/, /Uw bestelling is vervallen/));
  await page.click(".notice .button-primary");
  await page.click(".order-aside .button-primary");
  await expect.text(".notice", say(/run on for one more term/, /lopen nog een termijn door/));
  await expect.text(".facts >> nth=0", new RegExp(total.replace(/[.$]/g, "\\$&").replace(/\s/g, "\\s")));
  await checkAccessibility();
  await page.goto(subscription);
  await expect.text(".summary-strip", new RegExp(until));

  // R76-R78: more licenses by card are a subscription of their own, beside the prepaid one.
  await page.goto(`${subscription}/add-licenses`);
  await page.getByText(say("Pay by card or bank account", "Met een kaart of bankrekening betalen")).click();
  await page.click(".button-primary");
  await expect.text("h1", say(/^Buy /, / kopen$/));

  // A first key starts a subscription of its own.
  await page.goto(`${base}/billing/purchase`);
  await page.click("a[href='/billing/purchase/product-key']");
  await page.fill("#key-1", forty);
  await page.click("button[value=review]");
  await page.click("button[value=redeem]");
  await expect.text(".summary-strip", say(/0 of 40/, /0 van 40/));
}
