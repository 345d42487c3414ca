"""A virtual environment that holds what a requirements file pins."""

import hashlib
import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher import index, places, process
from launcher.console import Step, say
from launcher.problem import MISSING, Problem


@dataclass(frozen=True)
class Virtualenv:
    """A folder, the requirements it must hold, and the word that says what it is for."""

    folder: Path
    requirements: Path
    purpose: str

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def ensure(self) -> None:
        """Makes or repairs the environment where it is not as the requirements say."""
        if self.is_ready():
            return
        if self.folder.exists():
            say(f"{places.shown(self.folder)} is out of date or damaged; it is made anew.")
            shutil.rmtree(self.folder)
        sources = _answering_sources()
        with Step(f"Installing {self.purpose} into {places.shown(self.folder)}") as step:
            self._create()
            self._install(step, sources)
        self._stamp.write_text(self._wanted(), encoding="utf-8")

    def is_ready(self) -> bool:
        """Whether it was finished for these requirements, still starts, and still holds them."""
        try:
            if self._stamp.read_text(encoding="utf-8") != self._wanted():
                return False
        except OSError:
            return False
        check = "import sys, importlib.metadata as m; sys.exit(any(m.version(n) != v for n, v in %r))"
        return process.succeeds([self.python, "-c", check % self.pins()])

    def pins(self) -> list[tuple[str, str]]:
        """The names and versions the requirements file pins for this Python."""
        text = self.requirements.read_text(encoding="utf-8")
        return re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)

    def _create(self) -> None:
        log = places.LOGS / "venv.log"
        if process.logged([sys.executable, "-m", "venv", str(self.folder)], log) != 0:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Problem(
                f"{sys.executable} could not make {places.shown(self.folder)} "
                f"(Debian/Ubuntu: apt install python3-venv; details in {places.shown(log)}).",
                MISSING,
            )

    def _install(self, step: Step, sources: Mapping[str, str]) -> None:
        log = places.LOGS / "pip.log"
        pip = [self.python, "-m", "pip", "--disable-pip-version-check", "--retries", "1", "--timeout", "10"]
        command = [*pip, "install", "--progress-bar", "off", "--prefer-binary", "-r", str(self.requirements)]
        code = process.logged(
            command,
            log,
            on_line=lambda line: step.now(line) if line.startswith(("Collecting", "Installing")) else None,
            env={**os.environ, "PIP_DEFAULT_TIMEOUT": "10", **sources},
        )
        if code != 0:
            errors = process.last_lines(log, 3, lambda line: line.startswith("ERROR"))
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Problem(f"pip could not install {self.purpose} (details in {places.shown(log)}):\n{errors}")

    @property
    def _stamp(self) -> Path:
        return self.folder / "embedlab.stamp"

    def _wanted(self) -> str:
        content = hashlib.sha256(self.requirements.read_bytes()).hexdigest()
        return f"{content} {sys.version_info.major}.{sys.version_info.minor}"


def installed_version(package: str, folder: Path) -> str | None:
    """The version of a package in an environment's folder; none where it is not there."""
    site = [str(path) for path in [*folder.glob("lib/python*/site-packages"), folder / "Lib" / "site-packages"]]
    found = importlib.metadata.distributions(name=package, path=site)
    return next((distribution.version for distribution in found), None)


def _answering_sources() -> dict[str, str]:
    indexes = index.configured()
    if indexes.proxied:
        return {}
    answering = [url for url in indexes.urls if index.reachable(url)]
    if not answering and not indexes.find_links:
        raise Problem(
            f"No package index answers ({', '.join(indexes.urls) or 'pip is told to use none'}): connect to the network, "
            "or point pip at a mirror (pip config set global.index-url URL).",
            MISSING,
        )
    for url in indexes.urls:
        if url not in answering:
            say(f"The package index {url} does not answer; pip uses {', '.join(answering) or 'its find-links'}.")
    return index.pip_environment(indexes, answering)
