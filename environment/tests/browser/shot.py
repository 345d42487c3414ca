"""Pictures of notebooks as JupyterLab shows them.

    python3 environment/tests/browser/shot.py notebooks/01-which-model.ipynb [--run]

writes target/shots/01-which-model-1.png, -2.png and so on, top to bottom. --run runs all cells in
the browser first; the notebook file is not changed.
"""

import argparse
import sys
from pathlib import Path

from bootstrap import places, with_playwright


def main() -> int:
    from jupyterlab import open_notebook, run_all_cells, running_lab

    options = _parse()
    folder = places.TARGET / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    with running_lab(folder / "lab.log") as server:
        for notebook in options.notebooks:
            with open_notebook(server, notebook, options.width, options.height) as page:
                if options.run:
                    run_all_cells(page, options.seconds)
                page.wait_for_timeout(1500)  # charts are drawn after their cell has ended
                shoot(page, folder, notebook.stem)
    return 0


def shoot(page, folder: Path, name: str) -> list[Path]:
    """Scrolls through the notebook and takes a picture of each screenful."""
    for old in folder.glob(f"{name}-*.png"):
        old.unlink()
    panel = page.locator(".jp-WindowedPanel-outer").first
    total, step = panel.evaluate("e => [e.scrollHeight, e.clientHeight]")
    files = []
    for top in range(0, max(1, total), step):
        panel.evaluate("(e, top) => e.scrollTo(0, top)", top)
        page.wait_for_timeout(300)
        files.append(folder / f"{name}-{len(files) + 1}.png")
        panel.screenshot(path=files[-1])
        print(places.shown(files[-1]), flush=True)
    return files


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Takes pictures of notebooks as JupyterLab shows them.")
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--run", action="store_true", help="run all cells first")
    parser.add_argument("--seconds", type=float, default=1200, help="how long the cells may take")
    parser.add_argument("--width", type=int, default=1100)
    parser.add_argument("--height", type=int, default=1400)
    return parser.parse_args()


if __name__ == "__main__":
    with_playwright(__file__)
    sys.exit(main())
