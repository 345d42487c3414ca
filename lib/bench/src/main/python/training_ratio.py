"""Times training in Java and in Python in alternation and prints the ratio.

    python training_ratio.py minilm|static|word2vec|neighbours [--rounds 3] [--steps 12] [--threads 2]

minilm:   6 layers of 384, 32 pairs of 32 tokens, MNRL, AdamW, a step of each; peer: sentence-transformers, fused AdamW.
static:   30,000 x 256, 1,024 pairs, MNRL at 4 Matryoshka sizes, a step of each; the same peer.
word2vec: skip-gram, 100 dimensions, 5 negatives, 5 epochs, words a second; peer: gensim.
neighbours: share of the ten nearest words of 200 words that two runs have in common, on 8,000 texts of java-api: between
          runs of gensim with other seeds, between runs of ours, and between the two.
Needs `environment/lab build` and `mvn -pl lib/bench -am compile` before, and sentence-transformers or gensim. Files are made in a temporary folder.
"""

import argparse
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

BENCH = pathlib.Path(__file__).resolve().parents[3]
WORDS = 30_000


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


def make_files(kind, folder):
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
    rows = 32 * 8 if kind == "minilm" else 1024 * 8
    text = lambda: " ".join(f"w{draw.randrange(WORDS - 5)}" for _ in range(30))
    (folder / "pairs.tsv").write_text("\n".join(f"{text()}\t{text()}" for _ in range(rows)))


def run_java(kind, folder, options):
    command = [BENCH / "run", "TrainingSpeed", kind]
    if kind == "word2vec":
        command += [folder / "texts.txt", options.threads]
    else:
        command += [folder / "model" if kind == "minilm" else folder, folder / "pairs.tsv", options.steps]
    out = subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout
    print("  java  ", out.strip())
    return float(out.split()[1])


def run_python(kind, folder, options):
    command = [sys.executable, __file__, kind, "--peer", folder, "--steps", options.steps, "--threads", options.threads]
    out = subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout
    print("  python", out.strip().splitlines()[-1])
    return float(out.strip().splitlines()[-1].split()[1])


def java_texts(folder):
    import json
    import re
    file = BENCH.parents[1] / "datasets/.cache/java-api/corpus.jsonl"
    with open(file, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(8000), lines)]
    split = [" ".join(re.findall(r"[a-z]+", text.lower())) for text in texts]
    (folder / "texts.txt").write_text("\n".join(split))


def gensim_neighbours(folder, seed, words, threads):
    from gensim.models import Word2Vec
    sentences = [line.split() for line in (folder / "texts.txt").read_text().splitlines()]
    model = Word2Vec(sentences, vector_size=100, window=5, min_count=5, sg=1, negative=5, sample=1e-3, epochs=5,
                     workers=threads, seed=seed)
    return {w: {n for n, _ in model.wv.most_similar(w, topn=10)} for w in words}


def java_neighbours(folder, seed):
    command = [str(c) for c in [BENCH / "run", "TrainingSpeed", "neighbours", folder / "texts.txt", seed]]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {cells[0]: set(cells[1:]) for cells in map(str.split, out.splitlines())}


def neighbours(folder, options):
    java_texts(folder)
    ours = [java_neighbours(folder, seed) for seed in range(1, options.rounds + 1)]
    theirs = [gensim_neighbours(folder, seed, list(ours[0]), options.threads) for seed in range(1, options.rounds + 1)]
    share = lambda a, b: statistics.mean(len(a[w] & b[w]) / 10 for w in a if w in b)
    pairs = lambda runs: [share(a, b) for i, a in enumerate(runs) for b in runs[i + 1:]]
    across = [share(a, b) for a in ours for b in theirs]
    for name, values in [("gensim, seed to seed", pairs(theirs)), ("ours, seed to seed", pairs(ours)), ("across", across)]:
        print(f"{name:22s} {statistics.mean(values):.3f} ({min(values):.3f} to {max(values):.3f})")


def peer(kind, folder, options):
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
    parser.add_argument("kind", choices=["minilm", "static", "word2vec", "neighbours"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peer", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        peer(options.kind, options.peer, options)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if options.kind == "neighbours":
            neighbours(folder, options)
            return
        make_files(options.kind, folder)
        java, python = [], []
        for _ in range(options.rounds):
            python.append(run_python(options.kind, folder, options))
            java.append(run_java(options.kind, folder, options))
        ours, theirs = statistics.median(java), statistics.median(python)
        what = "words a second" if options.kind == "word2vec" else "time of a step"
        print(f"{options.kind}: {what}, Java / Python = {ours:.4g} / {theirs:.4g} = {ours / theirs:.2f}")


main()
