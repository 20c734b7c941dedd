// States and the number of facts of each two, places of a mission, or points of an answer → a map of the world without tiles.

import { geoEqualEarth, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";
import { button, html, json, svg } from "./dom";
import { count, say } from "./words";

type Point = [number, number];

/** Something that stands at a place. */
export interface Place {
  at: Point;
  name: string;
  address: string;
  /** How much is told of it; the size of its mark. */
  n?: number;
  /** Whether its name is written beside it. */
  named?: boolean;
}

/** A line between two places. */
export interface Line {
  from: Point;
  to: Point;
  name: string;
  address: string;
  n: number;
  /** Whether it goes one way. */
  arrow?: boolean;
}

interface Relations {
  states: Record<string, { name: string; address: string; capital: Point | null }>;
  total: number;
  pairs: { a: string; b: string; facts: number; address: string }[];
}

interface Features {
  type: "FeatureCollection";
  features: {
    geometry: { type: "Point"; coordinates: Point } | { type: "LineString"; coordinates: [Point, Point] };
    properties: { kind: string; name: string; label: string; dateWords: string; address: string; to: string };
  }[];
}

const WIDTH = 960;
const HEIGHT = 467;

/** A map of what the address in `data-source` tells. */
export async function island(place: HTMLElement): Promise<void> {
  const address = place.dataset["source"];
  if (!address) return;
  const told = await json<Relations | Features>(address);
  if ("features" in told) moves(place, told);
  else relations(place, told);
}

function relations(place: HTMLElement, told: Relations): void {
  const of = new Map<string, number>();
  const lines: Line[] = [];
  for (const pair of told.pairs) {
    const [a, b] = [told.states[pair.a], told.states[pair.b]];
    for (const code of [pair.a, pair.b]) of.set(code, (of.get(code) ?? 0) + pair.facts);
    if (!a?.capital || !b?.capital) continue;
    const name = `${a.name} – ${b.name}: ${count("facts", pair.facts)}`;
    lines.push({ from: a.capital, to: b.capital, name, address: pair.address, n: pair.facts });
  }
  const order = [...of].sort((a, b) => b[1] - a[1]);
  const places = order.flatMap(([code, n], at): Place[] => {
    const state = told.states[code];
    return state?.capital ? [{ at: state.capital, name: state.name, address: state.address, n, named: at < 12 }] : [];
  });
  if (lines.length === 0) return;
  draw(place, places, lines, false);
  if (told.total > told.pairs.length)
    place.append(html("figcaption", { class: "faint" }, say("map_cut", { n: told.pairs.length, total: told.total })));
}

function moves(place: HTMLElement, told: Features): void {
  const places = new Map<string, Place>();
  const lines: Line[] = [];
  for (const { geometry, properties } of told.features) {
    if (geometry.type === "Point") {
      const key = geometry.coordinates.join();
      const held = places.get(key);
      const dates = properties.dateWords;
      if (held) held.name += dates ? `, ${dates}` : "";
      else
        places.set(key, {
          at: geometry.coordinates,
          name: dates ? `${properties.name}: ${dates}` : properties.name,
          address: properties.address,
          named: true,
        });
    } else {
      const [from, to] = geometry.coordinates;
      lines.push({ from, to, name: `→ ${properties.to} ${properties.dateWords}`, address: "", n: 1, arrow: true });
    }
  }
  if (places.size > 0) draw(place, [...places.values()], lines, true);
}

const topology = world as unknown as Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

/** Draws places and lines; `near`: only the part of the world where they are. */
export function draw(place: HTMLElement, places: Place[], lines: Line[], near: boolean): void {
  const projection = geoEqualEarth().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: "Sphere" });
  const path = geoPath(projection);
  const shown = (shape: Parameters<typeof path>[0]) => path(shape) ?? "";
  const most = Math.max(1, ...lines.map((line) => line.n), ...places.map((one) => one.n ?? 1));
  const share = (n: number) => Math.log1p(n) / Math.log1p(most);

  const ground = [
    svg("path", { class: "sea", d: shown({ type: "Sphere" }) }),
    svg("path", { class: "land", d: shown(feature(topology, topology.objects.land)) }),
    svg("path", { class: "border", d: shown(mesh(topology, topology.objects.countries, (a, b) => a !== b)) }),
  ];
  // the strongest on top
  const drawnLines = [...lines]
    .sort((a, b) => a.n - b.n)
    .map((line) => {
      const d = shown({ type: "LineString", coordinates: [line.from, line.to] });
      const parts = [
        svg("title", {}, line.name),
        svg("path", { class: "broad", d }),
        svg("path", { class: "link", d, "stroke-width": (0.6 + 3.4 * share(line.n)).toFixed(2), ...(line.arrow ? { "marker-end": "url(#arrow)" } : {}) }),
      ];
      // for those who point; the list beside the map has the same for everybody
      return line.address === ""
        ? svg("g", { "aria-hidden": "true" }, ...parts)
        : svg("a", { href: line.address, tabindex: -1, "aria-hidden": "true" }, ...parts);
    });
  const dots: { dot: SVGCircleElement; r: number; text: SVGTextElement | undefined }[] = [];
  const drawnPlaces = places.flatMap((one) => {
    const at = projection(one.at);
    if (!at) return [];
    const [x, y] = at;
    const r = one.n === undefined ? 5 : 2.5 + 5 * share(one.n);
    const dot = svg("circle", { class: "dot", cx: x, cy: y, r });
    const words = one.name.split(":")[0] ?? one.name;
    const left = x > WIDTH - 140;
    const text = one.named ? svg("text", { x, y: y + 4, "text-anchor": left ? "end" : "start" }, words) : undefined;
    dots.push({ dot, r, text });
    const name = one.n === undefined ? one.name : `${one.name}: ${count("facts", one.n)}`;
    const inside = [svg("title", {}, name), dot, text];
    return [one.address === "" ? svg("g", { role: "img", "aria-label": name }, ...inside) : svg("a", { href: one.address, "aria-label": name }, ...inside)];
  });
  const arrow = svg(
    "marker",
    { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 5, markerHeight: 5, orient: "auto-start-reverse" },
    svg("path", { class: "arrow", d: "M0 0L8 4L0 8z" }),
  );
  const drawing = svg(
    "svg",
    { class: "world", role: "group", "aria-label": place.getAttribute("aria-label") ?? say("map") },
    svg("defs", {}, arrow),
    ...ground,
    ...drawnLines,
    ...drawnPlaces,
  );

  let view = { x: 0, y: 0, width: WIDTH };
  let shownSize = "";
  const show = () => {
    const ratio = HEIGHT / WIDTH;
    view.width = Math.min(Math.max(view.width, 30), WIDTH);
    view.x = Math.min(Math.max(view.x, 0), WIDTH - view.width);
    view.y = Math.min(Math.max(view.y, 0), HEIGHT - view.width * ratio);
    drawing.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.width * ratio}`);
    const size = `${view.width} ${drawing.clientWidth}`;
    if (size === shownSize) return;
    shownSize = size;
    // marks and names stay as large on the screen, whatever the map shows and however wide it is
    const scale = (view.width / WIDTH) * Math.max(1, Math.min(2.4, WIDTH / Math.max(drawing.clientWidth, 320)));
    for (const { dot, r, text } of dots) {
      dot.setAttribute("r", String(r * scale));
      if (!text) continue;
      const gap = (r + 4) * scale * (text.getAttribute("text-anchor") === "end" ? -1 : 1);
      text.setAttribute("x", String(Number(dot.getAttribute("cx")) + gap));
      text.setAttribute("y", String(Number(dot.getAttribute("cy")) + 4 * scale));
      text.style.fontSize = `${12.5 * scale}px`;
      text.style.strokeWidth = `${3 * scale}px`;
    }
    clear(dots);
    nearer.disabled = view.width <= 30;
    farther.disabled = whole.disabled = view.width >= WIDTH;
  };
  const zoom = (factor: number, x = view.x + view.width / 2, y = view.y + (view.width * HEIGHT) / WIDTH / 2) => {
    const width = Math.min(Math.max(view.width * factor, 30), WIDTH);
    const by = width / view.width;
    view = { x: x - (x - view.x) * by, y: y - (y - view.y) * by, width };
    show();
  };
  const nearer = button(say("nearer"), () => zoom(0.5), "+");
  const farther = button(say("farther"), () => zoom(2), "−");
  const whole = button(say("everything"), () => {
    view = { x: 0, y: 0, width: WIDTH };
    show();
  });
  if (near) {
    const points = places.flatMap((one) => [projection(one.at) ?? []]).filter((at) => at.length === 2) as Point[];
    const [left, right] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
    const [top, bottom] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
    const width = Math.max(240, (right - left) * 1.5, ((bottom - top) * 1.5 * WIDTH) / HEIGHT);
    view = { x: (left + right) / 2 - width / 2, y: (top + bottom) / 2 - (width * HEIGHT) / WIDTH / 2, width };
  }
  place.replaceChildren(html("div", { class: "tools over" }, farther, nearer, whole), drawing);
  place.classList.add("drawn");
  show();
  new ResizeObserver(show).observe(drawing);

  let held: { x: number; y: number; pointer: number; moved: boolean } | undefined;
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  drawing.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY, pointer: event.pointerId, moved: false };
  });
  drawing.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.pointer || view.width >= WIDTH) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 5) return;
    if (!held.moved) drawing.setPointerCapture(held.pointer);
    const scale = view.width / drawing.clientWidth;
    view = { ...view, x: view.x - dx * scale, y: view.y - dy * scale };
    held = { x: event.clientX, y: event.clientY, pointer: held.pointer, moved: true };
    show();
  });
  drawing.addEventListener(
    "click",
    (event) => {
      if (held?.moved) event.preventDefault();
      held = undefined;
    },
    true,
  );
  drawing.addEventListener("pointercancel", () => (held = undefined));
  drawing.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = drawing.getBoundingClientRect();
      const scale = view.width / box.width;
      zoom(event.deltaY > 0 ? 1.3 : 0.77, view.x + (event.clientX - box.left) * scale, view.y + (event.clientY - box.top) * scale);
    },
    { passive: false },
  );
}

/** Names that would stand on others are left out; the first are those of which most is told. */
function clear(dots: { text: SVGTextElement | undefined }[]): void {
  const taken: DOMRect[] = [];
  for (const { text } of dots) {
    if (!text) continue;
    text.removeAttribute("visibility");
    const box = text.getBoundingClientRect();
    const free = taken.every((other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);
    if (free) taken.push(box);
    else text.setAttribute("visibility", "hidden");
  }
}
