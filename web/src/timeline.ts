// What began in a window of time → a drawing that can be moved and drawn nearer: parts with their numbers while there is much, single facts when there
// is little. The server counts and lists (`/timeline.json`), so that a hundred thousand facts move as ten do.

import { asked, button, html, json, pressable, roving, svg } from "./dom";
import { days, iso, ticks } from "./time";
import { count, number, period, say } from "./words";

/** A fact of a timeline. */
export interface Happening {
  id: string;
  kind: string;
  kindName: string;
  label: string;
  dateWords: string;
  start: string;
  end: string;
  way: string;
  address: string;
  said: { quote: string; document: string; address: string }[];
}

interface Bin {
  start: string;
  end: string;
  n: { kind: string; way: string; n: number }[];
}

/** What a source says of a window. */
export interface Answer {
  first: string | null;
  last: string | null;
  from: string;
  to: string;
  total: number;
  undated: number;
  kinds: Record<string, number>;
  names: Record<string, string>;
  events?: Happening[];
  bins?: Bin[];
}

/** A window of time and the kinds that are wanted; without them, all. */
export interface Wanted {
  from?: string;
  to?: string;
  kinds: string[];
}

export type Source = (wanted: Wanted, signal: AbortSignal) => Promise<Answer>;

const ROW = 18;
const PARTS = 120;

/** A timeline of what the server knows. */
export async function island(place: HTMLElement): Promise<void> {
  const address = place.dataset["source"];
  if (!address) return;
  const source: Source = (wanted, signal) =>
    json(asked(address, { from: wanted.from ?? "", to: wanted.to ?? "", kind: wanted.kinds }), signal);
  const sides = place.dataset["one"] ? ([place.dataset["one"], place.dataset["other"] ?? ""] as const) : undefined;
  await timeline(place, source, sides);
}

/** Draws what a source tells; tells whether there was enough to draw. */
export async function timeline(place: HTMLElement, source: Source, sides?: readonly [string, string]): Promise<boolean> {
  const all = await source({ kinds: [] }, new AbortController().signal);
  const dated = Object.values(all.kinds).reduce((sum, n) => sum + n, 0);
  // one fact is told by the list
  if (all.first === null || all.last === null || dated < 2) return false;
  const whole = padded(all.first, all.last);
  let [from, to] = whole;
  let hidden = new Set<string>();
  let running: AbortController | undefined;
  let told: Happening | undefined;
  let drawn = all;

  const drawing = svg("svg", { class: "time", role: "group", "aria-label": say("timeline") });
  const title = html("p", { class: "window", role: "status" });
  const card = html("div", { class: "card", "aria-live": "polite" });
  const nearer = button(say("nearer"), () => zoom(0.4), "+");
  const farther = button(say("farther"), () => zoom(2.5), "−");
  const earlier = button(say("earlier"), () => shift(-0.5), "◂");
  const later = button(say("later"), () => shift(0.5), "▸");
  const everything = button(say("everything"), () => move(...whole));
  const kinds = html("div", { class: "chips", role: "group", "aria-label": say("kinds") });
  for (const [kind, n] of Object.entries(all.kinds)) {
    const chip = html(
      "button",
      { type: "button", class: `chip k-${kind}`, "aria-pressed": "true" },
      `${all.names[kind] ?? kind} `,
      html("span", { class: "n" }, number(n)),
    );
    chip.addEventListener("click", () => {
      if (hidden.has(kind)) hidden.delete(kind);
      else hidden.add(kind);
      // none is none to look at: then all again
      if (hidden.size === Object.keys(all.kinds).length) hidden = new Set();
      for (const other of kinds.children)
        other.setAttribute("aria-pressed", String(!hidden.has((other as HTMLElement).dataset["kind"] ?? "")));
      void ask();
    });
    chip.dataset["kind"] = kind;
    kinds.append(chip);
  }
  if (kinds.children.length < 2) kinds.hidden = true;
  const bar = html("div", { class: "tools" }, earlier, later, farther, nearer, everything, title);
  place.replaceChildren(bar, kinds, drawing, card);
  place.classList.add("timeband");

  const move = (a: number, b: number) => {
    const span = Math.min(Math.max(b - a, 3), whole[1] - whole[0]);
    const middle = (a + b) / 2;
    from = Math.min(Math.max(middle - span / 2, whole[0]), whole[1] - span);
    to = from + span;
    void ask();
  };
  const zoom = (factor: number, around = (from + to) / 2) =>
    move(around - (around - from) * factor, around + (to - around) * factor);
  const shift = (share: number) => move(from + (to - from) * share, to + (to - from) * share);

  const ask = async () => {
    running?.abort();
    running = new AbortController();
    const kinds = hidden.size === 0 ? [] : Object.keys(all.kinds).filter((kind) => !hidden.has(kind));
    try {
      drawn = await source({ from: iso(from), to: iso(to), kinds }, running.signal);
      draw();
    } catch (error) {
      if (!(error instanceof DOMException)) title.textContent = say("failed");
    }
  };
  const tell = (one: Happening | undefined) => {
    told = one;
    card.replaceChildren(...(one ? [telling(one, () => tell(undefined))] : []));
    for (const mark of drawing.querySelectorAll("[data-id]"))
      mark.setAttribute("aria-expanded", String(mark.getAttribute("data-id") === one?.id));
  };

  const draw = () => {
    const width = Math.max(place.clientWidth, 280);
    const x = (day: number) => ((day - from) / (to - from)) * width;
    const { items, up, middle, down } = drawn.bins
      ? bars(drawn.bins, x, sides !== undefined, move)
      : points(drawn.events ?? [], x, width, sides !== undefined, tell, told);
    const height = up + down + 26;
    drawing.setAttribute("viewBox", `0 ${-up} ${width} ${height}`);
    drawing.setAttribute("width", String(width));
    drawing.setAttribute("height", String(height));
    const axis = ticks(from, to, Math.max(3, Math.floor(width / 90))).map(({ day, name }) => {
      const last = x(day) > width - 56;
      return svg(
        "g",
        { "aria-hidden": "true" },
        svg("line", { class: "grid", x1: x(day), x2: x(day), y1: -up, y2: down }),
        svg("text", { class: "tick", x: x(day) + (last ? -3 : 3), y: down + 18, "text-anchor": last ? "end" : "start" }, name),
      );
    });
    const line = (y: number, name: string) => svg("line", { class: name, x1: 0, x2: width, y1: y, y2: y });
    const side = (y: number, words: string) => svg("text", { class: "side", x: 4, y, "aria-hidden": "true" }, words);
    const bands: SVGElement[] = [];
    if (sides) {
      const [one, other] = sides;
      if (up - 16 > middle) bands.push(side(-up + 12, `${one} → ${other}`));
      if (middle > 0) bands.push(line(-middle, "grid"), side(-middle + 13, `${one} – ${other}`));
      if (down > 0) bands.push(side(Math.max(13, down - 4), `${other} → ${one}`));
    }
    drawing.replaceChildren(...axis, line(0, "axis"), ...bands, svg("g", { class: "moved" }, ...items));
    roving(items);
    const undated = drawn.undated > 0 ? ` · ${count("undated", drawn.undated)}` : "";
    const entire = to - from >= whole[1] - whole[0] - 1;
    const [first, last] = entire ? [all.first ?? "", all.last ?? ""] : [iso(from), iso(to)];
    const years = [first, last].map((day) => String(Number(day.slice(0, 4))));
    const shown = to - from < 1500 && !entire ? period(first, last) : [...new Set(years)].join("–");
    title.textContent = `${shown} · ${count("facts", drawn.total)}${undated}`;
    for (const one of [earlier, later, farther, everything]) one.disabled = entire;
    nearer.disabled = to - from <= 3;
  };

  let held: { x: number; pointer: number; moved: boolean } | undefined;
  let dragged = false;
  drawing.addEventListener("pointerdown", (event) => {
    dragged = false;
    held = { x: event.clientX, pointer: event.pointerId, moved: false };
  });
  drawing.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.pointer) return;
    const by = event.clientX - held.x;
    if (!held.moved && Math.abs(by) < 5) return;
    if (!held.moved) drawing.setPointerCapture(held.pointer);
    held.moved = true;
    drawing.querySelector(".moved")?.setAttribute("transform", `translate(${by} 0)`);
  });
  const release = (event: PointerEvent) => {
    if (!held || event.pointerId !== held.pointer) return;
    const { x, moved } = held;
    held = undefined;
    if (!moved) return;
    const by = ((event.clientX - x) / drawing.clientWidth) * (to - from);
    dragged = true;
    move(from - by, to - by);
  };
  // the click at the end of a drag is not meant
  drawing.addEventListener("click", (event) => dragged && event.stopPropagation(), true);
  drawing.addEventListener("pointerup", release);
  drawing.addEventListener("pointercancel", () => {
    held = undefined;
    draw();
  });
  drawing.addEventListener(
    "wheel",
    (event) => {
      // a wheel alone scrolls the page
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const at = from + ((event.clientX - drawing.getBoundingClientRect().left) / drawing.clientWidth) * (to - from);
        zoom(event.deltaY > 0 ? 1.4 : 0.7, at);
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        shift(event.deltaX / drawing.clientWidth);
      }
    },
    { passive: false },
  );
  drawing.addEventListener("keydown", (event) => {
    if (event.key === "+") zoom(0.4);
    else if (event.key === "-") zoom(2.5);
    else if (event.key === "Escape") tell(undefined);
  });
  let width = 0;
  new ResizeObserver(() => {
    if (place.clientWidth === width) return;
    width = place.clientWidth;
    draw();
  }).observe(place);
  draw();
  return true;
}

function padded(first: string, last: string): [number, number] {
  const [from, to] = [days(first) ?? 0, days(last, true) ?? 0];
  const room = Math.max(180, (to - from) * 0.04);
  return [from - room, to + room];
}

interface Drawn {
  /** What can be chosen, in the order of time. */
  items: SVGElement[];
  /** Room above the axis, of which the part next to it is for what goes neither way. */
  up: number;
  middle: number;
  /** Room below it. */
  down: number;
}

/** Numbers by parts of the time; with two sides, what goes the first way stands above the rest, what goes the second way hangs below the axis. */
function bars(bins: Bin[], x: (day: number) => number, sided: boolean, open: (from: number, to: number) => void): Drawn {
  const band = (way: string) => (sided && way !== "" ? way : "middle");
  const sum = (bin: Bin, name: string) => bin.n.reduce((all, one) => all + (band(one.way) === name ? one.n : 0), 0);
  const tops = Object.fromEntries(["a", "middle", "b"].map((name) => [name, Math.max(0, ...bins.map((bin) => sum(bin, name)))]));
  const most = Math.max(1, ...Object.values(tops));
  const tall = (n: number) => (n / most) * 100;
  const room = (name: string) => ((tops[name] ?? 0) > 0 ? tall(tops[name] ?? 0) + 8 : 0);
  const middle = room("middle");
  const [up, down] = [middle + room("a"), room("b")];
  const items = bins.map((bin) => {
    const [left, right] = [x(days(bin.start) ?? 0), x((days(bin.end) ?? 0) + 1)];
    const wide = Math.max(right - left - 1, 2);
    const reached: Record<string, number> = { a: -middle, middle: 0, b: 0 };
    const parts = bin.n.map(({ kind, way, n }) => {
      const name = band(way);
      const from = reached[name] ?? 0;
      const to = name === "b" ? from + tall(n) : from - tall(n);
      reached[name] = to;
      return svg("rect", { class: `mark k-${kind}`, x: left, y: Math.min(from, to), width: wide, height: tall(n) });
    });
    const name = `${period(bin.start, bin.end)}: ${count("facts", bin.n.reduce((all, one) => all + one.n, 0))}`;
    // the whole column answers, however low its bar is
    const column = svg("rect", { class: "column", x: left, y: -up, width: Math.max(wide, 6), height: up + down });
    const item = svg("g", { class: "bin", role: "button", "aria-label": name }, svg("title", {}, name), column, ...parts);
    pressable(item, () => open(days(bin.start) ?? 0, (days(bin.end) ?? 0) + 1));
    return item;
  });
  return { items, up: up + 16, middle, down };
}

/** Single facts, in rows so that none hides another. */
function points(
  events: Happening[],
  x: (day: number) => number,
  width: number,
  sided: boolean,
  tell: (one: Happening) => void,
  told: Happening | undefined,
): Drawn {
  const rows: Record<string, number[]> = { a: [], middle: [], b: [] };
  const set = events.flatMap((one) => {
    const start = days(one.start) ?? days(one.end);
    if (start === undefined) return [];
    const left = x(start);
    const right = Math.min(x((days(one.end, true) ?? start) + 1), width);
    const long = right - left > 12;
    const band = sided && one.way !== "" ? one.way : "middle";
    const ends = rows[band] ?? [];
    let row = ends.findIndex((end) => end + 3 < left);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = long ? right : left + 10;
    return [{ one, band, row, left, right, long }];
  });
  const room = (band: string) => ((rows[band]?.length ?? 0) > 0 ? (rows[band]?.length ?? 0) * ROW + 6 : 0);
  const middle = room("middle");
  const items = set.map(({ one, band, row, left, right, long }) => {
    const y = band === "b" ? ROW * (row + 0.7) : -ROW * (row + 0.7) - (band === "a" ? middle : 0);
    const name = `${one.dateWords}: ${one.kindName}: ${one.label}`;
    const shape = long
      ? svg("rect", { class: `mark k-${one.kind}`, x: left, y: y - 5, width: right - left, height: 10, rx: 4 })
      : svg("circle", { class: `mark k-${one.kind}`, cx: left + 5, cy: y, r: 6 });
    const item = svg(
      "g",
      { class: "event", role: "button", "aria-label": name, "aria-expanded": String(one.id === told?.id), "data-id": one.id },
      svg("title", {}, name),
      shape,
    );
    pressable(item, () => tell(one));
    return item;
  });
  return { items, up: Math.max(2 * ROW, middle + room("a")) + 16, middle, down: room("b") };
}

/** A fact with its sentences and their places. */
function telling(one: Happening, close: () => void): HTMLElement {
  const head = html(
    "p",
    { class: "head" },
    one.address === "" ? html("span", { class: "kind" }, one.kindName) : html("a", { class: "kind", href: one.address }, one.kindName),
    " ",
    html("strong", {}, one.label),
    one.dateWords !== "" && ` · ${one.dateWords}`,
  );
  const quotes = one.said.map((said) =>
    html("figure", {}, html("blockquote", {}, said.quote), html("figcaption", {}, said.address === "" ? said.document : html("a", { href: said.address }, said.document))),
  );
  return html("article", { class: `k-${one.kind}` }, head, ...quotes, button(say("close"), close));
}

/** A source of facts that are all at hand: counted as the server counts. */
export function local(events: Happening[], names: Record<string, string>): Source {
  const dated = events.filter((one) => days(one.start) !== undefined).sort((a, b) => a.start.localeCompare(b.start));
  const kinds: Record<string, number> = {};
  for (const one of dated) kinds[one.kind] = (kinds[one.kind] ?? 0) + 1;
  return async ({ from, to, kinds: wanted }) => {
    const first = dated[0]?.start ?? null;
    const last = dated[dated.length - 1]?.start ?? null;
    const within = dated.filter(
      (one) => (!from || one.start >= from) && (!to || one.start <= to) && (wanted.length === 0 || wanted.includes(one.kind)),
    );
    const answer: Answer = {
      first,
      last,
      from: from ?? first ?? "",
      to: to ?? last ?? "",
      total: within.length,
      undated: events.length - dated.length,
      kinds,
      names,
    };
    if (within.length <= PARTS) return { ...answer, events: within };
    const [begin, end] = [Number(answer.from.slice(0, 4)), Number(answer.to.slice(0, 4))];
    const unit = [1, 2, 5, 10, 20, 50, 100].find((unit) => (end - begin) / unit <= 60) ?? 200;
    const bins = new Map<number, Bin>();
    for (const one of within) {
      const year = Math.floor(Number(one.start.slice(0, 4)) / unit) * unit;
      const pad = (year: number) => String(year).padStart(4, "0");
      const bin = bins.get(year) ?? { start: `${pad(year)}-01-01`, end: `${pad(year + unit - 1)}-12-31`, n: [] };
      const held = bin.n.find((part) => part.kind === one.kind && part.way === one.way);
      if (held) held.n += 1;
      else bin.n.push({ kind: one.kind, way: one.way, n: 1 });
      bins.set(year, bin);
    }
    return { ...answer, bins: [...bins.values()] };
  };
}
