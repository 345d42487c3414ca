"""What each word after ``lab`` does."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher import build, kernelspec, places, prepare, process
from launcher.console import say
from launcher.problem import USAGE, Problem

MAIN_CLASS = "dev.embedlab.cli.Main"

# The JVM says so at every start with the Vector API, and has no option to be silent about it.
_INCUBATOR = b"WARNING: Using incubator modules: jdk.incubator.vector"


def open_jupyterlab(arguments: Sequence[str]) -> int:
    """Starts JupyterLab on the notebooks; ``arguments`` are JupyterLab's own."""
    prepare.notebooks()
    command = [
        str(places.venv_python()),
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={places.ROOT}",
        "--LabApp.default_url=/lab/tree/notebooks",
        "--MultiKernelManager.default_kernel_name=java",
        "--Application.log_level=WARN",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    if not _has_screen():
        command.append("--no-browser")
    say("Starting JupyterLab; its address follows. Ctrl-C ends it.")
    # A chart that also carries its PNG would be shown by JupyterLab as that still picture.
    environment = {**prepare.environment(), "EMBEDLAB_CHARTS": "live"}
    return process.become([*command, *arguments], environment, places.ROOT)


def run_notebooks(names: Sequence[str], options: Sequence[str]) -> int:
    """Runs notebooks without a browser, all of them where none is named."""
    notebooks = [_notebook(name) for name in names] or sorted(places.NOTEBOOKS.glob("*.ipynb"))
    if not notebooks:
        raise Problem(f"There is no notebook in {places.shown(places.NOTEBOOKS)}.")
    prepare.notebooks()
    command = [places.venv_python(), places.IN_ENVIRONMENT / "run_notebooks.py", "--target", places.TARGET / "notebooks"]
    return process.become([*command, *options, *notebooks], prepare.environment())


def build_all() -> int:
    """Does all the preparing and stops before JupyterLab."""
    prepare.notebooks()
    say("Ready: environment/lab opens the notebooks.")
    return 0


def run_java(arguments: Sequence[str]) -> int:
    """Hands a command to the Java side."""
    jdk = prepare.java()
    class_path = os.pathsep.join(build.class_path())
    command = [jdk.java, *kernelspec.jvm_flags(), "-cp", class_path, MAIN_CLASS, *arguments]
    return process.without_line(command, prepare.environment(), _INCUBATOR)


def clean(with_data: bool) -> int:
    """Removes what the other commands have made."""
    folders = [places.VENV, places.ENVIRONMENT / ".cache", places.TARGET]
    folders += [pom.parent / "target" for pom in places.ROOT.glob("*/*/pom.xml")]
    if with_data:
        folders.append(places.DATASET_CACHE)
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
            say(f"removed {places.shown(folder)}")
    if not with_data and places.DATASET_CACHE.exists():
        say(f"kept {places.shown(places.DATASET_CACHE)}: built data sets (lab clean --data removes them too)")
    return 0


def _notebook(name: str) -> Path:
    """A notebook by its path, or by the beginning of its name in notebooks/, such as 01."""
    for path in (Path(name), places.NOTEBOOKS / name, places.NOTEBOOKS / f"{name}.ipynb"):
        if path.is_file():
            return path.resolve()
    matches = sorted(places.NOTEBOOKS.glob(f"{name}*.ipynb")) if "/" not in name else []
    if len(matches) == 1:
        return matches[0]
    reason = f"fits {len(matches)} notebooks" if matches else "is no notebook"
    raise Problem(f"'{name}' {reason}: name a file, or the number of one in {places.shown(places.NOTEBOOKS)}.", USAGE)


def _has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "BROWSER")
    return any(os.environ.get(name) for name in names)
