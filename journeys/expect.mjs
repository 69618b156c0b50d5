// Expectations that wait: a page may need a moment, but what it then says is exact.

const WAIT_MILLISECONDS = 5_000;

async function eventually(read, accept, describe) {
  const end = Date.now() + WAIT_MILLISECONDS;
  for (;;) {
    const found = await read();
    if (accept(found)) return;
    if (Date.now() > end) throw new Error(describe(found));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const plain = (text) => text.replace(/\s+/g, " ").trim();
const quoted = (value) => (value instanceof RegExp ? String(value) : JSON.stringify(value));
const matches = (found, wanted) => (wanted instanceof RegExp ? wanted.test(found) : found === wanted);

/** Expectations about a page; `place` is a CSS or Playwright selector, or a locator. */
export function expectations(page) {
  const at = (place) => (typeof place === "string" ? page.locator(place) : place);
  return {
    /** The text, with runs of whitespace as one space, is exactly this, or matches. */
    text: (place, wanted) =>
      eventually(
        async () => plain(await at(place).first().innerText()),
        (found) => matches(found, wanted),
        (found) => `${place} says ${quoted(found)}, not ${quoted(wanted)}`,
      ),
    /** So many elements are there. */
    count: (place, wanted) =>
      eventually(
        () => at(place).count(),
        (found) => found === wanted,
        (found) => `there are ${found} of ${place}, not ${wanted}`,
      ),
    visible: (place) => at(place).first().waitFor({ state: "visible" }),
    hidden: (place) => at(place).first().waitFor({ state: "hidden" }),
    /** The path of the page is exactly this, or matches. */
    path: (wanted) =>
      eventually(
        () => new URL(page.url()).pathname,
        (found) => matches(found, wanted),
        (found) => `the page is ${found}, not ${wanted}`,
      ),
    /** The element has the focus, as a person with a keyboard needs it. */
    focused: (place) =>
      eventually(
        () => at(place).first().evaluate((element) => element === document.activeElement),
        (found) => found,
        () => `${place} does not have the focus`,
      ),
    equal: (found, wanted) => {
      if (found !== wanted) throw new Error(`${quoted(found)} is not ${quoted(wanted)}`);
    },
  };
}
