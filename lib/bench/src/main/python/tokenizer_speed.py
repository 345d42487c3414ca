"""Trains and encodes with Hugging Face tokenizers and with EmbedLab in alternation, and prints ratios.

Usage: python tokenizer_speed.py TEXT_FILE ROUNDS JAVA_COMMAND...
JAVA_COMMAND runs dev.embedlab.bench.TokenizerSpeed, to which TEXT_FILE is added; it makes the file if it is missing, such as
  mvn -q -pl lib/bench -am package -DskipTests
  python tokenizer_speed.py /tmp/text.txt 2 java -Xmx4g --add-modules jdk.incubator.vector -cp CLASSPATH dev.embedlab.bench.TokenizerSpeed
Ratios are time of Hugging Face by time of EmbedLab: above 1, EmbedLab is faster. Run with tokenizers 0.23.2.
"""
import re
import statistics
import subprocess
import sys
import time

SELF = "--reference"
TEXTS = 20_000


def reference(path):
    import resource

    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    def lines():
        with open(path, encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line.rstrip("\n")

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(vocab_size=30_000, special_tokens=["<|endoftext|>"], show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    start = time.perf_counter()
    tokenizer.train([path], trainer)  # Faster than an iterator of Python, as it reads the file in Rust.
    training = time.perf_counter() - start
    texts = [line for line, _ in zip(lines(), range(TEXTS))]
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        encodings = tokenizer.encode_batch(texts)
        rounds.append(time.perf_counter() - start)
    pieces = sum(len(e.ids) for e in encodings)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"train {training:.2f} first {rounds[0]:.3f} encode {statistics.median(rounds):.3f} pieces {pieces} memory {memory}")


def figures(command):
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip().split("\n")[-1]
    return {name: float(value) for name, value in re.findall(r"(\w+) ([\d.]+)", out)}


def main(path, rounds, *java):
    pairs = []
    for _ in range(int(rounds)):
        ours, theirs = figures([*java, path]), figures([sys.executable, __file__, SELF, path])
        pairs.append((ours, theirs))
        print("EmbedLab    ", ours, "\nHugging Face", theirs, flush=True)
    for name in ("train", "first", "encode"):
        print(f"{name:7} {statistics.median(t[name] / o[name] for o, t in pairs):.2f} times as fast as Hugging Face")


if __name__ == "__main__":
    reference(sys.argv[2]) if sys.argv[1] == SELF else main(*sys.argv[1:])
