// SPARQL results in JSON → what their columns hold, and so which drawings fit them.

import type { Line, Place } from "./map";
import type { Happening } from "./timeline";
import { meant } from "./time";

/** A value of a row. */
export interface Term {
  type: "uri" | "literal" | "bnode";
  value: string;
  datatype?: string;
}

/** An answer. */
export interface Rows {
  head: { vars?: string[] };
  results?: { bindings: Record<string, Term>[] };
}

type Row = Record<string, Term>;

/** The answer as drawings need it. */
export interface Fitting {
  places: Place[];
  lines: Line[];
  happenings: Happening[];
  edges: { from: string; to: string; name: string }[];
  /** Numbers, each with its name; whether the names are years. */
  bars: { name: string; n: number }[];
  measure: string;
  years: boolean;
}

const NUMBERS = /#(integer|decimal|double|float|int|long|nonNegativeInteger|positiveInteger)$/;
const DATE = /^-?\d{3}[\dX](-\d\d(-\d\d)?)?[~?%]?(\/(\.\.|\d{4}(-\d\d(-\d\d)?)?[~?%]?)?)?$/;

const isNumber = (term: Term | undefined) => term !== undefined && term.type === "literal" && NUMBERS.test(term.datatype ?? "") && term.value !== "";
const isYear = (term: Term | undefined) => term !== undefined && term.type === "literal" && /#gYear$/.test(term.datatype ?? "");
const isDate = (term: Term | undefined) =>
  term !== undefined && term.type === "literal" && (/(EDTF|#date|#dateTime|#gYear)$/.test(term.datatype ?? "") || (!isNumber(term) && DATE.test(term.value)));

/** Whether most values of a column are such. */
function mostly(rows: Row[], name: string, is: (term: Term | undefined) => boolean): boolean {
  const bound = rows.filter((row) => row[name]);
  return bound.length > 0 && bound.filter((row) => is(row[name])).length * 2 > bound.length;
}

/** The last part of an IRI, or a literal as it stands. */
export function shown(term: Term | undefined): string {
  if (!term) return "";
  if (term.type !== "uri") return term.value;
  const last = term.value.split(/[#/]/).pop() ?? term.value;
  try {
    return decodeURIComponent(last).replace(/-/g, " ");
  } catch {
    return last;
  }
}

/** Where an IRI leads: on this server, if it is one of its own. */
export function leads(iri: string): string {
  const own = /\/id\/(.+)$/.exec(iri);
  if (own?.[1]) return `/id/${own[1]}`;
  return /^https?:/.test(iri) ? iri : "";
}

/** States and cities by their IRIs and by their English names. */
export type Known = Map<string, { at: [number, number]; name: string; city: boolean }>;

/** Looks at an answer. */
export function fitting(answer: Rows, known: Known): Fitting {
  const rows = answer.results?.bindings ?? [];
  const names = answer.head.vars ?? [];
  const dates = names.filter((name) => mostly(rows, name, isDate));
  const numbers = names.filter((name) => !dates.includes(name) && mostly(rows, name, isNumber));
  const things = names.filter((name) => mostly(rows, name, (term) => term?.type === "uri"));
  const words = names.filter((name) => ![...dates, ...numbers, ...things].includes(name) && !mostly(rows, name, isPlace));
  const label = (row: Row, except: string[] = []) =>
    [...words, ...things]
      .filter((name) => !except.includes(name) && row[name])
      .slice(0, 4)
      .map((name) => shown(row[name]))
      .filter((text) => text.length < 160)
      .join(" · ");
  const first = (row: Row) => things.map((name) => row[name]).find((term) => term?.type === "uri");

  const find = (term: Term | undefined) => (term && !isDate(term) ? known.get(term.value) : undefined);
  const located = names.filter((name) => mostly(rows, name, (term) => isPlace(term) || find(term) !== undefined));
  const exact = located.filter((name) => mostly(rows, name, (term) => isPlace(term) || find(term)?.city === true));
  const standing = exact.length > 0 ? exact : located;
  const places = new Map<string, Place>();
  const lines = new Map<string, Line>();
  for (const row of rows) {
    const found = standing.flatMap((name) => {
      const term = row[name];
      const there = find(term);
      const at = there?.at ?? point(term);
      return at ? [{ at, name: there?.name ?? label(row), thing: there && term?.type === "uri" ? term : first(row) }] : [];
    });
    for (const { at, name, thing } of found) {
      const held = places.get(at.join());
      if (held) held.n = (held.n ?? 1) + 1;
      else places.set(at.join(), { at, name, address: thing && !named(thing, known) ? leads(thing.value) : "", n: 1, named: places.size < 40 });
    }
    const [one, other] = found;
    if (standing.length === 2 && exact.length === 0 && one && other && one.at !== other.at) {
      const key = `${one.at.join()} ${other.at.join()}`;
      const held = lines.get(key);
      if (held) held.n += 1;
      else lines.set(key, { from: one.at, to: other.at, name: `${one.name} → ${other.name}`, address: "", n: 1 });
    }
  }

  const date = dates[0];
  const happenings = (date === undefined ? [] : rows).flatMap((row, at): Happening[] => {
    const edtf = row[date ?? ""]?.value ?? "";
    const [start = "", end = ""] = meant(edtf) ?? [];
    const thing = first(row);
    const quote = names.find((name) => (row[name]?.value.length ?? 0) > 60 && row[name]?.type === "literal");
    const said = quote ? [{ quote: row[quote]?.value ?? "", document: shown(thing), address: thing ? leads(thing.value) : "" }] : [];
    const kind = kindOf(thing);
    return [
      {
        id: `row-${at}`,
        kind,
        kindName: date ?? "",
        label: label(row),
        dateWords: edtf,
        start,
        end,
        way: "",
        address: thing ? leads(thing.value) : "",
        said,
      },
    ];
  });

  const [from, to] = things.length >= 2 ? things : words;
  const edges: Fitting["edges"] = [];
  if (from !== undefined && to !== undefined && from !== to)
    for (const row of rows) {
      const [a, b] = [row[from], row[to]];
      if (a && b && a.value.length < 160 && b.value.length < 160) edges.push({ from: shown(a), to: shown(b), name: shown(row[numbers[0] ?? ""]) });
    }

  const measure = numbers[numbers.length - 1];
  const years = dates.length > 0 && words.length === 0 && things.length === 0;
  const bars = (measure === undefined ? [] : rows).flatMap((row) => {
    const n = Number(row[measure ?? ""]?.value);
    const others = numbers.length > 1 && words.length + things.length + dates.length === 0 ? numbers[0] : undefined;
    const name = others ? shown(row[others]) : [date ? shown(row[date]) : "", label(row)].filter((text) => text !== "").join(" · ");
    return Number.isFinite(n) && name !== "" ? [{ name, n }] : [];
  });
  return {
    places: [...places.values()],
    lines: [...lines.values()],
    happenings: happenings.filter((one) => one.start !== ""),
    edges,
    bars,
    measure: measure ?? "",
    years: years || (date !== undefined && mostly(rows, date, isYear)),
  };
}

/** The colour of a row: that of the class that its first thing's IRI tells. */
function kindOf(term: Term | undefined): string {
  const kinds: Record<string, string> = {
    visit: "Visit",
    treaty: "Treaty",
    mission: "Mission",
    phase: "MissionPhase",
    relations: "RelationEvent",
    appointment: "Appointment",
    meeting: "Meeting",
    membership: "OrganisationMembership",
    observation: "Observation",
  };
  return kinds[/\/id\/([^/]+)\//.exec(term?.value ?? "")?.[1] ?? ""] ?? "Row";
}

/** Whether a thing is told by many rows, so that a place leads to none of them. */
function named(term: Term, known: Known): boolean {
  return term.type !== "uri" || known.get(term.value)?.city === false;
}

const isPlace = (term: Term | undefined) => point(term) !== undefined;

/** Longitude and latitude of `POINT (2.35 48.86)`. */
export function point(term: Term | undefined): [number, number] | undefined {
  if (term?.type !== "literal") return undefined;
  const match = /^\s*(?:<[^>]*>\s*)?POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)\s*$/i.exec(term.value);
  if (!match) return undefined;
  return [Number(match[1]), Number(match[2])];
}
