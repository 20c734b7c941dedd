// A document's marks → marks that tell their facts when they are pointed at, tapped or reached with Tab, and facts that show their places.

import { fresh, html } from "./dom";
import { say } from "./words";

/** Ties the text to the list beside it. */
export function island(reading: HTMLElement): void {
  const text = reading.querySelector<HTMLElement>(".text");
  if (!text) return;
  const told = new Map<string, HTMLLIElement>();
  for (const item of reading.querySelectorAll<HTMLLIElement>("li[data-claim]")) told.set(item.dataset["claim"] ?? "", item);

  // a claim is open from its place to its number
  const marks = new Map<string, HTMLElement[]>();
  const claims = new Map<Element, string[]>();
  const open: string[] = [];
  for (const element of text.querySelectorAll<HTMLElement>("span[id^='c-'], mark, a.to")) {
    if (element.matches("span")) {
      open.push(element.id.slice(2));
    } else if (element.matches("mark")) {
      claims.set(element, [...open]);
      for (const claim of open) marks.set(claim, [...(marks.get(claim) ?? []), element]);
    } else {
      const claim = (element.getAttribute("href") ?? "").slice(3);
      const at = open.indexOf(claim);
      if (at >= 0) open.splice(at, 1);
      claims.set(element, [claim]);
    }
  }

  const id = fresh("told");
  const card = html("div", { id, class: "told", role: "tooltip", hidden: true });
  (reading.closest("main") ?? document.body).append(card);
  let shown: Element | undefined;

  const light = (names: string[], on: boolean) => {
    for (const claim of names) {
      for (const mark of marks.get(claim) ?? []) mark.classList.toggle("lit", on);
      told.get(claim)?.classList.toggle("lit", on);
    }
  };
  const hide = () => {
    if (!shown) return;
    light(claims.get(shown) ?? [], false);
    shown.removeAttribute("aria-describedby");
    shown = undefined;
    card.hidden = true;
  };
  const show = (element: Element) => {
    if (element === shown) return;
    hide();
    const names = claims.get(element) ?? [];
    const items = names.flatMap((name) => told.get(name) ?? []);
    if (items.length === 0) return;
    shown = element;
    card.replaceChildren(...items.map(copy));
    card.hidden = false;
    element.setAttribute("aria-describedby", id);
    light(names, true);
    place(card, element);
  };

  for (const element of claims.keys()) {
    element.addEventListener("pointerenter", (event) => (event as PointerEvent).pointerType === "mouse" && show(element));
    element.addEventListener("pointerleave", (event) => (event as PointerEvent).pointerType === "mouse" && hide());
    element.addEventListener("focus", () => show(element));
    element.addEventListener("blur", hide);
    if (element.matches("mark"))
      element.addEventListener("click", (event) => {
        event.stopPropagation();
        show(element);
        // the list beside the text follows, not the page
        const item = told.get(claims.get(element)?.[0] ?? "");
        const list = item?.closest<HTMLElement>(".claims");
        if (item && list && list.scrollHeight > list.clientHeight) list.scrollTop = item.offsetTop - list.offsetTop - 40;
      });
  }
  document.addEventListener("click", hide);
  document.addEventListener("scroll", () => shown && place(card, shown), { passive: true });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());

  for (const [claim, item] of told) {
    item.addEventListener("pointerenter", () => light([claim], true));
    item.addEventListener("pointerleave", () => light([claim], false));
    item.addEventListener("focusin", () => light([claim], true));
    item.addEventListener("focusout", () => light([claim], false));
    const back = item.querySelector<HTMLAnchorElement>(".head a.kind");
    if (back) back.title = say("to_place");
  }
}

/** What the list says of a claim, as words without links. */
function copy(item: HTMLLIElement): HTMLElement {
  const part = html("div", { class: item.className.replace("lit", "") });
  part.append(html("span", { class: "n" }, `${item.value} `));
  for (const paragraph of item.querySelectorAll("p")) {
    const clone = paragraph.cloneNode(true) as HTMLParagraphElement;
    // only what is said, not where else it leads
    const link = clone.matches(".faint") ? clone.querySelector("a") : null;
    if (link?.nextSibling?.nodeType === Node.TEXT_NODE) link.nextSibling.remove();
    link?.remove();
    for (const link of clone.querySelectorAll("a")) {
      const plain = html("span", { class: link.className });
      plain.append(...link.childNodes);
      link.replaceWith(plain);
    }
    part.append(clone);
  }
  return part;
}

/** Below an element, or above it where there is no room below. */
function place(card: HTMLElement, element: Element): void {
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const width = Math.min(384, innerWidth - 24);
  card.style.width = `${width}px`;
  card.style.left = `${Math.max(12, Math.min(box.left, innerWidth - width - 12))}px`;
  const below = box.bottom + 8 + card.offsetHeight < innerHeight;
  card.style.top = `${below ? box.bottom + 8 : Math.max(8, box.top - card.offsetHeight - 8)}px`;
}
