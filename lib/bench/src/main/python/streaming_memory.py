"""Memory of `lab encode` for a file of texts and for one of ten times as many: it should be the same.

    environment/lab build                                    # once
    python lib/bench/src/main/python/streaming_memory.py [--texts 1000000] [--model FOLDER]

Needs numpy. Most resident memory of each process, as the system tells it; vectors go to a .npy file.
"""

import argparse
import os
import random
import subprocess
import tempfile
from pathlib import Path

from encode_speed import ROOT, java_command, row, verdict

MODEL = ROOT / "lib" / "models" / "src" / "test" / "resources" / "fixtures" / "static-embedding"


def write_texts(file, count):
    rng = random.Random(42)
    with file.open("w") as out:
        for i in range(count):
            words = " ".join(f"{rng.randrange(50_000):x}" for _ in range(rng.randint(4, 40)))
            out.write(f'{{"text": "text {i} {words}"}}\n')


def peak(model, texts, vectors):
    """MiB of a process that encodes a file."""
    command = java_command("dev.embedlab.cli.Main", "encode", "--model", model, "--in", texts, "--out", vectors)
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError("lab encode failed")
    return usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--model", type=Path, default=MODEL)
    options = parser.parse_args()
    row("", "figure", "wanted", "met")
    with tempfile.TemporaryDirectory() as name:
        peaks = []
        for count in options.texts // 10, options.texts:
            texts, vectors = Path(name) / "texts.jsonl", Path(name) / "vectors.npy"
            write_texts(texts, count)
            peaks.append(peak(options.model, texts, vectors))
            row(f"lab encode, {count:,} texts, peak memory, MiB", f"{peaks[-1]:.0f}")
            vectors.unlink()
        row("ten times as many texts", f"{peaks[1] / peaks[0]:.3f}", "1.05", verdict(peaks[1] <= 1.05 * peaks[0]))


if __name__ == "__main__":
    main()
