// Puts many invented events into a store, serves it, and measures in a browser how long the map, the bands of time and the pages take:
// node tests/many.mjs [EVENTS]. OXIGRAPH names Oxigraph's command (PyPI `oxigraph`), which loads them; MANY a folder where the store is kept.

import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browser as launch, build, look, ready, root, serve } from "./support.mjs";

const events = Number(process.argv[2] ?? 100_000);
const A_DOCUMENT = 250;
const folder = process.env.MANY ?? join(tmpdir(), `chancery-many-${events}`);
const store = join(folder, "store");

/** The same numbers each time (mulberry32). */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const DIP = "https://w3id.org/chancery/ontology#";
const BASE = "https://w3id.org/chancery/id/";

/** Visits of invented persons between all states in N-Triples: the world, and of each document its claims. */
function invented() {
  const draw = random(7);
  const one = (list) => list[Math.floor(draw() * list.length)];
  const bodies = readFileSync(join(root, "data/gazetteer/bodies.tsv"), "utf8").trim().split("\n").slice(1);
  const states = bodies
    .map((line) => line.split("\t"))
    .filter((cells) => cells[1] === "state" && cells[2] === "state" && !cells[10])
    .map((cells) => ({ iri: `<${BASE}state/${cells[7].toLowerCase().replace(/[^a-z]+/g, "-")}>`, key: cells[0], name: cells[7] }));
  const first = "Ada Bruno Clara Dario Elena Fabio Greta Hugo Irma Jonas Klara Lucio Marta Nilo Olga Pavel Rosa Silvio Tilda Ugo Vera".split(" ");
  const last = "Abano Belmar Corvino Daltor Esparra Fendel Gormaz Halvor Istrella Jarnac Kolmar Lunari Morvan Nordal Ostrava Palmira Querol".split(" ");
  const world = [];
  const say = (out, s, p, o) => out.push(`${s} <${p}> ${o} .`);
  const type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  const label = "http://www.w3.org/2000/01/rdf-schema#label";
  const named = (iri, kind, name) => {
    say(world, iri, type, `<${DIP}${kind}>`);
    say(world, iri, label, `"${name}"@en`);
  };
  for (const state of states) {
    named(state.iri, "State", state.name);
    say(world, state.iri, `${DIP}key`, `"${state.key}"`);
  }
  const persons = [];
  for (let n = 0; n < 5000; n++) {
    const person = { iri: `<${BASE}person/invented-${n}>`, name: `${one(first)} ${one(last)}` };
    named(person.iri, "Person", person.name);
    persons.push(person);
  }
  const documents = [];
  for (let n = 0; n < events; n++) {
    if (n % A_DOCUMENT === 0) {
      const iri = `<${BASE}document/invented-${documents.length}.txt>`;
      const claims = [];
      say(claims, iri, type, `<${DIP}Document>`);
      say(claims, iri, "http://purl.org/dc/terms/title", `"Invented visits, ${documents.length}"`);
      documents.push({ iri, claims });
    }
    const { iri, claims } = documents[documents.length - 1];
    const from = one(draw() < 0.3 ? states.slice(0, 12) : states);
    let to = one(states);
    while (to === from) to = one(states);
    const person = one(persons);
    const two = (n) => String(n).padStart(2, "0");
    const date = `${1850 + Math.floor(draw() * 175)}-${two(1 + Math.floor(draw() * 12))}-${two(1 + Math.floor(draw() * 28))}`;
    const [visit, claim] = [`<${BASE}visit/invented-${n}>`, `<${BASE}claim/invented-${n}>`];
    named(visit, "Visit", `Visit of ${person.name} to ${to.name} (${date})`);
    say(world, visit, type, `<${DIP}Fact>`);
    say(world, visit, `${DIP}date`, `"${date}"^^<http://id.loc.gov/datatypes/edtf/EDTF>`);
    for (const end of ["earliest", "latest"]) say(world, visit, DIP + end, `"${date}"^^<http://www.w3.org/2001/XMLSchema#date>`);
    say(world, visit, `${DIP}from`, from.iri);
    say(world, visit, `${DIP}to`, to.iri);
    say(world, visit, `${DIP}visitor`, person.iri);
    say(world, visit, `${DIP}supportedBy`, claim);
    say(claims, claim, type, `<${DIP}Claim>`);
    say(claims, claim, `${DIP}quote`, `"On ${date}, ${person.name} of ${from.name} visited ${to.name}."`);
    say(claims, claim, "http://www.w3.org/ns/prov#wasDerivedFrom", iri);
  }
  return { world, documents };
}

const seconds = (since) => ((performance.now() - since) / 1000).toFixed(2);

if (!existsSync(store)) {
  mkdirSync(folder, { recursive: true });
  const { world, documents } = invented();
  const file = join(folder, "many.nq");
  writeFileSync(file, `${world.join("\n")}\n`);
  for (const { iri, claims } of documents)
    appendFileSync(file, `${claims.map((line) => line.replace(/ \.$/, ` ${iri} .`)).join("\n")}\n`);
  const since = performance.now();
  // a store of the demo, to which Oxigraph's own command adds the rest at once
  build(store);
  const db = join(store, readFileSync(join(store, "current"), "utf8").trim(), "db");
  execFileSync(process.env.OXIGRAPH ?? "oxigraph", ["load", "--location", db, "--file", file], { stdio: "inherit" });
  console.log(`${events} events, ${world.length} statements of the world: made in ${seconds(since)} s`);
}
const [browser, site] = await Promise.all([launch(), serve({ over: store, args: ["--timeout", "300"] })]);
try {
  await look(browser, site.base, {}, async (page, open, context) => {
    const fetched = async (name, path) => {
      for (const turn of ["first", "again"]) {
        const since = performance.now();
        const response = await context.request.get(site.base + path, { timeout: 120_000 });
        const body = await response.body();
        console.log(`${name}, ${turn}: ${seconds(since)} s, ${body.length} bytes, ${response.status()}`);
      }
    };
    await fetched("timeline.json, all", "/timeline.json");
    await fetched("timeline.json, ten years", "/timeline.json?from=1960&to=1969");
    await fetched("timeline.json, a month", "/timeline.json?from=1960-03&to=1960-03");
    await fetched("relations.json, 300 pairs", "/relations.json?most=300");
    await fetched("home", "/");
    const since = performance.now();
    await page.goto(site.base, { timeout: 120_000 });
    await ready(page);
    console.log(`home with map and band: ${seconds(since)} s`);
    const pair = await page.locator("table.pairs a").first().getAttribute("href");
    await fetched(`two states (${pair})`, pair);
    const band = page.locator("[data-island=timeline]");
    for (const name of ["Nearer", "Nearer", "Later", "Earlier", "Farther"]) {
      const before = await band.locator(".window").textContent();
      const since = performance.now();
      await band.getByRole("button", { name }).click();
      await page.waitForFunction((text) => document.querySelector(".timeband .window").textContent !== text, before);
      console.log(`${name}: ${seconds(since)} s (${await band.locator(".window").textContent()})`);
    }
    // frames while the map is drawn nearer and moved
    const frames = await page.evaluate(async () => {
      const map = document.querySelector("svg.world");
      map.scrollIntoView();
      document.querySelector(".map .tools button:nth-child(2)").click();
      const box = map.getBoundingClientRect();
      const at = (type, x) => map.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, clientX: box.left + x, clientY: box.top + 100 }));
      map.setPointerCapture = () => {};
      at("pointerdown", 300);
      const times = [];
      let last = performance.now();
      for (let step = 0; step < 60; step++) {
        at("pointermove", 300 - step * 3);
        await new Promise(requestAnimationFrame);
        times.push(performance.now() - last);
        last = performance.now();
      }
      times.sort((a, b) => a - b);
      return { middle: times[30], worst: times[59] };
    });
    console.log(`a frame while the map moves: ${frames.middle.toFixed(1)} ms in the middle, ${frames.worst.toFixed(1)} ms at worst`);
  });
} finally {
  await browser.close();
  await site.stop();
}
