// The first start without a demo: the first operator, the first sign-in, the first organization.
import { startEmpty } from "./harness.mjs";

export const name = "the first operator sets Zetel up";
export const start = startEmpty;

const PASSWORD = "four seats by the window";

export async function run({ page, base, language, setupCode, expect, checkAccessibility }) {
  const say = (en, nl) => ({ en, nl })[language];
  const fill = async (values) => {
    for (const [field, value] of Object.entries(values)) await page.fill(`#${field}`, value);
  };
  const setUp = async (values) => {
    await fill(values);
    await page.click(".button-primary");
  };

  // Whatever one opens leads here.
  await page.goto(`${base}/billing/your-products`);
  await expect.path("/setup");
  await expect.text("h1", say("Set up Zetel", "Zetel instellen"));
  await checkAccessibility();

  // What is wrong is said at its field; what was typed stays, but for the passwords.
  const olivia = { display_name: "Olivia Operator", email: "olivia@zetel.example", password: PASSWORD, password_repeat: PASSWORD };
  await setUp({ ...olivia, setup_code: "not the code" });
  await expect.text("#setup_code-message", say(/This is not the code that the server printed\.$/, /Dit is niet de code die de server toonde\.$/));
  await expect.equal(await page.inputValue("#email"), olivia.email);
  await checkAccessibility();
  await setUp({ ...olivia, setup_code: setupCode, password_repeat: "something else entirely" });
  await expect.text("#password-message", say(/The two passwords differ\.$/, /De twee wachtwoorden verschillen\.$/));
  await setUp({ ...olivia, setup_code: setupCode, password: "short", password_repeat: "short" });
  await expect.text("#password-message", say(/12 characters/, /12 tekens/));
  await setUp({ ...olivia, setup_code: setupCode });
  await expect.text("h1", say("Operator console", "Operatorconsole"));

  // The page is closed for good, and the password opens the console from now on.
  const again = await page.goto(`${base}/setup`);
  await expect.equal(again.status(), 404);
  await page.context().clearCookies({ name: "zetel_session" });
  await page.goto(`${base}/operator/organizations`);
  await expect.path("/sign-in");
  await fill({ email: olivia.email, password: "a wrong password" });
  await page.click(".button-primary");
  await expect.visible(".error-summary");
  await fill({ email: olivia.email, password: PASSWORD });
  await page.click(".button-primary");
  await expect.path("/operator/organizations");

  // A first organization: its admin signs in, to an admin center that has nothing yet.
  await page.click('a[href="/operator/organizations/create"]');
  await fill({ name: "Polderland", display_name: "Anna de Vries", email: "anna@polderland.example", password: PASSWORD });
  await page.selectOption("#country", "NL");
  await page.click(".pane-foot .button-primary");
  await expect.text("h1", "Polderland");
}
