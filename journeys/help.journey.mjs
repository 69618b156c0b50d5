// R2: every how-to of help is walked by a journey, in both languages; which pages have steps is read from their files.
import { readdir, readFile } from "node:fs/promises";

export const name = "every how-to of help is walked";
export const languages = ["en"];

const HELP = new URL("../docs/help/", import.meta.url);
const HERE = new URL(".", import.meta.url);

/** Each ordered list of the pages in a language, as "page 0". */
async function written(language) {
  const folder = new URL(`${language}/`, HELP);
  const lists = [];
  for (const file of await readdir(folder)) {
    const text = await readFile(new URL(file, folder), "utf8");
    const count = (text.match(/^(\{not in \w+\} )?1\. /gm) ?? []).length;
    for (let list = 0; list < count; list += 1) lists.push(`${file.replace(".md", "")} ${list}`);
  }
  return lists.sort().join("\n");
}

/** Those that journeys walk in both languages. */
async function walked() {
  const files = (await readdir(HERE)).filter((file) => /^help-.*\.journey\.mjs$/.test(file));
  const journeys = await Promise.all(files.map((file) => import(new URL(file, HERE))));
  const inBoth = journeys.filter((journey) => !journey.languages && !journey.clouds);
  const lists = inBoth.flatMap(({ howTos }) => howTos.map(({ page, list }) => `${page} ${list}`));
  return [...new Set(lists)].sort().join("\n");
}

export async function run({ expect }) {
  const lists = await walked();
  await expect.equal(lists, await written("en"));
  await expect.equal(lists, await written("nl"));
}
