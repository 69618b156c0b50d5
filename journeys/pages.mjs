// The pages that are pictured: who looks, and at which address. `open` walks on from there, to pages whose address
// holds an identifier. Add a page here in the same commit that adds the page.

const first = (selector) => async (page) => {
  await page.click(selector);
  await page.waitForLoadState();
};

/** Opens what the first row leads to as a page of its own. */
const openPane = async (page) => {
  await page.goto(new URL(await page.getAttribute(".row-link", "href"), page.url()).href);
};

export const pages = [
  { name: "sign-in", path: "/sign-in" },
  { name: "users", persona: "global_admin", path: "/users" },
  { name: "user", persona: "global_admin", path: "/users?q=de+vr", open: first(".row-link") },
  { name: "add-user", persona: "global_admin", path: "/users/add" },
  { name: "add-many-users", persona: "global_admin", path: "/users/add-many" },
  { name: "account", persona: "user", path: "/account" },
  { name: "purchase", persona: "global_admin", path: "/billing/purchase" },
  { name: "purchase-product", persona: "global_admin", path: "/billing/purchase?q=premium+per+user", open: first(".product-card h3 a") },
  { name: "invoices", persona: "billing_admin", path: "/billing/invoices" },
  { name: "invoices-empty", persona: "billing_admin", path: "/billing/invoices?period=range&from=2020-01-01&to=2020-01-31" },
  { name: "invoice", persona: "billing_admin", path: "/billing/invoices?period=6", open: first(".row-link") },
  { name: "invoice-overdue", persona: "billing_admin", path: "/billing/invoices?period=6", open: first("tr:has(.status-severe) .row-link") },
  { name: "orders", persona: "global_admin", path: "/billing/orders" },
  { name: "operator-billing", persona: "operator", path: "/operator/billing" },
  { name: "operator-seller", persona: "operator", path: "/operator/billing/seller" },
  { name: "order-waits", persona: "global_admin", path: "/billing/orders", open: first(".row-link") },
  { name: "credit-checks", persona: "operator", path: "/operator/credit-checks" },
  { name: "credit-check", persona: "operator", path: "/operator/credit-checks", open: openPane },
  { name: "product-keys", persona: "operator", path: "/operator/product-keys" },
  { name: "product-keys-create", persona: "operator", path: "/operator/product-keys/create" },
  { name: "product-keys-batch", persona: "operator", path: "/operator/product-keys", open: first(".row-link") },
  { name: "catalog", persona: "operator", path: "/operator/catalog" },
  { name: "catalog-product", persona: "operator", path: "/operator/catalog?q=SPE_E5", open: first(".row-link") },
  { name: "catalog-import", persona: "operator", path: "/operator/catalog/import" },
];
