// R66-R68, D12, D13: what help says to operators, to partners and to their customers, and about searching and programs, is true.
import { inDays } from "./harness.mjs";
import { walkHowTos } from "./help.mjs";

export const name = "the steps of help: operators, partners, programs";

const RESELLER = "Noordzee Cloud";

/** Chooses what a row of a customer offers. */
const offered = (page, base) => async () => {
  await page.goto(`${base}/customers`);
  await page.click("#results .row-link");
};

export const howTos = [
  {
    as: "operator",
    page: "bill-runs",
    list: 0,
    steps: ({ page }) => [{}, { after: () => page.fill("#day", inDays(40)) }, {}, {}],
  },
  {
    as: "operator",
    page: "make-product-keys",
    list: 0,
    steps: ({ page }) => [
      {},
      {
        after: async () => {
          await page.selectOption("#sku", { index: 1 });
          await page.fill("#licenses_per_key", "5");
          await page.fill("#key_count", "3");
        },
      },
      { after: () => page.selectOption("#country", "NL") },
      {},
    ],
    done: ({ expect }) => expect.path(/^\/operator\/product-keys\/pkb_/),
  },
  {
    as: "operator",
    page: "make-product-keys",
    list: 1,
    steps: ({ page, base }) => [
      {
        before: async () => {
          await page.goto(`${base}/operator/product-keys`);
          await page.click("#results .row-link >> nth=0");
        },
      },
      {},
      {},
    ],
    says: [/no longer knows the keys/, /kent de codes niet meer/],
  },
  {
    as: "global_admin",
    page: "api-tokens",
    list: 0,
    steps: ({ page, expect }) => [
      {},
      {
        after: async () => {
          await page.fill("#name", "HR");
          await page.check('input[value="users:read"]');
        },
      },
      {},
      { after: () => expect.visible("#secret") },
    ],
  },
  {
    as: "global_admin",
    page: "find-quickly",
    list: 0,
    steps: ({ page, expect }) => [
      {},
      {
        after: async () => {
          await page.keyboard.type("visio plan 2");
          await page.waitForSelector(".palette [aria-selected=true]");
        },
      },
      {
        after: async () => {
          await page.waitForTimeout(600);
          await page.keyboard.press("Enter");
          await expect.text("h1", /Visio Plan 2/);
        },
      },
    ],
  },
  {
    as: "global_admin",
    page: "buy-more-at-your-partner",
    list: 0,
    steps: ({ page, open, expect }) => [
      { after: () => expect.path("/billing/your-products"), pick: [0], elsewhere: [1] },
      { before: open("Microsoft Teams Premium"), after: () => expect.text("main", /Noordzee Cloud support@noordzee-cloud\.example/) },
      { after: () => page.waitForSelector(".history") },
    ],
  },
  {
    as: "reseller",
    page: "serve-customers",
    list: 2,
    steps: ({ page, base, expect }) => [
      { before: offered(page, base), after: () => expect.text("h1", "Waterland Group") },
      {
        after: async () => {
          await page.fill("#quantity", "210");
          await page.click(".pane-foot .button-primary");
          await page.waitForSelector(".toast");
        },
      },
      {
        pick: [0, 1],
        at: { 1: () => page.click(".pane-foot .button-primary, .pane-foot .button-severe") },
        after: () => page.click(".pane-foot .button-primary, .pane-foot .button-severe"),
      },
      {
        pick: [0, 1],
        at: { 1: () => page.click(".pane-foot .button-primary, .pane-foot .button-severe") },
        after: () => page.click(".pane-foot .button-primary, .pane-foot .button-severe"),
      },
      // What the demo has was sold outside Zetel, which upgrades only what was sold here.
      { elsewhere: [0] },
    ],
    done: ({ expect }) => expect.visible(".toast"),
  },
  {
    as: "reseller",
    page: "serve-customers",
    list: 1,
    steps: ({ page, base, expect }) => [
      {
        before: offered(page, base),
        after: () => page.click("#results h3 a >> nth=0"),
      },
      {
        after: async () => {
          await page.fill("#quantity", "12");
          await expect.text(".preview-total", /€/);
        },
      },
      {},
    ],
    says: [/The customer has the subscription now/, /De klant heeft het abonnement nu/],
  },
  {
    // The relationship ends, so that it can be asked for again; what the partner types stands on its customer's page.
    as: "reseller",
    page: "serve-customers",
    list: 0,
    prepare: async (tools) => {
      const { page, signIn, base, say } = tools;
      await signIn("global_admin");
      await page.goto(`${base}/settings/partners`);
      tools.identifier = await page.innerText("main p.code");
      const end = { name: say("End relationship", "Relatie beëindigen") };
      await page.locator("tr", { hasText: RESELLER }).getByRole("link", end).click();
      await page.click(".pane-foot .button-severe");
      await page.waitForSelector(".toast");
    },
    steps: ({ page, base, identifier }) => [
      { after: () => page.goto(`${base}/customers`) },
      {
        after: async () => {
          await page.fill("#customer", identifier);
          await page.click(".pane-foot .button-primary");
        },
      },
    ],
    done: ({ expect }) => expect.visible(".toast"),
  },
  {
    as: "global_admin",
    page: "buy-more-at-your-partner",
    list: 1,
    steps: ({ page }) => [{}, { pick: [0], within: () => page.locator("tr", { hasText: RESELLER }) }],
    done: ({ expect }) => expect.visible(".toast"),
  },
];

export const run = (tools) => walkHowTos(tools, howTos);
