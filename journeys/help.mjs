// Walks the how-tos of help: each is read as it is served, and its steps are taken. Every label that stands there in bold is
// looked for on the page, in the order of the steps, and chosen, so that help cannot name what is not there.
//
// A how-to is { as, page, list, prepare?, lead?, steps, says? | done? }: which persona walks which ordered list (from 0) of which page
// of help, what others do before, which bold labels of the page's first paragraph lead to where the steps begin (Home otherwise),
// and what is done besides choosing labels. All of these get the tools of the journey with `say`, `row` and `open`. A step is
//   before, after   what is done besides, such as filling a field
//   at              { POSITION: what is done just before that label }
//   pick            the positions of the labels that are chosen, when not all are: the others are only looked for, before
//   elsewhere       the positions of those that this demo does not show, with the reason beside it
//   within          where the labels are looked for

/** The bold labels of each part (a path such as "Billing > Your products" is several), and the pages that its links lead to. */
const named = (parts) =>
  parts.evaluateAll((elements) => {
    const plain = (text) => text.replace(/\s+/g, " ").trim();
    return elements.map((element) => {
      const found = [...element.querySelectorAll("strong, a")].filter((one) => !one.parentElement.closest("strong"));
      const labels = found.map((one) => {
        if (one.matches("strong")) return one.textContent.split(">").map((label) => ({ label: plain(label) }));
        const href = one.getAttribute("href");
        return href.startsWith("/help") ? [] : [{ label: plain(one.textContent), href }];
      });
      return labels.flat();
    });
  });

/** Where a person looks: the pane when one is open, and else the page. */
const inFront = async (page) => page.locator((await page.locator("dialog[open]").count()) ? "dialog[open]" : "body");

/** Everything that shows a label: what is chosen first (in a pane its foot before its head), and else what says it. */
function showing(place, label) {
  const exactly = { name: label, exact: true };
  const text = label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const chosen = (within) => ["button", "link", "radio"].map((role) => within.getByRole(role, exactly));
  const menu = place.locator(`summary:has-text("${label}"), summary[aria-label^="${label}"]`);
  const says = [place.getByText(label, { exact: true }), menu, place.getByText(new RegExp(`^${text}\\. `))];
  // What it is about may follow for those who do not see it.
  const longer = place.locator("a:has(.visually-hidden)", { hasText: new RegExp(`^\\s*${text}\\s`) });
  // What is closed cannot be chosen: the pane that offers it may still be on its way. What is only heard is not chosen either.
  const open = place.page().locator(':not([aria-disabled="true"], .visually-hidden)');
  const visible = (kind) => kind.and(open).filter({ visible: true }).first();
  const option = place.locator("option", { hasText: new RegExp(`^\\s*${text}\\s*$`) }).first();
  return [...[...chosen(place.locator(".pane-foot")), ...chosen(place), longer].map(visible), option, ...says.map(visible)];
}

/** The first element that shows a label, as soon as there is one. */
export async function find(page, label, within) {
  for (const end = Date.now() + 6_000; Date.now() < end; await page.waitForTimeout(50)) {
    for (const found of showing(within?.() ?? (await inFront(page)), label)) if (await found.count()) return found;
  }
  throw new Error(`help names "${label}", which is not on the page`);
}

/** Selects an option. A filter shows the list anew: until then what is on the page goes away under the hand. */
async function select(page, field, label) {
  const isFilter = await field.evaluate((element) => element.form?.matches("[data-search]"));
  const before = page.url();
  await field.selectOption({ label });
  if (isFilter) await page.waitForURL((url) => url.href !== before);
}

/** Chooses what a label names. What is only a heading or the name of a field is read; a link of help itself is followed. */
export async function choose({ page, base }, { label, href }, within) {
  if (href) return page.goto(base + href);
  const found = await find(page, label, within);
  const kind = await found.evaluate((element) => {
    if (element.matches("option")) return "option";
    if (element.closest("label")?.querySelector("input[type=radio], input[type=checkbox]")) return "press";
    return element.closest("a, button, summary") ? "press" : "read";
  });
  if (kind === "option") await select(page, found.locator("xpath=ancestor::select"), label);
  if (kind === "press") await found.click();
}

/** Waits until what was sent is answered and shown: to go on before would take the page away from under the answer. */
const settle = (page) => page.waitForFunction(() => !document.querySelector("form[data-sent]"));

async function take(tools, labels, { before, after, at = {}, pick, elsewhere = [], within }) {
  await before?.();
  const positions = labels.map((_, position) => position).filter((position) => !elsewhere.includes(position));
  const picked = pick ?? positions;
  for (const position of positions) if (!picked.includes(position)) await find(tools.page, labels[position].label, within);
  for (const position of picked) {
    await at[position]?.();
    await choose(tools, labels[position], within);
  }
  await after?.();
  await settle(tools.page);
}

async function walk(tools, { page: slug, list, lead = [], steps, says, done }) {
  const { page, base, say, expect } = tools;
  await page.goto(`${base}/help/${slug}`);
  const [first = []] = await named(page.locator("article p").first());
  const written = await named(page.locator("article ol").nth(list).locator(":scope > li"));
  const taken = steps(tools);
  await expect.equal(`${slug}: ${written.length} steps`, `${slug}: ${taken.length} steps`);
  await page.goto(base);
  for (const position of lead) await choose(tools, first[position]);
  for (const [index, labels] of written.entries()) {
    try {
      await take(tools, labels, taken[index]);
    } catch (error) {
      throw new Error(`${slug}, list ${list}, step ${index + 1}: ${error.message}`);
    }
  }
  if (says) await expect.text(".toast", say(...says));
  await done?.(tools);
}

/** Walks one how-to after the other, each as its persona. */
export async function walkHowTos(journey, howTos) {
  const { page, language, expect, signIn } = journey;
  const row = (text) => page.locator("#results tbody tr").filter({ hasText: text });
  const open = (text) => async () => {
    await page.locator("#results .row-link").filter({ hasText: text }).first().click();
    await expect.text("h1", text);
  };
  const tools = { ...journey, say: (en, nl) => ({ en, nl })[language], row, open };
  let persona;
  for (const howTo of howTos) {
    await howTo.prepare?.(tools);
    if (howTo.prepare || howTo.as !== persona) await signIn(howTo.as);
    persona = howTo.as;
    await walk(tools, howTo);
  }
}
