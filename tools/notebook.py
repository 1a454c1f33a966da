"""`docs/python.ipynb` from `docs/python.md`: the same text, code and what the code prints.

python -m tools.notebook
"""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[1] / "docs"
PAGE, NOTEBOOK = DOCS / "python.md", DOCS / "python.ipynb"
CODE = re.compile(r"```python\n(.*?)```\n?", re.DOTALL)


def parts() -> list[tuple[str, str]]:
    """The page as ("markdown" or "code", text), in order."""
    pieces = CODE.split(PAGE.read_text(encoding="utf-8"))
    kinds = ("markdown", "code")
    return [(kinds[at % 2], text.strip("\n")) for at, text in enumerate(pieces) if text.strip()]


def printed() -> list[str]:
    """What each piece of code prints, run one after the other in one place."""
    space: dict[str, Any] = {}
    said = []
    for kind, text in parts():
        if kind == "code":
            out = io.StringIO()
            with redirect_stdout(out):
                exec(compile(text, str(PAGE), "exec"), space)  # noqa: S102 - our own page
            said.append(out.getvalue())
    return said


def document(outputs: list[str]) -> dict[str, Any]:
    """The notebook, in format 4.5."""
    cells: list[dict[str, Any]] = []
    said = iter(outputs)
    for at, (kind, text) in enumerate(parts()):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"part-{at}", "metadata": {}}
        cell["source"] = text.splitlines(keepends=True)
        if kind == "code":
            out = next(said)
            stream = {"output_type": "stream", "name": "stdout", "text": out.splitlines(True)}
            cell |= {"execution_count": None, "outputs": [stream] if out else []}
        cells.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def main() -> None:
    """Run the page and write the notebook."""
    text = json.dumps(document(printed()), indent=1, ensure_ascii=False)
    NOTEBOOK.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
