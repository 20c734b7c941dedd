#!/usr/bin/env python3
"""Builds the gazetteers of data/gazetteer from tables of facts and the hand-written tables of data/sources.

  build_gazetteer.py --reference DIR

DIR holds states.tsv, historical-states.tsv, seed-links.tsv and cities.tsv: ids, coordinates and names, put together from
  - Unicode CLDR 48, names of states in English, French and Spanish (Unicode-3.0);
  - Natural Earth 5.1.1 and 4.0, states and populated places (public domain);
  - country-coder 5.6.1 (ISC), rigour 2.6.1 (MIT) and a table of embassies of 2022 (CC0), for ids and agreement between sources.
data/sources holds what was written by hand for this project: names, styles, adjectives and persons of states in three
languages, historical states, governments, organisations, cities' other names, currencies. See data/README.md.

The output has one normal form: UTF-8 in NFC, tab-separated with a header, rows sorted by bytes, none twice, LF.
"""

import argparse
import collections
import csv
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
LANGS = ("en", "fr", "es")
PERSONS = ("Argentine", "Croat", "Czechoslovak", "Kazakh", "Mongol", "Monegasque", "Saxon", "Soviet", "Yugoslav")
# The reference's id is that of Vatican City, a place; the Holy See, which keeps the relations, is another thing.
NO_ID = ("VAT",)


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {k: clean(v or "") for k, v in row.items()}
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def clean(text):
    """NFC, straight apostrophes, no invisible characters, one space between words."""
    text = "".join(c for c in unicodedata.normalize("NFC", text).replace("’", "'") if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


def write(name, header, rows):
    lines = sorted({"\t".join(str(x) for x in row) for row in rows}, key=lambda line: line.encode())
    for line in lines:
        assert line.count("\t") == len(header) - 1 and "\n" not in line, line
    text = "\n".join(["\t".join(header), *lines]) + "\n"
    (HERE / "gazetteer" / name).write_text(unicodedata.normalize("NFC", text), encoding="utf-8", newline="\n")
    print(f"{name}: {len(lines)} rows")


def parts(text):
    return [part.strip() for part in text.split("|") if part.strip()]


def slug(text):
    text = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "o").replace("ł", "l").replace("Ł", "l")
    text = text.replace("đ", "d").replace("Đ", "d").replace("æ", "ae").replace("Æ", "ae").replace("ı", "i").replace("'", "")
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def plural_fr(word):
    return word if word.endswith(("s", "x", "z")) else word[:-2] + "aux" if word.endswith("al") else word + "s"


def feminine_fr(word):
    for end, new in (("en", "enne"), ("on", "onne"), ("an", "ane"), ("e", "e")):
        if word.endswith(end):
            return word[: -len(end)] + new
    return word + "e"


def inflect_fr(cell):
    """français → français, française, françaises; "m/f" or "m/f/mm/ff" where the rules fail, "word!" where it never changes."""
    if cell.endswith("!"):
        return [cell[:-1]]
    forms = cell.split("/")
    if len(forms) == 4:
        return forms
    m = forms[0]
    f = forms[1] if len(forms) > 1 else feminine_fr(m)
    return [m, f, plural_fr(m), plural_fr(f)]


def bare(text):
    return {"á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u"}.get(text, text)


def inflect_es(cell):
    """peruano → peruano, peruana, peruanos, peruanas; francés → francés, francesa, franceses, francesas; marroquí → marroquíes, marroquís."""
    if cell.endswith("!"):
        return [cell[:-1]]
    forms = cell.split("/")
    m = forms[0]
    if len(forms) > 1:
        f = forms[1]
        return [m, f, f[:-1] + "es", f + "s"]
    if m.endswith("o"):
        return [m, m[:-1] + "a", m + "s", m[:-1] + "as"]
    if m[-1] in "sn" and m[-2] in "áéíóú":
        stem = m[:-2] + bare(m[-2]) + m[-1]
        return [m, stem + "a", stem + "es", stem + "as"]
    if m.endswith("ol"):
        return [m, m + "a", m + "es", m + "as"]
    if m[-1] in "íú":
        return [m, m + "es", m + "s"]
    if m[-1] in "lr":
        return [m, m + "es"]
    return [m, m + "s"]


def plural_en(word):
    if word.endswith("man"):
        return word[:-3] + "men"
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


class Names:
    def __init__(self):
        self.rows = set()

    def add(self, key, lang, form, text):
        if text:
            self.rows.add((key, lang, form, text))

    def cell(self, key, lang, text):
        """Other names: "=ACRONYM", "~formal style", else a name."""
        for name in parts(text):
            form = {"=": "acronym", "~": "formal"}.get(name[0], "name")
            self.add(key, lang, form, name.lstrip("=~"))

    def adjectives(self, key, lang, text):
        for cell in parts(text):
            forms = {"fr": inflect_fr, "es": inflect_es}.get(lang, lambda c: [c.rstrip("!")])(cell)
            for form in forms:
                self.add(key, lang, "adjective", form)
            if lang == "en" and re.search(r"(an|i|ari|ene|ard)$", cell) or lang == "en" and cell in PERSONS:
                self.add(key, lang, "demonym", cell + "s")

    def persons(self, key, text):
        for cell in parts(text):
            self.add(key, "en", "demonym", cell)
            self.add(key, "en", "demonym", plural_en(cell))


def bodies_and_names(reference):
    by_iso3 = {row["iso3"]: row for row in read(reference / "states.tsv")}
    by_name = {row["name_en"]: row["qid"] for row in read(reference / "historical-states.tsv")}
    linked = {row["name"]: (row["qid"], row["sources"]) for row in read(reference / "seed-links.tsv") if row["type"] in ("Government", "Organisation")}
    tables = {lang: {row["key"]: row for row in read(HERE / f"sources/states-{lang}.tsv")} for lang in LANGS}
    assert len({frozenset(t) for t in tables.values()}) == 1, "the three tables of states hold different keys"
    territories = set((HERE / "sources/territories.txt").read_text(encoding="utf-8").split())
    until = {row["key"]: row["until"] for row in read(HERE / "sources/until.tsv")}
    bodies, names = [], Names()
    for key in tables["en"]:
        facts = by_iso3[key]
        usual = [tables[lang][key]["name"] for lang in LANGS]
        agreeing = int(facts["sources_agreeing"])
        qid = facts["qid"] if agreeing >= 2 and key not in NO_ID else ""
        kind = "territory" if key in territories else "state"
        bodies.append((key, "state", kind, "", facts["iso2"], qid, agreeing if qid else 0, *usual, ""))
        for lang in LANGS:
            row = tables[lang][key]
            names.add(key, lang, "name", row["name"])
            names.cell(key, lang, row["variants"])
            for text in parts(row["formal"]):
                names.add(key, lang, "formal", text)
            names.adjectives(key, lang, row["adjectives"])
        names.persons(key, tables["en"][key]["persons"])
    for row in read(HERE / "sources/historical.tsv"):
        key = row["key"]
        qid, count = (by_name[row["en"]], 1) if row["en"] in by_name else linked.get(row["en"], ("", 0))
        bodies.append((key, row["class"], row["type"], row["of"], "", qid, count, row["en"], row["fr"], row["es"], until.pop(key, "")))
        for lang in LANGS:
            names.add(key, lang, "name", row[lang])
            names.cell(key, lang, row[f"names_{lang}"])
            names.adjectives(key, lang, row[f"adjectives_{lang}"])
    for row in read(HERE / "sources/organisations.tsv"):
        key = row["key"]
        qid, count = linked.get(row["en"], ("", 0))
        bodies.append((key, "organisation", "organisation", "", "", qid, count, row["en"], row["fr"], row["es"], ""))
        for lang in LANGS:
            names.add(key, lang, "name", row[lang])
            names.cell(key, lang, row[f"names_{lang}"])
            for name in parts(row["names_any"]):
                names.add(key, lang, "acronym", name.lstrip("="))
    assert not until, f"until.tsv: no bodies {sorted(until)}"
    keys = collections.Counter(body[0] for body in bodies)
    assert max(keys.values()) == 1, [k for k, n in keys.items() if n > 1]
    for body in bodies:
        assert not body[3] or body[3] in keys, body
    # a name is never both a name and an acronym of the same body
    names.rows = {r for r in names.rows if not (r[2] == "name" and (r[0], r[1], "acronym", r[3]) in names.rows)}
    return bodies, names, {by_iso3[k]["iso2"]: k for k in tables["en"]}


def plausible(name):
    letters = sum(c.isalpha() for c in name)
    latin = all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in name)
    return letters >= 2 and latin and not re.search(r"[0-9?*_/;:|()\[\]]", name) and len(name) <= 50 and (name[0].isupper() or name.startswith("'"))


def disputed(lon):
    """The state of a city to which the reference gives none: Kosovo, Northern Cyprus (taken as Cyprus), Somaliland (as Somalia)."""
    return "XK" if lon < 25 else "CY" if lon < 36 else "SO"


def cities(reference, states):
    """City rows. A key is the English name's slug; where several share it, the one that is by far the greatest keeps it bare."""
    supplement = {(row["iso2"], row["name"]): row for row in read(HERE / "sources/cities.tsv")}
    states_back = {key: iso2 for iso2, key in states.items()}
    used, found, skipped = set(), [], 0
    for row in read(reference / "cities.tsv"):
        row["iso2"] = "SN" if (row["iso2"], row["name_en"]) == ("MR", "Saint-Louis") else row["iso2"] or disputed(float(row["lon"]))
        en = row["name_en"] or row["name"]
        state = states.get(row["iso2"])
        extra = supplement.get((row["iso2"], en)) or supplement.get((row["iso2"], row["name"]))
        if extra and (row["iso2"], extra["name"]) not in used:
            used.add((row["iso2"], extra["name"]))
        elif extra:
            extra = None
        chosen = {lang: row[f"name_{lang}"] for lang in LANGS}
        chosen["en"] = en
        other = [row["name"]]
        if extra:
            for lang in LANGS:
                if extra[lang]:
                    other.append(chosen[lang] if chosen[lang] != en else en)
                    chosen[lang] = extra[lang]
            other += parts(extra["other"])
        usual = extra and extra["usual"]
        if not plausible(chosen["en"]):
            skipped += 1
            continue
        for lang in ("fr", "es"):
            if not plausible(chosen[lang] or "?"):
                chosen[lang] = chosen["en"]
        drop = set(parts(extra["drop"])) if extra else set()
        for lang in ("fr", "es"):
            if chosen[lang] in drop:
                chosen[lang] = chosen["en"]
        other = {o for o in other if plausible(o or "?")} - set(chosen.values()) - drop
        # A key stays when only the usual name changes.
        others = {chosen["en"]} - {chosen["fr"], chosen["es"]} if usual else set()
        if usual in (chosen["fr"], chosen["es"]):
            others.discard(usual)
        other = sorted(other | others, key=lambda o: o.encode())
        found.append(dict(row, state=state or "", other=other, extra=bool(extra), usual=usual or chosen["en"], **{f"use_{k}": v for k, v in chosen.items()}))
    for (iso2, name), row in supplement.items():
        if (iso2, name) in used:
            continue
        if not row["lat"]:
            print(f"cities.tsv: no city {name!r} in {iso2}, and no coordinates to add it with", file=sys.stderr)
            continue
        found.append(dict(qid="", iso2=iso2, admin1="", lat=row["lat"], lon=row["lon"], population="0", capital="0", hosts_missions="0",
                          state=states.get(iso2, ""), usual=row["en"] or name, other=sorted(parts(row["other"]), key=lambda o: o.encode()), extra=True,
                          use_en=row["en"] or name, use_fr=row["fr"] or row["en"] or name, use_es=row["es"] or row["en"] or name))
    groups = collections.defaultdict(list)
    for city in found:
        groups[slug(city["use_en"])].append(city)
    seats = {(states_back[row["state"]], row["city"]) for row in read(HERE / "sources/capitals.tsv")}
    for city in found:
        city["capital"] = "1" if (city["iso2"], city["use_en"]) in seats else "0"
        seats.discard((city["iso2"], city["use_en"]))
    assert not seats, f"capitals without a city: {sorted(seats)}"
    rows, taken = [], set()
    for base, group in sorted(groups.items()):
        weight = lambda c: (int(c["capital"] or 0), int(c["population"] or 0), c["qid"])
        group.sort(key=weight, reverse=True)
        first = group[0]
        clear = len(group) == 1 or first["capital"] == "1" or int(first["population"] or 0) >= 3 * max(1, int(group[1]["population"] or 0))
        for index, city in enumerate(group):
            key = base
            if not (index == 0 and clear):
                key = f"{base}-{city['iso2'].lower()}" if city["iso2"] else base
                if key in taken or sum(c["iso2"] == city["iso2"] for c in group if not (c is first and clear)) > 1:
                    key = f"{key}-{slug(city['admin1'])}".rstrip("-")
            number, stem = 2, key
            while key in taken:
                key, number = f"{stem}-{number}", number + 1
            taken.add(key)
            rows.append((key, city["state"], city["qid"], city["lat"], city["lon"], city["population"] or 0, city["capital"] or 0, city["hosts_missions"] or 0,
                         city["usual"], city["use_fr"], city["use_es"], "|".join(city["other"])))
    print(f"cities: {skipped} without a plausible English name left out")
    return rows


def ambiguous(names, classes):
    """Texts that stand for several bodies in one language, with the one that is meant when nothing else is said."""
    defaults = {(row["text"], row["lang"]): row["default"] for row in read(HERE / "sources/ambiguous.tsv")}
    seen = collections.defaultdict(set)
    for key, lang, form, text in names.rows:
        if classes[key] != "organisation" or form != "acronym":
            seen[text.lower(), lang].add(key)
        else:
            seen[text.lower(), lang].add(key)
    rows, missing = [], []
    for (text, lang), keys in seen.items():
        if len(keys) < 2:
            continue
        default = defaults.get((text, lang), defaults.get((text, "*"), None))
        if default is None:
            missing.append((text, lang, sorted(keys)))
            default = ""
        assert default in keys or default == "", (text, lang, default, keys)
        rows.append((text, lang, "|".join(sorted(keys)), default))
    for item in sorted(missing):
        print("no default for", *item, file=sys.stderr)
    return rows


def fold(text):
    """Names as the program folds words: lower case, without accents where a word has three letters or more."""
    words = []
    for word in text.split(" "):
        word = unicodedata.normalize("NFC", word.lower().replace("’", "'").replace("ʻ", "'"))
        if len(word) > 2:
            word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
            word = word.translate(str.maketrans("đøłı", "dolı".replace("ı", "i")))
        words.append(word)
    return " ".join(words)


HIGHEST = ("head", "government", "royal", "foreign", "vice")  # The offices that are told by themselves.


def leaders(names, bodies):
    """Who led which state, a row for each form of a name, folded: the state's key, the first and the last year in its service (none: still in it), and the
    highest offices with their years."""
    keys = {text.lower(): key for key, lang, form, text in sorted(names.rows) if lang in ("en", "*") and form in ("name", "formal")}
    keys |= {english.lower(): key for key, *_, english, _, _, _ in bodies}  # A name that several have is that of the one that is called so first of all.
    found = collections.defaultdict(set)
    for row in read(HERE / "sources/leaders.tsv"):
        key = keys.get(row["state"].lower())
        assert key, f"leaders.tsv: no state {row['state']!r}"
        highest = {office for office in (row["offices"] or "").split(";") if office.split(" ")[0] in HIGHEST}
        for form in parts(row["names"]):
            found[fold(form), key, row["from"], row["to"]] |= highest
    return [(*who, ";".join(sorted(offices))) for who, offices in found.items()]


def origins(rows):
    """Which parts of words (two and three letters, ^ and $ for beginning and end) the names of each state's leaders have, and how often."""
    met, sums = collections.defaultdict(collections.Counter), collections.Counter()
    for name, key in sorted({(name, key) for name, key, *_ in rows}):
        for word in re.split(r"[ .'-]", name):
            if not word or set(word) <= set("ivx"):
                continue
            word = f"^{word}$"
            found = [word[i : i + n] for n in (2, 3) for i in range(len(word) - n + 1)]
            for part in found:
                met[part][key] += 1
            sums[key] += len(found)
    counts = lambda of: "|".join(f"{key}:{n}" for key, n in sorted(of.items()) if n > 1)
    found = [(part, sum(of.values()), counts(of)) for part, of in met.items() if sum(of.values()) > 2]
    return [("*", sum(sums.values()), counts(sums)), *found]


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--reference", required=True, type=pathlib.Path)
    reference = ask.parse_args().reference
    bodies, names, states = bodies_and_names(reference)
    write("bodies.tsv", ["key", "class", "type", "of", "iso2", "qid", "qid_sources", *LANGS, "until"], bodies)
    write("names.tsv", ["key", "lang", "form", "text"], names.rows)
    write("ambiguous.tsv", ["text", "lang", "keys", "default"], ambiguous(names, {b[0]: b[1] for b in bodies}))
    write("cities.tsv", ["key", "state", "qid", "lat", "lon", "population", "capital", "missions", *LANGS, "other"], cities(reference, states))
    led = leaders(names, bodies)
    write("leaders.tsv", ["name", "state", "from", "to", "offices"], led)
    write("origins.tsv", ["part", "all", "states"], origins(led))
    write("currencies.tsv", ["code", "lang", "text"], [(r["code"], r["lang"], t) for r in read(HERE / "sources/currencies.tsv") for t in parts(r["texts"])])
    keys = {b[0] for b in bodies}
    regions = read(HERE / "sources/regions.tsv")
    assert all(key in keys for r in regions for key in parts(r["states"]))
    houses = read(HERE / "sources/residences.tsv")
    assert all(r["state"] in keys for r in houses)
    columns = ["key", "state", "name", "other"]
    write("residences.tsv", columns, [tuple(r[c] for c in columns) for r in houses])
    write("regions.tsv", ["key", "states", *LANGS], [tuple(r[c] for c in ("key", "states", *LANGS)) for r in regions])


if __name__ == "__main__":
    main()
