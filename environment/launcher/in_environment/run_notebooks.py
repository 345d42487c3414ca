"""Runs notebooks with nbclient on the installed Java kernel; called by ``lab run``.

Writes an executed copy of each notebook and one HTML report into the target folder, and ends with
1 if any cell failed.
"""

import argparse
import os
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from html_report import write_report


@dataclass
class Outcome:
    """How one notebook went."""

    path: Path
    notebook: nbformat.NotebookNode
    cells: int = 0
    done: int = 0
    seconds: float = 0.0
    peak_mib: int = 0
    failure: str = ""
    trace: str = ""


class LiveClient(NotebookClient):
    """A client that tells after each cell how far it is."""

    def __init__(self, outcome: Outcome, **options):
        self._outcome = outcome
        self._alive = sys.stdout.isatty()
        super().__init__(
            outcome.notebook,
            kernel_name="java",
            resources={"metadata": {"path": str(outcome.path.parent)}},
            record_timing=False,
            coalesce_streams=True,
            on_cell_executed=self._executed,
            **options,
        )

    def _executed(self, cell, cell_index, **_) -> None:
        self._outcome.done += 1
        self._outcome.peak_mib = max(self._outcome.peak_mib, self._kernel_peak_mib())
        if self._alive:
            line = f"{self._outcome.path.name}: {self._outcome.done} of {self._outcome.cells} cells"
            print(f"\r\x1b[K{line}", end="", flush=True)

    def _kernel_peak_mib(self) -> int:
        """The kernel's peak resident memory; 0 where the system does not tell (it is Linux that does)."""
        try:
            status = Path(f"/proc/{self.km.provisioner.pid}/status").read_text()
        except (OSError, AttributeError):
            return 0
        return next((int(line.split()[1]) >> 10 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def main() -> int:
    options = _parse()
    if options.quick:
        os.environ["EMBEDLAB_QUICK"] = "1"
    options.target.mkdir(parents=True, exist_ok=True)
    outcomes = []
    for path in options.notebooks:
        outcome = run(path, options.timeout, options.target / f"{path.stem}.kernel.log")
        outcomes.append(outcome)
        _keep(outcome, options)
        print(("\r\x1b[K" if sys.stdout.isatty() else "") + line_of(outcome), flush=True)
        if outcome.trace:
            print(outcome.trace, flush=True)
    report = options.target / "report.html"
    write_report([o.path.stem for o in outcomes], [o.notebook for o in outcomes], list(map(line_of, outcomes)), report)
    print(summary_of(outcomes))
    print(f"Executed copies and report: {os.path.relpath(report)}")
    return 1 if any(outcome.failure for outcome in outcomes) else 0


def run(path: Path, timeout: int, log: Path) -> Outcome:
    """Runs one notebook from a fresh kernel; never throws for what a notebook does.

    What the kernel's process itself prints, a crash of the JVM for one, goes to ``log``.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat has a dozen kinds for a file that is not a notebook
        return Outcome(path, nbformat.v4.new_notebook(), failure=f"is not a notebook: {_first_line(str(error))}")
    outcome = Outcome(path, notebook, cells=sum(_is_code(cell) for cell in notebook.cells))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    started = time.monotonic()
    try:
        with log.open("w") as kernel_output:
            LiveClient(outcome, timeout=timeout or None).execute(stdout=kernel_output, stderr=kernel_output)
    except CellExecutionError as error:
        outcome.failure = f"cell {outcome.done}: {error.ename}: {_first_line(error.evalue)}"
        outcome.trace = _plain(error.traceback)
    except CellTimeoutError:
        outcome.failure = f"cell {outcome.done + 1}: not finished after {timeout} s"
    except DeadKernelError:
        outcome.failure = f"cell {outcome.done + 1}: the kernel died; see {os.path.relpath(log)}"
    except RuntimeError as error:
        outcome.failure = f"the kernel did not start: {_first_line(str(error))}"
    outcome.seconds = time.monotonic() - started
    return outcome


def line_of(outcome: Outcome) -> str:
    """``01-which.ipynb  31 cells  84.2 s  1.9 GB  ok``."""
    cells = f"{outcome.cells} cells" if not outcome.failure else f"{outcome.done} of {outcome.cells} cells"
    memory = f"{outcome.peak_mib / 1024:5.1f} GiB peak  " if outcome.peak_mib else ""
    verdict = f"FAILED in {outcome.failure}" if outcome.failure else "ok"
    return f"{outcome.path.name:<44} {cells:>14}  {outcome.seconds:7.1f} s  {memory}{verdict}"


def summary_of(outcomes: list[Outcome]) -> str:
    cells, seconds = sum(o.done for o in outcomes), sum(o.seconds for o in outcomes)
    failures = sum(bool(o.failure) for o in outcomes)
    return f"{len(outcomes)} notebooks, {cells} cells, {seconds:.1f} s, {failures} failed"


def _keep(outcome: Outcome, options: argparse.Namespace) -> None:
    copy = options.target / outcome.path.name
    nbformat.write(outcome.notebook, copy)
    if options.write and not outcome.failure:
        beside = outcome.path.with_suffix(".ipynb.part")
        nbformat.write(outcome.notebook, beside)
        os.replace(beside, outcome.path)


def _is_code(cell) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip())


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _plain(traceback: str) -> str:
    """A traceback as a log can show it: no colours, indented, its last twenty lines."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", traceback).strip().splitlines()[-20:]
    return "\n".join(f"    {line}" for line in lines)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--target", type=Path, required=True)
    parser.add_argument("--timeout", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
