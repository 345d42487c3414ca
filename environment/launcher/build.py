"""Builds the library, the kernel and the java-api data set with Maven, when a source has changed."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from launcher import places, process
from launcher.console import Step, say
from launcher.jdk import Jdk
from launcher.problem import MISSING, Problem

MODULES = "lib/cli,environment/kernel,datasets/java-api"
_STAMP = places.LOGS / "build.sha256"
_LOG = places.LOGS / "build.log"


def ensure(jdk: Jdk) -> str:
    """Builds where needed and returns the fingerprint of the sources that are now built."""
    wanted = fingerprint()
    if wanted == _stamped() and _complete():
        return wanted
    _STAMP.unlink(missing_ok=True)
    first = not _complete()
    if first:
        say("The first build downloads the libraries (PyTorch and Lucene among them, about 500 MB).")
    with Step("Building the library, the kernel and the data set with Maven") as step:
        _package(jdk, step)
    if not _complete():
        raise Problem(f"Maven ended well but left out {_missing()}; see {places.shown(_LOG)}.")
    _STAMP.write_text(wanted, encoding="utf-8")
    return wanted


def fingerprint() -> str:
    """SHA-256 over the names and contents of all that goes into the build, tests left out."""
    digest = hashlib.sha256()
    for file in _sources():
        digest.update(f"{file.relative_to(places.ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def find_maven() -> str:
    """The Maven to call."""
    maven = shutil.which("mvn")
    home = os.environ.get("MAVEN_HOME")
    if maven is None and home:
        maven = shutil.which("mvn", path=str(Path(home) / "bin"))
    if maven is None:
        raise Problem(
            "Maven was not found on the PATH: install version 3.8 or later "
            "(Debian/Ubuntu: apt install maven, macOS: brew install maven, Windows: winget install Apache.Maven).",
            MISSING,
        )
    return maven


def class_path() -> list[str]:
    """The jars that notebooks and Java commands see, in a fixed order."""
    return sorted(str(jar) for jar in places.DIST.glob("*.jar"))


def _package(jdk: Jdk, step: Step) -> None:
    command = [find_maven(), "-B", "-DskipTests", "-Dspotless.check.skip=true", *_repository()]
    command += ["-pl", MODULES, "-am", "package"]
    code = process.logged(
        command,
        _LOG,
        on_line=lambda line: step.now(_detail(line)) if _detail(line) else None,
        env={**os.environ, "JAVA_HOME": str(jdk.home)},
        cwd=places.ROOT,
    )
    if code != 0:
        errors = process.last_lines(_LOG, 8, says_what_failed)
        raise Problem(f"Maven could not build the project (all of it in {places.shown(_LOG)}):\n{errors}")


def says_what_failed(line: str) -> bool:
    """Whether a line of Maven's output names a cause; its closing advice on Maven itself does not."""
    advice = ("To see the full", "Re-run Maven", "For more information", "[Help", "After correcting", "mvn <args>")
    said = line.removeprefix("[ERROR]").strip()
    return "error:" in line or (line.startswith("[ERROR]") and said != "" and not said.startswith(advice))


def _detail(line: str) -> str:
    """What one line of Maven's output means for the reader; empty where nothing."""
    module = re.match(r"\[INFO\] Building (.+?) [\d.]+\s+\[(\d+)/(\d+)\]", line)
    if module:
        return f"{module[2]} of {module[3]}: {module[1]}"
    download = re.match(r"(?:\[INFO\] )?Downloading from [^:]+: .*/([^/]+\.jar)$", line)
    return f"downloading {download[1]}" if download else ""


def _repository() -> list[str]:
    """A local repository of our own, where the usual one cannot be written."""
    usual = Path.home() / ".m2"
    if places.writable(usual) or "maven.repo.local" in os.environ.get("MAVEN_OPTS", ""):
        return []
    own = places.ENVIRONMENT / ".cache" / "m2"
    say(f"{usual} cannot be written; Maven keeps its downloads in {places.shown(own)}.")
    return [f"-Dmaven.repo.local={own}"]



def _sources() -> Iterator[Path]:
    yield places.ROOT / "pom.xml"
    modules = [*places.ROOT.glob("lib/*/pom.xml"), *places.ROOT.glob("datasets/*/pom.xml")]
    for pom in sorted([*modules, places.ENVIRONMENT / "kernel" / "pom.xml"]):
        yield pom
        yield from sorted(file for file in (pom.parent / "src" / "main").rglob("*") if file.is_file())


def _stamped() -> str:
    try:
        return _STAMP.read_text(encoding="utf-8")
    except OSError:
        return ""


def _missing() -> str:
    wanted = [*places.DIST.glob("embedlab-cli*.jar"), places.DIST / "embedlab-cli.jar"][:1]
    wanted += [places.KERNEL_JAR, places.DATASET_CACHE / "java-api" / "corpus.jsonl"]
    return ", ".join(places.shown(path) for path in wanted if not path.exists())


def _complete() -> bool:
    return not _missing()
