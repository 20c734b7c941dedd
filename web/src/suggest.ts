// A search box → one that answers as one types (the combobox pattern of ARIA 1.2).

import { asked, fresh, html, json } from "./dom";
import { count, say } from "./words";

interface Found {
  total: number;
  results: { class: string; kind: string; name: string; also: string; address: string }[];
}

/** Milliseconds without a key after which is asked. */
const PAUSE = 120;

/** Makes a box answer. */
export function suggest(input: HTMLInputElement): void {
  const source = input.dataset["suggest"];
  const form = input.form;
  if (!source || !form) return;
  const id = fresh("suggested");
  const list = html("ul", { id, role: "listbox", class: "suggested", hidden: true, "aria-label": say("results") });
  const told = html("p", { class: "unseen", role: "status" });
  form.append(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
  }))
    input.setAttribute(name, value);

  let options: HTMLLIElement[] = [];
  let active = -1;
  let wait: number | undefined;
  let running: AbortController | undefined;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (at: number) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = options[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const show = (found: Found) => {
    options = found.results.map((one) => {
      const option = html(
        "li",
        { role: "option", id: fresh("option"), "aria-selected": "false" },
        html("span", { class: `kind k-${one.class}` }, one.kind),
        " ",
        html("span", { class: "name" }, one.name),
        one.also !== "" && html("span", { class: "faint" }, ` ${one.also}`),
      );
      option.dataset["address"] = one.address;
      // before the box loses the focus
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => location.assign(one.address));
      return option;
    });
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    active = -1;
    input.setAttribute("aria-expanded", String(options.length > 0));
    input.removeAttribute("aria-activedescendant");
    told.textContent = options.length > 0 ? count("found", found.total) : say("found_none");
  };
  const ask = async () => {
    running?.abort();
    const text = input.value.trim();
    if (text === "") return close();
    running = new AbortController();
    const language = form.querySelector<HTMLInputElement>("input[name=lang]")?.value ?? "";
    try {
      show(await json<Found>(asked(source, { q: text, lang: language }), running.signal));
    } catch (error) {
      if (!(error instanceof DOMException)) close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => void ask(), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return void ask();
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // from the box itself, which is -1, around to it
      const places = options.length + 1;
      choose(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      const address = options[active]?.dataset["address"];
      if (!address) return;
      event.preventDefault();
      location.assign(address);
    }
  });
  input.addEventListener("blur", close);
}
