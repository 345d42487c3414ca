"""Encoding against sentence-transformers on a CPU, in alternation, tokenizing included.

    environment/lab build          # once: compiles, and copies the class path to lib/cli/target/dist
    python lib/bench/src/main/python/minilm_shape.py TOKENIZER_JSON CHECKPOINT
    python lib/bench/src/main/python/encode_speed.py CHECKPOINT --backends torchscript onnx onnx-int8

needs sentence-transformers. Texts have 10 to 256 tokens. Both sides use all cores and take turns; medians of
the rounds, their ratio (above 1: Java is faster) and the worst cosine to Python's vectors are printed, then
the time from starting Java to the first vector and the peak memory of both.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

ROOT = Path(__file__).resolve().parents[5]


def java_command(main, *arguments):
    parts = [ROOT / "lib" / m / "target" / "classes" for m in ("bench", "cli", "models", "search", "core")]
    path = os.pathsep.join([*map(str, parts), os.environ.get("EMBEDLAB_CP", str(ROOT / "lib/cli/target/dist/*"))])
    java = str(Path(os.environ["JAVA_HOME"]) / "bin" / "java") if "JAVA_HOME" in os.environ else "java"
    flags = ["--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Dai.djl.offline=true", "-Xmx1g"]
    return [java, *flags, "-cp", path, main, *arguments]


class Java:
    def __init__(self, checkpoint, texts):
        self.process = subprocess.Popen(
            java_command("dev.embedlab.bench.EncodeSpeed", checkpoint, texts),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def __call__(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        while True:
            answer = self.process.stdout.readline()
            if not answer:
                raise RuntimeError("the Java side ended at: " + line)
            if answer.startswith("ANSWER "):
                return [float(x) for x in answer.split()[1:]]


def make_texts(model, count):
    rng = random.Random(42)
    tokens = [t for t in model.tokenizer.get_vocab() if t.isalpha() and len(t) > 2]
    tokens.sort()
    return [" ".join(rng.choices(tokens, k=rng.randint(8, 254))) for _ in range(count)]


def cosine(a, b):
    return (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def timed(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkpoint")
    arguments.add_argument("--backends", nargs="+", default=["torchscript", "onnx", "torchscript-int8", "onnx-int8"])
    arguments.add_argument("--texts", type=int, default=256)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    model = SentenceTransformer(options.checkpoint, device="cpu")
    texts = make_texts(model, options.texts)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.txt"
        file.write_text("\n".join(texts) + "\n")
        java = Java(options.checkpoint, str(file))
        expected = model.encode(texts)
        worst = {}
        for backend in options.backends:
            java(f"save {backend} {folder}/vectors.f32")
            worst[backend] = cosine(expected, np.fromfile(f"{folder}/vectors.f32", "<f4").reshape(expected.shape)).min()
        python, seconds = [], {backend: [] for backend in options.backends}
        for _ in range(options.rounds):
            python.append(timed(lambda: model.encode(texts)))
            for backend in options.backends:
                seconds[backend].append(java(f"encode {backend}")[0])
        base = statistics.median(python)
        print(f"{'':20}{'texts/s':>10}{'ratio':>8}{'worst cosine':>15}")
        print(f"{'Python':20}{len(texts) / base:10.1f}{1:8.2f}")
        for backend in options.backends:
            middle = statistics.median(seconds[backend])
            print(f"{backend:20}{len(texts) / middle:10.1f}{base / middle:8.2f}{worst[backend]:15.7f}")
        forecast, taken = java(f"forecast {options.backends[0]}")
        print(f"forecast {forecast:.2f} s, taken {taken:.2f} s")
        (Path(folder) / "one.jsonl").write_text('{"text": "a first text"}\n')
        cold = timed(lambda: subprocess.run(
            java_command("dev.embedlab.cli.Main", "encode", "--model", options.checkpoint,
                         "--in", f"{folder}/one.jsonl", "--out", f"{folder}/one.out.jsonl"), check=True, stderr=subprocess.DEVNULL))
        print(f"cold start to the first vector written {cold:.2f} s")
        single = Java(options.checkpoint, str(file))
        single(f"encode {options.backends[0]}")
        print(f"peak memory: Java ({options.backends[0]}) {single('memory')[0]:.0f} MiB, "
              f"Python {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    sys.exit(main())
