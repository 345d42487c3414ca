"""Search, compression and BM25 against faiss-cpu, scikit-learn, bm25s and rank_bm25, in alternation.

    environment/lab build          # once: compiles, and copies the class path to lib/cli/target/dist
    python lib/bench/src/main/python/search_speed.py flat ivf hnsw pca bm25

needs numpy, faiss-cpu, scikit-learn, bm25s, PyStemmer and rank-bm25. Both sides get the same files and all
cores, and take turns; medians of the rounds and their ratio are printed (above 1: Java is faster).
BM25 wants a folder in the BEIR layout: --beir path/to/scifact.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import faiss
import numpy as np

ROOT = Path(__file__).resolve().parents[5]
DIM, SIZE, QUERIES, K = 384, 100_000, 100, 10


class Java:
    """The Java process, told what to do line by line."""

    def __init__(self, folder):
        parts = [ROOT / "lib" / m / "target" / "classes" for m in ("bench", "search", "models", "core")]
        path = os.pathsep.join([*map(str, parts), str(ROOT / "lib/cli/target/dist/*"), str(ROOT / "lib/cli/target/dist/lib/*")])
        java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if "JAVA_HOME" in os.environ else "java"
        self.process = subprocess.Popen(
            [str(java), "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xmx6g",
             "-cp", path, "dev.embedlab.bench.SearchSpeed", folder, str(DIM)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def __call__(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        while True:
            answer = self.process.stdout.readline()
            if not answer:
                raise RuntimeError("the Java side ended at: " + line)
            if answer.startswith("ANSWER "):
                values = [float(x) for x in answer.split()[1:]]
                return values[0] if len(values) == 1 else values


def correlated(count, dim, seed):
    """Unit vectors near a subspace and in clusters, as embeddings are."""
    axes = np.random.default_rng(1).standard_normal((48, dim)).astype("f4")
    centres = np.random.default_rng(2).standard_normal((500, 48)).astype("f4")
    rng = np.random.default_rng(seed)
    factors = centres[rng.integers(0, 500, count)] + rng.standard_normal((count, 48)).astype("f4")
    x = factors @ axes + 0.5 * rng.standard_normal((count, dim)).astype("f4")
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def milliseconds(call):
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1e3


def alternate(ours, theirs, rounds=7, warm=3):
    for _ in range(warm):
        ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return [statistics.median(side) for side in zip(*pairs)]


def show(what, ours, theirs, peer, unit="ms"):
    print(f"{what:38} {ours:10.3f} {unit:3} {peer:26} {theirs:10.3f} {unit:3} ratio {theirs / ours:6.2f}", flush=True)


def singles(index, queries):
    times = sorted(milliseconds(lambda q=q: index.search(queries[q : q + 1], K)) for q in range(len(queries)))
    return times[len(times) // 2]


def flat(java, base, queries):
    pack = lambda x: np.packbits(x > 0, axis=1)
    peers = {"flat": faiss.IndexFlatIP(DIM),
             "int8": faiss.IndexScalarQuantizer(DIM, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT),
             "float16": faiss.IndexScalarQuantizer(DIM, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT),
             "binary": faiss.IndexBinaryFlat(DIM)}
    ours = {}
    for name, index in peers.items():
        x, q = (pack(base), pack(queries)) if name == "binary" else (base, queries)
        if name in ("int8", "float16"):
            index.train(x)
        index.add(x)
        java("build " + name)
        mine, theirs = alternate(lambda: java("batch " + name), lambda: milliseconds(lambda: index.search(q, K)))
        ours[name] = mine
        show(f"{name}, {QUERIES} queries at once", mine, theirs, "faiss " + type(index).__name__)
        mine, theirs = alternate(lambda: java("single " + name)[0], lambda: singles(index, q), 3, 1)
        show(f"{name}, one query, median", mine, theirs, "faiss " + type(index).__name__)
        if name not in ("flat", "binary"):
            java("drop " + name)
    java("build mapped")
    mine, theirs = alternate(lambda: java("single mapped")[0], lambda: singles(peers["flat"], queries), 3, 1)
    show("mapped file, one query, median", mine, theirs, "faiss IndexFlatIP in memory")
    for name in ("int8", "binary"):
        print(f"{name} is {ours['flat'] / ours[name]:.1f} times as fast as float")


def least(recall, settings):
    for setting in settings:
        if recall(setting) >= 0.95:
            return setting
    raise RuntimeError("recall 0.95 was not reached")


def approximate(name, java, base, queries, index, set_to, settings):
    truth = faiss.IndexFlatIP(DIM)
    truth.add(base)
    expected = truth.search(queries, K)[1]

    def recall(setting):
        set_to(setting)
        found = index.search(queries, K)[1]
        return np.mean([len(set(a) & set(b)) / K for a, b in zip(found, expected)])

    build = milliseconds(lambda: (index.train(base), index.add(base))) / 1e3
    show(f"{name}, build", java("build " + name), build, "faiss", "s")
    mine, theirs = least(lambda s: java(f"recall {name} {s}"), settings), least(recall, settings)
    set_to(theirs)
    print(f"{name} reaches recall@10 0.95 with {mine} ({java(f'recall {name} {mine}'):.3f}), faiss with {theirs} ({recall(theirs):.3f})")
    ms = alternate(lambda: java(f"single {name} {mine}")[0], lambda: singles(index, queries), 5, 3)
    show(f"{name} at recall 0.95, one query", *ms, "faiss")
    ms = alternate(lambda: java(f"batch {name} {mine}"), lambda: milliseconds(lambda: index.search(queries, K)), 5, 1)
    show(f"{name} at recall 0.95, {QUERIES} at once", *ms, "faiss")


def ivf(java, base, queries):
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(DIM), DIM, 316, faiss.METRIC_INNER_PRODUCT)
    approximate("ivf", java, base, queries, index, lambda s: setattr(index, "nprobe", s), range(1, 65))


def hnsw(java, base, queries):
    index = faiss.IndexHNSWFlat(DIM, 16, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 100
    settings = [10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 160, 200, 256, 320, 400]
    approximate("hnsw", java, base, queries, index, lambda s: setattr(index.hnsw, "efSearch", s), settings)


def pca(java, folder):
    from sklearn.decomposition import PCA

    rng = np.random.default_rng(5)
    wide = rng.standard_normal((SIZE, 1024)).astype("f4") * (0.995 ** np.arange(1024)).astype("f4")
    wide.tofile(Path(folder) / "wide.f32")
    ours, theirs = alternate(
        lambda: java("pca 256"),
        lambda: milliseconds(lambda: PCA(256, svd_solver="covariance_eigh").fit_transform(wide)) / 1e3, 2, 0)
    show("PCA 1024 to 256 of 100,000", ours, theirs, "scikit-learn", "s")


def bm25(java, beir):
    import bm25s
    import rank_bm25
    import Stemmer

    texts = [(d["title"] + " " + d["text"]).strip() for d in map(json.loads, open(beir / "corpus.jsonl", encoding="utf-8"))]
    judged = {line.split("\t")[0] for line in open(beir / "qrels" / "test.tsv", encoding="utf-8")}
    queries = [q["text"] for q in map(json.loads, open(beir / "queries.jsonl", encoding="utf-8")) if q["_id"] in judged]
    stemmer = Stemmer.Stemmer("english")

    def peer():
        start = time.perf_counter()
        index = bm25s.BM25(k1=0.9, b=0.4, method="lucene")
        index.index(bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
        indexed = time.perf_counter()
        tokens = bm25s.tokenize(queries, stopwords="en", stemmer=stemmer, show_progress=False)
        index.retrieve(tokens, k=K, show_progress=False, n_threads=os.cpu_count())
        return indexed - start, time.perf_counter() - indexed

    def other():
        start = time.perf_counter()
        index = rank_bm25.BM25Okapi([t.lower().split() for t in texts])
        indexed = time.perf_counter()
        for q in queries[:30]:
            np.argsort(-index.get_scores(q.lower().split()))[:K]
        return indexed - start, (time.perf_counter() - indexed) * len(queries) / 30

    for name, call in (("bm25s", peer), ("rank_bm25", other)):
        for _ in range(8):
            java(f"bm25 {beir}"), call()
        rounds = [(java(f"bm25 {beir}"), call()) for _ in range(5)]
        for part, what in enumerate(("index", f"{len(queries)} queries")):
            ours, theirs = (statistics.median(r[side][part] for r in rounds) for side in (0, 1))
            show(f"BM25, {len(texts):,} documents, {what}", ours, theirs, name, "s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="+", choices=["flat", "ivf", "hnsw", "pca", "bm25"])
    parser.add_argument("--beir", type=Path, help="folder of SciFact")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base, queries = correlated(SIZE, DIM, 3), correlated(QUERIES, DIM, 4)
        base.tofile(Path(folder) / "base.f32")
        queries.tofile(Path(folder) / "queries.f32")
        java = Java(folder)
        for part in options.parts:
            if part == "pca":
                pca(java, folder)
            elif part == "bm25":
                bm25(java, options.beir.resolve())
            else:
                {"flat": flat, "ivf": ivf, "hnsw": hnsw}[part](java, base, queries)
        java.process.stdin.close()
        java.process.wait(10)


if __name__ == "__main__":
    main()
