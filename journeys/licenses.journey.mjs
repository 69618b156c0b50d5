// R26-R32, R111, R112, R126, R173: a license admin assigns by name, takes back, assigns to a file and solves a conflict.
export const name = "a license admin gives licenses to people and takes them back";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const rows = "#results tbody tr";
  await signIn("license_admin");

  // One row per product; the column "Status" is there because a product has conflicts.
  await page.goto(`${base}/billing/licenses`);
  await expect.text("h1", say("Licenses", "Licenties"));
  await page.fill('.list-bar input[name="q"]', "365 f3");
  await expect.count(rows, 1);
  await expect.text(`${rows} .number`, "32");
  await page.click(`${rows} .row-link`);
  await expect.text("h1", "Microsoft 365 F3");
  const product = new URL(page.url()).pathname;

  // Assign with the keyboard alone: type, choose, assign, close.
  await page.click(`a[href="${product}/assign"]`);
  await expect.text("#pane-title", say("Assign licenses to users", "Licenties toewijzen aan gebruikers"));
  await page.click("dialog .pane-foot .button-primary");
  await expect.visible("dialog .error-summary");
  await checkAccessibility();
  await page.fill("#users", "abigail");
  await expect.visible(".typeahead-list [role=option]:not([aria-disabled])");
  await page.press("#users", "ArrowDown");
  await page.press("#users", "Enter");
  await expect.count("#users-chips .chip", 1);
  const chosen = (await page.locator("#users-chips .chip-text").innerText()).trim();
  await page.click("dialog .pane-foot .button-primary");
  await expect.text("dialog .notice-good", say("1 license was assigned.", "1 licentie is toegewezen."));
  await page.click("dialog .pane-foot .button-primary");
  await expect.text(".summary-strip .fact-note", /1/);
  await expect.hidden("dialog");

  // Found at once among the people who have it; selected before the answer came, he or she stays selected. The question
  // names whom it is about.
  await page.fill('.list-bar input[name="q"]', chosen);
  await expect.visible(`${rows} .person`);
  await page.locator(rows).filter({ hasText: chosen }).first().locator("input[type=checkbox]").check();
  await page.waitForURL((url) => url.searchParams.get("q") === chosen);
  await expect.count(rows, 1);
  await page.click(".selection-bar button");
  await expect.text("h1", say("Unassign licenses", "Licentietoewijzing opheffen"));
  await expect.text(".confirmation .chip-text", chosen);
  await checkAccessibility();
  await page.click(".confirmation .button-severe");
  await expect.text(".toast span", say("1 license was unassigned.", "De toewijzing van 1 licentie is opgeheven."));

  // To many: a wrong address and somebody unknown are left out, the others get one.
  await page.goto(`${base}${product}/many`);
  await page.fill("#rows", "email\nnobody\nunknown@waterland.example\n");
  await page.click('button[name="source"][value="file"]');
  await expect.path(new RegExp(`^${product}/many/upl_`));
  await expect.text("main .strong", say("There is nobody to whom this can be done.", "Er is niemand bij wie dit kan."));
  await page.goto(`${base}${product}/many`);
  await page.selectOption("#department", { index: 1 });
  await page.click('button[name="source"][value="filter"]');
  await expect.text(".notice-severe p", say(/more licenses are needed/, /licenties nodig/));
  await checkAccessibility();
  await page.goto(`${base}${product}/many?action=unassign`);
  await page.selectOption("#department", { index: 1 });
  await page.click('button[name="source"][value="filter"]');
  await page.click("main form .button-primary");
  await expect.text("#progress .notice", say(/\d+ of \d+ licenses were unassigned\./, /De toewijzing van \d+ van \d+ licenties is opgeheven\./));

  // A conflict is solved by taking the license back.
  await page.goto(`${base}/billing/licenses?q=visio+plan+1`);
  await expect.text(`${rows} .status-warning`, say("4 users need a valid license", "4 gebruikers hebben een geldige licentie nodig"));
  await page.click(`${rows} .row-link`);
  await expect.count("#conflicts tbody tr", 4);
  await page.locator("#conflicts .menu summary").first().click();
  await page.locator("#conflicts .menu-item").first().click();
  await page.click(".confirmation .button-severe");
  await expect.count("#conflicts tbody tr", 3);
}
