// The pages that are pictured, and opened in every cloud: who looks, and at which address. `open` walks on from there, to pages whose address
// holds an identifier. Add a page here in the same commit that adds the page.

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

/** Chooses a button that leads to another page. */
const press = (selector) => async (page) => {
  const from = page.url();
  await page.click(selector);
  await page.waitForURL((url) => url.href !== from);
};

/** Types a day so many days from now. */
const day = (selector, days) => (page) =>
  page.fill(selector, new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));

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

const as = (persona, pages) => pages.map(([name, path, open]) => ({ name, persona, path, open }));

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
    ["profile-add", "/billing/profiles", pane('a[href$="/add"]')],
  ]),
  ...as("buyer", [["buyer-home", "/"], ["buyer-products", PRODUCTS], ["buyer-product", PRODUCTS, row], ["buyer-licenses", "/billing/licenses"]]),
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
];

/** Opens a page as its picture is taken. */
export async function openPage(page, base, { path, open }) {
  await page.goto(base + path);
  await open?.(page);
}
