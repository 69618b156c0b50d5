// R151: as each persona, in both languages, every page that the navigation offers is there, and says what it is for; axe
// looks at it once.
export const name = "every persona walks every page of the navigation";

const PERSONAS = [
  "global_admin",
  "billing_admin",
  "license_admin",
  "user_admin",
  "global_reader",
  "buyer",
  "user",
  "operator",
  "volume_partner",
  "reseller",
];

// What each persona is offered, in the order of the navigation (domain 6).
const OFFERED = {
  global_admin:
    ["home", "users", "groups", "products", "licenses", "purchase", "invoices", "orders", "policy", "partners", "notifications", "tokens", "audit"],
  billing_admin: ["home", "users", "groups", "products", "licenses", "purchase", "invoices", "orders", "policy", "notifications", "audit"],
  license_admin: ["home", "users", "groups", "products", "licenses", "purchase", "invoices", "audit"],
  user_admin: ["home", "users", "groups", "products", "licenses", "purchase", "invoices", "audit"],
  global_reader:
    ["home", "users", "groups", "products", "licenses", "purchase", "invoices", "orders", "policy", "partners", "notifications", "tokens", "audit"],
  buyer: ["home", "products", "licenses", "purchase", "invoices"],
  user: ["home", "products", "licenses", "purchase", "invoices"],
  volume_partner:
    ["home", "customers", "users", "groups", "products", "licenses", "purchase", "invoices", "orders", "policy", "partners", "notifications", "tokens", "audit"],
  reseller:
    ["home", "customers", "users", "groups", "products", "licenses", "purchase", "invoices", "orders", "policy", "partners", "notifications", "tokens", "audit"],
  operator: ["home", "organizations", "catalog", "keys", "billing", "checks", "mails", "jobs", "tokens", "audit"],
};

const PATHS = {
  home: "/",
  users: "/users",
  groups: "/groups",
  products: "/billing/your-products",
  licenses: "/billing/licenses",
  purchase: "/billing/purchase",
  invoices: "/billing/invoices",
  orders: "/billing/orders",
  policy: "/settings/self-service",
  partners: "/settings/partners",
  customers: "/customers",
  notifications: "/settings/notifications",
  tokens: "/settings/api-tokens",
  audit: "/settings/audit",
  organizations: "/operator/organizations",
  catalog: "/operator/catalog",
  billing: "/operator/billing",
  keys: "/operator/product-keys",
  checks: "/operator/credit-checks",
  mails: "/operator/mails",
  jobs: "/operator/jobs",
};

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  for (const persona of PERSONAS) {
    await signIn(persona);
    const links = await page.locator(".navigation .navigation-link").evaluateAll((all) => all.map((link) => link.pathname));
    await expect.equal(links.join(" "), OFFERED[persona].map((place) => PATHS[place]).join(" "));
    for (const path of links) {
      const answer = await page.goto(base + path);
      await expect.equal(`${persona} ${path} ${answer.status()}`, `${persona} ${path} 200`);
      await expect.count("h1", 1);
      await expect.count('.navigation [aria-current="page"]', 1);
      if (language === "en") await checkAccessibility();
    }
  }
}
