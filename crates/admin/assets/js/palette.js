// The palette: what the page /search finds, as a list under one field (the combobox pattern). zetel.js lends its tools.

export function open({ $, $$, element, setAll, later, ask, PANE }) {
  if ($("dialog.palette")) return;
  const link = $("[data-palette]");
  const label = $("span", link).textContent;
  const list = element("div", { id: "palette-list", className: "palette-list", role: "listbox", ariaLabel: label });
  const count = element("p", { className: "visually-hidden", role: "status" });
  const input = element("input", { type: "search", className: "palette-input", placeholder: label, ariaLabel: label, role: "combobox" });
  setAll(input, { autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": true });
  const close = element("button", { type: "button", className: "palette-close", textContent: link.dataset.close });
  const dialog = element("dialog", { className: "palette", ariaLabel: label }, element("div", { className: "palette-head" }, input, close), list, count);
  const options = () => $$("[role=option]", list);

  function choose(option) {
    for (const other of options()) other.ariaSelected = other === option;
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = options();
    choose(all.at((all.findIndex((option) => option.ariaSelected === "true") + by) % all.length));
  }

  function group(card, number) {
    const title = element("p", { id: `palette-group-${number}`, className: "palette-title", textContent: $("h2", card).textContent });
    const links = $$("a.action", card);
    links.forEach((link, index) => setAll(link, { id: `palette-${number}-${index}`, role: "option", tabindex: -1, "aria-selected": false }));
    const made = element("div", { role: "group" }, title, ...links);
    made.setAttribute("aria-labelledby", title.id);
    return made;
  }

  async function search() {
    const url = `/search?${new URLSearchParams({ q: input.value.trim() })}`;
    const answer = await ask(dialog, url, PANE);
    const results = answer && $("#results", answer.page);
    if (!answer) return;
    if (!results) return location.assign(url);
    count.textContent = results.dataset.found;
    const cards = $$(".card", results);
    list.replaceChildren(...(cards.length ? cards.map(group) : [$(".empty", results)]));
    list.scrollTop = 0;
    choose(options()[0]);
  }

  input.addEventListener("input", () => later(input, search, 150));
  input.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") $("[aria-selected=true]", list)?.click();
    else if (by && options().length) step(by);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
  search();
}
