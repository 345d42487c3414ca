"""A running JupyterLab, started as a user starts it, and a notebook open in a headless browser."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, sync_playwright

from bootstrap import browser
from launcher import places

# Without the second line Chromium looks for servers of its maker, which a closed network refuses.
_CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
_CHROMIUM += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]

# Long enough for a machine that is busy with other things; nothing waits longer than it must.
_PATIENCE_MS = 120_000

# All cells of a notebook are laid out at once, so that a picture of any part of it is complete.
# Nothing is saved: what the browser does must not change the notebook's file.
_SETTINGS = {
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
    "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings": {"autosave": False},
}


_KERNEL = "window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"


class Server:
    """The JupyterLab that ``lab`` has started."""

    def __init__(self, port: int, token: str, seconds: float):
        self.address = f"http://127.0.0.1:{port}"
        self.token = token
        self.seconds_to_answer = seconds

    def url(self, notebook: Path) -> str:
        """Where a notebook is shown alone, without JupyterLab's panels."""
        path = urllib.parse.quote(notebook.resolve().relative_to(places.ROOT).as_posix())
        return f"{self.address}/doc/tree/{path}?reset&token={self.token}"


@contextlib.contextmanager
def running_lab(log: Path) -> Iterator[Server]:
    """Starts ``environment/lab`` on a free port and ends it, kernels included."""
    port, token = _free_port(), secrets.token_hex(16)
    log.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, log.open("w") as output:
        _write_settings(Path(folder))
        env = {**os.environ, "JUPYTER_TOKEN": token, "JUPYTERLAB_SETTINGS_DIR": folder}
        command = [sys.executable, str(places.ENVIRONMENT / "launcher"), "--", "--no-browser"]
        command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--expose-app-in-browser"]
        started = time.monotonic()
        child = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"http://127.0.0.1:{port}/lab?token={token}", child, log)
            yield Server(port, token, time.monotonic() - started)
        finally:
            _end(child, f"http://127.0.0.1:{port}/api/shutdown", token)


@contextlib.contextmanager
def open_notebook(server: Server, notebook: Path, width: int = 1100, height: int = 1400) -> Iterator[Page]:
    """A page with the notebook in it, all its cells there."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), headless=True, args=_CHROMIUM)
        try:
            page = chromium.new_page(viewport={"width": width, "height": height})
            page.set_default_timeout(_PATIENCE_MS)
            errors = []
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            try:
                page.goto(server.url(notebook))
                page.wait_for_selector(".jp-Notebook .jp-Cell", state="attached")
            except PlaywrightError as error:
                picture = places.TARGET / "browser" / "failure.png"
                page.screenshot(path=picture)
                said = "; ".join(errors[-3:]) or "nothing"
                raise RuntimeError(f"{notebook.name} did not open; the page says: {said} ({places.shown(picture)})") from error
            yield page
        finally:
            chromium.close()


def run_all_cells(page: Page, seconds: float) -> None:
    """Runs the command behind Run All Cells and waits until it ends, by success or by a failed cell."""
    await_kernel(page)
    page.evaluate(
        """() => {
          window.cellsEnded = false;
          window.jupyterapp.commands.execute('notebook:run-all-cells').finally(() => { window.cellsEnded = true; });
        }"""
    )
    page.wait_for_function("window.cellsEnded", timeout=seconds * 1000, polling=500)


def await_kernel(page: Page) -> None:
    """Waits until the notebook's kernel takes cells."""
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", state="attached")
    # The indicator says idle before the kernel has answered; cells sent in between are never run.
    page.evaluate(
        """async () => {
          const context = window.jupyterapp.shell.currentWidget.context.sessionContext;
          await context.ready;
          await context.session.kernel.info;
        }"""
    )
    await_idle(page)
    page.wait_for_timeout(3000)


def await_idle(page: Page) -> None:
    """Waits until the kernel says that it has nothing to do."""
    page.wait_for_function(_KERNEL + ".status === 'idle'", polling=100)


def clear_outputs(page: Page) -> None:
    """Empties the notebook, so that nothing seen afterwards is left over from its file."""
    page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")


def code_cells(page: Page) -> list[dict]:
    """The code cells as they are now in the page: source, execution_count, outputs."""
    model = page.evaluate("window.jupyterapp.shell.currentWidget.content.model.toJSON()")
    return [cell for cell in model["cells"] if cell["cell_type"] == "code"]


def _write_settings(folder: Path) -> None:
    for name, value in _SETTINGS.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value))


def _wait_for(url: str, child: subprocess.Popen, log: Path) -> None:
    while True:
        if child.poll() is not None:
            raise RuntimeError(f"lab ended with {child.returncode}:\n{log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)


def _end(child: subprocess.Popen, url: str, token: str) -> None:
    """Asks the server to end its kernels and itself; a signal only where it does not."""
    if child.poll() is not None:
        return
    try:
        request = urllib.request.Request(url, method="POST", headers={"Authorization": f"token {token}"})
        urllib.request.urlopen(request, timeout=20).close()
        child.wait(30)
    except (OSError, subprocess.TimeoutExpired):
        child.terminate()
        child.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
