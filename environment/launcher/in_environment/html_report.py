"""One HTML page out of several executed notebooks, readable without a network."""

import os
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from nbformat.v4 import new_markdown_cell, new_notebook


def write_report(
    names: Sequence[str],
    notebooks: Sequence[nbformat.NotebookNode],
    lines: Sequence[str],
    file: Path,
) -> None:
    """Writes the summary lines and then every notebook, each under its name."""
    links = "\n".join(f"- [{name}](#{name})" for name in names)
    table = "\n".join(lines)
    cells = [new_markdown_cell(f"# Notebook run\n\n```text\n{table}\n```\n\n{links}")]
    for name, notebook in zip(names, notebooks, strict=True):
        cells.append(new_markdown_cell(f'---\n\n<a id="{name}"></a>\n\n*{name}*'))
        cells += notebook.cells
    page, _ = _exporter().from_notebook_node(_with_unique_ids(cells))
    part = file.with_suffix(".part")
    part.write_text(page, encoding="utf-8")
    os.replace(part, file)


def _exporter() -> HTMLExporter:
    """An exporter whose page loads nothing: charts are pictures in it, formulas stay as written."""
    return HTMLExporter(
        template_name="lab",
        mathjax_url="",
        mermaid_js_url="",
        mermaid_layout_elk_js_url="",
        require_js_url="",
        jquery_url="",
        embed_images=True,
        exclude_input_prompt=False,
    )


def _with_unique_ids(cells: Sequence[nbformat.NotebookNode]) -> nbformat.NotebookNode:
    joined = new_notebook(cells=[nbformat.from_dict({**cell, "id": f"cell-{i}"}) for i, cell in enumerate(cells)])
    joined.metadata["language_info"] = {"name": "java", "pygments_lexer": "java"}
    joined.metadata["title"] = "Notebook run"
    return joined
