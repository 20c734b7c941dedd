// Pairs of names → a graph whose nodes keep apart.

import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import type { SimulationLinkDatum, SimulationNodeDatum } from "d3-force";
import { html, svg } from "./dom";
import { say } from "./words";

interface Node extends SimulationNodeDatum {
  id: string;
  n: number;
}

const MOST = 150;

/** Draws a graph into a place; the layout is the same for the same pairs. */
export function graph(place: HTMLElement, pairs: { from: string; to: string; name: string }[]): void {
  const shown = pairs.slice(0, MOST);
  const nodes = new Map<string, Node>();
  const node = (id: string) => {
    const held = nodes.get(id) ?? { id, n: 0 };
    held.n += 1;
    nodes.set(id, held);
    return id;
  };
  const links: (SimulationLinkDatum<Node> & { name: string })[] = shown.map(({ from, to, name }) => ({ source: node(from), target: node(to), name }));
  const all = [...nodes.values()];
  const width = Math.max(place.clientWidth, 280);
  const height = Math.min(640, Math.max(300, all.length * 26));
  forceSimulation(all)
    .force("links", forceLink<Node, (typeof links)[number]>(links).id((one) => one.id).distance(120))
    .force("apart", forceManyBody().strength(-600))
    .force("room", forceCollide(32))
    .force("middle", forceCenter(width / 2, height / 2))
    .force("x", forceX(width / 2).strength(0.05))
    .force("y", forceY(height / 2).strength(0.09))
    .stop()
    .tick(240);
  const held = (value: number | undefined, most: number, edge: number) => Math.min(Math.max(value ?? 0, edge), most - edge);
  for (const one of all) {
    one.x = held(one.x, width, 14);
    one.y = held(one.y, height, 14);
  }
  const edges = links.map((link) => {
    const [a, b] = [link.source as Node, link.target as Node];
    return svg("line", { class: "edge", x1: a.x, y1: a.y, x2: b.x, y2: b.y }, svg("title", {}, `${a.id} – ${b.id}${link.name ? `: ${link.name}` : ""}`));
  });
  const dots = all.map((one) => {
    const x = one.x ?? 0;
    const words = one.id.length > 34 ? `${one.id.slice(0, 33)}…` : one.id;
    const end = x > width * 0.7;
    return svg(
      "g",
      {},
      svg("title", {}, one.id),
      svg("circle", { class: "node", cx: x, cy: one.y, r: 4 + Math.min(6, Math.sqrt(one.n)) }),
      svg("text", { x: x + (end ? -12 : 12), y: (one.y ?? 0) + 4, "text-anchor": end ? "end" : "start" }, words),
    );
  });
  const label = `${say("graph")}: ${all.length}, ${links.length}`;
  place.append(svg("svg", { class: "graph", role: "img", "aria-label": label, viewBox: `0 0 ${width} ${height}` }, ...edges, ...dots));
  if (pairs.length > MOST) place.append(html("p", { class: "faint" }, say("graph_cut", { n: MOST, total: pairs.length })));
}
