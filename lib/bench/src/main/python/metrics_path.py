"""The Python side of MetricsSpeed: what MTEB does in Python around pytrec_eval.

Run:  python metrics_path.py [median-seconds-of-java]   (numpy 2.4.6, scikit-learn 1.9.1)

A run of 1,000 queries x 1,000 documents, kept in the order of the heap that MTEB's search leaves.
pytrec_eval itself, which is C, counts as no time here, so the ratio against MetricsSpeed is a lower
bound: measured are the reciprocal ranks (all documents of all queries are sorted), the confidences of
the abstention curves, which MTEB computes once for MRR and once for the others, the curves of 35
metrics and the means.
"""

import heapq
import random
import statistics
import sys
import time

import numpy as np
from sklearn.metrics import auc

CUTOFFS = (1, 3, 5, 10, 20, 100, 1000)
RATES = np.linspace(0, 1, 11)[:-1]


def reciprocal_ranks(run, qrels):
    ranks = {k: [] for k in CUTOFFS}
    for query, scores in run.items():
        best = sorted(scores.items(), key=lambda pair: pair[1], reverse=True)[: max(CUTOFFS)]
        wanted = {doc for doc, grade in qrels[query].items() if grade > 0}
        first = next((i + 1 for i, (doc, _) in enumerate(best) if doc in wanted), None)
        for k in CUTOFFS:
            ranks[k].append(1 / first if first and first <= k else 0.0)
    return ranks


def confidences(run):
    rows = []
    for scores in run.values():
        values = list(scores.values())
        ordered = sorted(values)[::-1]
        rows.append((ordered[0], float(np.std(values)), ordered[0] - ordered[1]))
    return np.array(rows).T


def curve(confidence, values):
    order = np.argsort(confidence, kind="stable")
    return np.array([values[order[min(round(r * len(order)), len(order) - 1):]].mean() for r in RATES])


def abstention(confidence, values):
    own, oracle = curve(confidence, values), curve(values, values)
    flat = oracle[0] * (RATES[-1] - RATES[0])
    return (auc(RATES, own) - flat) / (auc(RATES, oracle) - flat)


def path(run, qrels, values):
    """values: what pytrec_eval returns, query to metric to value."""
    columns = {name: [row[name] for row in values.values()] for name in next(iter(values.values()))}
    means = {name: round(sum(column) / len(column), 5) for name, column in columns.items()}
    ranks = reciprocal_ranks(run, qrels)
    naucs = [abstention(c, np.array(m)) for c in confidences(run) for m in columns.values()]
    naucs += [abstention(c, np.array(ranks[k])) for c in confidences(run) for k in CUTOFFS]
    return means, naucs


def heap_order(scores):
    heap = []
    for doc, score in sorted(scores.items(), key=lambda pair: -pair[1]):
        heapq.heappush(heap, (score, doc))
    return {doc: score for score, doc in heap}


def main():
    rng = random.Random(42)
    run, qrels = {}, {}
    for q in range(1000):
        docs = ["doc%d-%d" % (rng.randrange(1000), d) for d in range(1000)]
        run["q%d" % q] = heap_order({doc: rng.random() for doc in docs})
        qrels["q%d" % q] = {doc: rng.randint(1, 2) for doc in docs if rng.randrange(100) == 0}
    values = {q: {"m%d" % m: rng.random() for m in range(4 * len(CUTOFFS))} for q in run}
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        path(run, qrels, values)
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds)
    print("Python around pytrec_eval, 1,000 x 1,000: %.3f s" % median)
    if len(sys.argv) > 1:
        print("ratio: %.1f" % (median / float(sys.argv[1])))


if __name__ == "__main__":
    main()
