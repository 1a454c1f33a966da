"""The pytest plugin as those use it who have nothing else of ours: the examples of the docs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/how-to/test-your-bot.md"


def test_the_examples_of_the_docs_pass(tmp_path):
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for number, text in enumerate(examples):
        (tmp_path / f"test_example_{number}.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-q", "--strict-markers", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert f"{len(examples)} passed" in done.stdout, done.stdout
