// R45, R46, R169: a billing admin looks for invoices of a period without any, widens it, and reads what a line is made of.
export const name = "a billing admin reads the invoices";

const words = {
  nl: {
    bills: "Facturen en betalingen",
    empty: "Geen facturen in deze periode.",
    sixMonths: "Afgelopen 6 maanden",
    wrong: "Kies twee dagen, de eerste niet na de laatste.",
    overdue: "Te laat",
    declined: "De bank heeft de kaart geweigerd. Er is niets afgeschreven.",
    added: /^20 licenties × € [\d,]+ × \d+ van \d+ dagen$/,
    invoice: /^Factuur Z-\d{7}$/,
  },
  en: {
    bills: "Bills & payments",
    empty: "Nothing in this period.",
    sixMonths: "Past 6 months",
    wrong: "Choose two days, the first one not after the last.",
    overdue: "Overdue",
    declined: "The bank declined the card. Nothing was charged.",
    added: /^20 licenses × €[\d.]+ × \d+ of \d+ days$/,
    invoice: /^Invoice Z-\d{7}$/,
  },
};

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = words[language];
  await signIn("billing_admin");
  await page.click('.navigation a[href="/billing/invoices"]');
  await expect.text("h1", say.bills);
  await checkAccessibility();

  // Two days in the wrong order are said; a time before the first invoice is empty, and a longer one is offered.
  await page.click('.chip[href$="period=range"]');
  await page.fill("#from", "2020-02-01");
  await page.fill("#to", "2020-01-31");
  await page.click(".list-range .button");
  await expect.text(".notice-severe", say.wrong);
  await page.fill("#from", "2020-01-01");
  await page.fill("#to", "2020-01-31");
  await page.click(".list-range .button");
  await expect.text(".empty h2", say.empty);
  await checkAccessibility();
  await page.click(".empty .button-primary");
  await expect.text(".chip-on", say.sixMonths);

  // The invoice that the card did not pay says so.
  await page.click("tr:has(.status-severe) .row-link");
  await expect.text("h1", say.invoice);
  await expect.text(".badge", say.overdue);
  await expect.text(".table .cell-note >> nth=-1", say.declined);
  const said = page.locator(".cell-note", { hasText: say.declined });
  await expect.equal(await said.count(), await page.locator("tr .status-severe").count());
  await checkAccessibility();

  // Licenses that were added later cost a part of their billing period, and the line says which.
  await page.goto(`${base}/billing/invoices?period=6`);
  for (const url of await page.locator('tr:has-text("Microsoft 365 F3") .row-link').evaluateAll((links) => links.map((link) => link.href))) {
    await page.goto(url);
    if ((await page.locator(".table .cell-note >> nth=1").innerText()).startsWith("20 ")) break;
  }
  await expect.text(".table .cell-note >> nth=1", say.added);

  // On paper it is a PDF.
  // On paper it is dark on white, whatever the theme.
  await page.emulateMedia({ media: "print" });
  await expect.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(25, 29, 38)");
  await page.emulateMedia({ media: null });
  const pdf = await page.request.get(page.url() + "/pdf");
  await expect.equal((await pdf.body()).subarray(0, 4).toString(), "%PDF");

  // The document for bookkeeping programs is of the same number.
  const number = (await page.innerText("h1")).match(/Z-\d+/)[0];
  const xml = await page.request.get(page.url() + "/xml");
  await expect.equal(xml.status(), 200);
  await expect.equal((await xml.text()).includes(`<cbc:ID>${number}</cbc:ID>`), true);

  // The way back to the subscription, which knows its invoices and what comes next.
  await page.click(".table .row-link");
  await expect.path(/^\/billing\/your-products\/sub_/);
  await expect.visible('.row-link[href^="/billing/invoices/"]');
  await checkAccessibility();
}
