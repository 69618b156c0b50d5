// R183, D30: the operator makes, suspends and resumes an organization; a key is shown once; the audit page filters and exports.
export const name = "operator makes and suspends an organization; keys and the audit page";

const PASSWORD = "correct horse battery";

export async function run({ page, base, signIn, expect }) {
  await signIn("operator");
  await page.goto(`${base}/operator/organizations/create`);
  await page.fill("#name", "Contoso");
  await page.click(".pane-foot .button-primary");
  // What was typed is kept, and each empty field says so.
  await expect.count("[data-error-summary]", 1);
  await expect.equal(await page.inputValue("#name"), "Contoso");
  await page.selectOption("#country", "GB");
  await page.fill("#display_name", "Carol Jones");
  await page.fill("#email", "carol@contoso.example");
  await page.fill("#password", PASSWORD);
  await page.click(".pane-foot .button-primary");
  await expect.text("h1", "Contoso");
  const organization = new URL(page.url()).pathname;

  await page.goto(`${base}${organization}/suspend`);
  await page.click(".pane-foot .button-severe");
  await expect.path(organization);
  await page.goto(`${base}${organization}/resume`);
  await page.click(".pane-foot .button-primary");
  await expect.path(organization);
  await page.goto(`${base}${organization}/users?q=carol`);
  await expect.count("tbody tr", 1);
  await page.goto(`${base}${organization}/history`);
  // Made, its admin added with role and password, looked at, suspended, resumed.
  await expect.count(".history li", 7);

  await signIn("global_admin");
  await page.goto(`${base}/settings/api-tokens/create`);
  await page.fill("#name", "HR");
  await page.check('input[value="users:read"]');
  await page.click(".pane-foot .button-primary");
  await expect.visible("#secret");
  await expect.equal((await page.inputValue("#secret")).startsWith("zetel_"), true);
  await page.click(".pane-foot .button-primary");
  await expect.count("tbody tr", 1);
  await expect.equal((await page.content()).includes("zetel_"), false);

  await page.goto(`${base}/settings/audit?kind=api_token_created`);
  await expect.count("tbody tr", 1);
  const file = await page.request.get(`${base}/settings/audit/export?kind=api_token_created`);
  const text = await file.text();
  await expect.equal(text.charCodeAt(0), 0xfeff);
  await expect.equal(text.trim().split("\r\n").length, 2);
  await page.goto(`${base}/help/add-or-remove-licenses`);
  await expect.text("article h2 >> nth=-1", /^(Related help|Verwante hulp)$/);
  await page.goto(`${base}/search?q=E3`);
  await expect.equal((await page.locator("#results a").count()) > 0, true);
}
