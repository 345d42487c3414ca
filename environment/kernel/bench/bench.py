"""Compares Jupyter kernels: start, one-line cells, prints, completion, memory.

usage: python bench.py [--rounds N] [--cells N] NAME=KERNELSPEC_FOLDER...

Needs jupyter_client. Every figure is the median over rounds that alternate between the kernels, so
that other load on the machine meets all of them alike. "ipykernel" without a folder means the
kernel of the Python that runs this script.
"""

import argparse
import json
import os
import statistics
import sys
import time

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


class Kernel:
    def __init__(self, name, folder):
        self.name = name
        if folder:
            spec = KernelSpec.from_resource_dir(folder)
            self.code = JAVA
        else:
            spec = KernelSpec(
                argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                language="python",
            )
            self.code = PYTHON
        self.manager = KernelManager(kernel_name=name)
        self.manager._kernel_spec = spec
        start = time.perf_counter()
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        while True:
            request = self.client.kernel_info()
            try:
                if self.client.get_shell_msg(timeout=0.1)["msg_type"] == "kernel_info_reply":
                    break
            except Exception:
                pass
        self.start = time.perf_counter() - start
        self.client.wait_for_ready(timeout=60)

    def run(self, code, timeout=300):
        """Seconds from request to idle, and what was printed."""
        start = time.perf_counter()
        request = self.client.execute(code)
        printed = 0
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream":
                printed += len(message["content"]["text"])
            if message["msg_type"] == "error":
                raise RuntimeError("\n".join(message["content"]["traceback"]))
            if message["content"].get("execution_state") == "idle":
                break
        seconds = time.perf_counter() - start
        self.client.get_shell_msg(timeout=timeout)
        return seconds, printed

    def complete(self):
        start = time.perf_counter()
        request = self.client.complete(self.code["complete"])
        while self.client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != request:
            pass
        return time.perf_counter() - start

    def rss(self):
        """Megabytes of resident memory of the kernel process."""
        with open(f"/proc/{self.manager.provisioner.process.pid}/status") as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def median(values, unit=1000):
    return round(statistics.median(values) * unit, 1)


def measure(kernels, rounds, cells):
    figures = {name: {} for name, _ in kernels}
    starts = {name: [] for name, _ in kernels}
    for _ in range(rounds):
        for name, folder in kernels:
            kernel = Kernel(name, folder)
            starts[name].append(kernel.start)
            kernel.close()
    running = [Kernel(name, folder) for name, folder in kernels]
    for kernel in running:
        time.sleep(2)
        figures[kernel.name]["start_ms"] = median(starts[kernel.name])
        figures[kernel.name]["idle_rss_mb"] = kernel.rss()
        figures[kernel.name]["first_cell_ms"] = round(kernel.run(kernel.code["cell"].format(i=0))[0] * 1000, 1)
    times = {kernel.name: [] for kernel in running}
    for i in range(1, cells):
        for kernel in running:
            times[kernel.name].append(kernel.run(kernel.code["cell"].format(i=i))[0])
    for kernel in running:
        own = figures[kernel.name]
        own["cell_p50_ms"] = median(times[kernel.name])
        own["cell_p50_last_100_ms"] = median(times[kernel.name][-100:])
        own["prints_500_ms"] = median([kernel.run(kernel.code["prints"])[0] for _ in range(11)])
        own["complete_p50_ms"] = median([kernel.complete() for _ in range(21)])
        for what in ("lines", "block"):
            try:
                seconds, printed = kernel.run(kernel.code[what], timeout=60)
                own[what + "_s"] = round(seconds, 2)
                own[what + "_chars"] = printed
            except Exception as error:
                own[what + "_s"] = "failed: " + type(error).__name__
        own["rss_after_mb"] = kernel.rss()
        kernel.close()
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cells", type=int, default=600)
    parser.add_argument("kernels", nargs="+")
    arguments = parser.parse_args()
    kernels = [tuple((item + "=").split("=")[:2]) for item in arguments.kernels]
    figures = measure(kernels, arguments.rounds, arguments.cells)
    print(json.dumps(figures, indent=2))
    first = kernels[0][0]
    for name, own in figures.items():
        if name != first:
            ratios = {
                key: round(value / own[key], 2)
                for key, value in figures[first].items()
                if isinstance(value, (int, float)) and isinstance(own.get(key), (int, float)) and own[key]
            }
            print(f"{first} / {name}:", json.dumps(ratios))


if __name__ == "__main__":
    os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")
    main()
