// Elements, made in one expression.

type Attributes = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;
type Child = Node | string | undefined | false;

const SVG = "http://www.w3.org/2000/svg";

function filled<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

/** An element of HTML; a function among the attributes listens to the event of that name. */
export function html<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), attributes, children);
}

/** An element of SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(SVG, name) as SVGElementTagNameMap[K], attributes, children);
}

/** A button with words on it, or with a sign that has words for those who hear it. */
export function button(words: string, pressed: (event: Event) => void, sign?: string): HTMLButtonElement {
  return html("button", { type: "button", click: pressed, ...(sign ? { "aria-label": words, title: words } : {}) }, sign ?? words);
}

let last = 0;

/** An id that nothing else has. */
export function fresh(name: string): string {
  last += 1;
  return `${name}-${last}`;
}

/** Of many things that can be chosen, one takes part in the order of Tab; arrows, Home and End move among them. */
export function roving(items: (HTMLElement | SVGElement)[]): void {
  items.forEach((item, at) => {
    item.setAttribute("tabindex", at === 0 ? "0" : "-1");
    item.addEventListener("keydown", (event) => {
      const key = (event as KeyboardEvent).key;
      const to =
        key === "ArrowRight" || key === "ArrowDown" ? at + 1
        : key === "ArrowLeft" || key === "ArrowUp" ? at - 1
        : key === "Home" ? 0
        : key === "End" ? items.length - 1
        : undefined;
      const next = to === undefined ? undefined : items[to];
      if (!next) return;
      event.preventDefault();
      item.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  });
}

/** What Enter and the space bar do to a thing that is no button of its own. */
export function pressable(element: Element, pressed: () => void): void {
  element.addEventListener("click", pressed);
  element.addEventListener("keydown", (event) => {
    const key = (event as KeyboardEvent).key;
    if (key !== "Enter" && key !== " ") return;
    event.preventDefault();
    pressed();
  });
}

/** JSON of this server. */
export async function json<T>(address: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(address, { headers: { accept: "application/json, */*;q=0.1" }, ...(signal ? { signal } : {}) });
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return (await response.json()) as T;
}

/** An address of this server with another value of a parameter. */
export function asked(address: string, values: Record<string, string | string[]>): string {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries(values)) {
    url.searchParams.delete(name);
    for (const one of [value].flat()) if (one !== "") url.searchParams.append(name, one);
  }
  return url.pathname + url.search;
}
