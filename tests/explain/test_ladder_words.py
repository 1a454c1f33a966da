"""How a walk down a ladder is said to have ended, and what a winner who bears a loss is told."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from longshore import rulebooks
from longshore.engine.codes import Reason
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain.outcomes import ladder_left
from longshore.venue.dialects.native.notices import notice


@pytest.mark.parametrize(
    ("flag", "until", "words"),
    [(1, 0, "Nothing is open"), (0, 0, "covers the maintenance"), (0, 5, "pauses")],
)
def test_a_ladder_is_left_closed_cured_or_for_a_pause(flag, until, words):
    """LIQD-018"""
    assert words in ladder_left(Event(flag=flag, expire_us=until))


def test_a_winner_is_told_what_it_bears():
    """LIQD-022: and nobody else is."""
    book = rulebooks.load("deribit")
    venue = SimpleNamespace(catalog=book.catalog)
    event = Event(
        kind=EventKind.LOSS_SHARED, account_id=20, market_id=1, amount_atoms=12_34 * 10**6
    )
    found = notice(venue, 20, event)
    assert (found.code, found.symbol) == ("LOSS_SHARED", "BTC_USDC-PERPETUAL")
    assert "12.34" in found.text
    assert notice(venue, 21, event) is None


def test_a_top_up_is_told_to_its_owner():
    """MODE-008: in the money of the market."""
    book = rulebooks.load("bybit_linear")
    venue = SimpleNamespace(catalog=book.catalog)
    event = Event(
        kind=EventKind.TRANSFERRED, account_id=20, other_account_id=20, wallet=1, other_wallet=3,
        amount_atoms=4_200 * 10**8, reason=Reason.MARGIN_TOP_UP,
    )  # fmt: skip
    found = notice(venue, 20, event)
    assert (found.code, found.ref) == ("MARGIN_TOPPED_UP", "BTCUSDT")
    assert "$4,200.00" in found.text
    assert notice(venue, 21, event) is None
    assert notice(venue, 20, Event(kind=EventKind.TRANSFERRED, account_id=20)) is None
