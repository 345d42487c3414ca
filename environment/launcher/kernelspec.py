"""Installs the Java kernel into the virtual environment, and nowhere else."""

import hashlib
import json
import os
import shlex
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from launcher import build, memory, places, process
from launcher.jdk import Jdk
from launcher.problem import Problem

_STAMP = places.KERNELSPEC / "embedlab.stamp"
_POM_PROPERTIES = "{http://maven.apache.org/POM/4.0.0}properties/{http://maven.apache.org/POM/4.0.0}"


def ensure(jdk: Jdk, built: str) -> None:
    """Writes kernel.json where the JDK, the flags, the class path or the build have changed."""
    command = install_command(jdk)
    wanted = hashlib.sha256(json.dumps([command, built]).encode()).hexdigest()
    if _stamped() == wanted and (places.KERNELSPEC / "kernel.json").exists():
        return
    log = places.LOGS / "kernel-install.log"
    if process.logged(command, log) != 0:
        last = process.last_lines(log, 1)
        raise Problem(f"The Java kernel could not be installed (details in {places.shown(log)}): {last}")
    _STAMP.write_text(wanted, encoding="utf-8")


def install_command(jdk: Jdk) -> list[str]:
    """The call of the kernel's own installer."""
    command = [str(jdk.java), "-jar", str(places.KERNEL_JAR), "install", "--prefix", str(places.VENV)]
    command += ["--class-path", os.pathsep.join(build.class_path()), "--java", str(jdk.java)]
    for flag in jvm_flags():
        command += ["--jvm-arg", flag]
    return command


def jvm_flags() -> list[str]:
    """The flags of every JVM that runs our code: the property jvm.flags of the root pom, and the heap."""
    flags = ElementTree.parse(places.ROOT / "pom.xml").findtext(_POM_PROPERTIES + "jvm.flags") or ""
    return [*_joined(shlex.split(flags)), f"-Xmx{memory.heap(memory.total())}", *_native_cache()]


def _joined(flags: list[str]) -> list[str]:
    """``--name value`` as ``--name=value``, so that each flag is one argument."""
    joined: list[str] = []
    for flag in flags:
        if joined and not flag.startswith("-"):
            joined[-1] += f"={flag}"
        else:
            joined.append(flag)
    return joined


def _native_cache() -> list[str]:
    """A folder for PyTorch's native libraries, where the home folder cannot be written."""
    if os.environ.get("DJL_CACHE_DIR") or places.writable(Path.home()):
        return []
    return [f"-DDJL_CACHE_DIR={places.ENVIRONMENT / '.cache' / 'djl'}"]



def _stamped() -> str:
    try:
        return _STAMP.read_text(encoding="utf-8")
    except OSError:
        return ""
