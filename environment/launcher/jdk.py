"""Finds a JDK 25, whatever the default ``java`` is."""

import glob
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from launcher import process
from launcher.problem import MISSING, Problem

WANTED = 25

HOW_TO_INSTALL = (
    "install one (Debian/Ubuntu: Temurin from https://adoptium.net, macOS: brew install openjdk@25, "
    "Windows: winget install EclipseAdoptium.Temurin.25.JDK, or sdk install java 25-tem)"
)

_FOLDERS = [
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/opt/jdk*",
    "/usr/local/openjdk*",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
    "~/.asdf/installs/java/*",
    "~/.local/share/mise/installs/java/*",
    "~/.jabba/jdk/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
]
_WINDOWS_VENDORS = ["Java", "Eclipse Adoptium", "Microsoft", "Amazon Corretto", "Zulu", "BellSoft"]


@dataclass(frozen=True)
class Jdk:
    """A JDK: its home folder and its version, such as 25.0.1."""

    home: Path
    version: str

    @property
    def feature(self) -> int:
        """The feature release: 25 of 25.0.1, 8 of 1.8.0."""
        return feature_of(self.version)

    @property
    def java(self) -> Path:
        return self.home / "bin" / ("java.exe" if os.name == "nt" else "java")


def feature_of(version: str) -> int:
    numbers = re.match(r"(?:1\.)?(\d+)", version)
    return int(numbers.group(1)) if numbers else 0


def find() -> Jdk:
    """The JDK to use: JAVA_HOME or the PATH where they fit, else the nearest version installed."""
    found = None
    for home in candidates():
        jdk = inspect(home)
        if jdk is None or jdk.feature < WANTED:
            continue
        if jdk.feature == WANTED:
            return jdk
        if found is None or jdk.feature < found.feature:
            found = jdk
    if found is None:
        raise Problem(_not_found(), MISSING)
    return found


def candidates() -> Iterator[Path]:
    """Folders that may hold a JDK, the reader's own choices first."""
    for name in ("JAVA_HOME", "JDK_HOME", f"JAVA_HOME_{WANTED}_X64", f"JAVA{WANTED}_HOME"):
        if os.environ.get(name):
            yield Path(os.environ[name])
    javac = shutil.which("javac")
    if javac:
        yield Path(javac).resolve().parent.parent
    if sys.platform == "darwin":
        home = process.output(["/usr/libexec/java_home", "-v", str(WANTED)]).strip()
        if home.startswith("/"):
            yield Path(home)
    for pattern in _folders():
        for folder in sorted(glob.glob(os.path.expanduser(pattern)), reverse=True):
            yield Path(folder)


def inspect(home: Path) -> Jdk | None:
    """The JDK in a folder; none where there is no compiler or no version to be read."""
    if not (home / "bin" / ("javac.exe" if os.name == "nt" else "javac")).exists():
        return None
    version = _released_version(home) or _printed_version(home)
    return Jdk(home, version) if version else None


def _folders() -> list[str]:
    if os.name != "nt":
        return _FOLDERS
    roots = {os.environ.get(name) for name in ("ProgramFiles", "ProgramW6432", "LOCALAPPDATA")}
    vendors = [f"{root}\\{vendor}\\*" for root in roots if root for vendor in _WINDOWS_VENDORS]
    return vendors + [f"{root}\\Programs\\{v}\\*" for root in roots if root for v in _WINDOWS_VENDORS] + ["~/.jdks/*"]


def _released_version(home: Path) -> str | None:
    try:
        text = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    line = re.search(r'^JAVA_VERSION="?([^"\s]+)', text, re.MULTILINE)
    return line.group(1) if line else None


def _printed_version(home: Path) -> str | None:
    text = process.output([str(home / "bin" / "java"), "-version"])
    quoted = re.search(r'version "([^"]+)"', text)
    return quoted.group(1) if quoted else None


def _not_found() -> str:
    others = {jdk.version for jdk in map(inspect, candidates()) if jdk}
    seen = f" (found only {', '.join(sorted(others))})" if others else ""
    return f"JDK {WANTED} was not found{seen}: {HOW_TO_INSTALL}, or point JAVA_HOME at it."
