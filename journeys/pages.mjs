// The pages that are pictured, and opened in every cloud: who looks, and at which address. `open` walks on from there, to pages whose address
// holds an identifier. Add a page here in the same commit that adds the page: the journey through all clouds fails without it.

import { readFile } from "node:fs/promises";
import { inDays } from "./harness.mjs";

/** Follows the first link of that kind. */
const first = (selector) => async (page) => {
  const from = page.url();
  await page.locator(selector).first().dispatchEvent("click");
  await page.waitForURL((url) => url.href !== from);
};

/** Opens what the first row leads to as a page of its own. */
const openPane = async (page) => {
  await page.goto(new URL(await page.getAttribute(".row-link", "href"), page.url()).href);
};

/** Opens what stands below the address of the page, also where its action is closed. */
const below = (path) => (page) => page.goto(`${page.url().split("?")[0]}/${path}`);

/** Opens a pane over the page, from its link or from the menu that holds it. */
const pane = (selector) => async (page) => {
  await page.waitForLoadState();
  await page.locator(selector).first().dispatchEvent("click");
  await page.waitForSelector("dialog[open] .pane-head");
};

/** Opens what stands beside the address that a link has. */
const beside = (selector, path) => async (page) => {
  const href = await page.getAttribute(selector, "href");
  await page.goto(new URL(href.replace(/[^/]+$/, path), page.url()).href);
};

/** Opens what the first of several pages leads to that has such a link. */
const firstWith = (rows, selector) => async (page) => {
  for (const href of await page.locator(rows).evaluateAll((links) => links.map((link) => link.href))) {
    await page.goto(href);
    if (await page.locator(selector).count()) return page.goto(await page.locator(selector).first().evaluate((link) => link.href));
  }
  throw new Error(`nothing of ${rows} has ${selector}`);
};

/** Sends a form, wherever that leads. */
const send = (selector) => async (page) => {
  await Promise.all([page.waitForEvent("load"), page.click(selector)]);
};

const fill = (selector, text) => (page) => page.fill(selector, text);
const check = (selector) => (page) => page.check(selector);
const choose = (selector, option) => (page) => page.selectOption(selector, option);
const upload = (name, text) => (page) => page.setInputFiles("#file", { name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Does in each demo once what leads to a page, and from then on opens that page. */
const ledTo = new Map();
const once = (name, act) => async (page) => {
  const key = `${new URL(page.url()).origin} ${name}`;
  if (ledTo.has(key)) return page.goto(ledTo.get(key));
  await act(page);
  ledTo.set(key, page.url());
};

/** Chooses a button that leads to another page. */
const press = (selector) => async (page) => {
  const from = page.url();
  await page.click(selector);
  await page.waitForURL((url) => url.href !== from);
};

/** Types a day so many days from now. */
const day = (selector, days) => (page) => page.fill(selector, inDays(days));

/** Opens the palette and looks for something. */
const palette = async (page) => {
  await page.waitForLoadState();
  await page.keyboard.press("Control+k");
  await page.waitForSelector(".palette [aria-selected=true]");
  await page.keyboard.type("vi");
  await page.waitForTimeout(600);
};

/** One after the other. */
const then = (...steps) => async (page) => {
  for (const step of steps) await step(page);
};

const PRODUCTS = "/billing/your-products";
const row = first(".row-link");

const SUBMIT = ".pane-foot .button-primary";
const ACTIVE = `${PRODUCTS}?status=active&channel=direct`;
const PERSON = "/users?q=de+vr";
const WATERLAND = "/operator/organizations?q=Waterland";
const people = (name) => `Name;E-mail address\n${name} One;${name}.one@waterland.example\n${name} Two;${name}.two@waterland.example\n`;
const catalog = (await readFile(new URL("../data/products.csv", import.meta.url), "utf8")).split("\n").slice(0, 20).join("\n");

/** What runs in the background is done. */
const settled = (page) => page.waitForFunction(() => !document.querySelector("[data-live]"));

/** A batch of one key. */
const makeKey = once(
  "key",
  then(choose("#sku", { index: 1 }), fill("#licenses_per_key", "5"), fill("#key_count", "1"), send(SUBMIT), (page) =>
    page.waitForSelector('a[href$="/export"]', { timeout: 30_000 }),
  ),
);

/** The operator finds a key by its characters. */
const lookUpKey = async (page) => {
  await makeKey(page);
  const file = await (await page.request.get(`${page.url()}/export.csv`)).text();
  await page.goto(new URL("/operator/product-keys", page.url()).href);
  await page.fill("input[name=product_keys]", file.match(/\b\w{5}(-\w{5}){4}\b/)[0]);
  await send(".filter-bar button")(page);
};

const takeOver = once("taken", then(row, below("take-over"), send("button[value=move]"), send(SUBMIT), send(SUBMIT), settled));
const upgrade = once(
  "upgraded",
  then(
    row,
    below("upgrade"),
    check(".radio-cards label:has(.strong:text-is('Microsoft 365 E5')) input"),
    send(SUBMIT),
    fill("#quantity", "420"),
    send(SUBMIT),
    send(SUBMIT),
    settled,
  ),
);

/** Where a card can be put on file about which its bank asks. */
const WITH_BANK = ["worldwide", "germany"];

/** Such a card. */
const addCard = once(
  "card",
  then(fill("#name", "Anna de Vries"), fill("#line1", "Kade 1"), fill("#city", "Amsterdam"), check('input[value="card_confirms"]'), send(SUBMIT)),
);

/** A customer transfers more than an invoice asks for. */
const owedCredit = once(
  "credit",
  then(
    row,
    below("transfer"),
    check("input[name=invoices] >> nth=-1"),
    fill("#amount", "999999"),
    day("#day", 0),
    check("input[name=keep_rest]"),
    fill("#reference", "NL-2026-1"),
    send(SUBMIT),
  ),
);

/** Pages that a person opens: the name, the address, what is done from there, and the clouds where that can be, when not in all. */
const as = (persona, pages) => pages.map(([name, path, open, clouds]) => ({ name, persona, path, open, clouds }));

export const pages = [
  ...as(undefined, [["sign-in", "/sign-in"], ["help-outside", "/help"]]),
  ...as("global_admin", [
    ["home", "/"],
    ["users", "/users"],
    ["users-none", "/users?q=nobody+at+all"],
    ["user", "/users?q=de+vr", row],
    ["user-licenses", "/users?q=de+vr", then(row, pane('a[href^="/users/licenses"]'))],
    ["user-edit", "/users?q=de+vr", then(row, pane('a[href$="/edit"]'))],
    ["user-roles", "/users?q=de+vr", then(row, pane('a[href$="/roles"]'))],
    ["add-user", "/users/add"],
    ["add-many-users", "/users/add-many"],
    ["groups", "/groups"],
    ["groups-none", "/groups?q=nobody+at+all"],
    ["group", "/groups", row],
    ["group-people", "/groups", then(row, pane('a[href$="/people"]'))],
    ["group-rename", "/groups", then(row, pane('a[href$="/rename"]'))],
    ["group-delete", "/groups", then(row, pane('a[href$="/delete"]'))],
    ["add-group", "/groups/add"],
    ["products", PRODUCTS],
    ["products-none", `${PRODUCTS}?q=nothing+like+it`],
    ["product-active", `${PRODUCTS}?status=active&channel=direct`, row],
    ["product-expired", `${PRODUCTS}?status=expired`, row],
    ["product-disabled", `${PRODUCTS}?status=disabled`, row],
    ["product-prepaid", `${PRODUCTS}?channel=product_key`, row],
    ["product-trial", `${PRODUCTS}?channel=trial`, row],
    ["product-volume", `${PRODUCTS}?channel=volume_partner`, row],
    ["product-reseller", `${PRODUCTS}?channel=reseller`, row],
    ["product-self-service", `${PRODUCTS}?channel=self_service`, row],
    ["product-history", `${PRODUCTS}?status=active`, then(row, first('a[href$="/history"]'))],
    ["quantity", `${PRODUCTS}?status=active&channel=direct`, pane('a[href$="/quantity"]')],
    ["cancel", `${PRODUCTS}?status=active&channel=direct`, pane('a[href$="/cancel"]')],
    ["reactivate", `${PRODUCTS}?status=expired`, pane('a[href$="/reactivate"]')],
    ["recurring-billing", `${PRODUCTS}?status=active&channel=direct`, then(row, pane('a[href$="/recurring-billing"]'))],
    ["billing-frequency", `${PRODUCTS}?status=active&channel=direct`, then(row, below("billing-frequency"))],
    ["payment-method-of", `${PRODUCTS}?status=active&channel=direct`, then(row, below("payment-method"))],
    ["upgrade", `${PRODUCTS}?q=F3`, then(row, pane('a[href$="/upgrade"]'))],
    ["add-licenses-by-key", `${PRODUCTS}?channel=product_key`, then(row, first('a[href$="/add-licenses"]'))],
    ["extend-by-key", `${PRODUCTS}?channel=product_key`, then(row, first('a[href$="/extend"]'))],
    ["take-over", `${PRODUCTS}?channel=self_service`, then(row, pane('a[href$="/take-over"]'))],
    ["why-no-add-remove", `${PRODUCTS}/why-no-add-remove`],
    ["licenses", "/billing/licenses"],
    ["license-product", "/billing/licenses?q=365+f3", row],
    ["license-assign", "/billing/licenses?q=365+f3", then(row, pane('a[href$="/assign"]'))],
    ["license-many", "/billing/licenses?q=365+f3", then(row, first('a[href$="/many"]'))],
    ["centralize", "/billing/licenses?bought=self_service&q=power+bi+pro", first('a[href$="/centralize"]')],
    ["self-service-report", "/billing/self-service"],
    ["license-conflicts", "/billing/licenses?q=visio+plan+1", row],
    ["license-requests", "/billing/license-requests"],
    ["license-assigners", "/billing/licenses/assigners"],
    ["auto-claim", "/billing/licenses/auto-claim"],
    ["auto-claim-policy", "/billing/licenses/auto-claim", pane('a[href$="/auto-claim/new"]')],
    ["license-requests-new", "/billing/license-requests", pane('a[href$="/new"]')],
    ["license-requests-process", "/billing/license-requests", pane('a[href$="/process"]')],
    ["purchase", "/billing/purchase"],
    ["purchase-product", "/billing/purchase?q=premium+per+user", first(".product-card h3 a")],
    ["trial-start", "/billing/purchase?q=premium+per+user", then(first(".product-card h3 a"), pane('a[href$="/trial"]'))],
    ["purchase-product-key", "/billing/purchase/product-key"],
    ["orders", "/billing/orders"],
    ["order-waits", "/billing/orders", row],
    ["policy", "/settings/self-service"],
    ["policy-product", "/settings/self-service", pane('a[href^="/settings/self-service/products/"]')],
    ["policy-limits", "/settings/self-service", pane('a[href="/settings/self-service/limits"]')],
    ["policy-all", "/settings/self-service", pane('a[href$="/self-service/all"]')],
    ["partners", "/settings/partners"],
    ["partner-end", "/settings/partners", pane('a[href$="/end"]')],
    ["notifications", "/settings/notifications"],
    ["api-tokens", "/settings/api-tokens"],
    ["api-tokens-create", "/settings/api-tokens", pane('a[href$="/create"]')],
    ["audit", "/settings/audit"],
    ["audit-entry", "/settings/audit", first(".row-link")],
    ["help", "/help"],
    ["help-page", "/help/add-or-remove-licenses"],
    ["search", "/search?q=visio"],
    ["palette", "/", palette],
    ["shortcuts", "/", pane('a[href="/shortcuts"]')],
    ["not-found", "/billing/nowhere"],
    ["styleguide", "/styleguide"],
  ]),
  ...as("billing_admin", [
    ["invoices", "/billing/invoices"],
    ["invoices-empty", "/billing/invoices?period=range&from=2020-01-01&to=2020-01-31"],
    ["invoice", "/billing/invoices?period=6", row],
    ["invoice-overdue", "/billing/invoices?period=6", first("tr:has(.status-severe) .row-link")],
    ["invoices-pay", "/billing/invoices", pane('a[href="/billing/invoices/pay"]')],
    ["checkout", "/billing/purchase?q=premium+per+user", then(first(".product-card h3 a"), press(".form-actions .button-primary"))],
    [
      "checkout-later",
      "/billing/purchase?q=premium+per+user",
      then(first(".product-card h3 a"), day("#starts_on", 30), press(".form-actions .button-primary")),
    ],
    ["payment-methods", "/billing/payment-methods"],
    ["payment-method", "/billing/payment-methods", openPane],
    ["payment-method-add", "/billing/payment-methods", pane('a[href$="/add"]')],
    ["profiles", "/billing/profiles"],
    ["profile", "/billing/profiles", row],
    ["profile-edit", "/billing/profiles", then(row, pane('a[href$="/edit"]'))],
    ["billing-roles", "/billing/roles"],
    ["sold-to", "/billing/profiles", pane('a[href$="/sold-to"]')],
    ["profile-add", "/billing/profiles", pane('a[href$="/add"]')],
  ]),
  ...as("buyer", [["buyer-home", "/"], ["buyer-products", PRODUCTS], ["buyer-product", PRODUCTS, row], ["buyer-licenses", "/billing/licenses"], ["buyer-profiles", "/billing/profiles"], ["buyer-profile", "/billing/profiles", row]]),
  ...as("user", [
    ["user-home", "/"],
    ["account", "/account"],
    ["user-purchase", "/billing/purchase"],
    ["user-checkout", "/billing/purchase", first(".product-card h3 a")],
    ["user-products", PRODUCTS],
  ]),
  ...as("operator", [
    ["operator-home", "/"],
    ["organizations", "/operator/organizations"],
    ["organization", "/operator/organizations", row],
    ["organization-create", "/operator/organizations", pane('a[href$="/create"]')],
    ["organization-cloud", "/operator/organizations", then(row, pane('a[href$="/cloud"]'))],
    ["organization-users", "/operator/organizations", then(row, first('a[href$="/users"]'))],
    ["organization-invoices", "/operator/organizations", then(row, first('a[href$="/invoices"]'))],
    ["organization-rules", "/operator/organizations", then(row, first('a[href$="/invoices"]'), pane('a[href$="/billing-rules"]'))],
    ["organization-buyer", "/operator/organizations", then(row, first('a[href$="/invoices"]'), pane('a[href$="/buyer"]'))],
    ["operator-billing", "/operator/billing"],
    ["bill-runs", "/operator/billing/runs"],
    ["operator-seller", "/operator/billing/seller"],
    ["credit-checks", "/operator/credit-checks"],
    ["credit-check", "/operator/credit-checks", openPane],
    ["key-batches", "/operator/product-keys"],
    ["key-batch-create", "/operator/product-keys/create"],
    ["key-batch", "/operator/product-keys", row],
    ["catalog", "/operator/catalog"],
    ["catalog-product", "/operator/catalog?q=SPE_E5", row],
    ["catalog-import", "/operator/catalog/import"],
    ["mails", "/operator/mails"],
    ["mail-kinds", "/operator/mails/kinds"],
    ["mail-kind", "/operator/mails/kinds", first('a[href^="/operator/mails/kinds/"]')],
    ["jobs", "/operator/jobs"],
  ]),
  ...as("reseller", [
    ["customers", "/customers"],
    ["customer", "/customers", row],
    ["customer-quantity", "/customers", then(row, pane('a[href$="/quantity"]'))],
    ["customer-shelf", "/customers", then(row, first('.commands a[href$="/sell"]'))],
    ["customer-sell", "/customers", then(row, first('.commands a[href$="/sell"]'), first("#results h3 a"))],
    ["customer-request", "/customers", pane('a[href="/customers/request"]')],
  ]),
  // What needs something to be done first stands last, so that it is not seen before.
  ...as("user", [
    ["forbidden", "/settings/api-tokens"],
    [
      "license-request-asked",
      "/billing/license-requests/new",
      once("request", then(choose("#product", { label: "Microsoft 365 F3" }), fill("#note", "Front desk"), send(SUBMIT))),
    ],
  ]),
  ...as("global_admin", [
    ["license-request", "/billing/license-requests", openPane],
    ["license-request-share", "/billing/license-requests", then(openPane, below("share"))],
    ["user-block", PERSON, then(row, below("block"))],
    ["user-delete", PERSON, then(row, below("delete"))],
    ["user-history", PERSON, then(row, below("history"))],
    ["user-location", PERSON, then(row, below("location"))],
    ["user-password", PERSON, then(row, below("password"))],
    ["add-many-users-checked", "/users/add-many", once("checked", then(upload("people.csv", people("caravan")), send("main .button-primary")))],
    [
      "add-many-users-done",
      "/users/add-many",
      once("added", then(upload("people.csv", people("wagon")), send("main .button-primary"), send("main form .button-primary"))),
    ],
    ["product-billing-profile", ACTIVE, then(row, below("billing-profile"))],
    ["product-delete", `${PRODUCTS}?status=disabled`, then(row, below("delete"))],
    ["product-scheduled-change", ACTIVE, then(row, below("scheduled-changes/quantity"))],
    ["quantity-submitted", ACTIVE, then(row, below("quantity/submitted"))],
    ["extend-trial", `${PRODUCTS}?channel=trial`, then(row, below("extend-trial"))],
    ["extend-by-card", `${PRODUCTS}?channel=product_key`, then(row, below("extend/pay"))],
    ["enter-product-keys", `${PRODUCTS}?channel=product_key`, then(row, below("product-keys"))],
    ["product-keys-wrong", "/billing/purchase/product-key", then(fill("#key-1", "ABCDE"), send("button[value=review]"))],
    ["license-history", "/billing/licenses?q=365+f3", then(row, below("history"))],
    ["license-apps", "/billing/licenses?q=365+f3", then(row, pane('a[href$="/apps"]'))],
    [
      "license-unassign",
      "/billing/licenses?q=365+f3",
      then(row, check('form[action$="/unassign"] tbody input >> nth=0'), send('form[action$="/unassign"] .selection-bar button')),
    ],
    [
      "license-many-checked",
      "/billing/licenses?q=365+f3",
      once("many", then(row, first('a[href$="/many"]'), choose("#department", { index: 1 }), send("button[value=filter]"))),
    ],
    [
      "auto-claim-changed",
      "/billing/licenses/auto-claim/new",
      then(once("claimed", then(choose("#product", { label: "Microsoft 365 E3" }), send(SUBMIT))), openPane),
    ],
    ["policy-new-products", "/settings/self-service/new-products"],
    [
      "api-token-created",
      "/settings/api-tokens/create",
      then(fill("#name", "HR"), check('input[value="users:read"]'), send(SUBMIT)),
    ],
    ["api-token-revoke", "/settings/api-tokens", pane('a[href$="/revoke"]')],
    ["styleguide-sample", "/styleguide", first('a[href^="/styleguide/"]')],
    ["upgrade-done", `${PRODUCTS}?q=F3`, upgrade],
    ["take-over-done", `${PRODUCTS}?channel=self_service&q=power+bi`, takeOver],
    ["product-deleted", `${PRODUCTS}?channel=self_service&q=power+bi`, then(takeOver, press(".pane-foot a.button >> nth=-1"))],
    [
      "undo-take-over",
      `${PRODUCTS}?channel=self_service&q=power+bi`,
      then(takeOver, press(".pane-foot a.button >> nth=-1"), pane('a[href$="/undo-take-over"]')),
    ],
    [
      "undo-take-over-done",
      `${PRODUCTS}?channel=self_service&q=power+bi`,
      once("undone", then(takeOver, press(".pane-foot a.button >> nth=-1"), below("undo-take-over"), send(SUBMIT))),
    ],
  ]),
  ...as("billing_admin", [
    ["invoice-pay", "/billing/invoices?period=6", then(first("tr:has(.status-severe) .row-link"), below("pay"))],
    ["payment-method-edit", "/billing/payment-methods", then(openPane, below("edit"))],
    ["payment-method-replace", "/billing/payment-methods", then(openPane, below("replace"))],
    ["payment-method-delete", "/billing/payment-methods", then(openPane, below("delete"))],
    ["payment-method-confirm", "/billing/payment-methods/add", addCard, WITH_BANK],
    ["sandbox-bank", "/billing/payment-methods/add", then(addCard, press(".notice-warning .button-primary")), WITH_BANK],
  ]),
  ...as("operator", [
    ["mail", "/operator/mails", row],
    ["organization-partner", WATERLAND, then(row, below("partner"))],
    ["organization-suspend", WATERLAND, then(row, below("suspend"))],
    ["organization-resume", WATERLAND, then(row, below("resume"))],
    ["organization-sandbox", WATERLAND, then(row, below("sandbox"))],
    ["organization-history", WATERLAND, then(row, below("history"))],
    ["organization-add-admin", WATERLAND, then(row, below("users/add"))],
    ["organization-password", WATERLAND, then(row, first('a[href$="/users"]'), pane('a[href$="/password"]'))],
    ["organization-transfer", WATERLAND, then(row, below("transfer"))],
    ["organization-invoice", WATERLAND, then(row, below("invoices"), first('.row-link[href*="/invoices/inv_"]'))],
    ["organization-refund", WATERLAND, then(row, below("invoices"), first('.row-link[href*="/invoices/inv_"]'), below("refund"))],
    [
      "organization-chargeback",
      WATERLAND,
      then(row, below("invoices"), firstWith('.row-link[href*="/invoices/inv_"]', 'a[href$="/chargeback"]')),
    ],
    ["organization-pay-out", WATERLAND, then(owedCredit, first('.row-link[href*="/pay-out"]'))],
    ["dry-run", "/operator/billing/runs", once("dry-run", then(day("#day", 40), send("main form.form .button-primary")))],
    ["key-batch-export", "/operator/product-keys/create", once("exported", then(makeKey, below("export")))],
    ["key-batch-revoke", "/operator/product-keys", then(row, below("revoke"))],
    ["key-found", "/operator/product-keys/create", lookUpKey],
    ["key-revoke", "/operator/product-keys/create", then(lookUpKey, beside(".menu-item-severe", "revoke"))],
    ["catalog-describe", "/operator/catalog?q=SPE_E5", then(row, below("describe"))],
    ["catalog-price", "/operator/catalog?q=SPE_E5", then(row, below("price"))],
    ["catalog-retire", "/operator/catalog?q=SPE_E5", then(row, below("retire"))],
    ["catalog-imported", "/operator/catalog/import", once("imported", then(upload("products.csv", catalog), send("main .button-primary")))],
    ["sandbox-made", "/operator/organizations?q=Polder", once("sandbox", then(row, below("sandbox"), send(".pane-foot .button-severe")))],
    [
      "mca-agreed",
      WATERLAND,
      once("mca", then(row, below("billing-rules"), check("input[name=agreement][value=mca]"), send(SUBMIT))),
    ],
  ]),
  ...as("volume_partner", [["clock", "/settings/clock"], ["volume-customers", "/customers"]]),
  ...as("reseller", [
    ["customer-upgrade", "/customers", then(row, beside('a[href$="/quantity"]', "upgrade"))],
    ["customer-suspend", "/customers", then(row, beside('a[href$="/quantity"]', "suspend"))],
    ["partner-products-none", PRODUCTS],
    ["partner-licenses-none", "/billing/licenses"],
    ["partner-invoices-none", "/billing/invoices"],
    ["partner-orders-none", "/billing/orders"],
  ]),
  ...as("global_admin", [
    ["billing-role-give", "/billing/roles/give"],
    ["billing-role-remove", "/billing/roles/give", then(once("role", send(SUBMIT)), (page) => page.goto(new URL("/billing/roles", page.url()).href), pane('a[href$="/remove"]'))],
    ["cancel-mca", ACTIVE, then(row, below("cancel"))],
  ]),
];

/** Opens a page as its picture is taken. */
export async function openPage(page, base, { path, open }) {
  await page.goto(base + path);
  await open?.(page);
}
