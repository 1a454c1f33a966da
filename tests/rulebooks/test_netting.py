"""Netting as a key of a rulebook."""

from __future__ import annotations

from importlib import resources

import pytest

from longshore import rulebooks
from longshore.rulebooks.loader import RulebookError, parse_terms
from longshore.rulebooks.setup import make_setup

TEXT = (resources.files("longshore.rulebooks") / "kraken_2026_09.toml").read_text("utf-8")
SAID = "\nnetting = { value = true,"


def test_kraken_nets_and_the_others_do_not():
    """MRGN-020"""
    netting = {n for n in rulebooks.available() if rulebooks.load(n).setup().netting}
    assert netting == {f"kraken{kind}-2026-09" for kind in ("", "-inverse", "-eea")}
    assert rulebooks.load("kraken").value("perpetual.netting").source == "S6b"


def test_netting_is_yes_or_no():
    """MRGN-020"""
    assert TEXT.count(SAID) == 1
    assert make_setup(parse_terms(TEXT.replace(SAID, SAID.replace("true", "false")))).netting == 0
    with pytest.raises(RulebookError, match="netting") as caught:
        parse_terms(TEXT.replace(SAID, SAID.replace("true", '"often"')))
    assert "line " in str(caught.value)
