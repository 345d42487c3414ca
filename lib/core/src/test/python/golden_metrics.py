"""Golden values for dev.embedlab.metrics and dev.embedlab.statistics.

Run:  python golden_metrics.py   (writes ../resources/golden/{rankings,series,tests}.json)
Versions used: Python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1.

The ranking metrics follow the rules of trec_eval 9 (scores held as float32, ties by descending
bytes of the document id, linear gains, negative grades neither relevant nor non-relevant), written
here a second time and independently of the Java code, from the published definitions.
"""

import json
import math
import pathlib
import random

import numpy as np
import scipy
import scipy.stats as st
import sklearn
from sklearn import metrics as sk

OUT = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"


def trec_order(run):
    scored = [(np.float32(s), d.encode("utf-8"), d) for d, s in run.items()]
    scored.sort(key=lambda t: t[1], reverse=True)
    scored.sort(key=lambda t: t[0], reverse=True)
    return [d for _, _, d in scored]


def trec_metrics(run, qrel, k):
    order = trec_order(run)
    gains = [max(qrel.get(d, 0), 0) for d in order]
    ideal = sorted((g for g in qrel.values() if g > 0), reverse=True)
    rel = [1 if g > 0 else 0 for g in gains]
    total = len(ideal)
    dcg = lambda gs: math.fsum(g / math.log2(i + 2) for i, g in enumerate(gs[:k]))
    hits = sum(rel[:k])
    out = {}
    out["ndcg@%d" % k] = dcg(gains) / dcg(ideal) if total and dcg(ideal) else 0.0
    out["map@%d" % k] = (
        math.fsum(sum(rel[: i + 1]) / (i + 1) for i in range(min(k, len(rel))) if rel[i]) / total
        if total else 0.0)
    out["recall@%d" % k] = hits / total if total else 0.0
    out["precision@%d" % k] = hits / k
    out["hit_rate@%d" % k] = 1.0 if hits else 0.0
    out["mrr@%d" % k] = next((1 / (i + 1) for i, r in enumerate(rel[:k]) if r), 0.0)
    out["r_precision"] = sum(rel[:total]) / total if total else 0.0
    nonrel = sum(1 for g in qrel.values() if g == 0)
    above, bpref = 0, 0.0
    for d in order:
        g = qrel.get(d)
        if g is None or g < 0:
            continue
        if g == 0:
            above += 1
        else:
            bpref += 1 - min(above, total) / min(nonrel, total) if above else 1.0
    out["bpref"] = bpref / total if total else 0.0
    return order, out


def rankings():
    rng = random.Random(20260101)
    names = ["d%d", "D-%d", "\u00e9%d", "\ud55c%d", "\uffee%d", "\U0001f600%d", "\U00010000%d", "%d"]
    cases = []
    for case in range(1000):
        pool = [rng.choice(names) % i for i in range(rng.randint(1, 60))]
        returned = rng.sample(pool, rng.randint(0, len(pool)))
        steps = rng.choice([1, 3, 10, 1000])
        run = {d: rng.randint(0, steps) / steps for d in returned}
        if rng.random() < 0.2:  # scores that differ as doubles and tie as floats
            run = {d: s + rng.random() * 1e-12 for d, s in run.items()}
        judged = rng.sample(pool, rng.randint(1, len(pool)))
        grades = rng.choice([[0, 1], [1], [0, 1, 2, 3], [-2, -1, 0, 1, 2], [0]])
        qrel = {d: rng.choice(grades) for d in judged}
        expected = {}
        for k in (1, 3, 10, 100):
            order, values = trec_metrics(run, qrel, k)
            expected.update(values)
        cases.append({"run": run, "qrel": qrel, "order": order, "expected": expected})
    return cases


def series():
    rng = np.random.default_rng(11)
    cases = []
    for case in range(60):
        n = int(rng.integers(3, 200))
        levels = int(rng.choice([2, 5, 1000000]))
        x = rng.integers(0, levels, n) / levels
        y = np.round(x + rng.normal(size=n), int(rng.choice([0, 1, 8])))
        pos = rng.integers(0, 2, n)
        pos[0], pos[1] = 0, 1
        truth = rng.integers(0, 6, n)
        pred = np.where(rng.random(n) < 0.6, truth, rng.integers(0, 7, n))
        many = rng.integers(0, 2, (n, 5))
        guess = np.where(rng.random((n, 5)) < 0.7, many, 1 - many)
        avg = lambda f, a: f(truth, pred, average=a, zero_division=0)
        cases.append({
            "x": x.tolist(), "y": y.tolist(), "positive": pos.tolist(),
            "truth": truth.tolist(), "predicted": pred.tolist(),
            "many": many.tolist(), "guess": guess.tolist(),
            "spearman": nan(st.spearmanr(x, y).statistic), "pearson": nan(st.pearsonr(x, y).statistic),
            "kendall": nan(st.kendalltau(x, y).statistic),
            "ap": sk.average_precision_score(pos, y), "roc_auc": sk.roc_auc_score(pos, y),
            "accuracy": sk.accuracy_score(truth, pred), "v_measure": sk.v_measure_score(truth, pred),
            "f1": avg(sk.f1_score, "macro"), "f1_weighted": avg(sk.f1_score, "weighted"),
            "precision": avg(sk.precision_score, "macro"),
            "precision_weighted": avg(sk.precision_score, "weighted"),
            "recall": avg(sk.recall_score, "macro"), "recall_weighted": avg(sk.recall_score, "weighted"),
            "ml_accuracy": sk.accuracy_score(many, guess),
            "ml_f1": sk.f1_score(many, guess, average="macro", zero_division=0),
            "ml_lrap": sk.label_ranking_average_precision_score(many, guess),
            "ml_hamming": float((many == guess).mean()),
        })
    return cases


def nan(value):
    return None if math.isnan(value) else float(value)


def tests():
    rng = np.random.default_rng(5)
    cases = []
    for case in range(40):
        n = int(rng.integers(5, 120))
        a = rng.random(n)
        b = a + rng.normal(scale=0.2, size=n) + rng.choice([0, 0.05, 0.2])
        if case % 3 == 0:
            a, b = np.round(a, 1), np.round(b, 1)
        if not (a - b).any():
            continue
        cases.append({
            "a": a.tolist(), "b": b.tolist(),
            "t": float(st.ttest_rel(a, b).pvalue),
            "wilcoxon": float(st.wilcoxon(a, b, zero_method="wilcox", correction=False,
                                          method="auto").pvalue),
        })
    bca = []
    for case in range(5):
        x = rng.beta(0.5, 0.5, 120)
        ci = st.bootstrap((x,), np.mean, n_resamples=20000, method="BCa", rng=1).confidence_interval
        bca.append({"x": x.tolist(), "low": float(ci.low), "high": float(ci.high)})
    return {"paired": cases, "bca": bca}


def abstention():
    """Normalised area under the abstention curve, arXiv 2402.12997, at rates 0, 0.1, ..., 0.9."""
    rng = np.random.default_rng(7)
    rates = np.linspace(0, 1, 11)[:-1]

    def curve(order, values):
        by = np.argsort(order, kind="stable")
        n = len(by)
        return np.array([values[by[min(round(r * n), n - 1):]].mean() for r in rates])

    cases = []
    for n in (2, 5, 15, 25, 37, 200):
        confidence = rng.integers(0, 12, n) / 8.0
        values = rng.integers(0, 5, n) / 4.0
        own, oracle = curve(confidence, values), curve(values, values)
        flat = oracle[0] * (rates[-1] - rates[0])
        expected = (sk.auc(rates, own) - flat) / (sk.auc(rates, oracle) - flat)
        cases.append({"confidence": confidence.tolist(), "values": values.tolist(),
                      "expected": float(expected)})
    return cases


def write(name, cases):
    note = {"numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__}
    OUT.mkdir(parents=True, exist_ok=True)
    with open(OUT / name, "w", encoding="utf-8") as f:
        json.dump({"versions": note, "cases": cases}, f, ensure_ascii=True, separators=(",", ":"))
        f.write("\n")


if __name__ == "__main__":
    write("rankings.json", rankings())
    write("series.json", series())
    write("tests.json", tests())
    write("abstention.json", abstention())
