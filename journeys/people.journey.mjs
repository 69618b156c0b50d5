// R71, R72, R174, R179: a user admin finds people, adds one, adds many from a file after correcting it, and deletes one.
export const name = "a user admin keeps the people of the organization";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const rows = "#results tbody tr";
  await signIn("user_admin");

  // Search as one types: every word begins a word of the name or the address.
  await page.goto(`${base}/users`);
  await expect.text("h1", say("Active users", "Actieve gebruikers"));
  await page.fill('main input[name="q"]', "nobody at all");
  await expect.text("#results h2", say("Nothing matches your search.", "Uw zoekopdracht levert niets op."));

  // Add one, in the pane; a mistake keeps what was typed.
  await page.click('a[href="/users/add"]');
  await expect.visible("dialog .pane");
  await page.fill("#display_name", "Journey Walker");
  await page.fill("#email", "journey@nowhere");
  await page.locator('dialog form[action="/users/add"]').evaluate((form) => (form.noValidate = true));
  await page.click("dialog .pane-foot .button-primary");
  await expect.text(
    "#email-message",
    say(
      /Enter an e-mail address, such as name@example\.com\./,
      /Voer een e-mailadres in, bijvoorbeeld naam@voorbeeld\.nl\./,
    ),
  );
  await checkAccessibility();
  await expect.equal(await page.inputValue("#display_name"), "Journey Walker");
  await page.fill("#email", "journey.walker@waterland.example");
  await page.selectOption("#usage_location", "NL");
  await page.click("dialog .pane-foot .button-primary");
  await expect.text(".toast span", say("1 person was added.", "1 persoon is toegevoegd."));
  await page.fill('main input[name="q"]', "jour wal");
  await expect.count(rows, 1);
  await expect.text(`${rows} .row-link`, "Journey Walker");

  // A name that has no place to break it fits on the smallest screen, wherever it stands.
  const long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  await page.goto(`${base}/users/add`);
  await page.fill("#display_name", long);
  await page.fill("#email", "donau@waterland.example");
  await page.click(".button-primary");
  await expect.path("/users");
  await page.setViewportSize({ width: 320, height: 640 });
  const fits = async () => expect.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await page.goto(`${base}/users?q=donau`);
  await fits();
  await page.click(`${rows} .row-link`);
  await expect.text("h1", long);
  await fits();
  await page.setViewportSize({ width: 1280, height: 900 });

  // Add many: one wrong row and nobody is added.
  await page.goto(`${base}/users/add-many`);
  const file = (text) => ({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(`\ufeff${text}`) });
  const good = "Naam;E-mailadres;Afdeling;Gebruikslocatie\r\nCaravan One;caravan.one@waterland.example;Sales;NL\r\n";
  await page.setInputFiles("#file", file(`${good}Caravan Two;caravan.two;;Holland\r\n`));
  await page.click("main .button-primary");
  await expect.path(/^\/users\/add-many\/upl_/);
  await expect.text(".notice-severe strong", say("1 row is wrong.", "1 rij klopt niet."));
  await expect.count(".table tbody tr", 1);
  await expect.text(".table tbody td:last-child", say(/Enter an e-mail address.*not known/, /Voer een e-mailadres in.*onbekend/));
  await checkAccessibility();

  await page.goto(`${base}/users/add-many`);
  await page.setInputFiles("#file", file(`${good}Caravan Two;caravan.two@waterland.example;;BE\r\n`));
  await page.click("main .button-primary");
  await expect.text(".notice-good p", say(/2 people will be added\./, /2 personen worden toegevoegd\./));
  await page.click("main form .button-primary");
  await expect.path(/\/progress$/);
  await expect.text("#progress .notice-good", say("2 people were added.", "2 personen zijn toegevoegd."));
  await page.goto(`${base}/users?q=caravan`);
  await expect.count(rows, 2);

  // A guest is marked when added or later, and the list says so (R179).
  await page.click(`${rows}:nth-child(1) .row-link`);
  await page.click('.card-links a[href$="/edit"]');
  await page.check('dialog input[name="guest"]');
  await page.click("dialog .pane-foot .button-primary");
  await expect.text("dl", say(/Guest\s+Yes, so nothing can be bought here/, /Gast\s+Ja, en kan hier dus niets kopen/));
  await checkAccessibility();
  await page.goto(`${base}/users?q=caravan`);
  await expect.text(`${rows} >> nth=0`, say(/caravan\.one@waterland\.example \(guest\)/, /caravan\.one@waterland\.example \(gast\)/));

  // Delete one: the question says what follows.
  await page.click(`${rows}:nth-child(1) .row-link`);
  await expect.text("h1", "Caravan One");
  await page.click('.action[href$="/delete"]');
  await expect.text("h1", say("Delete Caravan One?", "Caravan One verwijderen?"));
  await page.click(".confirmation .button-severe");
  await expect.path("/users");
  await expect.text(".toast span", say(/^The user was deleted\./, /^De gebruiker is verwijderd\./));
  await page.goto(`${base}/users?q=caravan`);
  await expect.count(rows, 1);

  // Everybody has an account of their own.
  await page.goto(`${base}/account`);
  await expect.text("h1", say("My account", "Mijn account"));
}
