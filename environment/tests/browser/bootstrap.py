"""Runs a script of this folder with a Python that has Playwright, and finds the browser."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from launcher import places  # noqa: E402
from launcher.console import complain  # noqa: E402
from launcher.problem import MISSING, Problem  # noqa: E402
from launcher.virtualenv import Virtualenv  # noqa: E402

_BROWSERS = ["chromium", "chromium-browser", "google-chrome", "chrome", "msedge"]
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def with_playwright(script: str) -> None:
    """Goes on with the same script and arguments in an environment that has Playwright."""
    folder = places.ENVIRONMENT / ".cache" / "browser-venv"
    if Path(sys.prefix).resolve() == folder.resolve():
        return
    environment = Virtualenv(folder, HERE / "requirements.txt", "Playwright")
    try:
        browser()
        environment.ensure()
    except Problem as problem:
        complain(str(problem))
        sys.exit(problem.code)
    sys.exit(subprocess.call([str(environment.python), script, *sys.argv[1:]]))


def browser() -> str:
    """The Chromium or Chrome of this machine; EMBEDLAB_BROWSER names another."""
    named = os.environ.get("EMBEDLAB_BROWSER")
    found = named or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None and os.path.exists(_MAC):
        found = _MAC
    if found is None:
        raise Problem("No Chromium or Chrome was found: apt install chromium, or name one in EMBEDLAB_BROWSER.", MISSING)
    return found
