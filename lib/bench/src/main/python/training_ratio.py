"""Times training in Java and in Python in alternation, watches its memory, and prints what was wanted.

    python training_ratio.py minilm|static|word2vec|neighbours|memory|all [--rounds 3] [--steps 12] [--threads 2]

minilm:   6 layers of 384, 32 pairs of 32 tokens, MNRL, AdamW, a step of each; peer: sentence-transformers, fused AdamW.
static:   30,000 x 256, 1,024 pairs, MNRL at 4 Matryoshka sizes, a step of each; the same peer.
word2vec: skip-gram, 100 dimensions, 5 negatives, 5 epochs, words a second; peer: gensim.
neighbours: share of the ten nearest words of 200 words that two runs have in common, on 8,000 texts of java-api: between
          runs of gensim with other seeds (--seeds), between runs of ours, and between the two; on one thread and on several,
          where runs of gensim on one thread and on several are compared as well.
memory:   resident memory at steps 100, 200, ... 1,000 of minilm (8 pairs of 10 tokens) and static (256 pairs). The heap has
          a fixed size and is touched at the start, so what grows is native memory: what a leak would show in.
Needs `environment/lab build` and `mvn -pl lib/bench -am compile` before. Run it by a Python with sentence-transformers;
gensim may live in another one (--gensim-python). Files are made in a temporary folder.
"""

import argparse
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

BENCH = pathlib.Path(__file__).resolve().parents[3]
WORDS = 30_000
FIXED_HEAP = "-Xms1g -Xmx1g -XX:+AlwaysPreTouch"
KINDS = ["minilm", "static", "word2vec", "neighbours", "memory"]


def make_tokenizer(folder):
    """A vocabulary of 30,000 words, each one token."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary = {w: i for i, w in enumerate(special + [f"w{i}" for i in range(WORDS - 5)])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.add_special_tokens(special)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    tokenizer.save(str(folder / "tokenizer.json"))


def make_files(kind, folder, rows=8 * 1024, words=30):
    draw = random.Random(1)
    if kind == "word2vec":
        weights = [1 / (i + 1) for i in range(20_000)]
        lines = [" ".join(f"w{i}" for i in draw.choices(range(20_000), weights, k=20)) for _ in range(50_000)]
        (folder / "texts.txt").write_text("\n".join(lines))
        return
    make_tokenizer(folder)
    if kind == "minilm":
        tool = BENCH / "src/main/python/minilm_shape.py"
        subprocess.run([sys.executable, tool, folder / "tokenizer.json", folder / "model"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    text = lambda: " ".join(f"w{draw.randrange(WORDS - 5)}" for _ in range(words))
    (folder / "pairs.tsv").write_text("\n".join(f"{text()}\t{text()}" for _ in range(rows)))


def run(command, **environment):
    command = [str(part) for part in command]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | environment).stdout


def run_java(kind, folder, options):
    arguments = [folder / "texts.txt", options.threads] if kind == "word2vec" else \
        [folder / "model" if kind == "minilm" else folder, folder / "pairs.tsv", options.steps]
    out = run([BENCH / "run", "TrainingSpeed", kind, *arguments])
    print("  java  ", out.splitlines()[0], flush=True)
    return float(out.split()[1])


def run_python(kind, folder, options, *arguments):
    python = options.gensim_python if kind in ("word2vec", "neighbours") else sys.executable
    out = run([python, __file__, kind, "--peer", folder, "--steps", options.steps, "--threads", options.threads, *arguments])
    return out.strip().splitlines()


def ratio(kind, folder, options):
    make_files(kind, folder, rows=8 * (32 if kind == "minilm" else 1024))
    java, python = [], []
    for _ in range(options.rounds):
        line = run_python(kind, folder, options)[-1]
        print("  python", line, flush=True)
        python.append(float(line.split()[1]))
        java.append(run_java(kind, folder, options))
    ours, theirs = statistics.median(java), statistics.median(python)
    what = "words a second" if kind == "word2vec" else "time of a step"
    figure = f"{ours / theirs:.2f} ({ours:.4g} / {theirs:.4g})"
    met = {"minilm": ours <= theirs, "static": ours <= theirs / 2, "word2vec": ours >= theirs}[kind]
    wanted = {"minilm": "at most 1.0", "static": "at most 0.5", "word2vec": "at least 1.0"}[kind]
    return [(f"{kind}: {what}, Java / Python", figure, wanted, met)]


def java_texts(folder):
    file = BENCH.parents[1] / "datasets/.cache/java-api/corpus.jsonl"
    with open(file, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(8000), lines)]
    split = [" ".join(re.findall(r"[a-z]+", text.lower())) for text in texts]
    (folder / "texts.txt").write_text("\n".join(split))


def neighbour_sets(lines):
    return {cells[0]: set(cells[1:]) for cells in map(str.split, lines)}


def shared(a, b):
    """Mean share of the nearest ten of each word that two runs have in common; the same both ways."""
    return statistics.mean(len(a[word] & b[word]) / 10 for word in a if word in b)


def neighbours(folder, options):
    java_texts(folder)
    alone, rows = neighbours_on(1, folder, options)
    if options.threads > 1:
        rows += neighbours_on(options.threads, folder, options, alone)[1]
    return rows


def neighbours_on(threads, folder, options, alone=None):
    """Runs of gensim on these threads, and a row for the table. `alone` are gensim's runs on one thread."""
    ours, theirs = [], []
    for seed in range(1, options.seeds + 1):
        out = run([BENCH / "run", "TrainingSpeed", "neighbours", folder / "texts.txt", seed, threads])
        ours.append(neighbour_sets(out.splitlines()))
        (folder / "words.txt").write_text("\n".join(ours[0]))
        theirs.append(neighbour_sets(run_python("neighbours", folder, options, "--seed", seed, "--threads", threads)))
    pairs = lambda runs: [shared(a, b) for i, a in enumerate(runs) for b in runs[i + 1:]]
    groups = {"gensim, seed to seed": pairs(theirs), "ours, seed to seed": pairs(ours),
              "ours to gensim": [shared(a, b) for a in ours for b in theirs]}
    least, meaning = min(groups["gensim, seed to seed"]), "the least between two of its seeds"
    if alone:
        # Threads change the order of texts, and that alone moves neighbours further than another seed does.
        across = [shared(a, b) for i, a in enumerate(alone) for j, b in enumerate(theirs) if i != j]
        groups["gensim to gensim alone"] = across
        least, meaning = min(across), "the least between its runs on one thread and on these"
    for name, values in groups.items():
        print(f"  {threads} threads, {name:22s} {statistics.mean(values):.3f} ({min(values):.3f} to {max(values):.3f},"
              f" {len(values)} pairs)", flush=True)
    figure = statistics.mean(groups["ours to gensim"])
    return theirs, [(f"neighbours shared with gensim, {threads} threads", f"{figure:.3f}",
                     f"at least {least:.3f}, {meaning}", figure >= least)]


def memory(folder, options):
    rows = []
    shapes = {"minilm": (8, 8), "static": (256, 30)}
    for kind, (batch, words) in shapes.items():
        if options.shape not in (kind, "both"):
            continue
        place = folder / kind
        place.mkdir()
        make_files(kind, place, 8 * batch, words)
        model = place / "model" if kind == "minilm" else place
        out = run([BENCH / "run", "TrainingSpeed", kind, model, place / "pairs.tsv", 1000, batch], EMBEDLAB_BENCH_HEAP=FIXED_HEAP)
        resident = [int(line.split()[2]) for line in out.splitlines() if line.startswith("resident")]
        print(f"  {kind}: MB at steps 100, 200, ... 1,000:", *resident, flush=True)
        growth = resident[-1] / resident[0] - 1
        rows.append((f"{kind}: memory at step 1,000 against 100", f"{growth:+.1%}", "within 5 %", abs(growth) <= 0.05))
    return rows


def peer_neighbours(folder, options):
    from gensim.models import Word2Vec
    sentences = [line.split() for line in (folder / "texts.txt").read_text().splitlines()]
    model = Word2Vec(sentences, vector_size=100, window=5, min_count=5, sg=1, negative=5, sample=1e-3, epochs=5,
                     workers=options.threads, seed=options.seed)
    for word in (folder / "words.txt").read_text().split():
        print(word, *(near for near, _ in model.wv.most_similar(word, topn=10)))


def peer(kind, folder, options):
    if kind == "neighbours":
        peer_neighbours(folder, options)
        return
    if kind == "word2vec":
        from gensim.models import Word2Vec
        sentences = [line.split() for line in (folder / "texts.txt").read_text().splitlines()]
        model = Word2Vec(vector_size=100, window=5, min_count=1, sg=1, negative=5, sample=1e-3, workers=options.threads)
        model.build_vocab(sentences)
        start = time.perf_counter()
        model.train(sentences, total_examples=len(sentences), epochs=5)
        print("words", 5 * sum(map(len, sentences)) / (time.perf_counter() - start))
        return
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import losses
    if kind == "minilm":
        model, batch, rate = SentenceTransformer(str(folder / "model"), device="cpu"), 32, 2e-5
        loss = losses.MultipleNegativesRankingLoss(model)
    else:
        from sentence_transformers.models import StaticEmbedding
        from tokenizers import Tokenizer
        table = StaticEmbedding(Tokenizer.from_file(str(folder / "tokenizer.json")), embedding_dim=256)
        model, batch, rate = SentenceTransformer(modules=[table], device="cpu"), 1024, 0.2
        loss = losses.MatryoshkaLoss(model, losses.MultipleNegativesRankingLoss(model), [256, 128, 64, 32])
    model.train()
    rows = [line.split("\t") for line in (folder / "pairs.tsv").read_text().splitlines()]
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01, fused=True)
    seconds = []
    for step in range(options.steps):
        start = time.perf_counter()
        at = step * batch % len(rows)
        features = [model.preprocess([row[c] for row in rows[at:at + batch]]) for c in (0, 1)]
        value = loss(features, None)
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        value.item()
        seconds.append(time.perf_counter() - start)
    print("seconds", statistics.median(seconds[3:]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS + ["all"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=4, help="runs of each side for neighbours; default 4")
    parser.add_argument("--shape", choices=["minilm", "static", "both"], default="both", help="what memory watches")
    parser.add_argument("--gensim-python", default="/usr/bin/python3", help="a Python that has gensim, as Debian's python3-gensim")
    parser.add_argument("--peer", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        peer(options.kind, options.peer, options)
        return
    rows = []
    for kind in KINDS if options.kind == "all" else [options.kind]:
        print(kind, flush=True)
        with tempfile.TemporaryDirectory() as name:
            measure = {"neighbours": neighbours, "memory": memory}.get(kind)
            rows += measure(pathlib.Path(name), options) if measure else ratio(kind, pathlib.Path(name), options)
    print(f"\n{'figure':48s} {'value':26s} {'met':4s} wanted")
    for figure, value, wanted, met in rows:
        print(f"{figure:48s} {value:26s} {'yes' if met else 'NO':4s} {wanted}")
    sys.exit(0 if all(met for *_, met in rows) else 1)


main()
