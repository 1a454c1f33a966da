"""A first trade run again under other rulebooks: which trade it is, and which answers count."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from longshore.practice.compare import TradeError
from longshore.practice.study import Attempt, load
from longshore.practice.study.attempt import VENUES, Answer
from longshore.practice.study.rows import Trade
from longshore.practice.study.venues import Evidence, Venue, the_trade
from longshore.rulebooks import load as rulebook
from longshore.world.scenario import parse

LESSON = load("four-venues")
WORLD = parse(LESSON.world_text)
START_US = WORLD.start_us


def trade(market, kind="perpetual", isolated=True, closed_seq=0):
    """A long of 0.1 coins at ten times."""
    return Trade(
        market=market, kind=kind, side="long", isolated=isolated, size_coins=Decimal("0.1"),
        leverage_times=Decimal(10), leg=0, opened_by=1, opened_seq=20, opened_us=START_US,
        closed_seq=closed_seq, start_us=START_US, wallet=9, entered_coins=Decimal("0.1"),
        entered_usd=Decimal(4_000),
    )  # fmt: skip


def chosen(*done):
    return the_trade(list(done), rulebook("kraken").catalog, WORLD, {"USD": Decimal(10_000)})


def test_the_trade_is_the_first_isolated_perpetual_and_of_its_own_coin():
    bitcoin, ether = trade("PF_XBTUSD"), trade("PF_ETHUSD")
    future = trade("FF_XBTUSD_261225", kind="future")
    assert chosen(trade("PF_XBTUSD", isolated=False), future, ether, bitcoin).base == "ETH"
    assert chosen(bitcoin, ether).base == "BTC"
    with pytest.raises(TradeError):
        chosen(future)


def test_what_was_said_counts_although_the_trade_was_closed_before_it_was_run_again():
    attempt = Attempt(LESSON, None, 16)
    attempt.answer(Answer("refuses", "cautious", 10))
    attempt.answer(Answer("closes", "hyperliquid", 10))
    attempt.log.trades.append(trade("PF_XBTUSD", closed_seq=50))
    ends = {"kraken": "lived", "cautious": "impossible", "hyperliquid": "liquidated"}
    venues = [
        Venue(rulebook=name, name=name, title=name, end=end, kept_usd=Decimal(1))
        for name, end in ends.items()
    ]
    said = msgspec.json.encode(Evidence(venues, [])).decode()
    attempt.answer(Answer(VENUES, said, 60))
    assert [wrong.id for wrong in attempt.result().wrong] == []
