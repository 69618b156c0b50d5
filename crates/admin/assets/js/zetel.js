// Zetel's only script. Every page works without it; it adds what is faster with it. All listeners sit on the document,
// so that parts which are replaced later need no setup.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (type, selector, act, capture = false) =>
  document.addEventListener(type, (event) => {
    const target = event.target.closest?.(selector);
    if (target) act(target, event);
  }, capture);
const parse = (html) => new DOMParser().parseFromString(html, "text/html");
const plain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
const timers = new WeakMap();
const later = (key, act, pause = 250) => {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(act, pause));
};

// Newest answer wins: an older request for the same thing is given up.
const requests = new WeakMap();
async function ask(key, url, options = {}) {
  requests.get(key)?.abort();
  const controller = new AbortController();
  requests.set(key, controller);
  try {
    return await fetch(url, { ...options, signal: controller.signal });
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error;
  }
}

// --- whole pages -------------------------------------------------------------------------------------------------

// A form that was sent from a pane ends on a page that we already hold: show it instead of loading it again.
function showPage(page, url) {
  const assets = (root) => $$("script[src], link[rel=stylesheet]", root).map((e) => e.src || e.href).join();
  if (assets(page) !== assets(document)) return location.assign(url);
  history.pushState({}, "", url);
  document.title = page.title;
  document.body.replaceWith(page.body);
  startLive();
  hideToast();
}

// --- panes -------------------------------------------------------------------------------------------------------

let opener = null;
const pane = () => $("dialog.pane-dialog");

async function openPane(url, from, push = true) {
  const answer = await ask(document, url, { headers: { "Zetel-Pane": "1" } }).catch(() => null);
  if (!answer) return location.assign(url);
  if (from) opener = from;
  if (!pane()) sessionUnder ??= location.href;
  showAnswer(await answer.text(), answer, push);
}

let sessionUnder = null; // the page under the pane

function showAnswer(html, answer, push) {
  const page = parse(html);
  const content = $("[data-pane-content]", page);
  if (!content || $(".topbar", page)) {
    const stays = answer.ok && answer.redirected && $(".topbar", page);
    sessionUnder = null;
    return stays ? showPage(page, answer.url) : location.assign(answer.url);
  }
  let dialog = pane();
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "pane-dialog";
    dialog.setAttribute("aria-labelledby", "pane-title");
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); closePane(); });
    dialog.addEventListener("pointerdown", (event) => { if (event.target === dialog) closePane(); });
    document.body.append(dialog);
  }
  dialog.toggleAttribute("data-wide", content.hasAttribute("data-wide"));
  dialog.replaceChildren(content);
  if (!dialog.open) dialog.showModal();
  if (push) history.pushState({ pane: true, under: sessionUnder }, "", answer.url);
  const first = $("[data-error-summary], [autofocus]", dialog) || $("#pane-title", dialog);
  first?.focus();
  startLive();
}

function closePane(push = true) {
  const dialog = pane();
  if (!dialog) return;
  dialog.close();
  dialog.remove();
  if (push) history.pushState({}, "", sessionUnder);
  sessionUnder = null;
  if (opener?.isConnected) opener.focus();
  opener = null;
}

on("click", "a[data-pane]", (link, event) => {
  if (!plain(event)) return;
  event.preventDefault();
  const menu = link.closest("details.menu");
  menu?.removeAttribute("open");
  openPane(link.href, menu ? $("summary", menu) : link);
});

on("click", "[data-pane-close]", (link, event) => {
  if (!pane() || !plain(event)) return;
  event.preventDefault();
  closePane();
});

addEventListener("popstate", (event) => {
  if (event.state?.pane) openPane(location.href, null, false);
  else if (pane() && sessionUnder === location.href) closePane(false);
  else location.reload();
});

// --- forms -------------------------------------------------------------------------------------------------------

on("submit", "form", async (form, event) => {
  if (form.matches("[data-search], [data-theme-switch]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  const button = event.submitter;
  const wait = (busy) => {
    for (const each of $$("button:not([type=button])", form)) each.setAttribute("aria-busy", busy);
    if (!busy) delete form.dataset.sent;
  };
  wait(true);
  const dialog = form.closest("dialog.pane-dialog");
  if (!dialog || form.method !== "post" || form.target) return setTimeout(() => wait(false), 10000);
  event.preventDefault();
  const data = new FormData(form, button);
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  const action = button?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  try {
    const answer = await fetch(action, { method: "POST", body, headers: { "Zetel-Pane": "1" } });
    showAnswer(await answer.text(), answer, answer.redirected);
  } catch {
    HTMLFormElement.prototype.submit.call(form);
  } finally {
    wait(false);
  }
}, true);

addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => delete form.dataset.sent));

// What will happen, asked again while typing.
on("input", "form[data-preview]", (form) => later(form, async () => {
  const target = $("[data-preview-target]", form);
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("form_token");
  target.setAttribute("aria-busy", "true");
  const answer = await ask(form, `${form.dataset.preview}?${fields}`);
  if (!answer) return;
  const found = answer.ok && $("[data-preview-target]", parse(await answer.text()));
  if (found) target.replaceWith(found);
  else target.removeAttribute("aria-busy");
}));

// --- lists -------------------------------------------------------------------------------------------------------

async function search(form) {
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  const url = `${form.getAttribute("action") || location.pathname}${String(fields) && "?" + fields}`;
  const answer = await ask(form, url);
  if (!answer) return;
  const page = parse(await answer.text());
  const targets = $$("[data-results]");
  if (!targets.length || targets.some((target) => !page.getElementById(target.id))) return location.assign(url);
  for (const target of targets) target.replaceWith(page.getElementById(target.id));
  history.replaceState(history.state, "", url);
}
on("input", "form[data-search]", (form) => later(form, () => search(form)));
on("submit", "form[data-search]", (form, event) => { event.preventDefault(); search(form); });

on("change", ".list", (list, event) => {
  const all = $("[data-select-all]", list);
  const rows = $$("tbody input[type=checkbox]", list);
  if (event.target === all) for (const row of rows) row.checked = all.checked;
  const count = rows.filter((row) => row.checked).length;
  if (all) {
    all.checked = count > 0 && count === rows.length;
    all.indeterminate = count > 0 && count < rows.length;
  }
  for (const place of $$("[data-selection-count]", list)) place.textContent = count.toLocaleString(document.documentElement.lang);
});

// --- menus, messages, theme --------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  for (const menu of $$("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = $("details.menu[open], details.drawer[open]");
  if (event.key !== "Escape" || !menu) return;
  event.preventDefault();
  menu.open = false;
  $("summary", menu).focus();
});
on("click", "[data-dismiss]", (link, event) => { event.preventDefault(); link.closest(".toast")?.remove(); });
const hideToast = () => $$(".toast").forEach((toast) => setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), 8000));

on("submit", "form[data-theme-switch]", (form, event) => {
  event.preventDefault();
  document.documentElement.dataset.theme = event.submitter.value;
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)), redirect: "manual" });
});

// --- long work ---------------------------------------------------------------------------------------------------

function startLive() {
  for (const part of $$("[data-live]")) later(part, async () => {
    const answer = await ask(part, part.dataset.live).catch(() => null);
    const page = answer?.ok ? parse(await answer.text()) : null;
    const next = page && (page.getElementById(part.id) || page.body.firstElementChild);
    if (part.isConnected && next) part.replaceWith(next);
    startLive();
  }, 1000);
}

// --- search and pick several -------------------------------------------------------------------------------------

const listOf = (input) => {
  let list = input.parentElement.querySelector(".typeahead-list");
  if (!list) {
    list = Object.assign(document.createElement("ul"), { className: "typeahead-list", id: `${input.id}-list`, hidden: true });
    list.setAttribute("role", "listbox");
    input.after(list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" }))
      input.setAttribute(name, value);
  }
  return list;
};
const show = (input, open) => {
  listOf(input).hidden = !open;
  input.setAttribute("aria-expanded", open);
  if (!open) input.removeAttribute("aria-activedescendant");
};
const optionsOf = (input) => $$("[role=option]:not([aria-disabled=true])", listOf(input));

function point(input, step) {
  const options = optionsOf(input);
  if (!options.length) return;
  const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const next = options[(now + step + options.length + (now < 0 && step < 0 ? 1 : 0)) % options.length];
  options.forEach((option, index) => {
    option.id = `${input.id}-option-${index}`;
    option.setAttribute("aria-selected", option === next);
  });
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function note(input, text) {
  const list = listOf(input);
  const line = document.createElement("li");
  line.setAttribute("role", "option");
  line.setAttribute("aria-disabled", "true");
  line.textContent = text;
  list.replaceChildren(line);
  show(input, true);
}

function pick(input, option) {
  const { name, max, tooMany, remove, chips } = input.dataset;
  const box = document.getElementById(chips);
  const picked = $$(`input[type=hidden]`, box).map((hidden) => hidden.value);
  if (picked.length >= Number(max || 20)) return note(input, tooMany);
  if (!picked.includes(option.dataset.value)) {
    const label = option.dataset.label || option.textContent.trim();
    const chip = Object.assign(document.createElement("span"), { className: "chip" });
    const mark = $(".avatar", option)?.cloneNode(true);
    mark?.classList.add("avatar-small");
    const text = Object.assign(document.createElement("span"), { className: "chip-text", textContent: label });
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name, value: option.dataset.value });
    const cross = Object.assign(document.createElement("button"), { type: "button", className: "chip-remove", textContent: "\u00d7" });
    cross.dataset.chipRemove = "";
    cross.setAttribute("aria-label", `${remove} ${label}`);
    chip.append(...[mark, text, hidden, cross].filter(Boolean));
    box.append(chip);
  }
  input.value = "";
  show(input, false);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

on("input", "input[data-typeahead]", (input, event) => {
  event.stopPropagation();
  later(input, async () => {
    if (!input.value.trim()) return show(input, false);
    const answer = await ask(input, `${input.dataset.typeahead}?${new URLSearchParams({ q: input.value })}`);
    if (!answer?.ok) return;
    listOf(input).innerHTML = await answer.text();
    show(input, listOf(input).childElementCount > 0);
  }, 150);
});
on("keydown", "input[data-typeahead]", (input, event) => {
  const chosen = $("[aria-selected=true]", listOf(input));
  const open = !listOf(input).hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") point(input, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && open) chosen && pick(input, chosen);
  else if (event.key === "Escape" && open) { show(input, false); event.stopImmediatePropagation(); }
  else if (event.key === "Backspace" && !input.value) $(`#${input.dataset.chips} .chip:last-child`)?.remove();
  else return;
  if (event.key !== "Backspace") event.preventDefault();
}, true);
on("mousedown", ".typeahead-list [role=option]", (option, event) => {
  event.preventDefault();
  if (option.getAttribute("aria-disabled") !== "true") pick($("[data-typeahead]", option.closest(".typeahead")), option);
});
on("focusout", "input[data-typeahead]", (input) => show(input, false));
on("click", "[data-chip-remove]", (cross) => cross.closest(".chip").remove());

startLive();
hideToast();
