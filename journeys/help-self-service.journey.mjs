// R105, R115, R128-R149, R180: what help says about what people buy for themselves is true.
import { walkHowTos } from "./help.mjs";

export const name = "the steps of help: self-service";

const isDeleted = ({ expect, say }) => expect.text(".badge", say("Deleted", "Verwijderd"));
const filtered = ({ page }) => ({ after: () => page.waitForURL((url) => url.searchParams.get("channel") === "self_service") });

const free = "Microsoft Fabric (Free)";

export const howTos = [
  {
    as: "user",
    page: "free-sign-up",
    list: 0,
    steps: ({ page }) => [
      { after: () => page.locator(".product-card", { hasText: free }).locator("h3 a").click() },
      {},
    ],
    done: async ({ expect, say }) => {
      await expect.text("h1", free);
      await expect.text("main", say(/Free/, /Gratis/));
    },
  },
  {
    as: "global_admin",
    page: "free-sign-up",
    list: 1,
    steps: (t) => [
      { after: () => t.page.waitForURL((url) => url.searchParams.get("channel") === "free") },
      { before: t.open(free) },
      { before: () => t.page.check("input[name=confirmation]") },
    ],
    done: isDeleted,
  },
  {
    as: "user",
    page: "buy-for-your-team",
    list: 0,
    steps: ({ page, base }) => [
      {
        after: async () => {
          await page.goto(`${base}/billing/purchase?q=power+bi+pro`);
          await page.click("#results .product-card h3 a");
        },
      },
      {
        after: async () => {
          await page.fill('input[name="quantity"]', "3");
          await page.click(".form-actions .button-primary");
        },
      },
      { before: () => page.check('input[value="card_succeeds"]') },
    ],
    done: ({ expect, say }) =>
      expect.text(".notice-good .strong", say("Your order is confirmed", "Uw bestelling is bevestigd")),
  },
  {
    as: "global_admin",
    page: "take-over",
    list: 0,
    steps: (t) => [filtered(t), { before: t.open("Power BI Pro") }, {}, {}, {}, {}],
    done: isDeleted,
  },
  {
    as: "global_admin",
    page: "take-over",
    list: 1,
    steps: (t) => [
      filtered(t),
      { before: t.open(/Planner/) },
      {},
      { before: () => t.page.selectOption("#reason", "managed_elsewhere"), pick: [1] },
      {},
      {},
    ],
    done: isDeleted,
  },
  {
    as: "global_admin",
    page: "take-over",
    list: 2,
    steps: ({ page, open }) => [
      { after: () => page.waitForURL((url) => url.searchParams.get("status") === "deleted") },
      { before: open(/Planner/) },
      {},
    ],
    done: ({ expect, say }) => expect.text("#progress", say(/Take-over undone/, /Overname ongedaan gemaakt/)),
  },
  {
    as: "global_admin",
    page: "self-service-policy",
    list: 0,
    steps: ({ page }) => [
      {},
      { pick: [], after: () => page.locator("#results .row-link").first().click() },
      { before: () => page.check("input[value=disabled]") },
    ],
    says: [/The policy of 1 product was changed\./, /Het beleid van 1 product is gewijzigd\./],
  },
];

export const run = (tools) => walkHowTos(tools, howTos);
