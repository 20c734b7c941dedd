#!/usr/bin/env python3
"""Fits how reading weighs what a sentence may state in words that no rule knows: data/learned/weights.tsv and trees.tsv.

  data/fit_reading.py PROGRAM FOLDER...      both tables, from what the program `reading_candidates` prints of the folders
  data/fit_reading.py weights < candidates   the weights alone, to standard output
  data/fit_reading.py trees < standings      the trees alone
  data/fit_reading.py left-out PROGRAM FOLDER...   how well documents are read that took no part in the fitting; writes no table

Needs Python with numpy, scipy, scikit-learn and lightgbm. First step: for each model a logistic regression over the names of features (L2, features seen
twice at least); a weight below 4 hundredths is left out. Second step: for each kind trees over how a candidate stands among the others of its document, and
over its features that are seen often.
What they are fitted to must not be weighed by weights that have seen it: the documents that one author wrote (all whose names begin with the same x1, x2 …)
are weighed by weights that are fitted to others (the authors are parted into groups, and the weights for a group are fitted to the other groups). The same input gives the same tables.
"""
import functools, json, math, re, subprocess, sys, tempfile
from pathlib import Path
import numpy as np
from scipy.sparse import csr_matrix, hstack

STRENGTH = 0.08  # the inverse of how strongly weights are held down
SEEN = 2
LEAST = 4
TREES = 300
ASKED = 100  # How often trees must see a feature to ask for it.
SHAPE = dict(  # As many leaves as a tree may have in src/extract/learned/trees.rs (`LEAVES`).
    objective="binary", num_leaves=16, learning_rate=0.05, min_child_samples=20, feature_fraction=0.2, bagging_fraction=0.8, bagging_freq=1, lambda_l2=5,
    seed=1, deterministic=True, force_row_wise=True, num_threads=1, verbose=-1,
)
GROUPS = 9  # Into how many groups authors are parted.
FEW = 40  # A kind with fewer candidates that are stated gets no trees.
LEARNED = Path(__file__).parent / "learned"


class Model:
    def __init__(self):
        self.numbers, self.columns, self.ends, self.stated, self.parts = {}, [], [0], [], []

    def add(self, part, stated, features):
        self.columns.extend(sorted(self.numbers.setdefault(f, len(self.numbers)) for f in features))
        self.ends.append(len(self.columns))
        self.stated.append(stated)
        self.parts.append(part)

    @functools.cache  # Two parts that are left out are so twice, each for the other's sake.
    def weights(self, name, without=frozenset()):
        from sklearn.linear_model import LogisticRegression

        shape = (len(self.stated), len(self.numbers))
        matrix = csr_matrix((np.ones(len(self.columns)), self.columns, self.ends), shape=shape)
        matrix.sum_duplicates()  # A feature counts as often as it is named, as it does in reading.
        rows = np.array([part not in without for part in self.parts])
        matrix, stated = matrix[rows], np.array(self.stated)[rows]
        if stated.min() == stated.max():
            return {}  # Nothing to be told apart.
        seen = np.flatnonzero(matrix.getnnz(axis=0) >= SEEN)
        fit = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=100, random_state=0)
        fit.fit(matrix[:, seen], stated)
        names = list(self.numbers)
        found = {names[i]: round(100 * w) for i, w in zip(seen, fit.coef_[0])}
        found = {n: w for n, w in found.items() if abs(w) >= LEAST}
        return {**found, f"{name}|intercept": round(100 * fit.intercept_[0])}


def part(document):
    """The author's part that a document belongs to; empty where it belongs to none."""
    found = re.match(r"x\d+(?=-)", document)
    return found[0] if found else ""


def candidates(lines):
    models = {}
    for line in lines:
        document, model, stated, features = json.loads(line)
        models.setdefault(model, Model()).add(part(document), stated, features)
    return models


def weights(models, without=frozenset()):
    yield "# Weights of what speaks for and against a candidate, in hundredths (log odds). Made by data/fit_reading.py; not to be changed by hand."
    for name in sorted(models):
        found = models[name].weights(name, without)
        if not without:
            print(f"{name}: {len(models[name].stated)} candidates, {sum(models[name].stated)} stated, {len(found)} weights", file=sys.stderr)
        for feature, weight in sorted(found.items()):
            yield f"{feature}\t{weight}"


def steps(node, names):
    """A tree as its steps, each before those that follow it."""
    if "split_index" in node:
        yield f"{names[node['split_feature']]}<={math.floor(node['threshold'])}"
        yield from steps(node["left_child"], names)
        yield from steps(node["right_child"], names)
    else:
        yield str(round(10000 * node["leaf_value"]))


class Standings:
    """The candidates of a kind: how each stands among the others, in numbers, and its features."""

    def __init__(self):
        self.stated, self.numbers, self.names, self.columns, self.ends = [], [], {}, [], [0]

    def add(self, stated, numbers, features):
        self.stated.append(stated)
        self.numbers.append(numbers)
        self.columns.extend(sorted({self.names.setdefault(f, len(self.names)) for f in features}))
        self.ends.append(len(self.columns))

    def trees(self):
        """Trees over the numbers and the features that are seen often."""
        import lightgbm

        has = csr_matrix((np.ones(len(self.columns)), self.columns, self.ends), shape=(len(self.stated), len(self.names)))
        often = np.flatnonzero(has.getnnz(axis=0) >= ASKED)
        given, features = list(self.numbers[0]), list(self.names)
        names = given + [features[n] for n in often]
        numbers = np.array([[row[n] for n in given] for row in self.numbers], dtype=float)
        rows = hstack([csr_matrix(numbers), has[:, often]]).tocsr()
        found = lightgbm.train(SHAPE, lightgbm.Dataset(rows, np.array(self.stated)), TREES)
        for tree in found.dump_model()["tree_info"]:
            yield list(steps(tree["tree_structure"], names))


def trees(lines):
    kinds = {}
    for line in lines:
        document, kind, stated, numbers, features = json.loads(line)
        kinds.setdefault(kind, Standings()).add(stated, numbers, features)
    yield "# Trees that weigh a candidate by how it stands among the others and by its features: a tree a line, a weight in ten-thousandths (log odds). Made by data/fit_reading.py."
    for kind, found in sorted(kinds.items()):
        if sum(found.stated) >= FEW:
            for tree in found.trees():
                yield "\t".join([kind, *tree])


def write(path, lines):
    Path(path).write_text("".join(f"{line}\n" for line in lines))


def fitted(run, models, weights_file, without):
    """Fits both tables to all documents but those of the parts `without`: writes the weights, gives the trees."""
    write(weights_file, weights(models, without))
    standings = []
    parts = sorted({p for m in models.values() for p in m.parts if p and p not in without})
    for group in (parts[n::GROUPS] for n in range(min(GROUPS, len(parts)))):
        with tempfile.NamedTemporaryFile() as file:
            write(file.name, weights(models, frozenset({*without, *group})))
            for own in group:
                standings += run("--weights", file.name, f"{own}-")
    return trees(standings)


def left_out(run):
    """Reads each author's part by tables that are fitted to the others, and adds up what was found."""
    models = candidates(run())
    parts = sorted({p for m in models.values() for p in m.parts if p})
    sums = {}
    for own in parts:
        with tempfile.NamedTemporaryFile() as first, tempfile.NamedTemporaryFile() as second:
            write(second.name, fitted(run, models, first.name, frozenset({own})))
            for line in run("--read", first.name, second.name, f"{own}-"):
                kind, *counts = json.loads(line)
                sums[kind] = [a + b for a, b in zip(sums.get(kind, [0] * 6), counts)]
    yield "what | in gold | precision | recall | F1 | exact | traps"
    for kind, (gold, found, matched, right, exact, traps) in ((k, v) for k, v in sums.items() if any(v)):
        precision, recall = right / max(found, 1), matched / max(gold, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        yield f"{kind} | {gold} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {exact / max(matched, 1):.3f} | {traps}"


def main(program, *folders):
    if program == "weights":
        print("\n".join(weights(candidates(sys.stdin))))
    elif program == "trees":
        print("\n".join(trees(sys.stdin)))
    else:
        left = program == "left-out"
        program, folders = (folders[0], folders[1:]) if left else (program, folders)
        run = lambda *args: subprocess.run([program, *args, *folders], check=True, capture_output=True, text=True).stdout.splitlines()
        if left:
            print("\n".join(left_out(run)))
        else:
            write(LEARNED / "trees.tsv", fitted(run, candidates(run()), LEARNED / "weights.tsv", frozenset()))


main(*sys.argv[1:])
