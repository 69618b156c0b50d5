// R177: a global admin lets people claim a product, a user has a license at once, and the report says so.
export const name = "a user claims a license";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  await signIn("global_admin");
  await page.goto(`${base}/billing/licenses`);
  await page.click("a[href='/billing/licenses/auto-claim']");
  await expect.text("h1", say("Auto-claim", "Automatisch claimen"));
  await expect.text(".empty h2", say("Nobody claims licenses", "Niemand claimt licenties"));
  await expect.text("#results", say(/0 licenses were claimed\./, /Er zijn 0 licenties geclaimd\./));

  // What is wrong is said at its field, and nothing that was chosen is lost.
  await page.click(".commands a[href$='/auto-claim/new']");
  await expect.text("#pane-title", say("Auto-claim policy", "Beleid voor automatisch claimen"));
  await page.click(".pane-foot .button-primary");
  await expect.text("#product-message", /./);
  await checkAccessibility();
  await page.selectOption("#product", { label: "Microsoft 365 F3" });
  await page.selectOption("#backup_1", { label: "Microsoft 365 E3" });
  await page.selectOption("#backup_2", { label: "Microsoft 365 E3" });
  await page.click(".pane-foot .button-primary");
  await expect.text("#backups-message", /./);
  await expect.equal(await page.locator("#backup_1 option:checked").innerText(), "Microsoft 365 E3");
  await page.selectOption("#backup_2", "");
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/The policy was saved\./, /Het beleid is opgeslagen\./));
  await expect.text("main tbody", say(/Microsoft 365 E3 \([\d,]+ free licenses\)/, /Microsoft 365 E3 \([\d.]+ vrije licenties\)/));

  // An app is off, and nothing stands in.
  await page.click("main .row-link");
  await page.selectOption("#backup_1", "");
  await page.click("#service_plans summary");
  await page.click("#service_plans .check >> nth=0");
  await checkAccessibility();
  await page.click(".pane-foot .button-primary");
  await expect.text("main tbody", say(/1 app off/, /1 app uit/));

  // Who asks for oneself has it at once.
  await signIn("user");
  await page.goto(`${base}/billing/license-requests/new`);
  await page.selectOption("#product", { label: "Microsoft 365 F3" });
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/You have a license now\./, /U hebt nu een licentie\./));
  await expect.count("#results .row-link", 0);
  await expect.count("a[href='/billing/licenses/auto-claim']", 0);

  await signIn("global_admin");
  await page.goto(`${base}/billing/licenses/auto-claim`);
  await expect.text("#results", say(/1 license was claimed\./, /Er is 1 licentie geclaimd\./));
  await expect.text("#results tbody", say(/claimed a license of Microsoft 365 F3\. Apps that are off: 1\./, /claimde een licentie voor Microsoft 365 F3\. Apps die uit staan: 1\./));
  await page.selectOption("select[name=days]", "1");
  await page.waitForURL((url) => url.searchParams.get("days") === "1");
  await expect.text("#results", say(/1 license was claimed\./, /Er is 1 licentie geclaimd\./));

  // Off again; what was given stays.
  await page.click("main .row-link");
  await page.click("dialog button[value=off]");
  await expect.text(".toast", say(/The policy was turned off\./, /Het beleid is uitgeschakeld\./));
  await expect.text("#results", say(/1 license was claimed\./, /Er is 1 licentie geclaimd\./));
}
