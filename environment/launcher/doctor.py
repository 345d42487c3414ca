"""Looks at the machine and says what is there, what is missing and what to do about it."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from launcher import build, index, jdk, kernelspec, memory, places, prepare, process
from launcher.console import say
from launcher.problem import MISSING, Problem
from launcher.virtualenv import installed_version

_HUB = "https://huggingface.co"


@dataclass(frozen=True)
class Finding:
    """One line of the report; ``remedy`` says what to do, ``needed`` whether nothing works without."""

    name: str
    found: str
    remedy: str = ""
    needed: bool = False


def examine() -> int:
    """Prints every finding; ends with 3 where something that is needed is missing."""
    broken = False
    for finding in findings():
        say(f"{finding.name:<18}{finding.found}")
        if finding.remedy:
            say(f"{'':<18}-> {finding.remedy}")
        broken = broken or (finding.needed and bool(finding.remedy))
    say("Something needed is missing; do what the arrows say." if broken else "All that is needed is here.")
    return MISSING if broken else 0


def findings() -> Iterator[Finding]:
    yield Finding("System", f"{platform.platform()}, {os.cpu_count()} cores")
    yield _memory()
    yield _disk()
    yield _needed("JDK", lambda: "{0.version} in {0.home}".format(jdk.find()))
    yield Finding("Default java", _first_line(process.output(["java", "-version"])) or "none (not needed)")
    yield _needed("Maven", lambda: _first_line(process.output([build.find_maven(), "-v"])))
    yield Finding("Python", f"{platform.python_version()} ({sys.executable})")
    yield _package_index()
    yield _virtualenv()
    yield _built()
    yield _kernel()
    yield _datasets()
    yield _hub()


def _needed(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, look(), needed=True)
    except Problem as problem:
        return Finding(name, "not found", str(problem), needed=True)


def _memory() -> Finding:
    total = memory.total()
    found = f"{total / memory.GIB:.1f} GiB; a kernel's heap takes up to {memory.heap(total)}"
    small = total < 6 * memory.GIB
    return Finding("Memory", found, "8 GiB or more are advised: keep one notebook open at a time." if small else "")


def _disk() -> Finding:
    free = shutil.disk_usage(places.ROOT).free
    remedy = "About 4 GB are needed for libraries, builds and data." if free < 4e9 else ""
    return Finding("Free disk", f"{free / 1e9:.0f} GB", remedy)


def _package_index() -> Finding:
    indexes = index.configured()
    answers = [f"{url} {'answers' if index.reachable(url) else 'does not answer'}" for url in indexes.urls]
    if indexes.proxied:
        answers.append("through a proxy")
    return Finding("Package index", "; ".join(answers) or "none (pip's find-links only)")


def _virtualenv() -> Finding:
    where = places.shown(places.VENV)
    if not prepare.JUPYTER.is_ready():
        return Finding("Environment", f"{where} is not ready", "lab build makes it; that needs a package index.")
    names = ("jupyterlab", "nbclient", "plotly")
    versions = ", ".join(f"{name} {installed_version(name, places.VENV)}" for name in names)
    return Finding("Environment", f"{where}: {versions}")


def _built() -> Finding:
    jars = len(build.class_path())
    if not jars or not places.KERNEL_JAR.exists():
        return Finding("Library", "not built", "lab build does it; the first time downloads about 500 MB.")
    return Finding("Library", f"built, {jars} jars in {places.shown(places.DIST)}")


def _kernel() -> Finding:
    if not (places.KERNELSPEC / "kernel.json").exists():
        return Finding("Java kernel", "not installed", "lab build does it.")
    check = places.IN_ENVIRONMENT / "try_kernel.py"
    # The JVM writes warnings of its own above the script's one line.
    answer = _last_line(process.output([places.venv_python(), check], seconds=90, env=prepare.environment()))
    if not answer.startswith("answers"):
        return Finding("Java kernel", "does not answer", answer or "lab clean, then lab build.", needed=True)
    return Finding("Java kernel", f"{answer}; flags {' '.join(kernelspec.jvm_flags())}")


def _datasets() -> Finding:
    names = sorted(card.parent.name for card in places.DATASET_CACHE.glob("*/corpus.jsonl"))
    there = sorted(card.parent.name for card in places.DATASETS.glob("*/card.json"))
    return Finding("Data sets", f"{', '.join(there) or 'none'} (built: {', '.join(names) or 'none'})")


def _hub() -> Finding:
    hub = os.environ.get("HF_ENDPOINT", _HUB)
    if os.environ.get("HF_HUB_OFFLINE", "").lower() in ("1", "true", "yes", "on"):
        return Finding("Model hub", "switched off by HF_HUB_OFFLINE")
    if index.reachable(hub):
        return Finding("Model hub", f"{hub} answers")
    return Finding("Model hub", f"{hub} does not answer: models are trained in the notebooks or read from folders")


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0].replace("\x1b[1m", "").replace("\x1b[m", "") if text.strip() else ""


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1] if text.strip() else ""
