"""The page that says how to connect is true: its scenario is served, its Python trades."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from tests.dialects.binance_usdm.clients import UNIFIED
from tests.dialects.desk import started

PAGE = Path(__file__).parents[3] / "docs/how-to/connect-ccxt-binance.md"


def examples(language: str) -> list[str]:
    """The page's blocks in a language, out of the list they stand in."""
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [re.sub(r"^   ", "", block, flags=re.MULTILINE) for block in blocks]


def test_what_the_page_says_can_be_done(tmp_path, capsys):
    (scenario,) = examples("toml")
    process, desk = started(tmp_path, scenario)
    try:
        desk.step(3)
        trader = desk.trader(USD="10000")
        keys = iter((trader.key, trader.secret))
        text = re.sub("…", lambda _: next(keys), "\n".join(examples("python")))
        text = text.replace("127.0.0.1:8000", desk.origin.partition("//")[2])
        program = tmp_path / "page.py"
        program.write_text(text)
        spoken = runpy.run_path(str(program))
        last, positions = capsys.readouterr().out.splitlines()
        assert float(last) > 0
        assert positions == "[]"
        assert spoken["order"]["symbol"] == UNIFIED
    finally:
        process.terminate()
        process.communicate(timeout=60)
