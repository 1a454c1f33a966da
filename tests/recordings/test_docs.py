"""The page on recordings is executed: its files, its commands, the lines it shows of output."""

from __future__ import annotations

import re
import shlex
import tomllib

from longshore.cli.app import run_app
from tests.style.parse import ROOT

PAGE = (ROOT / "docs" / "recordings.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
CSV = "kraken_spot_XBTUSD_1m_2024-01-01.csv"


def words(line):
    return shlex.split(line.removeprefix("$ longshore "))


def steps():
    """Every command of the page with the lines shown below it."""
    for kind, text in BLOCK.findall(PAGE):
        if kind != "console":
            continue
        for part in re.split(r"^(?=\$ )", text, flags=re.MULTILINE):
            if part:
                command, *shown = part.splitlines()
                yield command, shown


def test_the_page_is_true(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LONGSHORE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "160")
    blocks = BLOCK.findall(PAGE)
    (table,) = [text for kind, text in blocks if kind == "csv"]
    (world,) = [text for kind, text in blocks if kind == "toml"]
    (tmp_path / CSV).write_text(table)
    (tmp_path / f"{tomllib.loads(world)['name']}.toml").write_text(world)
    commands = list(steps())
    assert len(commands) == 7
    for command, shown in commands:
        run_app(words(command))
        printed = capsys.readouterr()
        for line in shown:
            assert line in printed.out + printed.err, command
