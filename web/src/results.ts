// A query's answer on its page → the same as a map, a timeline, a graph or a chart, as far as its columns fit.

import { asked, button, fresh, html, json } from "./dom";
import type { Fitting, Known, Rows } from "./rows";
import { fitting, point } from "./rows";
import { say } from "./words";

interface States {
  states: Record<string, { id: string; name: string; capital: [number, number] | null }>;
}

const CITIES = `PREFIX geo: <http://www.opengis.net/ont/geosparql#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?city ?name ?wkt { ?city geo:hasGeometry/geo:asWKT ?wkt ; rdfs:label ?name } LIMIT 5000`;

/** Adds views beside the table. */
export async function island(section: HTMLElement): Promise<void> {
  const table = section.querySelector<HTMLElement>(".wide");
  const query = new URL(location.href).searchParams.get("query");
  share(section);
  if (!table || !query) return;
  const answer = await json<Rows>(asked("/sparql", { query, format: "json" }));
  views(table, fitting(answer, await known(answer)));
}

/** The places that an answer may name: states by their capitals, cities as the graph has them. */
async function known(answer: Rows): Promise<Known> {
  const known: Known = new Map();
  if ((answer.results?.bindings.length ?? 0) === 0) return known;
  const { states } = await json<States>(asked("/relations.json", { most: "0", lang: "en" }));
  for (const { id, name, capital } of Object.values(states)) {
    if (!capital) continue;
    const state = { at: capital, name, city: false };
    known.set(id, state).set(name, state);
  }
  const cities = await json<Rows>(asked("/sparql", { query: CITIES, format: "json" }));
  for (const { city, name, wkt } of cities.results?.bindings ?? []) {
    const at = point(wkt);
    if (!at || !city || !name) continue;
    const place = { at, name: name.value, city: true };
    known.set(city.value, place);
    if (!known.has(name.value)) known.set(name.value, place);
  }
  return known;
}

function views(table: HTMLElement, fits: Fitting): void {
  const offered: [string, (place: HTMLElement) => Promise<void>][] = [];
  if (fits.places.length > 0)
    offered.push(["map", async (place) => (await import("./map")).draw(place, fits.places, fits.lines, true)]);
  if (fits.happenings.length > 1)
    offered.push([
      "timeline",
      async (place) => {
        const { local, timeline } = await import("./timeline");
        await timeline(place, local(fits.happenings, Object.fromEntries(fits.happenings.map((one) => [one.kind, say("rows_of", { kind: one.kind })]))));
      },
    ]);
  if (fits.edges.length > 0) offered.push(["graph", async (place) => (await import("./graph")).graph(place, fits.edges)]);
  if (fits.bars.length > 1)
    offered.push(["chart", async (place) => (await import("./chart")).chart(place, fits.bars, fits.measure, fits.years)]);
  if (offered.length === 0) return;

  const list = html("div", { role: "tablist", class: "tabs", "aria-label": say("views") });
  table.before(list);
  const panels = new Map<string, HTMLElement>([["table", table]]);
  const tabs: HTMLButtonElement[] = [];
  const choose = async (name: string, focus: boolean) => {
    for (const tab of tabs) {
      const chosen = tab.dataset["view"] === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen && focus) tab.focus();
    }
    let panel = panels.get(name);
    const draw = offered.find(([known]) => known === name)?.[1];
    const empty = panel === undefined;
    if (!panel) {
      panel = html("div", { role: "tabpanel", class: `view ${name}`, id: fresh("view"), "aria-label": say(name) });
      table.after(panel);
      panels.set(name, panel);
    }
    for (const [other, one] of panels) one.hidden = other !== name;
    if (empty && draw) await draw(panel);
    history.replaceState(null, "", name === "table" ? location.pathname + location.search : `#${name}`);
  };
  for (const name of ["table", ...offered.map(([name]) => name)]) {
    const tab = html("button", { type: "button", role: "tab" }, say(name));
    tab.dataset["view"] = name;
    tab.addEventListener("click", () => void choose(name, false));
    tab.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (step === 0) return;
      event.preventDefault();
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      void choose(next?.dataset["view"] ?? "table", true);
    });
    tabs.push(tab);
    list.append(tab);
  }
  const asked = location.hash.slice(1);
  void choose(offered.some(([name]) => name === asked) ? asked : "table", false);
}

/** A button that copies the address of the question with its answer. */
function share(section: HTMLElement): void {
  const told = html("span", { class: "faint", role: "status" });
  const copy = button(say("share"), () => {
    navigator.clipboard.writeText(location.href).then(
      () => (told.textContent = say("copied")),
      () => (told.textContent = location.href),
    );
  });
  section.append(html("p", { class: "row share-row" }, copy, told));
}
