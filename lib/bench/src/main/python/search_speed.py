"""Search, compression and BM25 against faiss-cpu, scikit-learn, bm25s and rank_bm25, in alternation.

    environment/lab build          # once: compiles, and copies the class path to lib/cli/target/dist
    python lib/bench/src/main/python/search_speed.py all --beir path/to/scifact

or some of flat, ivf, hnsw, pca, bm25, frontier. Needs numpy, faiss-cpu, scikit-learn, bm25s, PyStemmer and rank-bm25;
with numba, bm25s is measured with it as well. Both sides get the same files and all cores, and take turns;
medians of the rounds and their ratio are printed (above 1: Java is faster), and at the end a table of what
was promised. BM25 wants a folder in the BEIR layout, the frontier the data set java-api.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import faiss
import numpy as np

ROOT = Path(__file__).resolve().parents[5]
DIM, SIZE, QUERIES, K = 384, 100_000, 100, 10


PROMISES = []


def java_command(main, *arguments):
    parts = [ROOT / "lib" / m / "target" / "classes" for m in ("bench", "search", "models", "core")]
    path = os.pathsep.join([*map(str, parts), str(ROOT / "lib/cli/target/dist/*"), str(ROOT / "lib/cli/target/dist/lib/*")])
    java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if "JAVA_HOME" in os.environ else "java"
    return [str(java), "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xmx6g",
            "-cp", path, "dev.embedlab.bench." + main, *map(str, arguments)]


class Java:
    """The Java process, told what to do line by line."""

    def __init__(self, folder):
        self.process = subprocess.Popen(java_command("SearchSpeed", folder, DIM), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

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


def rested(side):
    """One call of a side, after a pause: the other side's threads wait for more work for a while, and keep their cores busy."""
    time.sleep(0.05)
    return side()


def alternate(ours, theirs, rounds=9, warm=60):
    """Medians of both in alternation. The JIT compiler needs some dozen calls of ours first, compiled code just one."""
    for _ in range(warm):
        ours()
    theirs()
    pairs = [(rested(ours), rested(theirs)) for _ in range(rounds)]
    return [statistics.median(side) for side in zip(*pairs)]


def show(what, ours, theirs, peer, unit="ms", wanted=None):
    """One comparison; `wanted` is the least ratio that was promised."""
    print(f"{what:42} {ours:10.3f} {unit:3} {peer:26} {theirs:10.3f} {unit:3} ratio {theirs / ours:6.2f}", flush=True)
    if wanted:
        promise(what, f"{ours:.3g} {unit}", f"{peer}: {theirs:.3g} {unit}", f"{theirs / ours:.2f} x", f">= {wanted} x", theirs / ours >= wanted)


def promise(*row):
    PROMISES.append(row)


def print_promises():
    rows = [("figure", "here", "compared with", "result", "wanted", "met"), *((*row[:-1], "yes" if row[-1] else "NO") for row in PROMISES)]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    for row in rows:
        print("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths)))


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
        show(f"{name}, {QUERIES} queries at once", mine, theirs, "faiss " + type(index).__name__, wanted=4 if name == "flat" else None)
        mine, theirs = alternate(lambda: java("single " + name)[0], lambda: singles(index, q), 3, 1)
        show(f"{name}, one query, median", mine, theirs, "faiss " + type(index).__name__)
        if name not in ("flat", "binary"):
            java("drop " + name)
    java("build mapped")
    mine, theirs = alternate(lambda: java("single mapped")[0], lambda: singles(peers["flat"], queries), 3, 1)
    show("mapped file, one query, median", mine, theirs, "faiss IndexFlatIP in memory")
    for name, wanted in (("int8", 2), ("binary", 10)):
        show(f"{name} against float, {QUERIES} at once", ours[name], ours["flat"], "float, here", wanted=wanted)


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
    ms = alternate(lambda: java(f"single {name} {mine}")[0], lambda: singles(index, queries))
    show(f"{name} at recall 0.95, one query", *ms, "faiss", wanted=0.667)
    ms = alternate(lambda: java(f"batch {name} {mine}"), lambda: milliseconds(lambda: index.search(queries, K)))
    show(f"{name} at recall 0.95, {QUERIES} at once", *ms, "faiss", wanted=0.667)


def ivf(java, base, queries):
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(DIM), DIM, 316, faiss.METRIC_INNER_PRODUCT)
    approximate("ivf", java, base, queries, index, lambda s: setattr(index, "nprobe", s), range(1, 65))


def hnsw(java, base, queries):
    index = faiss.IndexHNSWFlat(DIM, 16, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 100
    settings = [*range(10, 64, 2), *range(64, 128, 4), *range(128, 400, 16)]
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
    promise("PCA 1024 to 256 of 100,000", f"{ours:.2f} s", f"scikit-learn: {theirs:.2f} s", f"{ours:.2f} s", "< 10 s", ours < 10)


class Bm25Peer:
    """The same corpus and queries by bm25s and rank_bm25."""

    def __init__(self, beir):
        import Stemmer

        self.texts = [(d["title"] + " " + d["text"]).strip() for d in map(json.loads, open(beir / "corpus.jsonl", encoding="utf-8"))]
        judged = {line.split("\t")[0] for line in open(beir / "qrels" / "test.tsv", encoding="utf-8")}
        self.queries = [q["text"] for q in map(json.loads, open(beir / "queries.jsonl", encoding="utf-8")) if q["_id"] in judged]
        self.stemmer = Stemmer.Stemmer("english")

    def bm25s(self, backend):
        """Seconds to index, to search, and to search again; tokens are made anew each time."""
        import bm25s

        start = time.perf_counter()
        index = bm25s.BM25(k1=0.9, b=0.4, method="lucene", backend=backend)
        index.index(bm25s.tokenize(self.texts, stopwords="en", stemmer=self.stemmer, show_progress=False), show_progress=False)
        times = [time.perf_counter() - start]
        for _ in range(2):
            start = time.perf_counter()
            tokens = bm25s.tokenize(self.queries, stopwords="en", stemmer=self.stemmer, show_progress=False)
            index.retrieve(tokens, k=K, show_progress=False, n_threads=os.cpu_count())
            times.append(time.perf_counter() - start)
        return times

    def rank_bm25(self):
        import rank_bm25

        start = time.perf_counter()
        index = rank_bm25.BM25Okapi([t.lower().split() for t in self.texts])
        times = [time.perf_counter() - start]
        start = time.perf_counter()
        for q in self.queries[:30]:
            np.argsort(-index.get_scores(q.lower().split()))[:K]
        return times + 2 * [(time.perf_counter() - start) * len(self.queries) / 30]


def bm25(java, beir):
    peer = Bm25Peer(beir)
    backends = ["numpy"] + ["numba"] * bool(importlib.util.find_spec("numba"))
    calls = {"bm25s " + b: (lambda b=b: peer.bm25s(b)) for b in backends} | {"rank_bm25": peer.rank_bm25}
    for call in calls.values():
        call()
    for _ in range(12):
        java(f"bm25 {beir}")
    for name, call in calls.items():
        rounds = [(java(f"bm25 {beir}"), call()) for _ in range(5)]
        for part, what in enumerate(("index", f"{len(peer.queries)} queries", f"the same {len(peer.queries)} queries again")):
            ours, theirs = (statistics.median(r[side][part] for r in rounds) * 1e3 for side in (0, 1))
            show(f"BM25, {len(peer.texts):,} documents, {what}", ours, theirs, name, wanted=1 if name == "bm25s numpy" else None)
    bm25_cold(beir)


def bm25_cold(beir):
    """Whole processes: start, read the files, index, search once, end."""

    def ours():
        command = java_command("SearchSpeed", tempfile.gettempdir(), DIM)
        subprocess.run(command, input=f"bm25 {beir}\n", text=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def theirs():
        subprocess.run([sys.executable, __file__, "bm25s", "--beir", str(beir)], check=True)

    mine, peers = alternate(lambda: milliseconds(ours), lambda: milliseconds(theirs), 3, 1)
    show("BM25, whole process from cold", mine / 1e3, peers / 1e3, "bm25s numpy", "s")


def frontier():
    for line in subprocess.run(java_command("FrontierSpeed"), check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines():
        print(line)
        if line.startswith("SECONDS "):
            seconds = float(line.split()[1])
            promise("frontier of notebook 07", f"{seconds:.1f} s", "", f"{seconds:.1f} s", "< 120 s", seconds < 120)


def main():
    parts = ["flat", "ivf", "hnsw", "pca", "bm25", "frontier"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="+", choices=["all", *parts, "bm25s"], help="bm25s is the peer alone, once")
    parser.add_argument("--beir", type=Path, help="folder of SciFact")
    options = parser.parse_args()
    wanted = parts if "all" in options.parts else options.parts
    if {"bm25", "bm25s"} & set(wanted) and not options.beir:
        parser.error("BM25 needs --beir path/to/scifact")
    if wanted == ["bm25s"]:
        Bm25Peer(options.beir).bm25s("numpy")
        return
    with tempfile.TemporaryDirectory() as folder:
        base, queries = correlated(SIZE, DIM, 3), correlated(QUERIES, DIM, 4)
        base.tofile(Path(folder) / "base.f32")
        queries.tofile(Path(folder) / "queries.f32")
        java = Java(folder)
        run = {"flat": lambda: flat(java, base, queries), "ivf": lambda: ivf(java, base, queries),
               "hnsw": lambda: hnsw(java, base, queries), "pca": lambda: pca(java, folder),
               "bm25": lambda: bm25(java, options.beir.resolve()), "frontier": frontier}
        for part in wanted:
            run[part]()
        java.process.stdin.close()
        java.process.wait(10)
    print_promises()


if __name__ == "__main__":
    main()
