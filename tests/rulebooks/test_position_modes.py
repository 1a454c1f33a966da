"""Position modes as a key of a rulebook: laid out, and refused where they make no sense."""

from __future__ import annotations

from importlib import resources

import pytest

from longshore import rulebooks
from longshore.rulebooks.loader import RulebookError, parse_terms
from longshore.rulebooks.setup import make_setup

TEXT = (resources.files("longshore.rulebooks") / "kraken_2026_09.toml").read_text("utf-8")
AFTER = "\norder_margin = {"
SAID = 'source = "S6", date = 2026-10-01'


def with_modes(modes: str, more: str = "") -> str:
    """The Kraken file with position modes, and a line more before each perpetual's tiers."""
    assert TEXT.count(AFTER) == 1
    text = TEXT.replace(AFTER, f"\nposition_modes = {{ value = {modes}, {SAID} }}{AFTER}")
    return text.replace("\nmargin_slope = {", f"\n{more}margin_slope = {{") if more else text


def test_what_a_file_leaves_out_is_one_way():
    """MODE-004"""
    for text, allowed in ((TEXT, 0), (with_modes('["one_way"]'), 0)):
        assert {m.hedge_allowed for m in make_setup(parse_terms(text)).markets} == {allowed}


def test_a_file_allows_two_legs_in_its_perpetuals():
    """MODE-004: not in its spot pairs."""
    made = make_setup(parse_terms(with_modes('["one_way", "hedge"]')))
    assert {(m.hedge_allowed, m.kind > 1) for m in made.markets} == {(1, True), (0, False)}


LIMIT = f"risk_limit_base = {{ value = 100_000, {SAID} }}\n"
LIMIT += f"risk_limit_step = {{ value = 50_000, {SAID} }}\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (with_modes('["hedge"]'), "names one_way"),
        (with_modes("[]"), "names one_way"),
        (with_modes('["one_way", "hedge", "hedge"]'), "at most hedge, each once"),
        (with_modes('["one_way", "both"]'), "both"),
        (with_modes('["one_way", "hedge"]', LIMIT), "without position_modes of two legs"),
    ],
)
def test_modes_that_make_no_sense_are_refused_with_their_line(text: str, reason: str):
    """MODE-004"""
    with pytest.raises(RulebookError, match=reason) as caught:
        parse_terms(text)
    assert "line " in str(caught.value)


def test_a_file_allows_a_top_up_of_isolated_margin():
    """MODE-008: not where it is left out, nor in spot pairs."""
    assert {m.top_up_allowed for m in make_setup(parse_terms(TEXT)).markets} == {0}
    for said, allowed in (("true", 1), ("false", 0)):
        text = TEXT.replace(AFTER, f"\nmargin_top_up = {{ value = {said}, {SAID} }}{AFTER}")
        made = make_setup(parse_terms(text))
        assert {(m.top_up_allowed, m.kind > 1) for m in made.markets} == {
            (allowed, True),
            (0, False),
        }
    assert [m.top_up_allowed for m in rulebooks.load("bybit_linear").setup().markets] == [1]


def test_a_top_up_is_yes_or_no():
    """MODE-008"""
    text = TEXT.replace(AFTER, f'\nmargin_top_up = {{ value = "often", {SAID} }}{AFTER}')
    with pytest.raises(RulebookError, match="margin_top_up"):
        parse_terms(text)
