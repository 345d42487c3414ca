"""Measures the Java kernel against what is wanted of it, next to a bare jshell and ipykernel.

    environment/.venv/bin/python environment/kernel/bench/bench.py [OPTION...] [NAME=FOLDER...]

Without a name it measures the kernel that is installed for this Python. FOLDER is a kernelspec; each
one named gets a column, the first is held against the wanted figures. "jshell" is jshell alone in a
JVM with the kernel's options, with the class path and the imports of the kernel's sessions; "jshell,
empty" has neither. Everything alternates, so that other load meets all of them alike.
"""

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.manager import KernelManager
from jupyter_client.kernelspec import KernelSpec

JAVA = {
    "cell": "int v{i} = {i};",
    "prints": "for (int i = 0; i < 500; i++) System.out.println(i);",
    "lines": "for (int i = 0; i < 100_000; i++) System.out.println(\"line number \" + i);",
    "block": "System.out.println(\"x\".repeat(10_000_000));",
    "complete": "System.out.pri",
}
PYTHON = {
    "cell": "v{i} = {i}",
    "prints": "for i in range(500): print(i)",
    "lines": "for i in range(100_000): print('line number', i)",
    "block": "print('x' * 10_000_000)",
    "complete": "import os; os.pa",
}

# What a session of the kernel imports of the JDK.
IMPORTS = [
    "java.io.*", "java.math.*", "java.net.*", "java.nio.file.*", "java.util.*", "java.util.concurrent.*",
    "java.util.function.*", "java.util.prefs.*", "java.util.regex.*", "java.util.stream.*",
]  # fmt: skip

# Name of the figure, unit, the most it may be (None: for information).
FIGURES = [
    ("start to first kernel_info_reply", "s", 1.0),
    ("memory when idle", "MB", 150),
    ("first cell", "ms", None),
    ("cell, median", "ms", None),
    ("cell, median of the last 100", "ms", None),
    ("cell, median / jshell's", "x", 1.2),
    ("first 500 prints", "ms", None),
    ("500 prints, median", "ms", 30),
    ("completion, median", "ms", 40),
    ("100,000 lines", "s", 5),
    ("10 MB at once", "s", 5),
    ("memory after cells and 12 MB of output", "MB", 250),
]


class Kernel:
    """A running kernel and one client."""

    def __init__(self, name: str, spec: KernelSpec, code: dict):
        self.name, self.code = name, code
        self.manager = KernelManager(kernel_name=name)
        self.manager._kernel_spec = spec
        start = time.perf_counter()
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self._await_info()
        self.seconds_to_start = time.perf_counter() - start
        self.client.wait_for_ready(timeout=60)

    def _await_info(self) -> None:
        while True:
            self.client.kernel_info()
            with contextlib.suppress(Exception):
                if self.client.get_shell_msg(timeout=0.1)["msg_type"] == "kernel_info_reply":
                    return

    def run(self, code: str, characters: int = 0) -> float:
        """Seconds from the request to idle; at least so many characters must have been printed."""
        start = time.perf_counter()
        request = self.client.execute(code)
        printed = 0
        while True:
            message = self.client.get_iopub_msg(timeout=120)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream":
                printed += len(message["content"]["text"])
            if message["msg_type"] == "error":
                raise RuntimeError("\n".join(message["content"]["traceback"]))
            if message["content"].get("execution_state") == "idle":
                break
        seconds = time.perf_counter() - start
        self.client.get_shell_msg(timeout=60)
        if printed < characters:
            raise RuntimeError(f"{self.name} delivered {printed} of {characters} characters of {code}")
        return seconds

    def cell(self, i: int) -> float:
        return self.run(self.code["cell"].format(i=i))

    def complete(self) -> float:
        start = time.perf_counter()
        request = self.client.complete(self.code["complete"])
        while self.client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != request:
            pass
        return time.perf_counter() - start

    def resident_mb(self) -> float:
        """Megabytes of resident memory of the kernel process (Linux)."""
        with open(f"/proc/{self.manager.provisioner.process.pid}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


class BareJShell:
    """jshell in a JVM of its own, one snippet at a time."""

    def __init__(self, name: str, spec: KernelSpec, folder: str, imports: list):
        self.name = name
        java = Path(spec.argv[0])
        class_path = spec.argv[spec.argv.index("--class-path") + 1] if imports and "--class-path" in spec.argv else ""
        source = Path(__file__).with_name("BareJShell.java")
        subprocess.run([java.with_name("javac"), "-d", folder, source], check=True)
        # The cache fits the kernel's class path only.
        options = [a for a in spec.argv[1 : spec.argv.index("-jar")] if not a.startswith("-XX:AOTCache")]
        self.process = subprocess.Popen(
            [java, *options, "-cp", folder, "BareJShell", class_path, *imports],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def cell(self, i: int) -> float:
        print(JAVA["cell"].format(i=i), file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline()) / 1e9

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)


def measure(specs: dict, rounds: int, cells: int, folder: str) -> dict:
    """Figures of each kernel by name, in the order of FIGURES."""
    figures = {name: {} for name in specs}
    starts = {name: [] for name in specs}
    for _ in range(rounds):
        for name, (spec, code) in specs.items():
            kernel = Kernel(name, spec, code)
            starts[name].append(kernel.seconds_to_start)
            kernel.close()
    running = [Kernel(name, spec, code) for name, (spec, code) in specs.items()]
    first = next(iter(specs.values()))[0]
    jshell = BareJShell("jshell", first, folder, IMPORTS)
    empty = BareJShell("jshell, empty", first, folder, [])
    try:
        time.sleep(2)
        for kernel in running:
            own = figures[kernel.name]
            own["start to first kernel_info_reply"] = statistics.median(starts[kernel.name])
            own["memory when idle"] = kernel.resident_mb()
        times = one_line_cells([*running, jshell, empty], cells)
        bare = statistics.median(times[jshell][1:])
        for each in jshell, empty:
            figures[each.name] = cell_figures(times[each], bare)
        for kernel in running:
            figures[kernel.name] |= cell_figures(times[kernel], bare) | output_figures(kernel)
    finally:
        for each in [*running, jshell, empty]:
            each.close()
    return figures


def one_line_cells(evaluators: list, cells: int) -> dict:
    times = {each: [] for each in evaluators}
    for i in range(cells):
        for each in evaluators:
            times[each].append(each.cell(i))
    return times


def cell_figures(seconds: list, bare: float) -> dict:
    middle = statistics.median(seconds[1:])
    return {
        "first cell": seconds[0] * 1000,
        "cell, median": middle * 1000,
        "cell, median of the last 100": statistics.median(seconds[-100:]) * 1000,
        "cell, median / jshell's": middle / bare,
    }


def output_figures(kernel: Kernel) -> dict:
    code = kernel.code
    prints = [kernel.run(code["prints"]) for _ in range(30)]
    own = {
        "first 500 prints": prints[0] * 1000,
        "500 prints, median": statistics.median(prints[10:]) * 1000,
        "completion, median": statistics.median(kernel.complete() for _ in range(21)) * 1000,
        "100,000 lines": kernel.run(code["lines"], 1_700_000),
        "10 MB at once": kernel.run(code["block"], 10_000_000),
    }
    return own | {"memory after cells and 12 MB of output": kernel.resident_mb()}


def table(figures: dict) -> str:
    first, others = next(iter(figures)), list(figures)[1:]
    rows = [["figure", first, "wanted", "met", *others]]
    for name, unit, most in FIGURES:
        value = figures[first][name]
        wanted = "" if most is None else f"<= {most} {unit}"
        met = "" if most is None else ("yes" if value <= most else "NO")
        rest = [shown(figures[other][name], unit) if name in figures[other] else "" for other in others]
        rows.append([name, shown(value, unit), wanted, met, *rest])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def shown(value: float, unit: str) -> str:
    digits = 0 if unit == "MB" else 2 if unit in ("s", "x") else 1
    return f"{value:.{digits}f} {unit}"


def kernelspecs(named: list, without_cache: bool) -> dict:
    """Kernelspec and cells by name; ipykernel comes last, for scale."""
    folders = dict(item.split("=", 1) for item in named)
    if not folders:
        folders = {"java": str(Path(sys.prefix) / "share" / "jupyter" / "kernels" / "java")}
    specs = {name: (KernelSpec.from_resource_dir(folder), JAVA) for name, folder in folders.items()}
    if without_cache:
        first = KernelSpec.from_resource_dir(next(iter(folders.values())))
        first.argv = [a for a in first.argv if not a.startswith("-XX:AOTCache")]
        specs["no cache"] = (first, JAVA)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    return specs | {"ipykernel": (KernelSpec(argv=argv, language="python"), PYTHON)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="starts of each kernel")
    parser.add_argument("--cells", type=int, default=600, help="one-line cells in each kernel")
    parser.add_argument("--without-cache", action="store_true", help="add the first kernel without its JVM cache")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON too")
    parser.add_argument("kernels", nargs="*", metavar="NAME=FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(kernelspecs(options.kernels, options.without_cache), options.rounds, options.cells, folder)
    if options.json:
        print(json.dumps(figures, indent=2))
    print(table(figures))


if __name__ == "__main__":
    main()
