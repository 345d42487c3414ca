"""Where everything lies; nothing else in the launcher spells a path of the repository."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / "environment"
NOTEBOOKS = ROOT / "notebooks"
DATASETS = ROOT / "datasets"
DATASET_CACHE = DATASETS / ".cache"
REQUIREMENTS = ENVIRONMENT / "requirements.txt"
VENV = ENVIRONMENT / ".venv"
IN_ENVIRONMENT = ENVIRONMENT / "launcher" / "in_environment"

TARGET = ROOT / "target"
LOGS = TARGET / "lab"

DIST = ROOT / "lib" / "cli" / "target" / "dist"
KERNEL_JAR = ENVIRONMENT / "kernel" / "target" / "embedlab-kernel.jar"
KERNELSPEC = VENV / "share" / "jupyter" / "kernels" / "java"


def venv_python() -> Path:
    """The Python of the virtual environment, whether or not it is there yet."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def shown(path: Path) -> str:
    """A path as a person would type it: relative to the repository where it lies inside."""
    try:
        return str(path.relative_to(ROOT))
    except ValueError:
        return str(path)


def writable(folder: Path) -> bool:
    """Whether a file can be made in a folder, or in the nearest one above it that exists."""
    while not folder.exists():
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
