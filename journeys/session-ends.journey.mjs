// A session ends while a form is open; who signs in again finds what was typed, in the form, and no secret; nobody else does.
export const name = "a session ends while a form is open";

export async function run({ page, base, language, signIn, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const endSession = () => page.context().clearCookies({ name: "zetel_session" });
  const signInHere = (persona) => page.click(`button[name="persona"][value="${persona}"]`);
  const back = say(/^What you typed before you signed in again is back\./, /^Wat u had getypt voordat u zich opnieuw aanmeldde, staat er weer\./);

  // A page: text, a choice, a box; the password is not kept.
  const type = async () => {
    await page.fill("#display_name", "Zoë 👩‍🚀 ‏نورة");
    await page.fill("#email", "zoe@waterland.example");
    await page.fill("#password", "correct horse battery");
    await page.selectOption("#usage_location", "BE");
    await page.check("input[name=guest]");
  };
  await signIn("user_admin");
  await page.goto(`${base}/users/add`);
  await type();
  await endSession();
  await page.click(".pane-foot .button-primary");
  await expect.path("/sign-in");
  await checkAccessibility();
  await signInHere("user_admin");
  await expect.path("/users/add");
  await expect.text("form .notice", back);
  await expect.focused("form .notice");
  await expect.equal(await page.inputValue("#display_name"), "Zoë 👩‍🚀 ‏نورة");
  await expect.equal(await page.inputValue("#usage_location"), "BE");
  await expect.equal(await page.isChecked("input[name=guest]"), true);
  await expect.equal(await page.inputValue("#password"), "");
  await checkAccessibility();

  // Somebody else signs in: an empty form; and nothing of it comes back later.
  await type();
  await endSession();
  await page.click(".pane-foot .button-primary");
  await signInHere("global_admin");
  await expect.path("/users/add");
  await expect.equal(await page.inputValue("#display_name"), "");
  await expect.count("form .notice", 0);
  await signIn("user_admin");
  await page.goto(`${base}/users/add`);
  await expect.equal(await page.inputValue("#display_name"), "");

  // The same person signed in again beside the open form, whose token is of the session before.
  await page.goto(`${base}/users/add`);
  await type();
  const beside = await page.context().newPage();
  await beside.goto(`${base}/sign-in`);
  await beside.click('button[name="persona"][value="user_admin"]');
  await beside.waitForURL((url) => url.pathname !== "/sign-in");
  await beside.close();
  await page.click(".pane-foot .button-primary");
  await expect.path("/sign-in");
  await signInHere("user_admin");
  await expect.path("/users/add");
  await expect.text("form .notice", back);
  await expect.equal(await page.inputValue("#display_name"), "Zoë 👩‍🚀 ‏نورة");

  // A pane over the page, with people who were picked; the pane is then a page of its own, and goes on.
  await signIn("license_admin");
  await page.goto(`${base}/billing/licenses?q=365+f3`);
  await page.click("#results .row-link");
  await page.click('a[href$="/assign"]');
  await page.fill("input[data-typeahead]", "de vri");
  await page.click(".typeahead-list [role=option] >> nth=0");
  const chosen = await page.innerText(".chip-text");
  await endSession();
  await page.click(".pane-foot .button-primary");
  await expect.path("/sign-in");
  await signInHere("license_admin");
  await expect.path(/\/assign$/);
  await expect.text(".chip-text", chosen);
  await expect.text("form .notice", back);
  await page.click(".pane-foot .button-primary");
  await expect.count("[data-error-summary]", 0);
  await expect.count("form .notice", 0);
}
