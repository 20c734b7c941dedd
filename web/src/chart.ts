// Numbers with names → bars from the left to the right; with years, columns in their order.

import { html, svg } from "./dom";
import { number, say } from "./words";

const MOST = 60;

/** Draws a chart into a place. */
export function chart(place: HTMLElement, bars: { name: string; n: number }[], measure: string, years: boolean): void {
  const shown = bars.slice(0, MOST);
  const most = Math.max(1, ...shown.map((bar) => bar.n));
  const width = Math.max(place.clientWidth, 280);
  const label = `${say("chart")}: ${measure}`;
  if (years) {
    const [high, step] = [180, width / shown.length];
    const ordered = [...shown].sort((a, b) => a.name.localeCompare(b.name));
    const every = Math.ceil(44 / step);
    const columns = ordered.map(({ name, n }, at) => {
      const tall = (n / most) * high;
      return svg(
        "g",
        {},
        svg("title", {}, `${name}: ${number(n)}`),
        svg("rect", { class: "bar", x: at * step + 1, y: high - tall, width: Math.max(1, step - 2), height: tall }),
        ...(at % every === 0 ? [svg("text", { class: "tick", x: at * step + 1, y: high + 16 }, name)] : []),
      );
    });
    place.append(svg("svg", { class: "columns", role: "img", "aria-label": label, viewBox: `0 -4 ${width} ${high + 26}` }, ...columns));
  } else {
    const [row, left] = [26, Math.min(width * 0.45, 320)];
    const lines = shown.map(({ name, n }, at) => {
      const wide = Math.max(1, (Math.max(n, 0) / most) * (width - left - 70));
      const letters = Math.floor(left / 7.2);
      const words = name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
      return svg(
        "g",
        {},
        svg("title", {}, `${name}: ${number(n)}`),
        svg("text", { x: left - 8, y: at * row + 17, "text-anchor": "end" }, words),
        svg("rect", { class: "bar", x: left, y: at * row + 4, width: wide, height: row - 8, rx: 2 }),
        svg("text", { class: "tick", x: left + wide + 6, y: at * row + 17 }, number(n)),
      );
    });
    place.append(svg("svg", { class: "rows", role: "img", "aria-label": label, viewBox: `0 0 ${width} ${shown.length * row}` }, ...lines));
  }
  if (bars.length > MOST) place.append(html("p", { class: "faint" }, say("chart_cut", { n: MOST, total: bars.length })));
}
