"""Encoding against sentence-transformers on the CPU, in alternation, tokenizing included.

    environment/lab build                                    # once
    python lib/bench/src/main/python/encode_speed.py

Needs sentence-transformers. The checkpoint has the shape of all-MiniLM-L6-v2 and random weights (minilm_shape.py),
texts have 10 to 256 tokens, and both sides use all cores. They take turns; the fastest round of each side counts,
because whatever else runs on a machine only ever makes a round slower. Vectors are compared with Python's by their
smallest cosine. Time to the first vector and peak memory are those of processes that do nothing else.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[5]
CHECKPOINT = ROOT / "lib" / "bench" / "target" / "minilm-shape"
DIST = ROOT / "lib" / "cli" / "target" / "dist"
EXACT, CLOSE = 0.99999, 0.999
# Backend: smallest cosine, smallest ratio, ratio aimed for.
WANTED = {
    "auto": (EXACT, 1.5, 2.0),
    "torchscript": (EXACT, 1.5, 2.0),
    "onnx": (EXACT, 1.5, 2.0),
    "torchscript-bf16": (CLOSE, 2.2, 4.0),
    "torchscript-int8": (CLOSE, 2.2, 4.0),
    "onnx-int8": (CLOSE, 2.2, 4.0),
}
FORECAST = ("torchscript", "onnx", "torchscript-int8")
PYTHON_ALONE = """
import resource, sys
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
model.encode(open(sys.argv[2]).read().splitlines())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def java_command(main, *arguments):
    dist = Path(os.environ.get("EMBEDLAB_DIST", DIST))
    if not dist.is_dir():
        sys.exit("run environment/lab build first")
    modules = [ROOT / "lib" / m / "target" / "classes" for m in ("bench", "cli", "models", "search", "core")]
    path = os.pathsep.join(map(str, [*modules, dist / "*", dist / "lib" / "*"]))
    java = str(Path(os.environ["JAVA_HOME"]) / "bin" / "java") if "JAVA_HOME" in os.environ else "java"
    flags = "--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Xmx1g"
    djl = "-Dai.djl.offline=true -Dai.djl.pytorch.graph_optimizer=false"
    return [java, *flags.split(), *djl.split(), "-cp", path, main, *map(str, arguments)]


class Java:
    """The Java side: answers each line with numbers."""

    def __init__(self, checkpoint, texts):
        self.process = subprocess.Popen(
            java_command("dev.embedlab.bench.EncodeSpeed", checkpoint, texts),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def __call__(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        for answer in self.process.stdout:
            if answer.startswith("ANSWER "):
                return [float(x) for x in answer.split()[1:]]
        raise RuntimeError("the Java side ended at: " + line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def make_texts(model, count, shortest=8, longest=254):
    rng = random.Random(42)
    words = sorted(t for t in model.tokenizer.get_vocab() if t.isalpha() and len(t) > 2)
    return [" ".join(rng.choices(words, k=rng.randint(shortest, longest))) for _ in range(count)]


def worst_cosine(a, b):
    return float(((a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)).min())


def seconds(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def row(what, figure, wanted="", met=""):
    print(f"{what:54}{figure:>16}{wanted:>30}  {met}", flush=True)


def verdict(reached, aim=True):
    return ("yes" if aim else "yes, not the aim") if reached else "NO"


def runnable(options):
    """The backends that this processor can run."""
    with Java(options.checkpoint, os.devnull) as java:
        can = {backend: java(f"available {backend}") == [1] for backend in options.backends}
    for backend in [b for b in can if not can[b]]:
        row(backend, "not on this CPU")
    return [b for b in can if can[b]]


def compare(model, texts, file, options):
    """Ratios of all backends."""
    with Java(options.checkpoint, file) as java:
        expected = model.encode(texts)
        python, ours, cosine = [], {}, {}
        for backend in options.backends:
            vectors = file.with_suffix(".f32")
            java(f"save {backend} {vectors}")
            cosine[backend] = worst_cosine(expected, np.fromfile(vectors, "<f4").reshape(expected.shape))
        for _ in range(options.rounds):
            python.append(seconds(lambda: model.encode(texts)))
            for backend in options.backends:
                ours.setdefault(backend, []).append(java(f"encode {backend}")[0])
    base = min(python)
    row("sentence-transformers, texts/s", f"{len(texts) / base:.1f}")
    for backend in options.backends:
        taken = min(ours[backend])
        least, ratio, aim = WANTED[backend]
        row(f"{backend}, texts/s", f"{len(texts) / taken:.1f}")
        row("  times sentence-transformers", f"{base / taken:.2f}", f"{ratio} (aim {aim})",
            verdict(base / taken >= ratio, base / taken >= aim))
        row("  smallest cosine to its vectors", f"{cosine[backend]:.7f}", f"{least}", verdict(cosine[backend] >= least))


def cold_start(folder, options):
    """Seconds from the start of the process to the first vector in a file, the best of three."""
    (folder / "one.jsonl").write_text('{"text": "a first text"}\n')
    command = java_command("dev.embedlab.cli.Main", "encode", "--model", options.checkpoint, "--in",
                           folder / "one.jsonl", "--out", folder / "vectors.jsonl")
    taken = min(seconds(lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL)) for _ in range(3))
    row("cold start to the first vector, s", f"{taken:.2f}", "3", verdict(taken < 3))


def forecasts(model, file, options):
    """Forecasts from a sample by what a run took, time and most resident memory, each in a process of its own."""
    mixes = {"short": make_texts(model, 4000, 4, 20), "long": make_texts(model, 600, 180, 254),
             "mixed": make_texts(model, 800) + make_texts(model, 800, 4, 12)}
    for name, texts in mixes.items():
        lines = file.with_name(name)
        lines.write_text("\n".join(texts) + "\n")
        for backend in [b for b in options.backends if b in FORECAST]:
            with Java(options.checkpoint, file) as java:
                time_said, time_taken, memory_said, memory_taken = java(f"forecast {backend} {lines}")
            for what, ratio in ("time", time_said / time_taken), ("memory", memory_said / memory_taken):
                row(f"{backend}, {name} texts, {what} forecast by taken", f"{ratio:.2f}", "0.8 to 1.2",
                    verdict(0.8 <= ratio <= 1.2))


def peak_memory(file, options):
    alone = [sys.executable, "-c", PYTHON_ALONE, str(options.checkpoint), str(file)]
    python = int(subprocess.run(alone, check=True, capture_output=True, text=True).stdout)
    row("sentence-transformers, peak memory, MiB", f"{python}")
    for backend in [*options.backends, "eager"]:
        with Java(options.checkpoint, file) as java:
            java(f"encode {backend}")
            java(f"encode {backend}")
            peak = java("memory")[0]
        row(f"{backend}, peak memory, MiB", f"{peak:.0f}", f"{python}", verdict(peak <= python))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, default=CHECKPOINT)
    parser.add_argument("--backends", nargs="+", choices=WANTED, default=list(WANTED))
    parser.add_argument("--texts", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=["speed", "start", "forecast", "memory"])
    options = parser.parse_args()
    from sentence_transformers import SentenceTransformer

    if not (options.checkpoint / "modules.json").exists():
        import minilm_shape

        minilm_shape.make(options.checkpoint)
    model = SentenceTransformer(str(options.checkpoint), device="cpu")
    texts = make_texts(model, options.texts)
    row("", "figure", "wanted", "met")
    options.backends = runnable(options)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "texts.txt"
        file.write_text("\n".join(texts) + "\n")
        if options.only in (None, "speed"):
            compare(model, texts, file, options)
        if options.only in (None, "start"):
            cold_start(file.parent, options)
        if options.only in (None, "forecast"):
            forecasts(model, file, options)
        if options.only in (None, "memory"):
            peak_memory(file, options)


if __name__ == "__main__":
    main()
