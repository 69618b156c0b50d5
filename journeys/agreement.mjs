// What operators do with the money of the demo's organization.

/** Opens what the operator knows about the money of the demo's organization. */
export async function openCustomer({ page, base }) {
  await page.goto(`${base}/operator/organizations?q=Waterland`);
  await page.click(".row-link >> nth=0");
  await page.click('a[href$="/invoices"]');
}

/** The operator changes the agreement, and a global admin becomes billing account owner. */
export async function goesToMca(tools) {
  const { page, base, signIn } = tools;
  await signIn("operator");
  await openCustomer(tools);
  await page.click('a[href$="/billing-rules"]');
  await page.check("input[name=agreement][value=mca]");
  await page.click(".pane-foot .button-primary");
  await page.waitForSelector(".toast");
  await signIn("global_admin");
  await page.goto(`${base}/billing/roles/give`);
  await page.click(".pane-foot .button-primary");
  await page.waitForSelector(".toast");
}
