"""Golden scores for dev.embedlab.evaluate.task: MTEB's protocol on made-up vectors.

Run:  python golden_tasks.py   (writes ../resources/golden/tasks.json)
Versions used: Python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1.

Every protocol is written here from MTEB's documentation (seed 42; see the Javadoc of each task),
with NumPy, Python's random and scikit-learn doing the sampling, learning and scoring. Vectors come
from the linear congruential generator that Java repeats; text number i stands for row i.
"""

import json
import pathlib
import random
from collections import Counter

import numpy as np
import sklearn
from scipy.stats import pearsonr, spearmanr
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (accuracy_score, average_precision_score, f1_score,
                             label_ranking_average_precision_score, precision_score, recall_score,
                             v_measure_score)
from sklearn.metrics.pairwise import (paired_cosine_distances, paired_euclidean_distances,
                                      paired_manhattan_distances)
from sklearn.neighbors import KNeighborsClassifier

from golden_learn import vectors
from golden_metrics import trec_metrics

OUT = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"


def sts():
    a, _ = vectors(300, 32, 6, 21, 2.0)
    b, _ = vectors(300, 32, 6, 22, 2.0)
    b[::10] = a[::10]
    gold = [(i * 37 % 26) / 5 for i in range(300)]
    cos = 1 - paired_cosine_distances(a, b)
    man = -paired_manhattan_distances(a, b)
    euc = -paired_euclidean_distances(a, b)
    out = {}
    for name, s in (("cosine", cos), ("manhattan", man), ("euclidean", euc)):
        out[name + "_spearman"] = spearmanr(gold, s).statistic
        out[name + "_pearson"] = pearsonr(gold, s).statistic
    labels = np.array([1 if i % 10 == 0 or i % 7 == 0 else 0 for i in range(300)])
    dot = np.array([np.dot(x, y) for x, y in zip(a, b)])
    pair = {"cosine_ap": average_precision_score(labels, cos),
            "manhattan_ap": average_precision_score(labels, man),
            "euclidean_ap": average_precision_score(labels, euc),
            "dot_ap": average_precision_score(labels, dot)}
    pair["max_ap"] = max(pair.values())
    return out, pair


def bitext():
    a, _ = vectors(200, 24, 12, 31, 1.5)
    noise, _ = vectors(200, 24, 12, 32, 1.5)
    b = a + noise
    cos = (a / np.linalg.norm(a, axis=1, keepdims=True)) @ (
        b / np.linalg.norm(b, axis=1, keepdims=True)).T
    found = cos.argmax(axis=1)
    return {"f1": f1_score(range(200), found, average="weighted", zero_division=0),
            "accuracy": accuracy_score(range(200), found)}


def classification(classes, dim, spread):
    x, y = vectors(600, dim, classes, 41, spread)
    tx, ty = vectors(400, dim, classes, 42, spread)
    idxs, scores, samples = list(range(600)), [], []
    for _ in range(10):
        np.random.RandomState(42).shuffle(idxs)
        seen, chosen = Counter(), []
        for i in idxs:
            if seen[y[i]] < 8:
                chosen.append(i)
                seen[y[i]] += 1
        samples.append(chosen)
        model = LogisticRegression(max_iter=100).fit(x[chosen], y[chosen])
        pred = model.predict(tx)
        row = {"accuracy": accuracy_score(ty, pred), "f1": f1_score(ty, pred, average="macro")}
        if classes == 2:
            row["ap"] = average_precision_score(ty, pred)
        scores.append(row)
    out = {k: float(np.mean([s[k] for s in scores])) for k in scores[0]}
    return {"classes": classes, "dim": dim, "spread": spread, "samples": samples, "scores": out}


def multilabel():
    x, y = vectors(500, 24, 6, 51, 2.0)
    tx, ty = vectors(300, 24, 6, 52, 2.0)
    many = lambda y: [sorted({int(c), 6 + int(c) % 2}) for c in y]
    labels, truth = many(y), many(ty)
    matrix = lambda rows: np.array([[1 if k in r else 0 for k in range(8)] for r in rows])
    rng, samples, scores = np.random.default_rng(42), [], []
    for _ in range(10):
        idxs = list(np.arange(500))
        rng.shuffle(idxs)
        seen, chosen = Counter(), []
        for i in idxs:
            if any(seen[k] < 8 for k in labels[i]):
                chosen.append(int(i))
                for k in labels[i]:
                    seen[k] += 1
        samples.append(chosen)
        knn = KNeighborsClassifier(n_neighbors=5).fit(x[chosen], matrix([labels[i] for i in chosen]))
        pred, gold = knn.predict(tx), matrix(truth)
        scores.append({"accuracy": accuracy_score(gold, pred),
                       "lrap": label_ranking_average_precision_score(gold, pred),
                       "f1": f1_score(gold, pred, average="macro", zero_division=0),
                       "hamming": float((gold == pred).mean())})
    return {"samples": samples, "scores": {k: float(np.mean([s[k] for s in scores])) for k in scores[0]}}


def clustering():
    n = 2000
    x, y = vectors(n, 24, 8, 61, 2.5)
    rng = random.Random(42)
    sample = rng.sample(range(n), k=500)
    emb, fine = x[sample], y[sample]
    levels = [fine % 3, fine]
    values, draws = {}, None
    for i, labels in enumerate(levels):
        model = MiniBatchKMeans(n_clusters=len(set(labels.tolist())), batch_size=512, init="k-means++",
                                n_init=1, random_state=42)
        values["Level %d" % i] = []
        for _ in range(10):
            drawn = rng.choices(range(len(emb)), k=2048)
            draws = draws or drawn
            values["Level %d" % i].append(v_measure_score(labels[drawn], model.fit_predict(emb[drawn])))
    legacy = []
    for k in range(3):
        part, truth = x[k * 600:(k + 1) * 600], y[k * 600:(k + 1) * 600]
        fit = MiniBatchKMeans(n_clusters=8, batch_size=500, n_init="auto", random_state=42).fit(part)
        legacy.append(v_measure_score(truth, fit.labels_))
    flat = values["Level 0"] + values["Level 1"]
    return {"v_measure": float(np.mean(flat)), "v_measure_std": float(np.std(flat)),
            "v_measures": values, "legacy": float(np.mean(legacy)), "legacies": legacy}


def unit(v):
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


def reranking():
    """40 queries, 25 candidates each; documents 0, 5 and 10 of a query are relevant, some twice."""
    q, _ = vectors(40, 24, 8, 81, 2.0)
    d, _ = vectors(1000, 24, 8, 82, 2.0)
    d[1::50] = d[0::50]  # ties between a relevant and an irrelevant candidate
    run, qrel = {}, {}
    for i in range(40):
        scores = (unit(q[i].astype(np.float32)) @ unit(d[25 * i:25 * i + 25].astype(np.float32)).T)
        docs = ["d%d" % (25 * i + j) for j in range(25)]
        scores[1] = scores[0] if i % 2 == 0 else scores[1]
        run[i] = dict(zip(docs, scores.astype(np.float32).tolist()))
        qrel[i] = {docs[j]: 1 for j in (0, 5, 10)}
    scores = {}
    for name, k in (("map", 1000), ("map", 10), ("ndcg", 10), ("recall", 10), ("precision", 10)):
        values = [trec_metrics(run[i], qrel[i], k)[1]["%s@%d" % (name, k)] for i in range(40)]
        scores["%s_at_%d" % (name, k)] = round(float(np.mean(values)), 5)
    return scores


def zero_shot():
    x, y = vectors(300, 24, 5, 91, 2.5)
    labels, _ = vectors(5, 24, 5, 92, 1.0)
    pred = (unit(labels) @ unit(x).T).argmax(axis=0)
    return {"accuracy": accuracy_score(y, pred), "f1": f1_score(y, pred, average="macro"),
            "f1_weighted": f1_score(y, pred, average="weighted"),
            "precision": precision_score(y, pred, average="macro", zero_division=0),
            "recall": recall_score(y, pred, average="macro", zero_division=0)}


def summarization():
    h, _ = vectors(60, 16, 4, 71, 2.0)
    m, _ = vectors(160, 16, 4, 72, 2.0)
    spearmans, pearsons = [], []
    for t in range(20):
        humans, machines = h[3 * t:3 * t + 3], m[8 * t:8 * t + 8]
        ratings = [((t * 8 + j) * 13 % 7) / 2 if t != 5 else 1.0 for j in range(8)]
        if len(set(ratings)) == 1:
            continue
        unit = lambda v: v / np.linalg.norm(v, axis=-1, keepdims=True)
        best = (unit(machines.astype(float)) @ unit(humans.astype(float)).T).max(axis=1)
        spearmans.append(spearmanr(ratings, best).statistic)
        pearsons.append(pearsonr(ratings, best).statistic)
    return {"cosine_spearman": float(np.mean(spearmans)), "cosine_pearson": float(np.mean(pearsons))}


if __name__ == "__main__":
    sts_scores, pair_scores = sts()
    cases = {"sts": sts_scores, "pairs": pair_scores, "bitext": bitext(),
             "classification": [classification(6, 32, 4.0), classification(2, 16, 5.0)],
             "multilabel": multilabel(), "clustering": clustering(), "summarization": summarization(),
             "reranking": reranking(), "zero_shot": zero_shot()}
    note = {"numpy": np.__version__, "sklearn": sklearn.__version__}
    with open(OUT / "tasks.json", "w", encoding="utf-8") as f:
        json.dump({"versions": note, "cases": cases}, f, separators=(",", ":"))
        f.write("\n")
