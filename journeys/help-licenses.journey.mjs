// R2, R28, R162, R100, R173, R176, R177: what help says about licenses and people is true.
import { walkHowTos } from "./help.mjs";

export const name = "the steps of help: licenses and people";

const F3 = "Microsoft 365 F3";

/** Types a name into the pane and chooses the first person that is found. */
const choosePerson = ({ page, expect }) => async () => {
  await page.fill("#users", "abigail");
  await page.locator(".typeahead-list [role=option]:not([aria-disabled])").first().click();
  await expect.count("#users-chips .chip", 1);
};

/** Turns a product on in the pane that is open. */
const turnOn = (page, product) => () => page.locator(".pane-body .check", { hasText: product }).first().click();

const chooseFile = (page, lines) =>
  page.setInputFiles("#file", { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) });

export const howTos = [
  {
    as: "license_admin",
    page: "assign-licenses",
    list: 0,
    steps: (t) => [{ after: t.open(F3) }, { after: choosePerson(t) }, { pick: [] }, {}],
    done: ({ expect }) => expect.hidden("dialog"),
  },
  {
    as: "license_admin",
    page: "assign-licenses",
    list: 1,
    steps: ({ page }) => [
      {
        after: async () => {
          await page.goto(new URL("/users?q=abigail", page.url()).href);
          await page.locator("#results .row-link").nth(1).click();
        },
      },
      { pick: [1] },
      { before: turnOn(page, "Power BI Pro") },
    ],
    says: [/1 person got a license\./, /1 persoon heeft een licentie gekregen\./],
  },
  {
    as: "license_admin",
    page: "assign-licenses",
    list: 2,
    steps: ({ page }) => [
      { at: { 2: () => page.check("#results tbody input[type=checkbox] >> nth=3") } },
      {
        before: async () => {
          await turnOn(page, F3)();
          await turnOn(page, "Microsoft 365 E3")();
        },
      },
      {},
    ],
    says: [/The licenses of 1 person were replaced\./, /De licenties van 1 persoon zijn vervangen\./],
  },
  {
    as: "license_admin",
    page: "unassign-licenses",
    list: 0,
    steps: ({ page, open }) => [
      { after: open(F3) },
      { before: () => page.check("#results tbody input[type=checkbox] >> nth=0") },
      {},
    ],
    says: [/1 license was unassigned\./, /De toewijzing van 1 licentie is opgeheven\./],
  },
  {
    as: "license_admin",
    page: "assign-to-many",
    list: 0,
    steps: ({ page, base, open, expect }) => [
      { at: { 2: open(F3) } },
      {
        after: async () => {
          const people = await (await page.request.get(`${base}/users?q=b`)).text();
          await chooseFile(page, ["email", ...people.match(/[\w.]+@[\w.]+(?=<)/g).slice(0, 5)]);
          await page.click("button[value=file]");
        },
      },
      { after: () => expect.path(/\/many\/upl_/) },
      { after: () => page.click("main form .button-primary") },
    ],
    done: ({ expect, say }) =>
      expect.text("#progress .notice", say(/licenses? (was|were) assigned\./, /licenties? (is|zijn) toegewezen\./)),
  },
  {
    as: "license_admin",
    page: "yammer-licenses",
    list: 0,
    steps: ({ open, expect }) => [
      { after: open("Microsoft 365 E3") },
      {},
      { after: () => expect.text("dialog #service_plans", /Yammer|Viva Engage/) },
    ],
  },
  {
    as: "global_admin",
    page: "auto-claim",
    list: 0,
    steps: ({ page }) => [
      {},
      {
        after: async () => {
          await page.selectOption("#product", { label: F3 });
          await page.selectOption("#backup_1", { label: "Microsoft 365 E3" });
        },
      },
      { pick: [0, 1], at: { 1: () => page.click("main .row-link") } },
    ],
    done: ({ expect }) => expect.visible("#service_plans .check"),
  },
  {
    as: "user",
    page: "request-licenses",
    list: 0,
    steps: ({ page }) => [
      {},
      {
        after: async () => {
          await page.selectOption("#product", { label: "Microsoft 365 E3" });
          await page.fill("#note", "Front desk");
        },
      },
      {},
    ],
    says: [/Your request was sent\./, /Uw aanvraag is verstuurd\./],
  },
  {
    as: "license_admin",
    page: "request-licenses",
    list: 1,
    steps: ({ page }) => [
      { after: () => page.click("#results .row-link >> nth=0") },
      { after: () => page.fill("#note", "Welcome") },
      { pick: [0] },
    ],
    says: [/approved for 1 person\./, /goedgekeurd voor 1 persoon\./],
  },
  {
    as: "user_admin",
    page: "add-people",
    list: 0,
    steps: ({ page }) => [
      {},
      {
        after: async () => {
          await page.fill("#display_name", "Journey Walker");
          await page.fill("#email", "journey.walker@waterland.example");
          await page.selectOption("#usage_location", "NL");
        },
      },
      // The second label is on the page of the person.
      { pick: [], elsewhere: [1] },
      {},
    ],
    says: [/1 person was added\./, /1 persoon is toegevoegd\./],
  },
  {
    as: "user_admin",
    page: "groups",
    list: 0,
    steps: ({ page }) => [{}, { before: () => page.fill("#name", "Finance leads") }],
    says: [/The group was added\./, /De groep is toegevoegd\./],
  },
  {
    as: "user_admin",
    page: "groups",
    list: 1,
    steps: (t) => [{ at: { 2: () => t.page.locator("main .row-link").first().click() } }, { after: choosePerson(t) }, {}],
    done: ({ expect, say }) =>
      expect.text("dialog .pane-body", say(/in (the group|it already)\.|to the group\./, /aan de groep|zat er al in/)),
  },
  {
    as: "user_admin",
    page: "groups",
    list: 2,
    steps: ({ page, expect }) => [
      { after: () => page.locator("main .row-link").first().click() },
      {
        before: async () => {
          await page.check("#results tbody input[type=checkbox] >> nth=0");
          await expect.text("[data-selection-count]", /^1 /);
        },
      },
    ],
    says: [/1 person was removed from the group\./, /1 persoon is uit de groep verwijderd\./],
  },
  {
    as: "user_admin",
    page: "add-people",
    list: 1,
    steps: ({ page, expect }) => [
      { after: () => expect.visible("a[href='/users/add-many/template']") },
      {},
      {
        after: async () => {
          const columns = "display_name,email,department,usage_location";
          await chooseFile(page, [columns, "Caravan One,caravan.one@waterland.example,Sales,NL"]);
          await page.click("main .button-primary");
        },
      },
      { after: () => page.click("main form .button-primary") },
    ],
    done: ({ expect, say }) => expect.text("#progress", say(/1 person was added\./, /1 persoon is toegevoegd\./)),
  },
];

export const run = (tools) => walkHowTos(tools, howTos);
