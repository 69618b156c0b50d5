// R15, R52, R54, R56-R59, R157, R164, R184, domain 7: what differs between the clouds. How-tos whose labels or steps differ are walked in
// each, with the names that pages had in 2020; what support does there is closed, and help and the page say so.
import { CLOUDS, inDays } from "./harness.mjs";
import { find, walkHowTos } from "./help.mjs";

export const name = "the steps of help, and what differs in the clouds";
export const clouds = CLOUDS;
export const pageNames = "2020";

const DYNAMICS = "Dynamics 365 Sales Premium";
const DAY = 86_400_000;
const MONTHS = {
  en: "jan feb mar apr may jun jul aug sep oct nov dec".split(" "),
  nl: "jan feb mrt apr mei jun jul aug sep okt nov dec".split(" "),
};
const NAMES = {
  worldwide: ["Products & services", "Producten en services"],
  germany: ["Subscriptions", "Abonnementen"],
  "21vianet": ["Subscriptions", "Abonnementen"],
};

const quantity = {
  as: "billing_admin",
  page: "add-or-remove-licenses",
  list: 0,
  steps: ({ page, open }) => [
    { after: open(DYNAMICS) },
    { pick: [0] },
    { after: () => page.fill("#quantity", "50") },
    {},
  ],
  done: ({ expect }) => expect.text(".summary-strip", /50/),
};

const recurringBilling = {
  as: "billing_admin",
  page: "recurring-billing",
  list: 0,
  steps: ({ open }) => [{ after: open(DYNAMICS) }, { pick: [0] }, { pick: [1, 2] }],
  says: [/Recurring billing is off\./, /Terugkerende facturering staat uit\./],
};

const howTos = {
  worldwide: [quantity],
  germany: [
    quantity,
    recurringBilling,
    {
      as: "billing_admin",
      page: "payment-methods",
      list: 2,
      steps: ({ page, open }) => [
        { after: open(DYNAMICS) },
        {},
        { pick: [1], before: () => page.locator("dialog input[name=payment]:not(:checked):enabled").first().check() },
      ],
      says: [/The payment method of the subscription was changed\./, /De betalingsmethode van het abonnement is gewijzigd\./],
    },
  ],
  "21vianet": [
    quantity,
    recurringBilling,
    {
      as: "billing_admin",
      page: "payment-methods",
      list: 0,
      lead: [0, 1, 2],
      steps: ({ page }) => [
        {},
        { after: () => page.check('input[value="card_unionpay"]') },
        {
          before: async () => {
            await page.fill("#name", "Anna de Vries");
            await page.fill("#line1", "Kade 1");
            await page.fill("#city", "Amsterdam");
          },
        },
      ],
      says: [/The payment method was added\./, /De betalingsmethode is toegevoegd\./],
    },
    {
      as: "billing_admin",
      page: "fapiaos",
      list: 0,
      prepare: async ({ page, base, say, signIn, expect }) => {
        await signIn("billing_admin");
        await page.goto(`${base}/billing/invoices`);
        await (await find(page, say("Get Fapiaos", "Fapiao's opvragen"))).click();
        await expect.path("/help/fapiaos");
      },
      steps: ({ page, say }) => [
        {},
        {
          pick: [0, 1],
          elsewhere: [2],
          after: async () => {
            await page.locator(".row-link").first().click();
            await find(page, say("Download PDF", "PDF downloaden"));
          },
        },
        {},
      ],
    },
  ],
};

/** Help has no steps for what support does, the action is closed with its reason, and both lead to support. */
async function isDoneBySupport({ page, base, say, expect }, slug, action) {
  await page.goto(`${base}/help/${slug}`);
  await expect.text("article", say(/Support changes/, /Ondersteuning wijzigt/));
  await page.goto(`${base}/billing/your-products?q=dynamics`);
  await page.click("#results .row-link");
  await page.goto(`${page.url().split("?")[0]}/${action}`);
  const reason = say(/In your cloud, support does this for you\./, /In uw cloud doet ondersteuning dit voor u\./);
  await expect.text(".pane .notice", reason);
  await page.click('.pane .notice a[href="/help/support"]');
  await expect.path("/help/support");
}

/** The notice that the admin center changes, with its page (R15). */
async function saysThatItChanges({ page, base, say, expect }, changes) {
  const link = page.getByRole("link", { name: say("See what changes", "Bekijk wat er verandert"), exact: true });
  await page.goto(base);
  await expect.count(link, changes ? 1 : 0);
  if (!changes) return;
  await link.click();
  await expect.path("/help/admin-center-changes");
}

/** The day on which a trial of today ends, as help and its pane say it (domain 1.7). */
async function trialEnds({ page, base, cloud, language, say, expect }) {
  await page.goto(`${base}/help/try-a-product`);
  const length = cloud === "21vianet" ? say(/for 30 days\./, /30 dagen lang/) : say(/for one month\./, /een maand lang/);
  await expect.text("article", length);
  const end = new Date(inDays(0));
  if (cloud === "21vianet") end.setUTCDate(end.getUTCDate() + 30);
  else {
    const day = end.getUTCDate();
    end.setUTCMonth(end.getUTCMonth() + 1);
    // A month without that day ends earlier.
    if (end.getUTCDate() !== day) end.setUTCDate(0);
  }
  const written = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const says = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "nl-NL", written).format(end);
  await page.goto(`${base}/billing/purchase?q=planner+plan+1`);
  await page.click("#results .product-card h3 a");
  await page.click("main .notice a[href$='/trial']");
  await expect.text(".pane-body .preview", new RegExp(says));
}

/** After how many days what a volume partner sold, and does not renew, has no access any more: the table of the timeline says. */
async function expiredDays({ page, base, language, say, signIn, expect }, days) {
  await signIn("volume_partner");
  await page.goto(`${base}/customers`);
  await page.click("#results .row-link");
  await (await find(page, say("Do not renew", "Niet verlengen"))).click();
  await page.click(".pane-foot .button-primary, .pane-foot .button-severe");
  await page.waitForSelector(".toast");
  await signIn("billing_admin");
  await page.goto(`${base}/billing/your-products?channel=volume_partner`);
  await page.click("#results .row-link");
  await page.waitForSelector(".chart-numbers");
  const rows = await page.locator(".chart-numbers tbody tr").evaluateAll((all) => all.map((row) => row.textContent));
  const on = (what) => {
    const [, day, month, year] = rows.find((row) => row.includes(what)).match(/(\d+) (\p{L}+) (\d{4})$/u);
    return Date.UTC(year, MONTHS[language].indexOf(month.toLowerCase()), day);
  };
  await expect.equal((on(say("No access", "Geen toegang meer")) - on(say("Expires", "Verloopt"))) / DAY, days);
}

export async function run(tools) {
  const { page, base, cloud, language, signIn, expect } = tools;
  const say = (en, nl) => ({ en, nl })[language];
  const all = { ...tools, say };
  await signIn("billing_admin");
  await expect.text('.navigation a[href="/billing/your-products"] .navigation-label', say(...NAMES[cloud]));
  await page.goto(`${base}/billing/your-products`);
  await expect.text("h1", say(...NAMES[cloud]));
  await saysThatItChanges(all, cloud === "21vianet");
  await trialEnds(all);
  await walkHowTos(tools, howTos[cloud]);
  await expiredDays(all, cloud === "21vianet" ? 30 : 90);
  await signIn("billing_admin");
  if (cloud === "germany") await isDoneBySupport(all, "billing-frequency", "billing-frequency");
  if (cloud === "21vianet") await isDoneBySupport(all, "payment-methods", "payment-method");
}
