// D6, R171: what help says about paying back what a customer is owed is true.
import { openCustomer } from "./agreement.mjs";
import { inDays } from "./harness.mjs";
import { walkHowTos } from "./help.mjs";

export const name = "the steps of help: credit";

const sent = ({ page }) => page.waitForSelector(".toast");

/** Everything that is open is transferred, with more than was asked for. */
async function transfersTooMuch(tools) {
  const { page, signIn } = tools;
  await signIn("operator");
  await openCustomer(tools);
  await page.click('.commands a[href$="/transfer"]');
  await page.locator("input[name=invoices]").first().waitFor();
  for (const invoice of await page.locator("input[name=invoices]").all()) await invoice.check();
  await page.fill("#amount", "999999");
  await page.fill("#day", inDays(0));
  await page.check("input[name=keep_rest]");
  await page.fill("#reference", "NL-2026-1");
  await page.click(".pane-foot .button-primary");
  await sent(tools);
}

/** The organization gets a clock of its own. */
async function becomesSandbox({ page, base, signIn, ...tools }) {
  await signIn("operator");
  await page.goto(`${base}/operator/organizations?q=Waterland`);
  await page.click(".row-link >> nth=0");
  await page.click("a[href$='/sandbox']");
  await page.click(".pane-foot .button-severe");
  await sent({ page, ...tools });
}

/** Lets days pass until the credit note of the newest cancellation is made: on the day on which the next period would have begun. */
async function untilCredited({ page, base, signIn, say }) {
  await signIn("global_admin");
  const notes = async () => {
    const list = await (await page.request.get(`${base}/billing/invoices`)).text();
    return list.split(say("Credit note Z-", "Creditfactuur Z-")).length;
  };
  const before = await notes();
  for (let days = 1; days <= 31 && (await notes()) === before; days += 1) {
    await page.goto(`${base}/settings/clock`);
    await page.fill("#day", inDays(days));
    await page.click("main .button-primary");
    await page.waitForSelector(".notice-good", { timeout: 60_000 });
  }
}

/** An invoice is paid by card, and its subscription canceled: the credit waits for the next invoice, unless it is paid back. */
async function isOwed(tools) {
  const { page, base, signIn } = tools;
  await becomesSandbox(tools);
  await signIn("billing_admin");
  await page.goto(`${base}/billing/invoices?period=6`);
  const open = page.locator("tr", { hasText: "Power BI Pro" }).filter({ hasNot: page.locator(".status-good") });
  await open.locator(".row-link").first().click();
  await page.click(".commands .button-primary");
  await page.click(".pane-foot .button-primary");
  await sent(tools);
  await transfersTooMuch(tools);
  await signIn("billing_admin");
  await page.goto(`${base}/billing/your-products?channel=direct_invoice&q=power+bi+pro`);
  await page.click("#results .row-link");
  await page.goto(`${page.url().split("?")[0]}/cancel`);
  await page.selectOption("#reason", "too_expensive");
  await page.click(".pane-foot .button-severe");
  await sent(tools);
  await untilCredited(tools);
}

export const howTos = [
  {
    as: "operator",
    page: "pay-credit-back",
    list: 0,
    prepare: isOwed,
    steps: ({ page }) => [{ at: { 1: () => page.click(".row-link:has-text('Waterland')") } }, {}],
  },
  {
    as: "operator",
    page: "pay-credit-back",
    list: 1,
    steps: (t) => [
      {
        before: async () => {
          await openCustomer(t);
          const owed = t.page.getByRole("table", { name: t.say("Owed to the customer", "Tegoed van de klant") });
          await owed.locator(".row-link", { hasText: "Z-" }).click();
        },
      },
      {
        after: async () => {
          await t.page.fill("#amount", "5");
          await t.page.fill("#reason", "Asked by phone");
        },
      },
      {},
    ],
    done: sent,
  },
  {
    as: "operator",
    page: "pay-credit-back",
    list: 2,
    steps: ({ page, ...t }) => [
      {},
      // Each of the two ways begins where the customer's money is.
      { before: () => openCustomer({ page, ...t }), at: { 1: () => openCustomer({ page, ...t }) } },
      {
        after: async () => {
          await page.fill("#amount", "1");
          await page.fill("#day", inDays(0));
          await page.fill("#reference", "NL-2026-2");
          await page.click(".pane-foot .button-primary");
        },
      },
    ],
    done: sent,
  },
];

export const run = (tools) => walkHowTos(tools, howTos);
