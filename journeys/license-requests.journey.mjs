// R176: a user asks for a license, an admin approves it, then lets an own process take the place of requests.
export const name = "a user requests a license";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  // Somebody of the organization, as a license admin finds people.
  await signIn("license_admin");
  await page.goto(`${base}/users?q=abigail`);
  const colleague = (await page.locator("#results").innerText()).match(/\S+@\S+/)[0];
  await signIn("user");
  await page.goto(`${base}/billing/purchase`);
  await page.click("a[href='/billing/license-requests/new']");
  await expect.text("#pane-title", say("Request licenses", "Licenties aanvragen"));
  await page.click(".pane-foot .button-primary");
  await expect.text("#product-message", /./);
  await checkAccessibility();
  await page.selectOption("#product", { label: "Microsoft 365 F3" });
  await page.fill("#users", "nobody@nowhere.example");
  await page.fill("#note", "Front desk");
  await page.click(".pane-foot .button-primary");
  await expect.text("#users-message", say(/No person|Nobody/, /Niemand|Geen/));
  await expect.equal(await page.inputValue("#note"), "Front desk");
  await page.fill("#users", "");
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/Your request was sent\./, /Uw aanvraag is verstuurd\./));
  await expect.text("#results tbody", say(/Pending/, /In behandeling/));

  // The admin decides; the license is there at once.
  await signIn("license_admin");
  await page.goto(`${base}/billing/licenses`);
  await page.click("a[href='/billing/license-requests']");
  await page.click("#results .row-link >> nth=0");
  await expect.text(".pane-body", /Front desk/);
  await checkAccessibility();

  // Somebody who knows more gets it by mail; a wrong address is said, and nothing that was typed is lost (M11).
  const request = page.url();
  await page.goto(request.split("#")[0].replace(/\/$/, "") + "/share");
  await page.fill("#users", "nobody@nowhere.example");
  await page.fill("#note", "Shall we?");
  await page.click(".pane-foot .button-primary");
  await expect.text("#users-message", say(/No person|Nobody/, /Niemand|Geen/));
  await expect.equal(await page.inputValue("#note"), "Shall we?");
  await checkAccessibility();
  await page.fill("#users", colleague);
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/The request was sent\./, /De aanvraag is verstuurd\./));
  await page.goto(request);
  // Nobody ticked: what was chosen stays (R174).
  await page.uncheck("#approved input");
  await page.click("#service_plans summary");
  await page.uncheck("#service_plans input[name=plans_on] >> nth=0");
  await page.click("button[value=approve]");
  await expect.text(".error-summary", say(/at least one person/i, /minstens één persoon/i));
  await expect.equal(await page.isChecked("#service_plans input[name=plans_on] >> nth=0"), false);
  await page.check("#approved input");
  await page.fill("#note", "Welcome");
  await page.click("button[value=approve]");
  await expect.text(".toast", say(/approved for 1 person\./, /goedgekeurd voor 1 persoon\./));
  await page.goto(`${base}/billing/license-requests?state=completed`);
  await expect.text("#results tbody", say(/Approved/, /Goedgekeurd/));

  // An own process.
  await page.goto(`${base}/billing/license-requests/process`);
  await page.fill("#note", "Ask the service desk.");
  await page.fill("#link", "desk");
  await page.click(".pane-foot .button-primary");
  await expect.text("#link-message", /https:/);
  await checkAccessibility();
  await page.fill("#link", "https://desk.example/licenses");
  await page.click(".pane-foot .button-primary");
  await expect.text(".notice", /Ask the service desk\./);
  await signIn("user");
  await page.goto(`${base}/billing/license-requests`);
  await expect.text(".notice", /Ask the service desk\./);
  await expect.count("a[href='/billing/license-requests/new']", 0);
}
