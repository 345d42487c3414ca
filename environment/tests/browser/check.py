"""Does in a headless browser what a reader does first: opens a notebook, runs all cells, looks at the chart.

    python3 environment/tests/browser/check.py [NOTEBOOK]

Ends with 1 and a sentence where a cell fails, a cell does not run, or no Plotly chart is drawn.
The picture of the chart stays in target/browser/.
"""

import argparse
import sys
from pathlib import Path

from bootstrap import places, with_playwright


def main() -> int:
    from jupyterlab import clear_outputs, code_cells, open_notebook, run_all_cells, running_lab

    options = _parse()
    notebook = options.notebook or next(iter(sorted(places.NOTEBOOKS.glob("01*.ipynb"))), None)
    if notebook is None:
        print("browser check: there is no notebook 01", file=sys.stderr)
        return 1
    folder = places.TARGET / "browser"
    with running_lab(folder / "lab.log") as server:
        print(f"JupyterLab answered after {server.seconds_to_answer:.1f} s")
        with open_notebook(server, notebook) as page:
            clear_outputs(page)
            run_all_cells(page, options.seconds)
            page.screenshot(path=folder / "notebook.png")
            complaints = [*failed_cells(code_cells(page)), *missing_charts(page, folder)]
    for complaint in complaints:
        print(f"browser check: {complaint}", file=sys.stderr)
    if not complaints:
        print(f"{notebook.name}: all cells ran, the Plotly chart is in the page ({places.shown(folder)}/chart.png)")
    return 1 if complaints else 0


def failed_cells(cells: list[dict]) -> list[str]:
    """Sentences about cells that failed or did not run."""
    complaints = []
    for number, cell in enumerate(cells, 1):
        errors = [output for output in cell["outputs"] if output["output_type"] == "error"]
        complaints += [f"code cell {number}: {error['ename']}: {error['evalue']}" for error in errors]
        if "".join(cell["source"]).strip() and cell["execution_count"] is None:
            complaints.append(f"code cell {number} did not run")
    return complaints[:5]


def missing_charts(page, folder: Path) -> list[str]:
    """Sentences where no Plotly chart with something drawn in it is on the page; keeps its picture."""
    chart = page.locator(".jp-OutputArea-output.js-plotly-plot").first
    if chart.count() == 0:
        return ["no Plotly chart is in the page"]
    chart.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)  # Plotly draws once the chart can be seen
    marks = chart.locator(".main-svg .trace, .main-svg .points path, .main-svg .heatmaplayer image").count()
    chart.screenshot(path=folder / "chart.png")
    return [] if marks else ["the Plotly chart has nothing drawn in it"]


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Runs a notebook in JupyterLab in a headless browser.")
    parser.add_argument("notebook", nargs="?", type=Path, help="default: the one whose name begins with 01")
    parser.add_argument("--seconds", type=float, default=1200, help="how long the cells may take")
    return parser.parse_args()


if __name__ == "__main__":
    with_playwright(__file__)
    sys.exit(main())
