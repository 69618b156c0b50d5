// R121-R127: what help says about centralizing what people bought for themselves is true.
import { walkHowTos } from "./help.mjs";

export const name = "the steps of help: centralize";

/** Buys what is missing, where anything is. */
async function haveEnough({ page, expect, say }) {
  const missing = Number(await page.locator(".summary-strip dd >> nth=2").innerText());
  if (missing > 0) {
    const centralize = page.url();
    await page.click(".form-actions a.button-primary");
    await page.locator("#quantity").waitFor();
    await page.click(".pane-foot .button-primary");
    await page.goto(centralize);
  }
  await expect.text(".card >> nth=0", say(/There are enough free licenses/, /Er zijn genoeg vrije licenties/));
}

export const howTos = [
  {
    as: "global_admin",
    page: "centralize",
    list: 0,
    // Of the links beside products the one of Power BI Pro, of which the organization has licenses itself.
    lead: [0, 1, 2],
    steps: (tools) => {
      const { page, expect, row } = tools;
      let centralize;
      return [
        {
          before: async () => {
            await row("Power BI Pro").locator("a[href$='/centralize']").click();
            await expect.path(/\/centralize$/);
            centralize = page.url();
          },
          // "Buy" says how many.
          elsewhere: [0],
          after: () => haveEnough(tools),
        },
        {
          pick: [],
          after: async () => {
            await page.click(".card >> nth=1 >> .button-primary");
            await page.click("main form .button-primary");
            await expect.visible("#progress .notice");
            await page.goto(centralize);
          },
        },
        { pick: [], after: () => page.click(".card >> nth=2 >> .form-actions .button-primary") },
        { after: () => expect.text("#standing", /0/) },
      ];
    },
  },
];

export const run = (tools) => walkHowTos(tools, howTos);
