// What journeys and screenshots share: a demo of its own for each, a browser, and an eye on what goes wrong.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
const BINARY = process.env.ZETEL_BINARY ?? join(TARGET, "debug", "zetel");
const START_MILLISECONDS = 60_000;
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const LANGUAGES = ["nl", "en"];
export const CLOUDS = ["worldwide", "germany", "21vianet"];
export const THEMES = ["light", "dark"];
export const OUTPUT = join(TARGET, "journeys");

/** The day so many days from now where the demo's organizations are, as a field of a day takes it. */
export function inDays(days) {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" }).format();
  return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
}

export function launchBrowser() {
  const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking"];
  const args = ["--no-sandbox", "--disable-gpu", ...quiet, "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args });
}

/** Starts a demo with data of its own, in a cloud, with the names that pages had in a year. */
export function startZetel(cloud = "worldwide", pageNames = "2021") {
  const place = ["--cloud", cloud, "--page-names", pageNames];
  return start((data) => [["demo", "--listen", "127.0.0.1:0", "--data", data, ...place]]);
}

/** Starts Zetel for the first time, on an empty database. */
export function startEmpty() {
  return start((data) => [["serve"], { ZETEL_DATABASE: join(data, "zetel.db"), ZETEL_LISTEN: "127.0.0.1:0" }]);
}

/** Starts Zetel with a folder of its own; gives what it printed, and a function that stops it. */
async function start(optionsIn) {
  const data = await mkdtemp(join(tmpdir(), "zetel-"));
  const [options, settings] = optionsIn(data);
  const zetel = spawn(BINARY, options, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...settings } });
  const ended = new Promise((resolve) => zetel.once("close", resolve).once("error", resolve));
  const stop = async () => {
    zetel.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  try {
    return { ...(await printedFacts(zetel)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address, and the product keys or the setup code that stand before it. */
function printedFacts(zetel) {
  return new Promise((resolve, reject) => {
    let printed = "";
    const late = setTimeout(() => reject(new Error(`zetel printed no address:\n${printed}`)), START_MILLISECONDS);
    const read = (chunk) => {
      printed += chunk;
      const address = printed.match(/http:\/\/127\.0\.0\.1:\d+(?=\D)/);
      if (address) {
        clearTimeout(late);
        const keys = printed.match(/\b\w{5}(-\w{5}){4}\b/g) ?? [];
        resolve({ base: address[0], keys, setupCode: printed.match(/setup code (\S+)/)?.[1] });
      }
    };
    zetel.stdout.on("data", read);
    zetel.stderr.on("data", read);
    zetel.once("error", reject);
    zetel.once("close", (code) => reject(new Error(`zetel ended with ${code}:\n${printed}`)));
  });
}

/** A browser of its own for one person, in one language and theme. */
export async function openContext(browser, base, { language, theme, viewport = { width: 1280, height: 900 } }) {
  const context = await browser.newContext({ viewport, locale: language, reducedMotion: "reduce" });
  await context.addCookies([
    { name: "language", value: language, url: base },
    { name: "theme", value: theme, url: base },
  ]);
  context.setDefaultTimeout(10_000);
  return context;
}

/** Signs in as one of the demo's people, such as `billing_admin`. */
export async function signIn(page, base, persona) {
  await page.goto(`${base}/sign-in`);
  await page.click(`form[action="/demo/sign-in"] button[name="persona"][value="${persona}"]`);
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** Collects what must not happen on any page: errors of script or of the content security policy, failed requests. */
export function watch(context) {
  const problems = [];
  const note = (page, text) => problems.push(`${new URL(page.url()).pathname}: ${text}`);
  context.on("page", (page) => {
    page.on("pageerror", (error) => note(page, `script error: ${error.message}`));
    page.on("console", (message) => {
      const isRequest = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isRequest) note(page, `console: ${message.text()}`);
    });
    // A page or a fetch may answer that a form has mistakes; nothing else may fail, and nothing may break the server.
    page.on("response", (response) => {
      const mayRefuse = ["document", "fetch"].includes(response.request().resourceType());
      const limit = mayRefuse ? 500 : 400;
      if (response.status() >= limit) note(page, `${response.status()} for ${response.url()}`);
    });
  });
  return problems;
}

/** Puts axe into a page. */
export const bringAxe = (page) => page.evaluate(AXE);

/** Accessibility problems of the page as it stands (WCAG 2.2 A and AA, and best practices). */
export async function accessibilityProblems(page) {
  await bringAxe(page);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  const path = new URL(page.url()).pathname;
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map((node) => node.target.join(" "));
    return `${path}: ${id}: ${help} (${nodes.length}x: ${places.join(", ")})`;
  });
}
