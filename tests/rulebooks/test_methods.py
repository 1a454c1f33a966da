"""Margin methods as keys of a rulebook: laid out, shown, and refused where they make no sense."""

from __future__ import annotations

from importlib import resources

import pytest

from longshore import rulebooks
from longshore.rulebooks.loader import parse_terms
from longshore.rulebooks.setup import make_setup

TEXT = (resources.files("longshore.rulebooks") / "dydx_v4_2026_11.toml").read_text("utf-8")
AFTER = 'margin_slope = { value = 0, source = "DY1", date = 2026-11-22 }\n'
SAID = 'source = "DY1", date = 2026-11-22'
MARKET = "perpetuals.BTC-USD"


def with_keys(**keys: object) -> str:
    """The dYdX file with more keys of its market."""
    more = "".join(f"{key} = {{ value = {value}, {SAID} }}\n" for key, value in keys.items())
    assert TEXT.count(AFTER) == 1
    return TEXT.replace(AFTER, AFTER + more)


def row(text: str):
    """The market's row of the engine."""
    return make_setup(parse_terms(text)).markets[0]


def test_what_a_file_leaves_out_is_as_before():
    """MRGN-015, MRGN-016"""
    made = row(TEXT)
    assert (made.margin_root_e12, made.interest_low_atoms, made.interest_high_atoms) == (0, 0, 0)


def test_bounds_of_open_interest_and_a_root_are_laid_out():
    """MRGN-015, MRGN-016: a mid-cap market's 40 and 100 million; 1 % a root of one bitcoin."""
    made = row(with_keys(open_interest_low=40_000_000, open_interest_high=100_000_000))
    assert (made.interest_low_atoms, made.interest_high_atoms) == (4 * 10**15, 10**16)
    assert row(with_keys(margin_root="0.01")).margin_root_e12 == 10**8  # of one lot, 0.0001
    shown = {
        entry.path for entry in rulebooks.Rulebook(parse_terms(with_keys(margin_root=0))).entries()
    }
    assert f"{MARKET}.margin_root" in shown
    assert f"{MARKET}.open_interest_low" not in shown


@pytest.mark.parametrize(
    ("keys", "path", "reason"),
    [
        ({"open_interest_low": 5}, MARKET, "go together"),
        (
            {"open_interest_low": 5, "open_interest_high": 5},
            f"{MARKET}.open_interest_low",
            "not below the upper 5",
        ),
        ({"open_interest_low": -1, "open_interest_high": 5}, "", "-1 is too small"),
        ({"margin_root": -1}, "", "-1 is too small"),
        ({"margin_root": 101.5}, f"{MARKET}.margin_root", "already be at 100 %"),
        ({"risk_limit_base": 5}, MARKET, "go together"),
        ({"risk_limit_base": 5, "risk_limit_step": 0}, MARKET, "go together"),
        (
            {"risk_limit_base": 5, "risk_limit_step": 5},
            f"{MARKET}.risk_limit_base",
            "margin_basis of 'entry'",
        ),
        ({"margin_rot": 1}, f"{MARKET}.margin_rot", "unknown key"),
        ({"margin_root": '"much"'}, "", "a number belongs here"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(keys, path, reason):
    """MRGN-015, MRGN-016"""
    problems = [p for p in rulebooks.check(with_keys(**keys), "x").problems if reason in p.reason]
    assert len(problems) == 1
    assert problems[0].path == path or not path
    assert problems[0].line > 100


def test_a_method_is_refused_beside_what_it_does_not_go_with():
    """MRGN-015, MRGN-016"""
    ends = with_keys(open_interest_low=1, open_interest_high=2).replace(
        "cancel_on_initial = { value = false", "cancel_on_initial = { value = true"
    )
    slope = with_keys(margin_root="0.01").replace(
        "margin_slope = { value = 0", "margin_slope = { value = 0.0001"
    )
    tier = "  { value = [0, 0.02, 0.012],"
    tiers = with_keys(margin_root="0.01").replace(
        tier, f"  {{ value = [0, 0.01, 0.005], {SAID} }},\n" + tier.replace("[0,", "[1000,")
    )
    for text, reason in ((ends, "would end orders"), (slope, "its root"), (tiers, "one tier only")):
        assert [p for p in rulebooks.check(text, "x").problems if reason in p.reason]


def test_risk_limits_are_laid_out():
    """MRGN-017"""
    text = with_keys(risk_limit_base=200, risk_limit_step=150)
    made = row(text.replace('margin_basis = { value = "mark"', 'margin_basis = { value = "entry"'))
    assert (made.risk_base_atoms, made.risk_step_atoms) == (200 * 10**8, 150 * 10**8)
