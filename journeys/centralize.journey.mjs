// R121, R122, R125, R127: a global admin centralizes a product that users bought: licenses, people, and the buyers.
export const name = "a global admin centralizes what people bought";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  await signIn("global_admin");
  await page.goto(`${base}/billing/licenses?bought=self_service&q=power+bi+pro`);
  await page.click("#results tbody a[href$='/centralize']");
  await expect.text("h1", say("Centralize Power BI Pro", "Power BI Pro centraliseren"));
  const centralize = page.url();
  await checkAccessibility();

  // 1: how many are missing, or that there are enough.
  const missing = Number(await page.locator(".summary-strip dd >> nth=2").innerText());
  if (missing > 0) {
    await page.click(".form-actions a.button-primary");
    await page.locator("#quantity").waitFor();
    await page.click(".pane-foot .button-primary");
    await page.goto(centralize);
  }
  await expect.text(".card >> nth=0", say(/There are enough free licenses/, /Er zijn genoeg vrije licenties/));

  // 2: everybody at once, after a look at what it comes to.
  await page.click(".card >> nth=1 >> .button-primary");
  await expect.path(/\/many\/upl_/);
  await expect.text("main .strong", say(/licenses? of the organization of Power BI Pro\./, /van de organisatie voor Power BI Pro\./));
  await checkAccessibility();
  await page.click("main form .button-primary");
  await expect.text("#progress .notice", say(/people have a license of the organization now\./, /personen hebben nu een licentie van de organisatie\./));
  await page.goto(centralize);
  await expect.text(".card >> nth=1", say(/Nobody has it from a buyer any more\./, /Niemand heeft het nog van een inkoper\./));

  // 3: the mail to every buyer; it is kept who was asked.
  await expect.text(".card >> nth=2 >> tbody td >> nth=3", say("Not yet", "Nog niet"));
  await expect.text(".card >> nth=2 >> tbody .person", /@/);
  await page.click(".card >> nth=2 >> .form-actions .button-primary");
  await expect.text(".toast span", say(/buyers? (was|were) asked to cancel\./, /gevraagd om op te zeggen\./));
  await expect.text(".card >> nth=2 >> tbody td >> nth=3", say(/ by /, / door /));
  await expect.count(".card >> nth=2 >> .form-actions .button-primary", 0);

  // 4: still active, until the buyer cancels or somebody takes it over.
  await expect.text("#standing", say(/0 of \d+ subscriptions ended/, /0 van \d+ abonnementen beëindigd/));
  await expect.text("#standing", say(/Still active/, /Nog actief/));
  await checkAccessibility();

  // Nobody bought this one.
  await page.goto(`${base}/billing/licenses?q=365+f3`);
  await page.click("#results .row-link");
  await page.goto(`${page.url().split("?")[0]}/centralize`);
  await expect.text(".empty h2", say("Nobody bought this for themselves", "Niemand heeft dit zelf gekocht"));
}
