// The pages that are pictured: who looks, and at which address. `open` walks on from there, to pages whose address
// holds an identifier. Add a page here in the same commit that adds the page.

const first = (selector) => async (page) => {
  await page.click(selector);
  await page.waitForLoadState();
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
  { name: "orders", persona: "global_admin", path: "/billing/orders" },
  { name: "catalog", persona: "operator", path: "/operator/catalog" },
  { name: "catalog-product", persona: "operator", path: "/operator/catalog?q=SPE_E5", open: first(".row-link") },
  { name: "catalog-import", persona: "operator", path: "/operator/catalog/import" },
];
