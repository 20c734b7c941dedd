// Words of the scripts in the page's language. They stand in the section [script] of data/site/*.toml.

import words from "words:script";

/** The page's language: `en`, `fr` or `es`. */
export const language = document.documentElement.lang || "en";

/** Words with texts in the places of `{name}`; the key itself where there are none. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const text = words[language]?.[key] ?? words["en"]?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    return value === undefined ? hole : typeof value === "number" ? number(value) : value;
  });
}

/** Words that differ for one and for many: `key_one`, `key_many`. */
export function count(key: string, n: number): string {
  return say(n === 1 ? `${key}_one` : `${key}_many`, { n });
}

/** A number as the language writes it. */
export function number(n: number): string {
  return n.toLocaleString(language);
}

/** A part of the time in words, as precise as its ends: `1960`, `1960–1964`, `March 1961`. */
export function period(start: string, end: string): string {
  const [from, to] = [start.slice(0, 10), end.slice(0, 10)];
  if (from === to) return day(from);
  const years = from.endsWith("-01-01") && to.endsWith("-12-31");
  if (years) return from.slice(0, 4) === to.slice(0, 4) ? year(from) : `${year(from)}–${year(to)}`;
  if (from.slice(0, 7) === to.slice(0, 7)) return month(from);
  return `${month(from)} – ${month(to)}`;
}

function year(iso: string): string {
  return String(Number(iso.slice(0, 4)));
}

function month(iso: string): string {
  return formatted(iso, { year: "numeric", month: "long" });
}

function day(iso: string): string {
  return formatted(iso, { year: "numeric", month: "long", day: "numeric" });
}

function formatted(iso: string, style: Intl.DateTimeFormatOptions): string {
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleDateString(language === "en" ? "en-GB" : language, { ...style, timeZone: "UTC" });
}
