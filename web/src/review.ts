// The list of what is not decided → one that is gone through with single keys: a accepts, r rejects, s leaves open, u takes back, j and k move.

import { html } from "./dom";
import { count, say } from "./words";

/** Makes the list answer to keys. */
export function island(list: HTMLElement): void {
  const entries = [...list.querySelectorAll<HTMLLIElement>("li[data-named]")].filter((entry) => entry.querySelector("select"));
  if (entries.length === 0) return;
  const keys: [string, string][] = [
    ["a", say("accept")],
    ["r", say("reject")],
    ["s", say("skip")],
    ["u", say("undo")],
    ["j / k", say("move")],
  ];
  const told = html("p", { class: "faint", role: "status" });
  const help = html("p", { class: "keys" }, ...keys.flatMap(([key, does]) => [html("kbd", {}, key), ` ${does} `]));
  list.before(help, told);
  const history: [HTMLSelectElement, string][] = [];

  const select = (entry: Element) => entry.querySelector("select");
  const show = () => {
    const n = entries.filter((entry) => select(entry)?.value !== "").length;
    told.textContent = count("decided", n);
    for (const entry of entries) {
      const value = select(entry)?.value ?? "";
      entry.dataset["choice"] = value.split(" ")[0] ?? "";
    }
  };
  const at = () => entries.findIndex((entry) => entry.contains(document.activeElement));
  const go = (to: number) => {
    const entry = entries[Math.min(Math.max(to, 0), entries.length - 1)];
    entry?.focus();
    entry?.scrollIntoView({ block: "nearest" });
  };
  const decide = (place: number, begins: string) => {
    const field = entries[place] && select(entries[place]);
    if (!field) return;
    const option = [...field.options].find((option) => (begins === "" ? option.value === "" : option.value.startsWith(begins)));
    if (!option) return;
    history.push([field, field.value]);
    field.value = option.value;
    show();
    go(place + 1);
  };

  for (const entry of entries) {
    entry.tabIndex = -1;
    select(entry)?.addEventListener("change", show);
  }
  const first = entries[0];
  if (first) first.tabIndex = 0;
  show();
  document.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, select, textarea, button")) return;
    const place = at();
    const does: Record<string, () => void> = {
      j: () => go(place + 1),
      k: () => go(place - 1),
      a: () => decide(Math.max(place, 0), "same"),
      r: () => decide(Math.max(place, 0), "different"),
      s: () => decide(Math.max(place, 0), ""),
      u: () => {
        const step = history.pop();
        if (!step) return;
        step[0].value = step[1];
        show();
        go(entries.findIndex((entry) => entry.contains(step[0])));
      },
    };
    const act = does[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
