// R11, R36, R37, R38, R40 to R44, R75, R164, R168: a billing admin adds a card that its bank asks about and a bank account, replaces the card
// that pays, edits and deletes.
export const name = "a billing admin keeps the payment methods";

const words = {
  nl: {
    title: "Betalingsmethoden",
    method: "Betalingsmethode",
    edit: "Bewerken",
    replace: "Vervangen",
    editMethod: "Betalingsmethode bewerken",
    wrongIban: /De controlecijfers van deze IBAN kloppen niet\./,
    mandate: /Ga akkoord met automatische incasso/,
    added: "De betalingsmethode is toegevoegd.",
    account: "Bankrekening eindigend op 4300",
    declined: /De bank heeft de kaart geweigerd\./,
    bank: "Bevestigen bij uw bank",
    question: "Zetel wil uw kaart bewaren voor latere betalingen. Bevestigt u dit?",
    confirms: "Visa eindigend op 3155",
    changed: "De betalingsmethode is gewijzigd.",
    code: /drie of vier cijfers/,
    inUse: /Vervang deze eerst en verwijder deze daarna\./,
    replaced: /^De betalingsmethode is vervangen\./,
    nothing: "Niets",
    deleted: "De betalingsmethode is verwijderd.",
    paid: "De betalingsmethode van het abonnement is gewijzigd.",
  },
  en: {
    title: "Payment methods",
    method: "Payment method",
    edit: "Edit",
    replace: "Replace",
    editMethod: "Edit payment method",
    wrongIban: /The check digits of this IBAN do not fit\./,
    mandate: /Agree to direct debit/,
    added: "The payment method was added.",
    account: "Bank account ending in 4300",
    declined: /The bank declined the card\./,
    bank: "Confirm at your bank",
    question: "Zetel wants to keep your card for later payments. Do you confirm this?",
    confirms: "Visa ending in 3155",
    changed: "The payment method was changed.",
    code: /three or four digits/,
    inUse: /Replace it first, then delete it\./,
    replaced: /^The payment method was replaced\./,
    nothing: "Nothing",
    deleted: "The payment method was deleted.",
    paid: "The payment method of the subscription was changed.",
  },
};

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = words[language];
  const submit = () => page.click(".pane-foot button");
  const list = `${base}/billing/payment-methods`;
  await signIn("billing_admin");
  await page.goto(`${base}/billing/invoices`);
  await page.click('.tab[href="/billing/payment-methods"]');
  await expect.text("h1", say.title);
  await checkAccessibility();

  // A bank account: what is wrong is said at its field, and nothing that was typed is lost.
  await page.goto(`${list}/add`);
  await page.check('input[value="bank_account"]');
  await page.fill("#iban", "NL91 ABNA 0417 1643 01");
  await page.fill("#name", "Anna de Vries");
  await page.fill("#line1", "Kade 1");
  await page.fill("#city", "Amsterdam");
  await submit();
  await expect.text("#iban-message", say.wrongIban);
  await expect.text("#mandate .field-message", say.mandate);
  await expect.equal(await page.inputValue("#line1"), "Kade 1");
  await checkAccessibility();
  await page.fill("#iban", "NL91 ABNA 0417 1643 00");
  await page.check('input[name="mandate"]');
  await submit();
  await expect.text(page.locator(".toast"), say.added);
  await expect.text("h1", say.account);

  // A card that is declined is not added; one that the bank asks about is confirmed there.
  await page.goto(`${list}/add`);
  await page.fill("#name", "Anna de Vries");
  await page.fill("#line1", "Kade 1");
  await page.fill("#city", "Amsterdam");
  await page.check('input[value="card_declined"]');
  await submit();
  await expect.text(".error-summary", say.declined);
  await expect.equal(await page.inputValue("#name"), "Anna de Vries");
  await page.check('input[value="card_confirms"]');
  await submit();
  await expect.text("h1", say.bank);
  await checkAccessibility();
  await page.click(".notice-warning .button-primary");
  await expect.text(".bank-sheet p:first-of-type", say.question);
  await page.click('button[value="confirm"]');
  await expect.text(page.locator(".toast"), say.added);
  await expect.text("h1", say.confirms);
  const confirms = new URL(page.url()).pathname.split("/").pop();

  // Its code is asked for when it is edited.
  await page.goto(`${list}/${confirms}/edit`);
  await page.fill("#expires_on", "2031-06");
  await submit();
  await expect.text("#security_code-message", /./);
  await page.fill("#security_code", "12");
  await submit();
  await expect.text("#security_code-message", say.code);
  await page.fill("#security_code", "123");
  await submit();
  await expect.text(page.locator(".toast"), say.changed);

  // The billing profile says what pays its invoices, and leads to editing that one and to choosing another (R36 to R38).
  await page.goto(`${base}/billing/profiles`);
  await page.click(".table .row-link >> nth=0");
  const profile = page.url();
  await expect.text(".card >> nth=1 >> h2", say.method);
  await expect.text(".card >> nth=1 >> .action >> nth=-1", say.replace);
  await page.click(".card >> nth=1 >> .action >> nth=-1");
  await page.check(`input[name="payment"][value="${confirms}"]`);
  await submit();
  await expect.text(".card >> nth=1 >> p >> nth=0", say.confirms);
  await expect.text(".card >> nth=1 >> .action >> nth=0", say.edit);
  await page.click(".card >> nth=1 >> .action >> nth=0");
  await expect.text("#pane-title", say.editMethod);
  await expect.visible("#expires_on");
  // Nothing of the profile pays any more.
  await page.goto(`${profile}/edit`);
  await page.check("input[name=payment] >> nth=0");
  await submit();

  // What pays for something is not deleted but replaced, and then it can be deleted.
  await page.goto(list);
  await page.click('tr:has-text("4242") .row-link');
  const old = page.url();
  await page.goto(`${old}/delete`);
  await expect.text(".notice-warning", say.inUse);
  await checkAccessibility();
  await page.goto(`${old}/replace`);
  await checkAccessibility();
  await page.check(`input[value="${confirms}"]`);
  await submit();
  await expect.text(page.locator(".toast"), say.replaced);
  await page.goto(old);
  await expect.text(".card >> nth=1 >> p", say.nothing);
  await page.goto(`${old}/delete`);
  await submit();
  await expect.text(page.locator(".toast"), say.deleted);

  // One subscription alone.
  await page.goto(`${list}/${confirms}`);
  await expect.text(".plain-list li >> nth=0", /, (renews on|wordt verlengd op) \d+ /);
  await page.click(".plain-list a >> nth=0");
  await page.click('.action[href$="/payment-method"]');
  await page.click('.radio-card:has-text("4300")');
  await submit();
  await expect.text(page.locator(".toast"), say.paid);
}
