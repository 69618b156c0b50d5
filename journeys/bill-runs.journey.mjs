// An operator computes what will be charged before it is, as the page of help about it says.
import { inDays } from "./harness.mjs";

export const name = "an operator sees what will be charged";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  await signIn("operator");
  await page.goto(`${base}/help/bill-runs`);
  await expect.text("h1", say("See what will be charged", "Zien wat in rekening wordt gebracht"));
  await page.click("main a[href='/operator/billing']");
  await page.click("main a[href='/operator/billing/runs']");
  await expect.text("h1", say("Bill runs", "Factuurrondes"));
  await expect.text("#bill-run", say(/Nothing is due at this moment\./, /Er is op dit moment niets aan de beurt\./));
  await checkAccessibility();

  // A day in the past stays in the field, with what is wrong beside it.
  await page.fill("#day", "2020-01-01");
  await page.click("main form.form .button-primary");
  await expect.text("#day-message", /./);
  await expect.equal(await page.inputValue("#day"), "2020-01-01");
  await checkAccessibility();

  // Forty days ahead something renews.
  await page.fill("#day", inDays(40));
  await page.click("main form.form .button-primary");
  await expect.text("#progress", say(/What will be charged/, /Wat in rekening wordt gebracht/));
  await expect.text("#progress", /EUR/);
  await expect.text("#progress", say(/What is left out/, /Wat wordt overgeslagen/));
  await checkAccessibility();
  await page.click(`main a:text-is("${say("Bill runs", "Factuurrondes")}")`);
  await expect.text("main table", say(/Done/, /Gedaan/));
  await checkAccessibility();
}
