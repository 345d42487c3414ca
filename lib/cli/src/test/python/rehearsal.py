"""Small data sets in the layouts that MTEB's tasks have on the hub, with vectors and MTEB's scores.

Run:  python rehearsal.py [FOLDER [SIZE]]   (default ../resources/rehearsal.zip, 40)
Versions used: Python 3.11.7, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, torch 2.13, pyarrow.

Each folder holds case.json (the arguments of `lab evaluate`, the expected scores and their
tolerance), data/ and the vectors. The scores are computed here a second time from the protocol's
description with the libraries that MTEB calls. Vectors depend on the text alone.
"""

import csv
import gzip
import hashlib
import json
import math
import pathlib
import random
import shutil
import sys
import tempfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import torch
from scipy.stats import pearsonr, spearmanr
from sklearn import metrics as sk
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics.pairwise import (
    paired_cosine_distances, paired_euclidean_distances, paired_manhattan_distances)
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import MultiLabelBinarizer

HERE = pathlib.Path(__file__).resolve().parent
ZIP = HERE.parent / "resources" / "rehearsal"
OUT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
SIZE = int(sys.argv[2]) if len(sys.argv) > 2 else 40
DIM = 8
TOPICS = ["river", "engine", "violin", "harvest"]
CUTOFFS = (1, 3, 5, 10, 20, 100, 1000)
RNG = random.Random(7)


# ---- texts and their vectors

def text(topic=None):
    """A few words, the first of which tells the topic; now and then a text comes twice."""
    topic = RNG.randrange(len(TOPICS)) if topic is None else topic
    return "%s %s %d" % (TOPICS[topic], RNG.choice("abcdefg"), RNG.randrange(SIZE))


def topic_of(t):
    return next((i for i, name in enumerate(TOPICS) if name in t), 0)


def seed_of(t):
    return int.from_bytes(hashlib.sha256(t.encode("utf-8")).digest()[:4], "big")


def vectors(texts):
    centre = np.random.RandomState(1).normal(size=(len(TOPICS), DIM))
    rows = [0.7 * centre[topic_of(t)] + np.random.RandomState(seed_of(t)).normal(size=DIM)
            for t in texts]
    return np.array(rows, dtype=np.float32)


def cosines(a, b):
    unit = lambda x: torch.nn.functional.normalize(torch.from_numpy(x), p=2, dim=1)
    return (unit(a) @ unit(b).T).numpy()


# ---- files

def parquet(path, columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path, compression="snappy")


def rows_of(columns):
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def jsonl(path, columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows_of(columns))
    if path.suffix == ".gz":
        with open(path, "wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as f:
            f.write(body.encode("utf-8"))
    else:
        path.write_text(body, encoding="utf-8")


def array(path, columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows_of(columns), ensure_ascii=False, indent=1), encoding="utf-8")


def table(path, columns, header=True):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, delimiter="\t" if path.suffix == ".tsv" else ",", lineterminator="\n")
        if header:
            out.writerow(columns)
        out.writerows(zip(*columns.values()))


def readme(folder, configs):
    """The head of a README as the hub writes it; configs: name to {split: pattern}."""
    lines = ["---", "language:", "- eng", "configs:"]
    for name, files in configs.items():
        lines += ["- config_name: " + name, "  data_files:"]
        for split, pattern in files.items():
            lines += ["  - split: " + split, "    path: " + pattern]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text("\n".join(lines + ["---", "# Data", ""]), encoding="utf-8")


def case(name, task, expected, groups, write, arguments=(), tolerance=1e-5, data="data"):
    """groups: the texts of each file of vectors; write: makes the data in a folder."""
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    write(folder / "data")
    for i, group in enumerate(groups):
        np.save(folder / ("%d.npy" % i), group if isinstance(group, np.ndarray) else vectors(group))
    (folder / "case.json").write_text(json.dumps({
        "task": task, "data": data, "vectors": len(groups), "arguments": list(arguments),
        "tolerance": tolerance, "expected": {k: float(v) for k, v in expected.items()},
    }, indent=1) + "\n", encoding="utf-8")


# ---- retrieval, reranking, instructions

def trec(run, qrel):
    order = sorted(run, key=lambda d: d.encode("utf-8"), reverse=True)
    order.sort(key=lambda d: np.float32(run[d]), reverse=True)
    gains = [max(qrel.get(d, 0), 0) for d in order]
    ideal = sorted((g for g in qrel.values() if g > 0), reverse=True)
    dcg = lambda gs, k: sum(g / math.log2(i + 2) for i, g in enumerate(gs[:k]))
    out = {}
    for k in CUTOFFS:
        hits = [i for i, g in enumerate(gains[:k]) if g > 0]
        out["ndcg_at_%d" % k] = dcg(gains, k) / dcg(ideal, k) if ideal else 0
        out["map_at_%d" % k] = sum((n + 1) / (i + 1) for n, i in enumerate(hits)) / max(len(ideal), 1)
        out["recall_at_%d" % k] = len(hits) / max(len(ideal), 1)
        out["precision_at_%d" % k] = len(hits) / k
        out["hit_rate_at_%d" % k] = 1 if hits else 0
        out["mrr_at_%d" % k] = 1 / (hits[0] + 1) if hits else 0
    return out


def ranked(runs, qrels):
    rows = [trec(runs[q], qrels[q]) for q in runs if q in qrels]
    return {m: round(sum(r[m] for r in rows) / len(rows), 5) for m in rows[0]}


def collection(query_ids=None, titles=True):
    ids = ["d%d" % i for i in range(SIZE)]
    corpus = {"_id": ids, "title": [RNG.choice(["", "About"]) if titles else "" for _ in ids],
              "text": [text() for _ in ids]}
    qids = query_ids or ["q%d" % i for i in range(SIZE // 4)]
    queries = {"_id": qids, "text": [text() for _ in qids]}
    triples = [(q, d, RNG.choice([0, 1, 1, 2])) for q in qids for d in RNG.sample(ids, 5)]
    qrels = {"query-id": [t[0] for t in triples], "corpus-id": [t[1] for t in triples],
             "score": [t[2] for t in triples]}
    return corpus, queries, qrels


def contents(corpus):
    titles = corpus.get("title") or [""] * len(corpus["text"])
    return [((t or "") + " " + x).strip() for t, x in zip(titles, corpus["text"])]


def grades(qrels):
    out = {}
    for q, d, g in zip(*(qrels[c] for c in ("query-id", "corpus-id", "score"))):
        out.setdefault(str(q), {})[str(d)] = int(g)
    return out


def search(corpus, queries, only=None):
    key = "_id" if "_id" in corpus else "id"
    found = cosines(vectors(queries["text"]), vectors(contents(corpus)))
    ids = [str(d) for d in corpus[key]]
    runs = {}
    for q, row in zip(queries[key], found):
        runs[str(q)] = {d: float(s) for d, s in zip(ids, row) if only is None or d in only[q]}
    return runs


def retrieval(name, write, arguments=(), change=lambda *tables: tables, **more):
    corpus, queries, qrels = change(*collection())
    judged = grades(qrels)
    key = "_id" if "_id" in queries else "id"
    keep = [i for i, q in enumerate(queries[key]) if str(q) in judged]
    asked = {key: [queries[key][i] for i in keep], "text": [queries["text"][i] for i in keep]}
    case(name, "retrieval", ranked(search(corpus, asked), judged),
         [asked["text"], contents(corpus)],
         lambda folder: write(folder, corpus, queries, qrels), arguments, **more)


def hub(folder, corpus, queries, qrels, prefix="", split="test"):
    name = lambda part: part + "-00000-of-00001.parquet"
    parquet(folder / (prefix + "corpus") / name("corpus"), corpus)
    parquet(folder / (prefix + "queries") / name("queries"), queries)
    parquet(folder / ((prefix + "qrels") if prefix else "data") / name(split), qrels)


def hub_with_readme(folder, corpus, queries, qrels):
    hub(folder, corpus, queries, qrels)
    readme(folder, {"default": {"test": "data/test-*"}, "corpus": {"corpus": "corpus/corpus-*"},
                    "queries": {"queries": "queries/queries-*"}})


def two_languages(folder, corpus, queries, qrels):
    hub(folder, corpus, queries, qrels, "en-")
    hub(folder, *collection(), "ko-")
    readme(folder, {lang + "-" + kind: {split: "%s-%s/%s-*" % (lang, kind, split)}
                    for lang in ("en", "ko")
                    for kind, split in (("corpus", "corpus"), ("queries", "queries"),
                                        ("qrels", "test"))})


def suffixed(folder, corpus, queries, qrels):
    for lang, (c, q, r) in {"de": (corpus, queries, qrels), "fr": collection()}.items():
        parquet(folder / ("corpus-" + lang) / "corpus-00000-of-00001.parquet", c)
        parquet(folder / ("queries-" + lang) / "queries-00000-of-00001.parquet", q)
        parquet(folder / ("default-" + lang) / "test-00000-of-00001.parquet", r)


def bare_language(folder, corpus, queries, qrels):
    for lang, (c, q, r) in {"de": (corpus, queries, qrels), "fr": collection()}.items():
        jsonl(folder / (lang + "-corpus") / "test.jsonl.gz", c)
        jsonl(folder / (lang + "-queries") / "test.jsonl.gz", q)
        jsonl(folder / lang / "test.jsonl.gz", r)


def beir_gz(folder, corpus, queries, qrels):
    jsonl(folder / "corpus.jsonl.gz", corpus)
    jsonl(folder / "queries.jsonl.gz", queries)
    table(folder / "qrels" / "test.tsv", qrels)


def beir_jsonl_qrels(folder, corpus, queries, qrels):
    jsonl(folder / "corpus.jsonl", corpus)
    jsonl(folder / "queries.jsonl", queries)
    jsonl(folder / "qrels" / "test.jsonl", qrels)
    jsonl(folder / "qrels" / "dev.jsonl", {k: v[:3] for k, v in qrels.items()})


def plain_csv(folder, corpus, queries, qrels):
    table(folder / "corpus.csv", corpus)
    table(folder / "queries.csv", queries)
    table(folder / "qrels.csv", qrels)


def json_arrays(folder, corpus, queries, qrels):
    array(folder / "corpus" / "test.json", corpus)
    array(folder / "queries" / "test.json", queries)
    array(folder / "default" / "test.json", qrels)


def split_of_its_own(folder, corpus, queries, qrels):
    for split, (c, q, r) in {"test": (corpus, queries, qrels), "dev": collection()}.items():
        parquet(folder / "corpus" / (split + "-00000-of-00001.parquet"), c)
        parquet(folder / "queries" / (split + "-00000-of-00001.parquet"), q)
        parquet(folder / "qrels" / (split + "-00000-of-00001.parquet"), r)


def numbers_as_ids(corpus, queries, qrels):
    """Column id, whole numbers, titles that are null, grades that are floats."""
    number = lambda values: [int(v[1:]) for v in values]
    return ({"id": number(corpus["_id"]), "text": corpus["text"], "title": [None] * SIZE,
             "url": ["x"] * SIZE},
            {"id": number(queries["_id"]), "text": queries["text"]},
            {"query-id": number(qrels["query-id"]), "corpus-id": number(qrels["corpus-id"]),
             "score": [float(s) for s in qrels["score"]]})


def repeated_judgements(corpus, queries, qrels):
    """The last query is not judged; the first judgement stands there twice."""
    keep = [i for i, q in enumerate(qrels["query-id"]) if q != queries["_id"][-1]]
    return corpus, queries, {k: [v[i] for i in [0] + keep] for k, v in qrels.items()}


def all_retrieval():
    retrieval("retrieval-hub", hub_with_readme)
    retrieval("retrieval-hub-without-readme", hub)
    retrieval("retrieval-languages", two_languages, ["--subset", "en"])
    retrieval("retrieval-languages-last", suffixed, ["--subset", "de"])
    retrieval("retrieval-languages-bare", bare_language, ["--subset", "de"])
    retrieval("retrieval-beir-gz", beir_gz)
    retrieval("retrieval-jsonl-qrels", beir_jsonl_qrels)
    retrieval("retrieval-csv", plain_csv)
    retrieval("retrieval-json-arrays", json_arrays)
    retrieval("retrieval-split-of-its-own", split_of_its_own)
    retrieval("retrieval-number-ids", hub, change=numbers_as_ids)
    retrieval("retrieval-repeated-judgements", hub, change=repeated_judgements)


def reranking():
    corpus, queries, qrels = collection()
    judged = grades(qrels)
    top = {q: list(judged[q]) + RNG.sample(corpus["_id"], 8) for q in queries["_id"]}
    runs = search(corpus, queries, top)
    ranks = {"query-id": list(top), "corpus-ids": list(top.values())}

    def write(folder):
        hub(folder, corpus, queries, qrels)
        parquet(folder / "top_ranked" / "top_ranked-00000-of-00001.parquet", ranks)

    case("reranking-top-ranked", "reranking", ranked(runs, judged),
         [queries["text"], contents(corpus)], write)


def old_reranking():
    rows = {"query": [text() for _ in range(SIZE // 4)], "positive": [], "negative": []}
    for i, _ in enumerate(rows["query"]):
        rows["positive"].append([text() for _ in range(RNG.randint(0 if i == 1 else 1, 3))])
        rows["negative"].append([text() for _ in range(RNG.randint(1, 6))])
    runs, judged, asked, documents = {}, {}, [], []
    for q, positive, negative in zip(*rows.values()):
        if not positive or not negative:
            continue
        name = "test_query%d" % len(asked)
        ids = ["apositive_%s_%05d" % (name, i) for i in range(len(positive))]
        ids += ["negative_%s_%05d" % (name, i) for i in range(len(negative))]
        found = cosines(vectors([q]), vectors(positive + negative))[0]
        runs[name] = {d: float(s) for d, s in zip(ids, found)}
        judged[name] = {d: int(d[0] == "a") for d in ids}
        asked.append(q)
        documents += positive + negative
    for name, write in {
            "parquet": lambda f: parquet(f / "data" / "test-00000-of-00001.parquet", rows),
            "gz": lambda f: jsonl(f / "test.jsonl.gz", rows)}.items():
        case("reranking-lists-" + name, "reranking", ranked(runs, judged), [asked, documents], write)


def rank_in(run, wanted):
    order = sorted(run.items(), key=lambda pair: pair[1], reverse=True)
    return next((i + 1 for i, (d, _) in enumerate(order) if d == wanted), len(order) + 1)


def instructions(name, suffix=""):
    """FollowIR: every query with the old and with a changed instruction; p-MRR of what moved."""
    base = ["q%d" % i for i in range(SIZE // 8)]
    both = [q + end for q in base for end in ("-og", "-changed")]
    corpus, queries, qrels = collection(both, titles=False)
    told = {"query-id": both, "instruction": ["Only about %s." % RNG.choice(TOPICS) for _ in both]}
    judged = grades(qrels)
    changed = {"query-id": base, "corpus-ids": [RNG.sample(corpus["_id"], 3) for _ in base]}
    top = {q: list(judged[q]) + RNG.sample(corpus["_id"], 12) for q in both}
    for q, docs in zip(*changed.values()):
        for end in ("-og", "-changed"):
            top[q + end] = list(dict.fromkeys(top[q + end] + docs[:2]))
    asked = {"_id": both, "text": ["%s %s" % p for p in zip(queries["text"], told["instruction"])]}
    runs = search(corpus, asked, top)
    moves = []
    for q, docs in zip(*changed.values()):
        old, new = [[rank_in(runs[q + end], d) for d in docs] for end in ("-og", "-changed")]
        moves.append(np.mean([n / o - 1 if o >= n else 1 - o / n for o, n in zip(old, new)]))
    expected = {"p-MRR": np.mean(moves), **ranked(runs, judged)}

    def write(folder):
        name = lambda part: folder / (part + suffix) / (part + "-00000-of-00001.parquet")
        for part, columns in {"corpus": corpus, "queries": queries, "instruction": told,
                              "qrel_diff": changed}.items():
            parquet(name(part), columns)
        parquet(folder / ("default" + suffix) / "test-00000-of-00001.parquet", qrels)
        parquet(name("top_ranked"), {"query-id": list(top), "corpus-ids": list(top.values())})

    case(name, "instruction-retrieval", expected, [asked["text"], contents(corpus)], write,
         ["--subset", suffix[1:]] if suffix else [])


# ---- pairs

def pair_scores(a, b):
    return {"cosine": 1 - paired_cosine_distances(a, b), "manhattan": -paired_manhattan_distances(a, b),
            "euclidean": -paired_euclidean_distances(a, b)}


def sts():
    rows = {"split": ["test"] * SIZE, "genre": ["news"] * SIZE,
            "sentence1": [text() for _ in range(SIZE)], "sentence2": [text() for _ in range(SIZE)]}
    rows["score"] = [round(RNG.random() * 5, 1) for _ in range(SIZE)]
    a, b = vectors(rows["sentence1"]), vectors(rows["sentence2"])
    expected = {}
    for name, scores in pair_scores(a, b).items():
        expected[name + "_spearman"] = spearmanr(rows["score"], scores).statistic
        expected[name + "_pearson"] = pearsonr(rows["score"], scores).statistic
    three = {k: rows[k] for k in ("sentence1", "sentence2", "score")}
    named = {"text_1": rows["sentence1"], "text_2": rows["sentence2"], "similarity_score": rows["score"]}
    other = {k: list(reversed(v)) for k, v in rows.items()}
    for name, write, arguments in [
            ("parquet", lambda f: parquet(f / "data" / "test-00000-of-00001.parquet", rows), []),
            ("gz", lambda f: [jsonl(f / (s + ".jsonl.gz"), r)
                              for s, r in (("test", rows), ("train", other))], []),
            ("languages", lambda f: [jsonl(f / lang / "test.jsonl.gz", r)
                                     for lang, r in (("en-en", rows), ("ko-ko", other))],
             ["--subset", "en-en"]),
            ("language-files", lambda f: [jsonl(f / "test" / (lang + ".jsonl.gz"), r)
                                          for lang, r in (("en-en", rows), ("ko-ko", other))],
             ["--subset", "en-en"]),
            ("language-column", lambda f: parquet(
                f / "data" / "test-00000-of-00001.parquet",
                {"lang": ["en"] * SIZE + ["ko"] * SIZE, **{k: rows[k] + other[k] for k in rows}}),
             ["--subset", "en"]),
            ("headerless", lambda f: table(f / "test.csv", three, header=False), []),
            ("headerless-tsv", lambda f: table(f / "test.tsv", three, header=False),
             ["--no-header", "--column", "score=3"]),
            ("array", lambda f: array(f / "test.json", named), [])]:
        case("sts-" + name, "sts", expected, [rows["sentence1"], rows["sentence2"]], write, arguments)


def pair_classification():
    rows = {"sentence1": [text() for _ in range(SIZE)], "sentence2": [text() for _ in range(SIZE)]}
    rows["labels"] = [int(RNG.random() < 0.3 + 0.5 * (topic_of(a) == topic_of(b)))
                      for a, b in zip(*rows.values())]
    a, b = vectors(rows["sentence1"]), vectors(rows["sentence2"])
    scores = {**pair_scores(a, b), "dot": np.array([np.dot(x, y) for x, y in zip(a, b)])}
    aps = {k: sk.average_precision_score(rows["labels"], s) for k, s in scores.items()}
    expected = {"max_ap": max(aps.values()), **{k + "_ap": v for k, v in aps.items()}}
    lists = {k: [v] for k, v in rows.items()}
    old = {"sent1": lists["sentence1"], "sent2": lists["sentence2"], "labels": lists["labels"]}
    logical = {**rows, "labels": [bool(x) for x in rows["labels"]]}
    for name, write in {
            "rows": lambda f: parquet(f / "data" / "test-00000-of-00001.parquet", rows),
            "booleans": lambda f: parquet(f / "data" / "test-00000-of-00001.parquet", logical),
            "lists": lambda f: parquet(f / "data" / "test-00000-of-00001.parquet", lists),
            "lists-jsonl": lambda f: jsonl(f / "test.jsonl", old)}.items():
        case("pairs-" + name, "pair-classification", expected,
             [rows["sentence1"], rows["sentence2"]], write)


def bitext():
    rows = {"sentence1": [text(i % 4) for i in range(SIZE)], "sentence2": []}
    rows["sentence2"] = [t if RNG.random() < 0.5 else text(topic_of(t)) for t in rows["sentence1"]]
    found = cosines(vectors(rows["sentence1"]), vectors(rows["sentence2"])).argmax(axis=1)
    gold = np.arange(SIZE)
    expected = {"accuracy": sk.accuracy_score(gold, found)}
    for name, metric in (("f1", sk.f1_score), ("precision", sk.precision_score),
                         ("recall", sk.recall_score)):
        expected[name] = metric(gold, found, zero_division=0, average="weighted")
    wide = {"id": list(range(SIZE)), "ind_Latn": rows["sentence2"], "kor_Hang": ["x"] * SIZE,
            "eng_Latn": rows["sentence1"]}
    for name, write, arguments in [
            ("subsets", lambda f: [parquet(f / pair / "test-00000-of-00001.parquet", rows)
                                   for pair in ("eng-ind", "eng-kor")], ["--subset", "eng-ind"]),
            ("columns", lambda f: parquet(f / "data" / "test-00000-of-00001.parquet", wide),
             ["--subset", "eng_Latn-ind_Latn"]),
            ("two-columns", lambda f: jsonl(
                f / "test.jsonl", {"eng": rows["sentence1"], "ind": rows["sentence2"]}), [])]:
        case("bitext-" + name, "bitext", expected, [rows["sentence1"], rows["sentence2"]], write,
             arguments)


# ---- labels

def labelled(n):
    texts = [text() for _ in range(n)]
    return texts, [topic_of(t) if RNG.random() < 0.8 else RNG.randrange(4) for t in texts]


def classification():
    (train, y), (test, truth) = labelled(4 * SIZE), labelled(2 * SIZE)
    a, b, y, truth = vectors(train), vectors(test), np.array(y), np.array(truth)
    order, runs = list(range(len(train))), []
    for _ in range(10):
        np.random.RandomState(42).shuffle(order)
        taken, sample = {}, []
        for i in order:
            taken[y[i]] = taken.get(y[i], 0) + 1
            if taken[y[i]] <= 8:
                sample.append(i)
        model = LogisticRegression(max_iter=100).fit(a[sample], y[sample])
        guess = model.predict(b)
        runs.append((sk.accuracy_score(truth, guess), sk.f1_score(truth, guess, average="macro"),
                     sk.recall_score(truth, guess, average="weighted")))
    expected = dict(zip(("accuracy", "f1", "recall_weighted"), np.mean(runs, axis=0)))
    whole = lambda texts, labels: {"text": texts, "label": [int(x) for x in labels],
                                   "label_text": [TOPICS[x] for x in labels]}
    named = lambda texts, labels: {"utterance": texts, "intent": [TOPICS[x] for x in labels]}
    both = {"train": (train, y), "test": (test, truth)}
    for name, write, arguments in [
            ("parquet", lambda f: [parquet(f / "data" / (s + "-00000-of-00001.parquet"), whole(*r))
                                   for s, r in both.items()], []),
            ("gz", lambda f: [jsonl(f / (s + ".jsonl.gz"), whole(*r)) for s, r in both.items()], []),
            ("language", lambda f: [jsonl(f / lang / (s + ".jsonl"), whole(*r)) for lang in "ab"
                                    for s, r in both.items()], ["--subset", "b"]),
            ("csv", lambda f: [table(f / (s + ".csv"), named(*r)) for s, r in both.items()], []),
            ("headerless", lambda f: [table(f / (s + ".csv"), named(*r), header=False)
                                      for s, r in both.items()], ["--no-header"])]:
        case("classification-" + name, "classification", expected, [test, train], write, arguments,
             tolerance=0.005)


def multilabel():
    (train, y), (test, truth) = labelled(3 * SIZE), labelled(SIZE)
    more = lambda labels: [sorted({x, RNG.randrange(4)}) for x in labels]
    y, truth = more(y), more(truth)
    a, b = vectors(train), vectors(test)
    rng, runs = np.random.default_rng(42), []
    binarizer = MultiLabelBinarizer()
    wanted = binarizer.fit_transform(truth)
    for _ in range(10):
        order = list(np.arange(len(train)))
        rng.shuffle(order)
        taken, sample = {}, []
        for i in order:
            if any(taken.get(x, 0) < 8 for x in y[i]):
                sample.append(i)
                for x in y[i]:
                    taken[x] = taken.get(x, 0) + 1
        model = KNeighborsClassifier(n_neighbors=5)
        model.fit(a[sample], binarizer.transform([y[i] for i in sample]))
        guess = model.predict(b)
        runs.append((sk.accuracy_score(wanted, guess), sk.f1_score(wanted, guess, average="macro"),
                     sk.label_ranking_average_precision_score(wanted, guess)))
    expected = dict(zip(("accuracy", "f1", "lrap"), np.mean(runs, axis=0)))
    case("multilabel-parquet", "multilabel", expected, [test, train],
         lambda f: [parquet(f / "data" / (s + "-00000-of-00001.parquet"), {"text": t, "label": l})
                    for s, t, l in (("train", train, y), ("test", test, truth))], tolerance=0.005)
    names = lambda labels: [[TOPICS[x] for x in row] for row in labels]
    case("multilabel-names", "multilabel", expected, [test, train],
         lambda f: [jsonl(f / (s + ".jsonl"), {"text": t, "labels": names(l)})
                    for s, t, l in (("train", train, y), ("test", test, truth))], tolerance=0.005)


def v_measures(vectors_, levels, rng):
    values = []
    for labels in levels:
        model = MiniBatchKMeans(n_clusters=len(set(labels)), batch_size=512, init="k-means++",
                                n_init=1, random_state=42)
        labels = np.array(labels)
        for _ in range(10):
            drawn = rng.choices(range(len(labels)), k=16384)
            values.append(sk.v_measure_score(labels[drawn], model.fit_predict(vectors_[drawn])))
    return {"v_measure": np.mean(values), "v_measure_std": np.std(values)}


def clustering():
    texts, labels = labelled(3 * SIZE)
    texts = list(dict.fromkeys(texts))
    labels = labels[: len(texts)] if len(labels) >= len(texts) else labels
    labels = [topic_of(t) if RNG.random() < 0.8 else l for t, l in zip(texts, labels)]
    names = [TOPICS[x] for x in labels]
    rng = random.Random(42)
    expected = {"v_measure": v_measures(vectors(texts), [labels], rng)["v_measure"]}
    half = len(texts) // 2
    old = {"sentences": [texts[:half], texts[half:]], "labels": [names[:half], names[half:]]}
    for name, write in {
            "rows": lambda f: parquet(f / "data" / "test-00000-of-00001.parquet",
                                      {"sentences": texts, "labels": names}),
            "lists": lambda f: jsonl(f / "test.jsonl.gz", old)}.items():
        case("clustering-" + name, "clustering", expected, [texts], write, ["--sample", "all"],
             tolerance=0.005)
    sample = random.Random(42)
    drawn = sample.sample(range(len(texts)), k=len(texts) // 2)
    part = v_measures(vectors([texts[i] for i in drawn]), [[labels[i] for i in drawn]], sample)
    case("clustering-sampled", "clustering", {"v_measure": part["v_measure"]}, [texts],
         lambda f: jsonl(f / "test.jsonl", {"sentences": texts, "labels": labels}),
         ["--sample", "50%"], tolerance=0.005)
    coarse = ["high" if x > 1 else "low" for x in labels]
    levels = v_measures(vectors(texts), [coarse, names], random.Random(42))
    case("clustering-levels", "clustering", {"v_measure": levels["v_measure"]}, [texts],
         lambda f: parquet(f / "data" / "test-00000-of-00001.parquet",
                           {"sentences": texts, "labels": [list(p) for p in zip(coarse, names)]}),
         ["--sample", "all"], tolerance=0.005)
    values = []
    for part, truth in zip(*old.values()):
        model = MiniBatchKMeans(n_clusters=len(set(truth)), batch_size=500, n_init="auto",
                                random_state=42)
        values.append(sk.v_measure_score(truth, model.fit_predict(vectors(part))))
    for name, write in {
            "gz": lambda f: jsonl(f / "test.jsonl.gz", old),
            "parquet": lambda f: parquet(f / "data" / "test-00000-of-00001.parquet", old)}.items():
        case("clustering-legacy-" + name, "clustering-legacy", {"v_measure": np.mean(values)},
             [texts], write, tolerance=0.005)


def summarization():
    samples = SIZE // 4
    rows = {"id": ["t%d" % i for i in range(samples)], "text": [text() for _ in range(samples)],
            "human_summaries": [[text() for _ in range(3)] for _ in range(samples)],
            "machine_summaries": [[text() for _ in range(6)] for _ in range(samples)],
            "relevance": [[RNG.randint(1, 5) for _ in range(6)] for _ in range(samples)]}
    rows["relevance"][1] = [3] * 6
    found = []
    for human, machine, gold in zip(*(rows[c] for c in ("human_summaries", "machine_summaries",
                                                        "relevance"))):
        scores = cosines(vectors(machine), vectors(human)).max(axis=1).tolist()
        if len(set(gold)) > 1 and len(set(scores)) > 1:
            found.append((spearmanr(gold, scores).statistic, pearsonr(gold, scores).statistic))
    expected = dict(zip(("cosine_spearman", "cosine_pearson"), np.mean(found, axis=0)))
    groups = [[t for c in rows[k] for t in c] for k in ("human_summaries", "machine_summaries")]
    for name, write in {
            "parquet": lambda f: parquet(f / "data" / "test-00000-of-00001.parquet", rows),
            "gz": lambda f: jsonl(f / "test.jsonl.gz", rows)}.items():
        case("summarization-" + name, "summarization", expected, groups, write)


def zero_shot():
    texts, labels = labelled(SIZE)
    candidates = ["a text about a %s" % name for name in TOPICS]
    found = cosines(vectors(texts), vectors(candidates)).argmax(axis=1)
    expected = {"accuracy": sk.accuracy_score(labels, found),
                "f1": sk.f1_score(labels, found, average="macro")}
    case("zero-shot-texts", "zero-shot", expected, [texts, candidates],
         lambda f: [parquet(f / "data" / "test-00000-of-00001.parquet", {"text": texts, "label": labels}),
                    parquet(f / "labels" / "labels-00000-of-00001.parquet", {"labels": candidates})],
         ["--label-texts", "labels/labels-00000-of-00001.parquet"])
    names = [TOPICS[x] for x in labels]
    first = list(dict.fromkeys(names))
    found = [first[i] for i in cosines(vectors(texts), vectors(first)).argmax(axis=1)]
    case("zero-shot-names", "zero-shot", {"accuracy": sk.accuracy_score(names, found)},
         [texts, first], lambda f: jsonl(f / "test.jsonl", {"text": texts, "label": labels,
                                                            "label_text": names}))


def main():
    for make in (all_retrieval, reranking, old_reranking, sts, pair_classification, bitext,
                 classification, multilabel, clustering, summarization, zero_shot):
        make()
    instructions("instructions")
    instructions("instructions-language", "-zho")
    print("%d cases" % len(list(OUT.iterdir())))
    if len(sys.argv) == 1:
        ZIP.parent.mkdir(exist_ok=True)
        shutil.make_archive(str(ZIP), "zip", OUT)
        shutil.rmtree(OUT)


if __name__ == "__main__":
    main()
