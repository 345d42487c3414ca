"""Metrics of a run of 1,000 queries x 1,000 documents against MTEB's path through pytrec_eval.

    environment/lab build; mvn -pl lib/bench -am compile     # once
    python lib/bench/src/main/python/metrics_path.py

needs a C compiler (cc), numpy 2 and scikit-learn 1.9. Both sides score the same run with all measures
of MTEB's result files, take turns, and must agree to 1e-5. The peer is MTEB's path: pytrec_eval's work
in C (../c/trec_peer.c, no slower than the original), then in Python the means of 35 measures, the
reciprocal ranks, the confidences, which MTEB computes twice, and the 105 abstention curves. Ours makes
the same and a bootstrap interval. Also timed: 10,000 resamples of 1,000 queries, and a run file of
1,000,000 lines read as a stream in a heap of 64 MiB.
"""

import ctypes
import heapq
import math
import os
import random
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from sklearn.metrics import auc

BENCH = Path(__file__).resolve().parents[3]
CUTOFFS = (1, 3, 5, 10, 20, 100, 1000)
FAMILIES = {"ndcg": "ndcg_cut_", "map": "map_cut_", "recall": "recall_", "precision": "P_", "hit_rate": "success_"}
RATES = np.linspace(0, 1, 11)[:-1]


class Java:
    """The Java process, told what to do line by line."""

    def __init__(self, heap="2g"):
        self.process = subprocess.Popen(
            [BENCH / "run", "MetricsSpeed"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "EMBEDLAB_BENCH_HEAP": "-Xmx" + heap})
        self.lines = []

    def __call__(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        self.lines = []
        while True:
            answer = self.process.stdout.readline()
            if not answer:
                raise RuntimeError("the Java side ended at: " + line)
            if answer.startswith("ANSWER "):
                return float(answer.split()[1])
            self.lines.append(answer.split())


def c_peer(folder):
    library = Path(folder) / "trec_peer.so"
    source = BENCH / "src/main/c/trec_peer.c"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, source, "-lm"], check=True)
    function = ctypes.PyDLL(str(library)).evaluate
    function.restype = ctypes.py_object
    function.argtypes = [ctypes.py_object, ctypes.py_object, ctypes.POINTER(ctypes.c_char_p)]
    names = [(f + str(k)).encode() for f in FAMILIES.values() for k in CUTOFFS]
    array = (ctypes.c_char_p * len(names))(*names)
    return lambda run, qrels: function(run, qrels, array)


def columns(values):
    """Lists of every measure and their means, as MTEB reads pytrec_eval's answer."""
    lists = {(name, k): [] for name in FAMILIES for k in CUTOFFS}
    for query in values:
        for k in CUTOFFS:
            for name, field in FAMILIES.items():
                lists[name, k].append(values[query][field + str(k)])
    return lists, {key: round(sum(column) / len(values), 5) for key, column in lists.items()}


def reciprocal_ranks(run, qrels):
    best = {}
    for query, scores in run.items():
        best[query] = sorted(scores.items(), key=lambda pair: pair[1], reverse=True)[: max(CUTOFFS)]
    ranks = {("mrr", k): [] for k in CUTOFFS}
    for query in best:
        wanted = {doc for doc in qrels[query] if qrels[query][doc] > 0}
        for k in CUTOFFS:
            value = 0.0
            for rank, hit in enumerate(best[query][:k]):
                if hit[0] in wanted:
                    value = 1.0 / (rank + 1)
                    break
            ranks["mrr", k].append(value)
    return ranks


def confidences(run):
    rows = []
    for scores in [list(run[query].values()) for query in run]:
        ordered = sorted(scores)[::-1]
        rows.append((ordered[0], float(np.std(scores)), ordered[0] - ordered[1]))
    return [np.array(column) for column in zip(*rows)]


def curve(confidence, values):
    order = np.argsort(confidence, stable=True)
    points = np.zeros(len(RATES))
    for i, rate in enumerate(RATES):
        aside = min(round(rate * order.shape[0]), len(confidence) - 1)
        points[i] = values[order[aside:]].mean()
    return points


def abstention(run, lists):
    areas = {}
    kinds = dict(zip(("max", "std", "diff1"), confidences(run)))
    for (name, k), column in {key: np.array(column) for key, column in lists.items()}.items():
        for kind, confidence in kinds.items():
            own, oracle = curve(confidence, column), curve(column, column)
            flat, best = oracle[0] * (RATES[-1] - RATES[0]), auc(RATES, oracle)
            area = math.nan if best == flat else (auc(RATES, own) - flat) / (best - flat)
            areas["nauc_%s_at_%d_%s" % (name, k, kind)] = area
    return areas


def path(evaluate, run, qrels):
    lists, means = columns(evaluate(run, qrels))
    ranks = reciprocal_ranks(run, qrels)
    scores = abstention(run, {key: c for key, c in lists.items() if key[0] != "hit_rate"})
    scores.update(abstention(run, ranks))
    means.update({key: sum(column) / len(column) for key, column in ranks.items()})
    scores.update({"%s_at_%d" % key: mean for key, mean in means.items()})
    return scores


def heap_order(scores):
    """The order in which MTEB's search leaves the documents of a query."""
    heap = []
    for doc, score in scores.items():
        heapq.heappush(heap, (score, doc))
    return {doc: score for score, doc in heap}


def made_up(folder):
    rng = random.Random(42)
    run, qrels = {}, {}
    for q in range(1000):
        docs = ["doc%d-%d" % (rng.randrange(1000), d) for d in range(1000)]
        run["q%d" % q] = heap_order({doc: float(np.float32(rng.random())) for doc in docs})
        qrels["q%d" % q] = {doc: rng.randint(1, 2) for doc in docs if rng.randrange(100) == 0} or {docs[0]: 1}
    with open(Path(folder) / "run.txt", "w") as f:
        for query, scores in run.items():
            f.writelines("%s Q0 %s 0 %r r\n" % (query, doc, score) for doc, score in scores.items())
    with open(Path(folder) / "qrels.txt", "w") as f:
        for query, grades in qrels.items():
            f.writelines("%s 0 %s %d\n" % (query, doc, grade) for doc, grade in grades.items())
    return run, qrels


def agree(java, theirs):
    java("scores")
    ours = {words[0]: float(words[1]) for words in java.lines if len(words) == 2}
    wrong = [n for n, v in theirs.items() if not abs(ours[n] - v) <= 1.1e-5 and not (math.isnan(v) and math.isnan(ours[n]))]
    return len(theirs), wrong


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def show(what, figure, wanted, met):
    print("%-62s %12s   wanted %-10s %s" % (what, figure, wanted, "met" if met else "MISSED"), flush=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        run, qrels = made_up(folder)
        evaluate, java = c_peer(folder), Java()
        files = "%s/run.txt %s/qrels.txt" % (folder, folder)
        java("load " + files)
        for _ in range(15):
            java("metrics"), java("single"), java("resamples")
        rounds = [(seconds(lambda: path(evaluate, run, qrels)), java("metrics"), java("single")) for _ in range(7)]
        theirs, ours, single = map(statistics.median, zip(*rounds))
        count, wrong = agree(java, path(evaluate, run, qrels))
        parts = seconds(lambda: evaluate(run, qrels))
        print("MTEB's path %.3f s (of which C %.3f s), ours %.4f s, on one thread %.4f s" % (theirs, parts, ours, single))
        show("scores that agree to 1e-5", "%d of %d" % (count - len(wrong), count), "all", not wrong)
        show("metrics of 1,000 x 1,000, times faster", "%.1f" % (theirs / ours), ">= 10", theirs / ours >= 10)
        show("  the same on one thread", "%.1f" % (theirs / single), ">= 10", theirs / single >= 10)
        resamples = statistics.median(java("resamples") for _ in range(7))
        show("10,000 resamples of 1,000 queries", "%.3f s" % resamples, "< 1 s", resamples < 1)
        small = Java("64m")
        small("load /dev/null %s/qrels.txt" % folder)
        stream = small("stream %s/run.txt" % folder)
        show("run file of 1,000,000 lines, heap of 64 MiB", "%.2f s" % stream, "read", True)


if __name__ == "__main__":
    main()
