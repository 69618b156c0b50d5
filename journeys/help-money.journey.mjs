// R8, R36-R46, R164, R166, R171, R172: what help says about invoices, payment methods, billing profiles and mail is true.
import { goesToMca } from "./agreement.mjs";
import { find, walkHowTos } from "./help.mjs";

export const name = "the steps of help: money";

/** Reads the PDF behind the button. */
const readsPdf = ({ page, base, expect, say }) => async () => {
  const url = await (await find(page, say("Download PDF", "PDF downloaden"))).getAttribute("href");
  const answer = await page.request.get(new URL(url, base).href);
  await expect.equal(answer.headers()["content-type"], "application/pdf");
};

/** Somebody of the organization, as its global admin finds people. */
async function colleague({ page, base }) {
  const people = await (await page.request.get(`${base}/users?q=abigail`)).text();
  return people.match(/[\w.]+@[\w.]+(?=<)/)[0];
}

async function fillAddress(page) {
  await page.fill("#line1", "Kade 1");
  await page.fill("#city", "Amsterdam");
}

export const howTos = [
  {
    as: "billing_admin",
    page: "pay-invoices",
    list: 0,
    steps: (t) => [
      {},
      { pick: [1], after: () => t.page.locator(".row-link").first().click() },
      { pick: [], after: readsPdf(t) },
    ],
  },
  {
    as: "billing_admin",
    page: "pay-invoices",
    list: 1,
    steps: ({ page }) => [
      { after: () => page.click("tr:has(.status-severe) .row-link") },
      {
        after: async () => {
          await page.check('input[value="card_confirms"]');
          await page.click(".pane-foot .button-primary");
        },
      },
      { after: () => page.click('button[value="confirm"]') },
    ],
    done: ({ expect, say }) => expect.text(".badge", say("Paid", "Betaald")),
  },
  {
    as: "billing_admin",
    page: "fapiaos",
    list: 0,
    steps: (t) => [
      {},
      {
        pick: [0, 1],
        // Its button is read by what it leads to.
        elsewhere: [2],
        after: async () => {
          await t.page.locator(".row-link").first().click();
          await readsPdf(t)();
        },
      },
      {},
    ],
  },
  {
    as: "billing_admin",
    page: "payment-methods",
    list: 0,
    lead: [0, 1, 2],
    steps: ({ page }) => [
      {},
      {},
      {
        after: async () => {
          await page.fill("#iban", "NL91 ABNA 0417 1643 00");
          await page.check('input[name="mandate"]');
        },
      },
      {
        before: async () => {
          await page.fill("#name", "Anna de Vries");
          await fillAddress(page);
        },
      },
    ],
    says: [/The payment method was added\./, /De betalingsmethode is toegevoegd\./],
  },
  {
    as: "billing_admin",
    page: "payment-methods",
    list: 1,
    lead: [0, 1, 2],
    steps: ({ page }) => [
      { before: () => page.click('tr:has-text("4242") .row-link') },
      { after: () => page.check(".radio-card input >> nth=0") },
      {},
    ],
    says: [/The payment method was replaced\./, /De betalingsmethode is vervangen\./],
  },
  {
    as: "billing_admin",
    page: "billing-profiles",
    list: 0,
    lead: [0, 1, 2],
    steps: ({ page }) => [
      { pick: [1], at: { 1: () => page.click(".table .row-link >> nth=0") } },
      { after: () => page.fill("#purchase_order", "PO-42") },
      { after: () => page.locator("dialog input.switch").first().click() },
      {},
    ],
    says: [/The billing profile was (saved|changed)\./, /Het factureringsprofiel is (opgeslagen|gewijzigd)\./],
  },
  {
    as: "billing_admin",
    page: "billing-profiles",
    list: 1,
    lead: [0, 1, 2],
    steps: ({ page }) => [
      { pick: [0] },
      {
        after: async () => {
          await page.fill("#line1", "Dijk 7");
          await page.fill("#tax_number", "NL004495445B01");
        },
      },
      {},
    ],
    says: [/The billing account was changed\./, /Het factureringsaccount is gewijzigd\./],
  },
  {
    as: "global_admin",
    page: "who-gets-which-mail",
    list: 0,
    steps: ({ page }) => [
      {},
      {
        after: async () => {
          await page.fill("#contact", "office@waterland.example");
          await page.fill("#extra_addresses", "books@waterland.example");
        },
      },
      {},
    ],
    done: ({ expect }) => expect.visible(".toast"),
  },
  {
    as: "global_admin",
    page: "billing-roles",
    list: 0,
    prepare: goesToMca,
    lead: [0, 1, 2],
    steps: (t) => [
      {},
      {
        after: async () => {
          await t.page.fill("#email", await colleague(t));
          await t.page.check("input[name=billing_role] >> nth=2");
        },
      },
      {},
    ],
    done: ({ expect }) => expect.visible(".toast"),
  },
  {
    as: "global_admin",
    page: "billing-roles",
    list: 1,
    lead: [0, 1, 2],
    steps: (t) => [
      { within: () => t.page.locator("tr", { hasText: "Abigail" }).first() },
      { before: () => t.page.check("dialog input[name=billing_role] >> nth=0") },
    ],
    done: ({ expect }) => expect.visible(".toast"),
  },
  {
    as: "global_admin",
    page: "billing-profiles",
    list: 2,
    steps: ({ open }) => [{ after: open("Dynamics 365 Sales Premium") }, {}],
    done: ({ expect }) => expect.visible("dialog .pane-head"),
  },
];

export const run = (tools) => walkHowTos(tools, howTos);
