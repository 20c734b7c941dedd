// The field for a query → an editor: colours, the catalogue's questions, prefixes, completion of terms and entities, errors at their place. It stands
// in a shadow root, where its style sheets need no exception from the page's policy.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { asked, html, json } from "./dom";
import { start } from "./islands";
import { language, say } from "./words";

const PREFIXES: Record<string, string> = {
  dip: "https://w3id.org/chancery/ontology#",
  said: "https://w3id.org/chancery/said#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  owl: "http://www.w3.org/2002/07/owl#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  dct: "http://purl.org/dc/terms/",
  prov: "http://www.w3.org/ns/prov#",
  oa: "http://www.w3.org/ns/oa#",
  geo: "http://www.opengis.net/ont/geosparql#",
};

const WORDS = (
  "SELECT CONSTRUCT ASK DESCRIBE WHERE DISTINCT OPTIONAL UNION MINUS FILTER BIND VALUES GRAPH SERVICE EXISTS NOT IN AS " +
  "GROUP ORDER BY HAVING LIMIT OFFSET ASC DESC COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IF COALESCE " +
  "CONTAINS STRSTARTS STRENDS REGEX REPLACE SUBSTR STRLEN LCASE UCASE YEAR MONTH DAY PREFIX BASE"
).split(" ");

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--relation)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--visit)" },
  { tag: [tags.atom, tags.bool], color: "var(--appointment)" },
  { tag: tags.string, color: "var(--treaty)" },
  { tag: tags.number, color: "var(--mission)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
  { tag: [tags.meta, tags.propertyName, tags.standard(tags.variableName)], color: "var(--meeting)" },
]);

const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", border: "1px solid var(--edge)", borderRadius: "6px" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: ".875rem", lineHeight: "1.55" },
  ".cm-content": { minHeight: "10rem", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--soft)", color: "var(--faint)", border: "0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--link) 25%, transparent) !important" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--link) 20%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--rule)", borderRadius: "6px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { color: "inherit", opacity: ".8" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--warn)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--warn)", textUnderlineOffset: "3px" },
});

/** Puts an editor in the place of the field. */
export function island(form: HTMLElement): void {
  const field = form.querySelector<HTMLTextAreaElement>("textarea");
  if (!field || !(form instanceof HTMLFormElement)) return;
  const host = html("div", { class: "editor" });
  const root = host.attachShadow({ mode: "open" });
  field.after(host);
  field.hidden = true;
  const label = form.querySelector<HTMLLabelElement>(`label[for="${field.id}"]`);
  const words = label?.textContent ?? say("query");
  label?.removeAttribute("for");
  label?.addEventListener("click", () => view.focus());
  const wrong = html("div", { class: "wrong", role: "alert" });
  host.after(wrong);

  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        StreamLanguage.define(sparql),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: [complete], icons: false }),
        // Tab leaves the field, so that nobody is caught in it
        keymap.of([
          { key: "Mod-Enter", run: () => (form.requestSubmit(), true) },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.lineWrapping,
        // what is typed over several lines is put in here: left to the browser, it would style what it joins, which the page's policy refuses
        EditorView.domEventHandlers({
          beforeinput: (event, view) => {
            if (event.inputType !== "insertText" || event.data === null || view.composing || view.state.selection.main.empty) return false;
            event.preventDefault();
            view.dispatch(view.state.replaceSelection(event.data));
            return true;
          },
        }),
        EditorView.contentAttributes.of({ "aria-label": words, "aria-multiline": "true" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
        LOOK,
      ],
    }),
  });

  const replace = (text: string) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  const said = (problem: Problem | undefined) => {
    wrong.replaceChildren(
      ...(problem
        ? [html("p", { class: "meaning" }, problem.meaning), html("p", { lang: "en" }, problem.detail)]
        : []),
    );
    const place = problem?.place;
    const [from, to] = place ? offsets(view.state, place) : [0, 0];
    const found = problem && place ? [{ from, to, severity: "error" as const, message: problem.detail }] : [];
    view.dispatch(setDiagnostics(view.state, found));
    if (found.length > 0) {
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      view.focus();
    }
  };
  const load = async (address: string, keep: boolean) => {
    form.setAttribute("aria-busy", "true");
    wrong.textContent = say("asking");
    try {
      const response = await fetch(address, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!response.ok) return said(problem(page));
      said(undefined);
      const text = page.querySelector<HTMLTextAreaElement>("textarea#query")?.value;
      if (text !== undefined && text !== view.state.doc.toString()) replace(text);
      if (keep) remember(response.url);
      document.title = page.title;
      show(page.querySelector<HTMLElement>("section.answer"));
    } catch {
      said({ meaning: say("failed"), detail: "", place: undefined });
    } finally {
      form.removeAttribute("aria-busy");
      if (wrong.textContent === say("asking")) wrong.replaceChildren();
    }
  };
  const show = (section: HTMLElement | null) => {
    document.querySelector("section.answer")?.remove();
    if (!section) return;
    form.after(section);
    void start([section]);
    section.querySelector<HTMLElement>("h2")?.scrollIntoView({ block: "nearest" });
  };

  form.addEventListener("submit", (event) => {
    replace(prefixed(view.state.doc.toString()));
    const data = new FormData(form);
    // another format than a page is a file that the browser takes
    if (data.get("format")) return;
    event.preventDefault();
    const values: Record<string, string> = { query: field.value };
    const lang = data.get("lang");
    if (typeof lang === "string") values["lang"] = lang;
    void load(asked("/sparql", values), true);
  });
  addEventListener("popstate", () => void load(location.href, false));
  catalogue(form, (address) => void load(address, true));
}

function remember(address: string): void {
  const url = new URL(address);
  window.history.pushState(null, "", url.pathname + url.search);
}

/** The catalogue's questions, which the page lists, as a list to choose from. */
function catalogue(form: HTMLFormElement, open: (address: string) => void): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".catalogue a")];
  if (links.length === 0) return;
  const choice = html(
    "select",
    { name: "" },
    html("option", { value: "" }, say("choose")),
    ...links.map((link) => html("option", { value: link.getAttribute("href") ?? "", lang: "en" }, link.textContent ?? "")),
  );
  choice.removeAttribute("name");
  choice.addEventListener("change", () => {
    if (choice.value !== "") open(choice.value);
    choice.value = "";
  });
  form.prepend(html("p", { class: "row" }, html("label", {}, `${say("catalogue")} `, choice)));
}

interface Problem {
  meaning: string;
  detail: string;
  place: { line: number; column: number } | undefined;
}

/** What a page tells of a problem. */
function problem(page: Document): Problem {
  const text = (selector: string) => page.querySelector(selector)?.textContent?.trim() ?? "";
  const place = page.querySelector<HTMLElement>(".place");
  const [line, column] = [Number(place?.dataset["line"]), Number(place?.dataset["column"])];
  return { meaning: text("main .lead"), detail: text("main .detail"), place: line > 0 ? { line, column } : undefined };
}

/** Where a word begins and ends that a line and a column, both counted from 1 in code points, name. */
function offsets(state: EditorState, { line, column }: { line: number; column: number }): [number, number] {
  const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  const before = [...at.text].slice(0, column - 1).join("").length;
  const from = Math.min(at.from + before, state.doc.length);
  const word = /^[\w:?$-]+|^./.exec(at.text.slice(before))?.[0] ?? "";
  const to = from + word.length;
  // at the end of a line, what stands before it
  return word === "" ? [Math.max(at.from, from - 1), from] : [from, to];
}

/** The query with the prefixes that it uses, where they are ours or well known. */
function prefixed(text: string): string {
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#.*/g, " ");
  const missing = Object.entries(PREFIXES).filter(
    ([name]) => new RegExp(`(^|[^\\w-])${name}:[\\w-]`).test(bare) && !new RegExp(`prefix\\s+${name}:`, "i").test(bare),
  );
  return missing.map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("") + text;
}

interface Labelled {
  "@id": string;
  [property: string]: unknown;
}

let terms: Promise<Completion[]> | undefined;

/** Classes and properties of the ontology, by their names in the page's language. */
function ours(): Promise<Completion[]> {
  terms ??= fetch("/ontology", { headers: { accept: "application/ld+json" } })
    .then((response) => response.json() as Promise<Labelled[]>)
    .then((nodes) =>
      nodes
        .filter((node) => node["@id"].startsWith(PREFIXES["dip"] ?? "-"))
        .map((node) => ({
          label: `dip:${node["@id"].slice((PREFIXES["dip"] ?? "").length)}`,
          detail: labelled(node["http://www.w3.org/2000/01/rdf-schema#label"]),
          info: labelled(node["http://www.w3.org/2004/02/skos/core#definition"]),
        })),
    )
    .catch(() => []);
  return terms;
}

function labelled(values: unknown): string {
  const list = (Array.isArray(values) ? values : []) as { "@language"?: string; "@value"?: string }[];
  return (list.find((one) => one["@language"] === language) ?? list[0])?.["@value"] ?? "";
}

/** Variables of the query, words of SPARQL, prefixes, terms; and entities by their names, which become their IRIs. */
async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const variable = context.matchBefore(/[?$]\w*/);
  const text = context.state.doc.toString();
  if (variable) {
    const names = new Set(text.match(/[?$]\w+/g) ?? []);
    names.delete(variable.text);
    return { from: variable.from, options: [...names].map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
  }
  const term = context.matchBefore(/\w+:[\w-]*/);
  if (term) return { from: term.from, options: await ours(), validFor: /^\w+:[\w-]*$/ };
  const word = context.matchBefore(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/u);
  if (!word && !context.explicit) return null;
  const from = word?.from ?? context.pos;
  const options: Completion[] = WORDS.map((label) => ({ label, type: "keyword" }));
  for (const [name, iri] of Object.entries(PREFIXES)) options.push({ label: `${name}:`, detail: iri, type: "namespace" });
  const dip = await ours();
  options.push(...dip.map((one) => ({ ...one, apply: one.label, label: one.label.slice(4), displayLabel: one.label })));
  if (word && word.text.length > 1) options.push(...(await entities(word.text, context)));
  return { from, options };
}

interface Found {
  results: { id: string; kind: string; name: string; also: string }[];
}

async function entities(text: string, context: CompletionContext): Promise<Completion[]> {
  const stop = new AbortController();
  context.addEventListener("abort", () => stop.abort());
  try {
    const found = await json<Found>(asked("/search.json", { q: text, lang: language }), stop.signal);
    return found.results.map((one, at) => ({
      // what was typed may be another of its names
      label: `${text} ${one.name}`,
      displayLabel: one.name,
      detail: `${one.kind} ${one.also}`.trim(),
      apply: `<${one.id}>`,
      boost: 90 - at,
    }));
  } catch {
    return [];
  }
}
