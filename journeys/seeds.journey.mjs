// Who knows only the steps that were written for other admin centers does each task here by following them: the numbers of their links, and
// their labels in their order (domain 8 says how the Dutch ones read where the written ones are broken). R1-R151, as each step says. What is
// named otherwise in the clouds of 2020 is walked by help-clouds.journey.mjs (R52-R59).
import { CLOUDS } from "./harness.mjs";
import { choose, find } from "./help.mjs";

export const name = "every task by the written steps";
export const clouds = CLOUDS;

const LINKS = {
  worldwide: { home: 2024339, products: 842054, licenses: 842264, purchase: 868433 },
  germany: { home: 848041, products: 847745, licenses: 848038, purchase: 848041 },
  "21vianet": { home: 850627, products: 850626, licenses: 850625, purchase: 850627 },
};

const LABELS = {
  billing: ["Billing", "Facturering"],
  products: ["Your products", "Uw producten"],
  productsTab: ["Products", "Producten"],
  selfService: ["Self-service", "Selfservice"],
  buyLicenses: ["Buy licenses", "Licenties kopen"],
  removeLicenses: ["Remove licenses", "Licenties verwijderen"],
  totalLicenses: ["Total licenses", "Totaal aantal licenties"],
  save: ["Save", "Opslaan"],
  assignLicenses: ["Assign licenses", "Licenties toewijzen"],
  assignToUsers: ["Assign licenses to users", "Licenties toewijzen aan gebruikers"],
  assign: ["Assign", "Toewijzen"],
  close: ["Close", "Sluiten"],
  unassignLicenses: ["Unassign licenses", "Licentietoewijzing opheffen"],
  unassign: ["Unassign", "Toewijzing opheffen"],
  moreActions: ["More actions", "Meer acties"],
  cancelSubscription: ["Cancel subscription", "Abonnement opzeggen"],
  reason: ["Reason", "Reden"],
  bills: ["Bills & payments", "Facturen en betalingen"],
  profiles: ["Billing profiles", "Factureringsprofielen"],
  paymentMethod: ["Payment method", "Betalingsmethode"],
  paymentMethods: ["Payment methods", "Betalingsmethoden"],
  editLink: ["Edit when it renews", "Verlenging bewerken"],
  edit: ["Edit", "Bewerken"],
  replace: ["Replace", "Vervangen"],
  addMethod: ["Add a payment method", "Een betalingsmethode toevoegen"],
  add: ["Add", "Toevoegen"],
  invoices: ["Invoices", "Facturen"],
  past6: ["Past 6 months", "Afgelopen 6 maanden"],
  range: ["Specify a date range", "Datumbereik opgeven"],
  faq: ["Self-service purchases FAQ", "Veelgestelde vragen over selfserviceaankopen"],
  support: ["Contact support", "Contact opnemen met ondersteuning"],
  addMore: ["Add more licenses", "Meer licenties toevoegen"],
  useKey: ["Use a new and unused product key", "Een nieuwe en ongebruikte productcode gebruiken"],
  anotherKey: ["Add another product key", "Nog een productcode toevoegen"],
  next: ["Next", "Volgende"],
  redeem: ["Redeem", "Inwisselen"],
  extendEnd: ["Extend end date", "Einddatum verlengen"],
  renewOrAdd: ["Renew or add user licenses", "Gebruikerslicenties verlengen of toevoegen"],
  licenses: ["Licenses", "Licenties"],
  available: ["Available quantity", "Beschikbare hoeveelheid"],
  exportUsers: ["Export users", "Gebruikers exporteren"],
  purchase: ["Purchase services", "Services kopen"],
  buy: ["Buy", "Kopen"],
  placeOrder: ["Place order", "Bestelling plaatsen"],
  takeControl: ["Take control of this subscription", "Beheer van dit abonnement overnemen"],
  settings: ["Subscriptions and settings", "Abonnementen en instellingen"],
  paymentSettings: ["Subscription and payment settings", "Abonnements- en betalingsinstellingen"],
  moveUsers: ["Move users", "Gebruikers verplaatsen"],
  moveTo: ["Move users to", "Gebruikers verplaatsen naar"],
  moved: ["Move completed", "Verplaatsen voltooid"],
  areYouSure: ["Are you sure you want to cancel?", "Weet u zeker dat u wilt opzeggen?"],
  deleted: ["Deleted", "Verwijderd"],
  reactivateThis: ["Reactivate this subscription", "Dit abonnement opnieuw activeren"],
  editFrequency: ["Edit billing frequency", "Factureringsfrequentie bewerken"],
  editRecurring: ["Recurring billing settings", "Instellingen voor terugkerende facturering"],
  replaceMethod: ["Replace payment method", "Betalingsmethode vervangen"],
};

/** What each task is done with. */
function hands(tools) {
  const { page, base, cloud, language, expect } = tools;
  const label = (key) => LABELS[key][language === "en" ? 0 : 1];
  /** Follows the number of a link. */
  const link = (place) => page.goto(`${base}/link/${LINKS[cloud][place]}`);
  /** Chooses what the labels name, one after the other. */
  const take = async (...keys) => {
    for (const key of keys) await choose(tools, { label: label(key) });
  };
  /** The labels stand there. */
  const see = async (...keys) => {
    for (const key of keys) await find(page, label(key));
  };
  const row = async (text) => {
    await page.locator("#results .row-link").filter({ hasText: text }).first().click();
    await expect.text("h1", text);
  };
  const done = () => page.waitForSelector(".toast");
  const card = async (kind) => {
    await page.fill("#name", "Anna de Vries");
    await page.fill("#line1", "Kade 1");
    await page.fill("#city", "Amsterdam");
    await page.check(`input[value="${kind}"]`);
  };
  return { ...tools, label, link, take, see, row, done, card };
}

/** Your products (R1-R14). */
async function yourProducts({ page, base, cloud, link, take, see, row, signIn, expect }) {
  await signIn("billing_admin");
  await link("products");
  await expect.path("/billing/your-products");
  await row("Dynamics 365 Sales Premium");
  await take("editLink");
  await expect.visible(".pane-dialog");
  await page.keyboard.press("Escape");
  if (cloud !== "21vianet") await see("replaceMethod");
  if (cloud === "worldwide") await see("editFrequency");
  await see("cancelSubscription");
  await page.goto(`${base}/billing/your-products?status=expired`);
  await page.click("#results .row-link");
  await take("reactivateThis");
  await expect.visible(".pane-dialog");
  await link("purchase");
  await see("purchase");
}

/** What a buyer does (R16-R48). */
async function buyer(hands) {
  const { page, base, cloud, label, link, take, see, row, done, card, signIn, expect } = hands;
  await signIn("buyer");
  await page.goto(`${base}/link/2024339`);
  await take("products", "productsTab", "selfService");
  const product = await page.innerText("#results .row-link");
  await link("products");
  await take("productsTab");
  await row(product);
  await take("buyLicenses");
  await see("totalLicenses");
  await page.fill("#quantity", String(Number(await page.inputValue("#quantity")) + 5));
  await take("save");
  // Elsewhere the pane stays until it is closed (R57, R59).
  await (cloud === "worldwide" ? done() : take("close"));

  await link("licenses");
  await row(product);
  await take("assignLicenses");
  await see("assignToUsers");
  await page.fill("#users", "abigail");
  await page.click(".typeahead-list [role=option]:not([aria-disabled])");
  await take("assign", "close");
  await link("licenses");
  await row(product);
  await page.check("#results tbody input[type=checkbox] >> nth=0");
  await take("unassignLicenses");
  await see("unassignLicenses");
  await take("unassign");
  await done();

  await take("bills", "profiles");
  await page.click(".table .row-link");
  await see("paymentMethod");
  await take("edit");
  await page.fill("#name", "Zoë Jansen");
  if (await page.locator("#security_code").count()) await page.fill("#security_code", "123");
  await take("save");
  await done();
  await page.goto(`${base}/link/2102895`);
  await take("paymentMethods");
  await page.click(".table .row-link");
  await take("edit");
  await see("save");
  await page.goto(`${base}/link/2102895`);
  await take("paymentMethods", "addMethod");
  await card("card_unionpay");
  await take("add");
  await done();
  if (cloud !== "21vianet") {
    await page.goto(`${base}/link/2103629`);
    await page.click(".table .row-link");
    await take("replace");
    await page.check("dialog input[name=payment] >> nth=0");
    await take("replace");
    await done();
  }
  await page.goto(`${base}/link/2102895`);
  await take("invoices", "past6");
  await see("range");
  await page.click(".row-link >> nth=0");
  await expect.path(/^\/billing\/invoices\/inv_/);

  await link("products");
  await page.locator("#results tbody tr").filter({ hasText: product }).locator("summary").first().click();
  await take("cancelSubscription");
  await page.selectOption("#reason", { index: 1 });
  // An admin takes it over afterwards; what the button does is in buying.journey.mjs.
  await see("save");
  await link("products");
  await take("selfService");
  await see("faq", "support");
}

/** Product keys (R84-R100). */
async function productKeys({ page, keys, link, take, see, signIn, expect }) {
  const prepaid = async () => {
    await link("products");
    await take("productsTab");
    await page.locator("#results tbody tr", { hasText: /Prepaid|Vooruitbetaald/ }).locator(".row-link").first().click();
  };
  await signIn("billing_admin");
  await prepaid();
  await see("licenses");
  await take("addMore");
  await see("addMore");
  await take("useKey", "next");
  await page.fill("#key-1", keys[0]);
  await see("anotherKey");
  await take("next");
  await see("redeem");
  await prepaid();
  await see("paymentSettings");
  await take("extendEnd");
  await see("renewOrAdd");
  await take("useKey", "next");
  await see("anotherKey", "next");
  await expect.visible("#key-1");
}

/** What an admin does with self-service (R101-R151). */
async function selfService({ page, base, cloud, label, link, take, see, row, done, signIn, expect }) {
  await signIn("global_admin");
  await link("licenses");
  await take("selfService");
  await see("available");
  await row("Power BI Pro");
  await see("exportUsers");

  await page.goto(`${base}/link/${LINKS[cloud].purchase}`);
  await take("billing", "purchase");
  await page.locator("#results h3 a").filter({ hasText: "Power BI Pro" }).first().click();
  await take("buy");
  await see("placeOrder");

  const own = async (product) => {
    await link("home");
    await take("billing", "products", "productsTab", "selfService");
    await page.locator("#results .row-link").filter({ hasText: product }).first().click();
    await see("settings");
    await take("takeControl");
  };
  await own("Power BI Pro");
  await take("moveUsers");
  await take("moveUsers");
  await see("moveTo");
  await take("moveUsers");
  await see("moved");
  await take("close");
  await expect.text(".badge", label("deleted"));

  await own("Planner");
  await take("cancelSubscription");
  await see("reason");
  await page.selectOption("#reason", { index: 1 });
  await take("cancelSubscription");
  await see("areYouSure");
  await take("cancelSubscription");
  await page.waitForSelector("#progress .notice-good");
  await take("close");
  await expect.text(".badge", label("deleted"));
  await see("faq", "support");
}

export async function run(tools) {
  const all = hands(tools);
  await yourProducts(all);
  await productKeys(all);
  await buyer(all);
  await selfService(all);
}
