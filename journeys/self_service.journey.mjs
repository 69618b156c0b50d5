// R101, R105, R106, R107, R110, R111, R113, R114, R128-R149, R178: an admin decides what people may buy for themselves, then takes over what they bought: moves
// the users of one subscription, and cancels another.
export const name = "a global admin takes self-service in hand";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const open = async (product) => {
    await page.goto(`${base}/billing/your-products?channel=self_service&q=${product}`);
    await page.click(".row-link >> nth=0");
  };
  await signIn("global_admin");

  // The policy: one product, then all at once (R115, R119, R178).
  await page.goto(`${base}/settings/self-service`);
  await expect.text("h1", say("Self-service purchases", "Selfserviceaankopen"));
  await checkAccessibility();
  await page.click(".row-link >> nth=0");
  await expect.focused("#pane-title");
  await page.check("input[value=disabled]");
  await checkAccessibility();
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/The policy of 1 product was changed\./, /Het beleid van 1 product is gewijzigd\./));
  await expect.text("tbody tr >> nth=0", say(/Do not allow/, /Niet toestaan/));
  await page.click("a[href$='/settings/self-service/all']");
  await page.click(".pane-foot .button-primary");
  await expect.text(".error-summary", say(/Fill in this field\./, /Vul dit veld in\./));
  await page.check("input[value=enabled]");
  await page.click(".pane-foot .button-primary");
  await expect.text("tbody tr >> nth=0", say(/Allow/, /Toestaan/));

  // Who may buy, and how much: a limit of none is refused, and what was typed stays (domain 5.3).
  await page.click("a[href$='/settings/self-service/limits']");
  await expect.focused("#pane-title");
  await page.selectOption("select[name=buyers]", { index: 1 });
  await page.fill("input[name=quantity]", "0");
  await page.click(".pane-foot .button-primary");
  await expect.text(".error-summary", say(/Enter a whole number from 1 to 1,000,000\./, /Voer een geheel getal van 1 tot en met 1\.000\.000 in\./));
  await checkAccessibility();
  await page.fill("input[name=quantity]", "5");
  await page.click(".pane-foot .button-primary");
  await expect.text(".toast", say(/Who may buy was changed\./, /Wie mag kopen, is gewijzigd\./));
  await expect.text("main", say(/Group: .*At most 5/s, /Groep: .*Maximaal 5/s));

  // What people bought, found by the filter, with its buyer (R101, R106, R107).
  await page.goto(`${base}/billing/your-products`);
  await page.selectOption('.list-bar select[name="channel"]', { label: say("Self-service", "Selfservice") });
  await page.waitForURL((url) => url.searchParams.get("channel") === "self_service");
  await expect.text("tbody", /Power BI Pro/);

  // Who has licenses of it, by buyer, and the people of a subscription that is chosen as a file (R110, R111, R113, R114).
  await page.goto(`${base}/billing/licenses`);
  await page.selectOption('.list-bar select[name="bought"]', { label: say("Self-service", "Selfservice") });
  await page.waitForURL((url) => url.searchParams.get("bought") === "self_service");
  await page.locator("#results .row-link", { hasText: "Power BI Pro" }).first().click();
  await expect.text("h1", "Power BI Pro");
  const licenses = new URL(page.url()).pathname;
  await page.goto(`${base}${licenses}?subscription=self_service`);
  const [buyer] = (await page.locator("tr.group th").first().innerText()).split(" · ");
  const chosen = page.locator(`form[action="${licenses}/users.csv"] tbody tr`, { hasText: buyer }).first();
  await chosen.locator("input[type=checkbox]").check();
  await expect.text(`form[action="${licenses}/users.csv"] .selection-bar button`, say("Export users", "Gebruikers exporteren"));
  const subscription = await chosen.locator("input[type=checkbox]").getAttribute("value");
  const file = await (await page.request.get(`${base}${licenses}/users.csv?selected=${subscription}`)).text();
  const people = file.trim().split("\r\n").slice(1);
  await expect.equal(people.length > 0 && people.every((person) => person.includes(`,${subscription},`)), true);

  // Move users (R133-R141).
  await open("power+bi");
  await page.click("a.action[href$='/take-over']");
  await expect.focused("#pane-title");
  await expect.text("#pane-title", say("Take control of this subscription", "Beheer van dit abonnement overnemen"));
  await checkAccessibility();
  await page.click("button[value=move]");
  await expect.text("#pane-title", say("Move users", "Gebruikers verplaatsen"));
  await checkAccessibility();
  await page.click(".pane-foot .button-primary");
  await expect.text("#pane-title", say("Move users to", "Gebruikers verplaatsen naar"));
  await expect.text(".consequences", say(/Power BI Pro/, /Power BI Pro/));
  await page.click(".pane-foot .button-primary");
  await expect.text("#progress", say(/Move completed/, /Verplaatsen voltooid/));
  await checkAccessibility();
  await page.click(".pane-foot a.button >> nth=-1");
  await expect.text(".badge", say("Deleted", "Verwijderd"));

  // Undo it: the pane says what will be true, and the buyer has it again.
  const taken = page.url();
  await page.click(".notice a[href$='/undo-take-over']");
  await expect.focused("#pane-title");
  await expect.text("#pane-title", say("Undo the take-over", "Overname ongedaan maken"));
  await expect.text(".consequences", say(/Its status becomes Active\./, /De status wordt Actief\./));
  await expect.text(".consequences", say(/licenses? of Power BI Pro that the organization bought/, /licenties? van Power BI Pro die de organisatie/));
  await checkAccessibility();
  await page.click(".pane-foot .button-primary");
  await expect.text("#progress", say(/Take-over undone/, /Overname ongedaan gemaakt/));
  await checkAccessibility();
  await page.click(".pane-foot a.button >> nth=-1");
  await expect.text(".badge", say("Active", "Actief"));
  await page.goto(`${taken}/undo-take-over`);
  await expect.text(".notice", say(/Somebody undid this take-over already\./, /Iemand heeft deze overname al ongedaan gemaakt\./));

  // Cancel, with a reason and a question (R144-R149).
  await open("planner");
  await page.click("a.action[href$='/take-over']");
  await page.click("button[value=cancel]");
  await page.click(".pane-foot .button-severe");
  await expect.text("#reason-message", /./);
  await page.selectOption("#reason", "managed_elsewhere");
  await page.click(".pane-foot .button-severe");
  await expect.text("#pane-title", say("Are you sure you want to cancel?", "Weet u zeker dat u wilt opzeggen?"));
  await checkAccessibility();
  await page.click(".pane-foot .button-severe");
  await expect.text("#progress .notice", /./);
  await page.click(".pane-foot a.button >> nth=-1");
  await expect.text(".badge", say("Deleted", "Verwijderd"));
}
