#!/usr/bin/env python3
"""Fits the weights by which reading tells what a sentence states in words that no rule knows: data/learned/weights.tsv.

  cargo run --release --example reading_candidates -- FOLDER... | data/fit_reading.py > data/learned/weights.tsv

Needs Python with numpy, scipy and scikit-learn. Each input line is a JSON array: model, whether stated (1 or 0), names of features. For each model a
logistic regression is fitted (L2, features seen twice at least); a weight below 4 hundredths is left out. The same input gives the same weights.
"""
import json, sys
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

STRENGTH = 0.08  # the inverse of how strongly weights are held down
SEEN = 2
LEAST = 4


class Model:
    def __init__(self):
        self.numbers, self.columns, self.ends, self.stated = {}, [], [0], []

    def add(self, stated, features):
        self.columns.extend(sorted(self.numbers.setdefault(f, len(self.numbers)) for f in features))
        self.ends.append(len(self.columns))
        self.stated.append(stated)

    def weights(self, name):
        shape = (len(self.stated), len(self.numbers))
        matrix = csr_matrix((np.ones(len(self.columns)), self.columns, self.ends), shape=shape)
        matrix.sum_duplicates()  # A feature counts as often as it is named, as it does in reading.
        seen = np.flatnonzero(matrix.getnnz(axis=0) >= SEEN)
        fit = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=100, random_state=0)
        fit.fit(matrix[:, seen], np.array(self.stated))
        names = list(self.numbers)
        found = {names[i]: round(100 * w) for i, w in zip(seen, fit.coef_[0])}
        found = {n: w for n, w in found.items() if abs(w) >= LEAST}
        return {**found, f"{name}|intercept": round(100 * fit.intercept_[0])}


models = {}
for line in sys.stdin:
    model, stated, features = json.loads(line)
    models.setdefault(model, Model()).add(stated, features)
print("# Weights of what speaks for and against a candidate, in hundredths (log odds). Made by data/fit_reading.py; not to be changed by hand.")
for name in sorted(models):
    found = models[name].weights(name)
    print(f"{name}: {len(models[name].stated)} candidates, {sum(models[name].stated)} stated, {len(found)} weights", file=sys.stderr)
    for feature, weight in sorted(found.items()):
        print(f"{feature}\t{weight}")
