#!/usr/bin/env python3
"""Builds data/links/*.tsv from tables of ids (see data/README.md). Needed only to build them anew.

    python3 data/build_links.py --reference DIR

DIR holds states.tsv, cities.tsv, missions.tsv and seed-links.tsv. Names come from data/gazetteer, ids from DIR alone.
"""

import argparse
import csv
import pathlib
import unicodedata

MISSION = ["qid", "type", "sending_qid", "sending", "receiving_qid", "receiving", "city_qid", "city", "lat", "lon"]
DATA = pathlib.Path(__file__).parent


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def write(name, header, lines):
    text = "\n".join(["\t".join(header)] + sorted({"\t".join(line) for line in lines}, key=str.encode)) + "\n"
    (DATA / "links" / name).write_text(unicodedata.normalize("NFC", text), encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reference", required=True, type=pathlib.Path)
    reference = arguments.parse_args().reference

    missions = list(rows(reference / "missions.tsv"))
    seeds = list(rows(reference / "seed-links.tsv"))
    agreed = {row["qid"]: int(row["sources"]) for row in seeds}

    links = []
    for body in rows(DATA / "gazetteer" / "bodies.tsv"):
        if body["qid"]:
            sources = max(int(body["qid_sources"] or 1), agreed.get(body["qid"], 1))
            links.append([body["class"], body["key"], body["qid"], str(sources)])
    # A city's id is of two sources where the table of missions has it too.
    of_missions = {row["city_qid"] for row in missions}
    for city in rows(DATA / "gazetteer" / "cities.tsv"):
        if city["qid"]:
            sources = max(1 + (city["qid"] in of_missions), agreed.get(city["qid"], 1))
            links.append(["city", city["key"], city["qid"], str(sources)])
    for seed in seeds:
        if seed["type"] == "Person":
            links.append(["person", seed["name"], seed["qid"], seed["sources"]])
    write("links.tsv", ["class", "key", "qid", "sources"], links)

    lines = []
    for row in missions:
        if row["sending_qid"] and row["receiving_qid"] and row["type"] != "type":
            lines.append([row[column] for column in MISSION])
    write("missions.tsv", MISSION, lines)


if __name__ == "__main__":
    main()
