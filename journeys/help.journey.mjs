// R2, R5, R6, R9, R49, R88-R91, R95, R97-R99, R100: what help says is true. Each how-to is read as it is served, and its steps
// are walked: every label that stands there in bold is looked for on the page, in the order of the steps, and chosen.
export const name = "the steps of help are walked";

/** The bold labels of each step; a path such as "Billing > Your products" is several. */
const stepsOf = (page, part) =>
  page.locator("article ol").nth(part).locator(":scope > li").evaluateAll((steps) => {
    const labels = (bold) => bold.textContent.split(">").map((label) => label.replace(/\s+/g, " ").trim());
    return steps.map((step) => [...step.querySelectorAll("strong")].flatMap(labels));
  });

/** Where a person looks: the pane when one is open, and else the page. */
const inFront = async (page) => page.locator((await page.locator("dialog[open]").count()) ? "dialog[open]" : "body");

/** Everything that shows a label: what is chosen first (in a pane its foot before its head), and else what says it. */
function showing(place, label) {
  const named = { name: label, exact: true };
  const chosen = (within) => ["button", "link", "radio"].map((role) => within.getByRole(role, named));
  const menu = place.locator(`summary:has-text("${label}"), summary[aria-label^="${label}"]`);
  const says = [place.getByText(label, { exact: true }), menu, place.getByText(new RegExp(`^${label}\\. `))];
  // What is closed cannot be chosen: the pane that offers it may still be on its way.
  const open = place.page().locator(':not([aria-disabled="true"])');
  const visible = (kind) => kind.and(open).filter({ visible: true }).first();
  const option = place.locator("option", { hasText: new RegExp(`^\\s*${label}\\s*$`) }).first();
  return [...[...chosen(place.locator(".pane-foot")), ...chosen(place)].map(visible), option, ...says.map(visible)];
}

/** The first element that shows a label, as soon as there is one. */
async function find(page, label, within) {
  for (const end = Date.now() + 6_000; Date.now() < end; await page.waitForTimeout(50)) {
    for (const found of showing(within?.() ?? (await inFront(page)), label)) if (await found.count()) return found;
  }
  throw new Error(`help names "${label}", which is not on the page`);
}

/** Chooses what a label names. What is only a heading or the name of a field is read. */
async function choose(page, label, within) {
  const found = await find(page, label, within);
  const kind = await found.evaluate((element) => {
    if (element.matches("option")) return "option";
    if (element.closest("label")?.querySelector("input[type=radio], input[type=checkbox]")) return "press";
    return element.closest("a, button, summary") ? "press" : "read";
  });
  if (kind === "option") await found.locator("xpath=ancestor::select").selectOption({ label });
  if (kind === "press") await found.click();
}

/**
 * Walks a how-to from Home. For each of its steps: what is done besides choosing labels (`before`, `after`), and which labels are
 * chosen when not all are (`pick`): the others are ways that are not taken, but are there.
 */
async function walk({ page, base, expect }, slug, part, steps) {
  await page.goto(`${base}/help/${slug}`);
  const written = await stepsOf(page, part);
  await expect.equal(`${slug}: ${written.length} steps`, `${slug}: ${steps.length} steps`);
  await page.goto(base);
  for (const [index, labels] of written.entries()) {
    const { before, after, within, pick = labels.map((_, position) => position) } = steps[index];
    try {
      await before?.();
      for (const [position, label] of labels.entries()) if (!pick.includes(position)) await find(page, label);
      for (const position of pick) await choose(page, labels[position], within);
      await after?.();
    } catch (error) {
      throw new Error(`${slug}, step ${index + 1}: ${error.message}`);
    }
  }
}

export async function run(tools) {
  const { page, base, keys, language, signIn, expect } = tools;
  const say = (en, nl) => ({ en, nl })[language];
  const toast = (en, nl) => expect.text(".toast", say(en, nl));
  const row = (text) => page.locator("#results tbody tr").filter({ hasText: text });
  const open = (text) => async () => {
    await row(text).locator(".row-link").first().click();
    await expect.text("h1", text);
  };
  const nothing = {};
  const [ten, fifty] = keys;

  // Licenses of a subscription, what renews it, and what pays for it.
  await signIn("billing_admin");
  const dynamics = "Dynamics 365 Sales Premium";
  await walk(tools, "add-or-remove-licenses", 0, [
    { after: open(dynamics) },
    { pick: [0] },
    { after: () => page.fill("#quantity", "50") },
    nothing,
  ]);
  await toast(/5 licenses were added\./, /5 licenties zijn toegevoegd\./);
  await walk(tools, "recurring-billing", 0, [{ after: open(dynamics) }, { pick: [0] }, { pick: [1, 2] }]);
  await toast(/Recurring billing is off\./, /Terugkerende facturering staat uit\./);
  await walk(tools, "billing-frequency", 0, [{ after: open(dynamics) }, { pick: [0] }, { pick: [1] }, nothing]);
  await toast(/The billing frequency was changed\./, /De factureringsfrequentie is gewijzigd\./);
  await walk(tools, "payment-methods", 2, [
    { after: open(dynamics) },
    nothing,
    { pick: [1], before: () => page.locator("dialog input[name=payment]:not(:checked):enabled").first().check() },
  ]);
  await toast(/The payment method of the subscription was changed\./, /De betalingsmethode van het abonnement is gewijzigd\./);

  // Product keys: add, then extend.
  const visio = "Visio Plan 2";
  const typeKey = (key) => ({ before: () => page.fill("#key-1", key) });
  await walk(tools, "product-keys", 1, [{ after: open(visio) }, nothing, typeKey(ten)]);
  await toast(/1 product key was redeemed\./, /1 productcode is ingewisseld\./);
  await walk(tools, "product-keys", 2, [{ after: open(visio) }, { pick: [0] }, nothing, typeKey(fifty)]);
  await toast(/1 product key was redeemed\./, /1 productcode is ingewisseld\./);

  // An invoice, and its PDF.
  await walk(tools, "pay-invoices", 0, [
    nothing,
    { pick: [1], after: () => page.locator(".row-link").first().click() },
    {
      pick: [],
      after: async () => {
        const url = await (await find(page, say("Download PDF", "PDF downloaden"))).getAttribute("href");
        const answer = await page.request.get(new URL(url, base).href);
        await expect.equal(answer.headers()["content-type"], "application/pdf");
      },
    },
  ]);

  // People get licenses, and give them back.
  await signIn("license_admin");
  const f3 = "Microsoft 365 F3";
  await walk(tools, "assign-licenses", 0, [
    { after: open(f3) },
    {
      after: async () => {
        await page.fill("#users", "abigail");
        await page.locator(".typeahead-list [role=option]:not([aria-disabled])").first().click();
        await expect.count("#users-chips .chip", 1);
      },
    },
    { pick: [] },
    { pick: [0, 1] },
  ]);
  await expect.hidden("dialog");
  await walk(tools, "unassign-licenses", 0, [
    { after: open(f3) },
    { before: () => page.check("#results tbody input[type=checkbox] >> nth=0") },
    nothing,
  ]);
  await toast(/1 license was unassigned\./, /De toewijzing van 1 licentie is opgeheven\./);

  // An end, and a new beginning.
  await signIn("global_admin");
  const e5 = "Microsoft 365 E5";
  await walk(tools, "cancel", 0, [
    nothing,
    { within: () => row(e5).first() },
    { pick: [], after: () => page.selectOption("#reason", "too_expensive") },
    nothing,
  ]);
  await toast(/The subscription is canceled\./, /Het abonnement is opgezegd\./);
  await walk(tools, "reactivate", 0, [{ after: open(e5) }, nothing, { pick: [] }, nothing]);
  await toast(/The subscription is active again\./, /Het abonnement is weer actief\./);

  // What people buy for themselves: somebody buys, an admin takes over, moves, cancels, and decides what may be bought.
  const bought = (text) => ({ before: open(text) });
  const filtered = { after: () => page.waitForURL((url) => url.searchParams.get("channel") === "self_service") };
  const reason = { before: () => page.selectOption("#reason", "managed_elsewhere"), pick: [1] };
  await walk(tools, "take-over", 0, [filtered, bought("Power BI Pro"), nothing, nothing, nothing, nothing]);
  await expect.text(".badge", say("Deleted", "Verwijderd"));
  await walk(tools, "take-over", 1, [filtered, bought(/Planner/), nothing, reason, nothing, nothing]);
  await expect.text(".badge", say("Deleted", "Verwijderd"));
  await signIn("user");
  await walk(tools, "buy-for-your-team", 0, [
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
  ]);
  await expect.text(".notice-good .strong", say("Your order is confirmed", "Uw bestelling is bevestigd"));
  await signIn("global_admin");
  await walk(tools, "self-service-policy", 0, [
    nothing,
    { pick: [], after: () => page.locator("#results .row-link").first().click() },
    { before: () => page.check("input[value=disabled]") },
  ]);
  await toast(/The policy of 1 product was changed\./, /Het beleid van 1 product is gewijzigd\./);
}
