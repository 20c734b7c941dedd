// Days as numbers for an axis, and the other way round.

const DAY = 86_400_000;

/** Days since 1970 of `1964-02-03`, `1964-02` or `1964`; with `end`, of the last day that is meant. None for what is no date. */
export function days(iso: string, end = false): number | undefined {
  const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso);
  if (!match) return undefined;
  const year = Number(match[1]);
  const month = match[2] ? Number(match[2]) - 1 : end ? 11 : 0;
  const date = new Date(0);
  if (match[3]) date.setUTCFullYear(year, month, Number(match[3]));
  else date.setUTCFullYear(year, end ? month + 1 : month, end ? 0 : 1);
  const time = date.getTime();
  return Number.isNaN(time) ? undefined : Math.round(time / DAY);
}

/** `1964-02-03` of a number of days. */
export function iso(day: number): string {
  const date = new Date(Math.round(day) * DAY);
  return `${String(date.getUTCFullYear()).padStart(4, "0")}-${String(date.getUTCMonth() + 1).padStart(2, "0")}-${String(date.getUTCDate()).padStart(2, "0")}`;
}

/** The first and last day that an EDTF date can mean; none for what is no date. */
export function meant(edtf: string): [string, string] | undefined {
  const plain = edtf.replace(/[~?%]/g, "");
  const decade = /^(\d{3})X$/.exec(plain);
  if (decade) return [`${decade[1]}0-01-01`, `${decade[1]}9-12-31`];
  const [from = "", to] = plain.split("/");
  const first = days(from);
  const last = days(to === undefined ? from : to, true);
  if (first === undefined && last === undefined) return undefined;
  return [iso(first ?? last ?? 0), iso(last ?? first ?? 0)];
}

/** Ticks of an axis: so many at most, at the beginnings of months, years, decades, centuries. */
export function ticks(from: number, to: number, most: number): { day: number; name: string }[] {
  const span = to - from;
  const first = iso(from);
  for (const months of [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400]) {
    if (span / 30.44 / months > most) continue;
    const begin = Math.floor((Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1) / months) * months;
    const out: { day: number; name: string }[] = [];
    for (let month = begin; ; month += months) {
      const [year, rest] = [Math.floor(month / 12), month % 12];
      const name = `${String(year).padStart(4, "0")}-${String(rest + 1).padStart(2, "0")}`;
      const day = days(name) ?? 0;
      if (day > to) break;
      if (day >= from) out.push({ day, name: months >= 12 ? String(year) : name });
    }
    return out;
  }
  return [];
}
