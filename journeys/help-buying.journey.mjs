// R14, R88-R91, R95, R97-R99, R157, R160: what help says about buying, trying, add-ons and product keys is true.
import { walkHowTos } from "./help.mjs";

export const name = "the steps of help: buying";

const VISIO = "Visio Plan 2";
const E3 = "Microsoft 365 E3";
const typeKey = (number) => ({ page, keys }) => ({ before: () => page.fill("#key-1", keys[number]) });
const [ten, fifty, forty] = [0, 1, 2].map(typeKey);
const REDEEMED = [/1 product key was redeemed\./, /1 productcode is ingewisseld\./];

/** Searches the shelf, and opens what is found. */
const find = (page, text) => async () => {
  await page.fill('main input[name="q"]', text);
  await page.waitForURL((url) => url.searchParams.get("q") === text);
  await page.click("#results .product-card h3 a");
  await page.waitForSelector("h1");
};

const isConfirmed = ({ expect, say }) =>
  expect.text(".notice-good .strong", say("Your order is confirmed", "Uw bestelling is bevestigd"));

/** What was bought can go to everybody who has no license at all (domain 1.8). */
async function canGoToEverybody({ page, expect, say }) {
  const everybody = page.locator('.notice-good a[href$="/many?unlicensed=on"]');
  await expect.text(everybody, say("Assign to everyone without a license", "Toewijzen aan iedereen zonder licentie"));
  await everybody.click();
  await expect.text("h1", say("Assign to many", "Aan velen toewijzen"));
  await expect.equal(await page.isChecked("input[name=unlicensed]"), true);
}

export const howTos = [
  {
    as: "global_admin",
    page: "buy",
    list: 0,
    steps: ({ page, ...t }) => [
      {},
      { after: find(page, "premium per user") },
      {
        pick: [],
        after: async () => {
          await page.fill("#quantity", "25");
          await page.click(".form-actions .button-primary");
        },
      },
      {
        after: async () => {
          await page.click('.radio-card:has-text("4242")');
          await page.click(".order-aside .button-primary");
        },
      },
      { after: () => isConfirmed(t) },
    ],
    done: canGoToEverybody,
  },
  {
    as: "billing_admin",
    page: "product-keys",
    list: 1,
    steps: (t) => [{ after: t.open(VISIO) }, {}, ten(t)],
    says: REDEEMED,
  },
  {
    as: "billing_admin",
    page: "product-keys",
    list: 2,
    steps: (t) => [{ after: t.open(VISIO) }, { pick: [0] }, {}, fifty(t)],
    says: REDEEMED,
  },
  {
    as: "billing_admin",
    page: "product-keys",
    list: 3,
    steps: ({ page, base, open }) => [
      {
        before: async () => {
          await page.goto(`${base}/billing/your-products`);
          await open(VISIO)();
        },
      },
      { after: () => page.click(".radio-card >> nth=0") },
      {},
    ],
    done: ({ expect, say }) => expect.text(".notice", say(/run on for one more term/, /lopen nog een termijn door/)),
  },
  {
    as: "billing_admin",
    page: "product-keys",
    list: 0,
    steps: (t) => [{}, { pick: [0], ...forty(t) }, {}],
    done: ({ expect, say }) => expect.text(".summary-strip", say(/0 of 40/, /0 van 40/)),
  },
  {
    as: "global_admin",
    page: "add-ons",
    list: 0,
    steps: ({ page, open, expect, say }) => [
      { after: open(E3) },
      { pick: [0] },
      { pick: [0], before: () => page.click("a:has-text('Office 365 Extra File Storage')") },
      { before: () => page.fill("#quantity", "50") },
      {
        before: () => expect.text(".order-aside", say(/Add-on to Microsoft 365 E3/, /Invoegtoepassing bij Microsoft 365 E3/)),
      },
    ],
    done: isConfirmed,
  },
  {
    as: "global_admin",
    page: "try-a-product",
    list: 0,
    steps: ({ page }) => [{ after: find(page, "planner plan 1") }, {}, {}, {}, {}],
    says: [/The trial has started\./, /De proefversie is gestart\./],
  },
  {
    as: "global_admin",
    page: "try-a-product",
    list: 1,
    steps: ({ page, open }) => [
      { after: open(/Copilot/) },
      { pick: [0] },
      { after: () => page.fill("#quantity", "20") },
      {},
    ],
    done: isConfirmed,
  },
];

export const run = (tools) => walkHowTos(tools, howTos);
