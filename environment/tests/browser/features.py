"""Tries in a headless browser what people do with a cell besides running it.

    python3 environment/tests/browser/features.py

Tab completes, Shift-Tab explains, the stop button ends an endless loop and keeps variables, a
progress bar moves, a table and a Plotly chart are drawn. Ends with 1 and a sentence for each that
does not work. Pictures stay in target/browser/.
"""

import json
import sys
from pathlib import Path

from bootstrap import places, with_playwright

CELLS = {
    "declare": "int kept = 42;",
    "complete": "System.out.pri",
    "explain": "Math.hypot(3, 4)",
    "loop": "while (true) {}",
    "still": "kept + 1",
    "progress": """try (var task = new dev.embedlab.display.NotebookProgress().start("Encoding", 40)) {
  for (int i = 0; i < 40; i++) { Thread.sleep(100); task.advance(1); }
}""",
    "table": """record Fruit(String name, int grams, double price) {}
List.of(new Fruit("apple", 180, 0.4), new Fruit("<b>pear</b>", 210, 0.6))""",
    "chart": """import dev.embedlab.chart.*;
Chart.lines("Squares", "x", "y").line("x squared", new double[] {1, 2, 3, 4}, new double[] {1, 4, 9, 16})""",
}


def main() -> int:
    from jupyterlab import await_kernel, open_notebook, running_lab

    folder = places.TARGET / "browser"
    notebook = write_notebook(folder / "features.ipynb")
    complaints = []
    with running_lab(folder / "lab.log") as server, open_notebook(server, notebook) as page:
        await_kernel(page)
        for check in (completion, documentation, interrupt, progress, table, chart):
            try:
                complaint = check(page, folder)
            except Exception as error:
                page.screenshot(path=folder / "failure.png")
                complaint = f"{type(error).__name__}: {str(error).splitlines()[0]} ({places.shown(folder)}/failure.png)"
            print(f"{check.__name__}: {complaint or 'works'}", flush=True)
            complaints += [complaint] if complaint else []
    return 1 if complaints else 0


def completion(page, folder: Path) -> str | None:
    """Tab after the beginning of a name shows a list of what it may become."""
    run(page, "declare")
    edit(page, "complete")
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    found = page.locator(".jp-Completer .jp-Completer-item")
    found.first.wait_for()
    offered = found.all_inner_texts()
    page.screenshot(path=folder / "completion.png")
    page.keyboard.press("Escape")
    return None if any("println(" in text for text in offered) else f"Tab offers only {offered}"


def documentation(page, folder: Path) -> str | None:
    """Shift-Tab behind an opening parenthesis shows the method's Javadoc."""
    edit(page, "explain")
    page.keyboard.press("Home")
    for _ in "Math.hypot(":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Tab")
    tip = page.locator(".jp-Tooltip")
    tip.wait_for()
    text = tip.inner_text()
    page.screenshot(path=folder / "documentation.png")
    page.keyboard.press("Escape")
    return None if "hypot(double" in text and "sqrt" in text else f"Shift-Tab shows: {text[:200]}"


def interrupt(page, folder: Path) -> str | None:
    """The stop button ends an endless loop; the kernel is idle again and has its variables."""
    from jupyterlab import await_idle

    start(page, "loop")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=busy]", state="attached")
    page.locator("[data-command='notebook:interrupt-kernel']").first.click()
    await_idle(page)
    error = output(page, "loop").inner_text()
    run(page, "still")
    value = output(page, "still").inner_text()
    page.screenshot(path=folder / "interrupt.png")
    if "Interrupted" not in error:
        return f"the loop ended with: {error[:200]}"
    return None if value.strip() == "43" else f"after the interrupt kept + 1 is {value!r}"


def progress(page, folder: Path) -> str | None:
    """The bar grows while the cell runs, and one line is left when it is over."""
    from jupyterlab import await_idle

    start(page, "progress")
    bar = cell(page, "progress").locator(".jp-OutputArea-output progress")
    bar.wait_for()
    seen = [float(bar.get_attribute("value"))]
    for _ in range(4):
        page.wait_for_timeout(600)
        seen.append(float(bar.get_attribute("value")))
    page.screenshot(path=folder / "progress.png")
    await_idle(page)
    left = output(page, "progress").inner_text()
    if not (seen == sorted(seen) and seen[-1] > seen[0]):
        return f"the bar stood at {seen}"
    return None if bar.count() == 0 and "40 in" in left else f"in the end the output says: {left[:200]}"


def table(page, folder: Path) -> str | None:
    """A list of records is a table, and text in it stays text."""
    run(page, "table")
    shown = output(page, "table").locator("table")
    header, *rows = [row.inner_text().split()[-3:] for row in shown.locator("tr").all()]
    output(page, "table").screenshot(path=folder / "table.png")
    fruits = [(name, int(grams), float(price)) for name, grams, price in rows]
    right = header == ["name", "grams", "price"] and fruits == [("apple", 180, 0.4), ("<b>pear</b>", 210, 0.6)]
    return None if right else f"the table is {header}, {fruits}"


def chart(page, folder: Path) -> str | None:
    """A chart of the library is drawn by Plotly."""
    from check import missing_charts

    run(page, "chart")
    page.locator(".jp-OutputArea-output.js-plotly-plot").first.wait_for()
    return next(iter(missing_charts(page, folder)), None)


def cell(page, name: str):
    return page.locator(".jp-Notebook .jp-CodeCell").nth(list(CELLS).index(name))


def output(page, name: str):
    return cell(page, name).locator(".jp-OutputArea-output").last


def edit(page, name: str) -> None:
    """Puts the cursor into a cell."""
    cell(page, name).scroll_into_view_if_needed()
    cell(page, name).locator(".cm-content").click()


def start(page, name: str) -> None:
    edit(page, name)
    page.keyboard.press("Control+Enter")


def run(page, name: str) -> None:
    """Runs a cell and waits until it has ended: then it has a number."""
    start(page, name)
    index = list(CELLS).index(name)
    page.wait_for_function(
        f"window.jupyterapp.shell.currentWidget.content.widgets[{index}].model.executionCount !== null", polling=100
    )


def write_notebook(path: Path) -> Path:
    cells = [
        {"cell_type": "code", "id": name, "metadata": {}, "source": source, "execution_count": None, "outputs": []}
        for name, source in CELLS.items()
    ]
    kernel = {"name": "java", "display_name": "Java", "language": "java"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


if __name__ == "__main__":
    with_playwright(__file__)
    sys.exit(main())
