// R2, R5, R6, R9, R49, R161: what help says about a subscription that one has is true.
import { walkHowTos } from "./help.mjs";

export const name = "the steps of help: subscriptions";

const DYNAMICS = "Dynamics 365 Sales Premium";
const E5 = "Microsoft 365 E5";

export const howTos = [
  {
    as: "billing_admin",
    page: "see-your-products",
    list: 0,
    steps: ({ page, row, expect, open }) => [
      {},
      {
        after: async () => {
          await page.fill('.list-bar input[name="q"]', "dynamics");
          await expect.count(row(DYNAMICS), 1);
        },
      },
      { after: open(DYNAMICS) },
    ],
  },
  {
    as: "billing_admin",
    page: "add-or-remove-licenses",
    list: 0,
    steps: ({ page, open }) => [
      { after: open(DYNAMICS) },
      { pick: [0] },
      { after: () => page.fill("#quantity", "50") },
      {},
    ],
    says: [/5 licenses were added\./, /5 licenties zijn toegevoegd\./],
  },
  {
    as: "billing_admin",
    page: "recurring-billing",
    list: 0,
    steps: ({ open }) => [{ after: open(DYNAMICS) }, { pick: [0] }, { pick: [1, 2] }],
    says: [/Recurring billing is off\./, /Terugkerende facturering staat uit\./],
  },
  {
    as: "billing_admin",
    page: "billing-frequency",
    list: 0,
    steps: ({ open }) => [{ after: open(DYNAMICS) }, { pick: [0] }, { pick: [1] }, {}],
    says: [/The billing frequency was changed\./, /De factureringsfrequentie is gewijzigd\./],
  },
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
  {
    as: "global_admin",
    page: "cancel",
    list: 0,
    steps: ({ page, row }) => [
      {},
      { within: () => row(E5).first() },
      { pick: [], after: () => page.selectOption("#reason", "too_expensive") },
      {},
    ],
    says: [/The subscription is canceled\./, /Het abonnement is opgezegd\./],
  },
  {
    as: "global_admin",
    page: "reactivate",
    list: 0,
    steps: ({ open }) => [{ after: open(E5) }, {}, { pick: [] }, {}],
    says: [/The subscription is active again\./, /Het abonnement is weer actief\./],
  },
  {
    as: "global_admin",
    page: "upgrade",
    list: 0,
    steps: ({ page, open }) => [
      { after: open("Microsoft 365 F3") },
      { pick: [0] },
      { at: { 1: () => page.click(".radio-cards label:has(.strong:text-is('Microsoft 365 E5'))") } },
      // "When" is asked under MCA only.
      { pick: [], elsewhere: [1], after: () => page.fill("#quantity", "420") },
      {},
      {},
    ],
    done: ({ expect, say }) => expect.text("#progress", say(/Upgrade completed/, /Upgrade voltooid/)),
  },
];

export const run = (tools) => walkHowTos(tools, howTos);
