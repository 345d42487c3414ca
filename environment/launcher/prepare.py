"""Brings everything to the state in which notebooks run; quick when it already is."""

import contextlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

from launcher import build, jdk, kernelspec, places
from launcher.console import say
from launcher.jdk import Jdk
from launcher.virtualenv import Virtualenv

JUPYTER = Virtualenv(places.VENV, places.REQUIREMENTS, "JupyterLab")

# JupyterLab asks about news from the network at its first start, and writes windows of its own.
_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}


def java() -> Jdk:
    """Builds what Java commands need."""
    found = jdk.find()
    with _alone():
        build.ensure(found)
    return found


def notebooks() -> Jdk:
    """Builds, makes the virtual environment and installs the kernel."""
    found = jdk.find()
    with _alone():
        built = build.ensure(found)
        JUPYTER.ensure()
        kernelspec.ensure(found, built)
        _write_settings()
        (places.VENV / "jupyter").mkdir(exist_ok=True)
    return found


def environment() -> dict[str, str]:
    """The variables for Jupyter and for Java commands.

    Jupyter's own folders lie inside the virtual environment: what the reader has in her home
    folder neither changes these notebooks nor is changed by them.
    """
    jupyter = places.VENV / "jupyter"
    variables = {
        "JUPYTER_CONFIG_DIR": jupyter / "config",
        "JUPYTER_DATA_DIR": jupyter / "data",
        "JUPYTER_RUNTIME_DIR": jupyter / "runtime",
        "IPYTHONDIR": jupyter / "ipython",
        "EMBEDLAB_DATASETS": os.environ.get("EMBEDLAB_DATASETS", places.DATASETS),
    }
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    return {**kept, **{name: str(value) for name, value in variables.items()}}


def _write_settings() -> None:
    settings = places.VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(_SETTINGS, indent=2), encoding="utf-8")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keeps two commands started at the same time from building into the same folders."""
    places.LOGS.mkdir(parents=True, exist_ok=True)
    with (places.LOGS / "lock").open("a+b") as lock:
        waiting = False
        while not _locked(lock):
            if not waiting:
                say("Another lab command is preparing the project; waiting for it.")
            waiting = True
            time.sleep(0.5)
        yield  # the system lets go of the lock when the file is closed


def _locked(lock) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False
