// Every page works without this script. All listeners sit on the document, so replaced parts need no setup.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (type, selector, act) =>
  document.addEventListener(type, (event) => {
    const target = event.target.closest?.(selector);
    if (target) act(target, event);
  }, true);
const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const setAll = (target, all) => Object.entries(all).forEach(([name, value]) => target.setAttribute(name, value));
const parse = (html) => new DOMParser().parseFromString(html, "text/html");
const here = () => location.pathname + location.search;

const timers = new WeakMap();
const later = (key, act, pause = 250) => {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(act, pause));
};

// Fetches a page; null when a newer question about `key` overtakes this one, or the network is gone.
const requests = new WeakMap();
async function ask(key, url, options = {}) {
  requests.get(key)?.abort();
  const controller = new AbortController();
  requests.set(key, controller);
  try {
    const answer = await fetch(url, { ...options, signal: controller.signal });
    return { page: parse(await answer.text()), url: answer.url, ok: answer.ok };
  } catch {
    return null;
  }
}

// --- Panes: a[data-pane] opens its address at the right, over the page

const PANE = { headers: { "Zetel-Pane": "1" } };
let opener = null; // gets the focus back
let under = null; // address under the pane
let shown = here(); // address shown now
const pane = () => $("dialog.pane-dialog");

async function openPane(url, from, push) {
  const answer = await ask(document, url, PANE);
  if (!answer) return location.assign(url);
  opener = from ?? opener;
  showAnswer(answer, push);
}

function showAnswer(answer, push) {
  const content = $("[data-pane-content]", answer.page);
  if ($(".topbar", answer.page)) return showPage(answer);
  if (!content) return location.assign(answer.url);
  under ??= location.href;
  const dialog = pane() ?? newDialog();
  delete dialog.dataset.changed;
  dialog.toggleAttribute("data-wide", content.hasAttribute("data-wide"));
  dialog.replaceChildren(content);
  if (!dialog.open) dialog.showModal();
  if (push) history.pushState({ pane: true }, "", answer.url);
  shown = here();
  ($("[data-error-summary], [autofocus]", dialog) ?? $("#pane-title", dialog))?.focus();
  startLive();
}

function newDialog() {
  const dialog = element("dialog", { className: "pane-dialog" });
  dialog.setAttribute("aria-labelledby", "pane-title");
  dialog.addEventListener("close", () => {
    dialog.remove();
    history.replaceState(null, "", under);
    if ("stale" in dialog.dataset) return location.reload();
    shown = here();
    under = null;
    if (opener?.isConnected) opener.focus();
  });
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog && !("changed" in dialog.dataset)) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

// A form in a pane has led to a whole page, which is already here.
function showPage({ page, url }) {
  const top = under === url ? scrollY : 0;
  history.pushState(null, "", url);
  shown = here();
  under = null;
  document.title = page.title;
  document.body.replaceWith(page.body);
  scrollTo(0, top);
  $("#content")?.focus({ preventScroll: true });
  startLive();
  hideToasts();
}

const wantsTab = ({ button, ctrlKey, metaKey, shiftKey }) => button || ctrlKey || metaKey || shiftKey;
on("click", "a[data-pane]", (link, event) => {
  if (wantsTab(event)) return;
  event.preventDefault();
  const menu = link.closest("details.menu");
  if (menu) menu.open = false;
  openPane(link.href, menu ? $("summary", menu) : link.closest(".palette") ? $("[data-palette]") : link, true);
});
on("click", "[data-pane-close]", (link, event) => {
  if (!pane()) return;
  event.preventDefault();
  pane().close();
});
on("input", "dialog.pane-dialog", (dialog) => { dialog.dataset.changed = ""; });
on("click", "[data-error-summary] a", (link, event) => {
  const field = document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.matches("fieldset") ? $("input", field) : field).focus();
});
addEventListener("popstate", (event) => {
  if (here() === shown) return;
  if (event.state?.pane) return openPane(location.href, null, false);
  if (pane() && location.href === under) return pane().close();
  location.reload();
});

// --- Forms: sent once; in a pane without leaving the page

on("submit", "form", async (form, event) => {
  if (form.matches("[data-search], [data-theme-switch]")) return;
  if ("sent" in form.dataset) return event.preventDefault();
  const done = () => { delete form.dataset.sent; };
  form.dataset.sent = "";
  if (form.method === "post") keepTyped(form);
  clearTimeout(timers.get(form));
  if (!form.closest("dialog.pane-dialog") || form.method !== "post") return setTimeout(done, 4000);
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  const url = event.submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  const answer = await ask(form, url, { ...PANE, method: "POST", body });
  done();
  if (!answer) return form.submit();
  if (!signsIn(answer.page)) sessionStorage.removeItem(TYPED);
  showAnswer(answer, answer.url !== location.href);
  // What was done stays in the pane: the page under it has changed.
  if (answer.ok && pane()) pane().dataset.stale = "";
});

// --- A session that ended while a form was open: after signing in the same person finds what was typed, but no secret

const TYPED = "typed";
const SECRET = "button, [type=hidden], [type=password], [type=file], [autocomplete^=cc-]";
const signsIn = (page = document) => $("form[action='/sign-in']", page);
const whoIsHere = () => $(".person-name")?.textContent;
const typedIn = (form) => [...form.elements].filter((field) => field.name && !field.matches(SECRET));
const isBox = ({ type }) => type === "checkbox" || type === "radio";

function keepTyped(form) {
  if (signsIn()) return;
  const fields = typedIn(form).map((field) => [field.name, field.value, isBox(field) && field.checked]);
  const picked = $$("[data-typeahead]", form).map(({ id, dataset }) =>
    [id, $$(`#${dataset.chips} .chip`).map((chip) => ({ value: $("input", chip).value, label: $(".chip-text", chip).textContent }))]);
  const kept = { who: whoIsHere(), page: location.pathname, action: form.getAttribute("action"), fields, picked };
  sessionStorage.setItem(TYPED, JSON.stringify(kept));
}

function bringTypedBack() {
  const kept = JSON.parse(sessionStorage.getItem(TYPED));
  sessionStorage.removeItem(TYPED);
  if (kept && signsIn()) return sessionStorage.setItem(TYPED, JSON.stringify({ ...kept, waits: true }));
  if (!kept?.waits || kept.page !== location.pathname || kept.who !== whoIsHere()) return;
  const form = $$("form").find((other) => other.getAttribute("action") === kept.action);
  if (!form) return;
  for (const field of typedIn(form)) {
    const isIt = ([name, value]) => name === field.name && (!isBox(field) || value === field.value);
    const index = kept.fields.findIndex(isIt);
    if (index < 0) continue;
    const [[, value, checked]] = kept.fields.splice(index, 1);
    if (isBox(field)) field.checked = checked;
    else field.value = value;
  }
  for (const [id, options] of kept.picked) {
    for (const dataset of options) pick(document.getElementById(id), { dataset });
  }
  const says = element("p", { className: "notice", tabIndex: -1, textContent: document.body.dataset.typedIsBack });
  form.prepend(says);
  form.dispatchEvent(new Event("input", { bubbles: true }));
  says.focus();
}

// form[data-preview]: asks again while typing what will happen.
on("input", "form[data-preview]", (form) => later(form, async () => {
  const target = $("[data-preview-target]", form);
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("form_token");
  target.setAttribute("aria-busy", "true");
  const answer = await ask(target, `${form.dataset.preview}?${fields}`);
  const next = answer && $("[data-preview-target]", answer.page);
  if (next) target.replaceWith(next);
  else target.removeAttribute("aria-busy");
}));

// --- Lists: form[data-search] submits itself, replaces every [data-results]; selected rows are counted

async function search(form) {
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  const url = (form.getAttribute("action") || location.pathname) + (fields.size ? `?${fields}` : "");
  const answer = await ask(form, url);
  if (!answer) return;
  for (const part of $$("[data-results]")) {
    const next = answer.page.getElementById(part.id);
    if (!next) return location.assign(url);
    keepSelected(part, next);
    part.replaceWith(next);
  }
  $$(".list").forEach(countSelected);
  if (pane()) return;
  history.replaceState(null, "", url);
  shown = here();
}

// A row selected while the answer was on its way stays selected.
function keepSelected(part, next) {
  const chosen = $$("tbody input[type=checkbox]:checked", part).map(({ name, value }) => `${name} ${value}`);
  for (const row of $$("tbody input[type=checkbox]", next)) row.checked ||= chosen.includes(`${row.name} ${row.value}`);
}
on("input", "form[data-search]", (form) => later(form, () => search(form)));
on("submit", "form[data-search]", (form, event) => { event.preventDefault(); search(form); });

on("change", ".list", (list, event) => {
  const all = $("[data-select-all]", list);
  if (event.target === all) $$("tbody input[type=checkbox]", list).forEach((row) => { row.checked = all.checked; });
  countSelected(list);
});

function countSelected(list) {
  const all = $("[data-select-all]", list);
  const rows = $$("tbody input[type=checkbox]", list);
  const count = rows.filter((row) => row.checked).length;
  if (all) Object.assign(all, { checked: count && count === rows.length, indeterminate: count && count < rows.length });
  const place = $("[data-selection-count]", list);
  if (place) Object.assign(place, { hidden: false, textContent: place.textContent.replace(/\d+/, count) });
}

// --- Menus, toasts, theme

addEventListener("click", ({ target }) => {
  for (const menu of $$("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
});
addEventListener("keydown", (event) => {
  const menu = $("details.menu[open], details.drawer[open]");
  if (event.key !== "Escape" || !menu) return;
  event.preventDefault();
  menu.open = false;
  $("summary", menu).focus();
});
on("click", "[data-dismiss]", (link, event) => { event.preventDefault(); link.closest(".toast").remove(); });
function hideToasts() {
  for (const toast of $$(".toast")) later(toast, () => toast.matches(":hover, :focus-within") ? hideToasts() : toast.remove(), 8000);
}
on("submit", "form[data-theme-switch]", (form, event) => {
  event.preventDefault();
  document.documentElement.dataset.theme = event.submitter.value;
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)), redirect: "manual" });
});

// --- Shortcuts; the palette is a file of its own, which is fetched when it is first opened

async function summon(event) {
  const link = $("[data-palette]");
  if (!link) return;
  event.preventDefault();
  if (!$("dialog[open]")) (await import(link.dataset.palette)).open({ $, $$, element, setAll, later, ask, PANE });
}
on("click", "[data-palette]", (link, event) => wantsTab(event) || summon(event));

let going = 0; // until then a letter after G says where to
addEventListener("keydown", (event) => {
  const { key, timeStamp, target, ctrlKey, metaKey, altKey } = event;
  if ((ctrlKey || metaKey) && !altKey && key === "k") return summon(event);
  if (ctrlKey || metaKey || altKey || !("shortcuts" in document.body.dataset)) return;
  if (target.closest("input, textarea, select") || $("dialog[open]")) return;
  const goal = timeStamp < going ? $(`.navigation [data-go="${CSS.escape(key)}"]`)
    : key === "?" ? $("a[href='/shortcuts']") : key === "/" && $(".page input[type=search]");
  going = key === "g" ? timeStamp + 1500 : 0;
  if (!goal) return;
  event.preventDefault();
  if (goal.matches("input")) goal.focus();
  else goal.click();
});

// --- Long work: [data-live] is fetched and replaced every second, until the answer does not carry it

const alive = new WeakSet();
function startLive() {
  for (const part of $$("[data-live]")) {
    if (alive.has(part)) continue;
    alive.add(part);
    setTimeout(async () => {
      const answer = part.isConnected && await ask(part, part.dataset.live);
      const next = answer?.ok && answer.page.getElementById(part.id);
      if (next) part.replaceWith(next);
      alive.delete(part);
      startLive();
    }, 1000);
  }
}

// --- input[data-typeahead]: search and pick several (the combobox pattern)

function listOf(input) {
  let list = $(".typeahead-list", input.parentElement);
  if (list) return list;
  list = element("ul", { className: "typeahead-list", id: `${input.id}-list`, role: "listbox", hidden: true });
  input.after(list);
  setAll(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": false });
  return list;
}
function open(input, value) {
  listOf(input).hidden = !value;
  input.setAttribute("aria-expanded", value);
  input.removeAttribute("aria-activedescendant");
}
function step(input, by) {
  const options = $$("[role=option]:not([aria-disabled])", listOf(input));
  const now = options.findIndex((option) => option.ariaSelected === "true");
  const next = options.at(now < 0 && by < 0 ? -1 : (now + by) % options.length);
  if (!next) return;
  options.forEach((option, index) => setAll(option, { id: `${input.id}-option-${index}`, "aria-selected": option === next }));
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}
function pick(input, option) {
  const { name, max, tooMany, remove, chips } = input.dataset;
  const box = document.getElementById(chips);
  const { value, label = option.textContent.trim() } = option.dataset;
  const picked = $$("input", box).map((hidden) => hidden.value);
  if (picked.length >= max) {
    return listOf(input).replaceChildren(element("li", { role: "option", ariaDisabled: "true", textContent: tooMany }));
  }
  if (!picked.includes(value)) {
    const cross = element("button", { type: "button", className: "chip-remove", ariaLabel: `${remove} ${label}`, textContent: "\u00d7" });
    cross.dataset.chipRemove = "";
    const text = element("span", { className: "chip-text", textContent: label });
    box.append(element("span", { className: "chip" }, text, element("input", { type: "hidden", name, value }), cross));
  }
  input.value = "";
  open(input, false);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
on("input", "input[data-typeahead]", (input) => later(input, async () => {
  const query = input.value.trim();
  const answer = query && await ask(input, `${input.dataset.typeahead}?${new URLSearchParams({ q: query })}`);
  if (!query) open(input, false);
  if (!answer?.ok || signsIn(answer.page)) return;
  listOf(input).replaceChildren(...answer.page.body.children);
  open(input, listOf(input).childElementCount > 0);
}, 150));
on("keydown", "input[data-typeahead]", (input, event) => {
  const list = listOf(input);
  const chosen = $("[aria-selected=true]", list);
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (list.hidden) return event.key === "Enter" && event.preventDefault();
  if (event.key in moves) step(input, moves[event.key]);
  else if (event.key === "Enter" && chosen) pick(input, chosen);
  else if (event.key === "Escape") open(input, false);
  else if (event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
});
on("mousedown", ".typeahead-list [role=option]", (option, event) => {
  event.preventDefault();
  if (!option.ariaDisabled) pick($("[data-typeahead]", option.closest(".typeahead")), option);
});
on("focusout", "input[data-typeahead]", (input) => open(input, false));
on("click", "[data-chip-remove]", (cross) => cross.closest(".chip").remove());

startLive();
hideToasts();
bringTypedBack();
