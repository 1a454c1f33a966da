"""Each detector: what it tells of, and what it leaves alone though it looks alike."""

from __future__ import annotations

import pytest

from longshore.engine.codes import Reason, Role, Side
from longshore.surveillance.alert import Pattern
from longshore.surveillance.watch import Watch
from tests.surveillance.stream import CATALOG, PRICE_TICKS, Stream, batch

ANNA, BERT, MAKER, OTHER, VICTIM = 20, 21, 22, 23, 24
LARGE, SMALL = 20_000, 500
"""Lots: 160,000 dollars, 4,000 dollars."""


def told(stream: Stream) -> list[tuple[Pattern, tuple[int, ...]]]:
    return [(a.pattern, a.accounts) for a in Watch(CATALOG).see(batch(stream.events))]


def to_and_fro(stream: Stream, times: int, lots: int = SMALL) -> Stream:
    for time in range(times):
        stream.wait(20).trade(ANNA, BERT, Side.BUY if time % 2 else Side.SELL, lots)
    return stream


def test_two_who_trade_to_and_fro_are_told_of():
    """SURV-002"""
    assert told(to_and_fro(Stream(), 8)) == [(Pattern.WASH, (ANNA, BERT))]


def test_five_trades_are_too_few_and_one_way_is_no_wash():
    """SURV-002"""
    assert told(to_and_fro(Stream(), 5)) == []
    stream = Stream()
    for _ in range(9):
        stream.wait(20).trade(ANNA, BERT, Side.BUY, SMALL)
    assert told(stream) == []


def test_who_trades_with_a_maker_of_many_is_left_alone():
    """SURV-002"""
    stream = Stream()
    for time in range(12):
        side = Side.BUY if time % 2 else Side.SELL
        stream.wait(10).trade(ANNA, MAKER, side, SMALL)
        for account in (OTHER, VICTIM, BERT):
            stream.wait(3).trade(account, MAKER, side, SMALL)
    assert told(stream) == []


def test_what_happened_long_ago_does_not_count():
    """SURV-001, SURV-002: ten minutes are looked back over."""
    stream = to_and_fro(Stream(), 4)
    assert told(to_and_fro(stream.wait(601), 4)) == []


def show(stream: Stream, prices: int = 1, sell: int = SMALL) -> Stream:
    """Much on the bids, a little sold, all taken back."""
    ids = [stream.order(ANNA, Side.BUY, LARGE // prices, PRICE_TICKS - at) for at in range(prices)]
    stream.wait(3).trade(ANNA, stream.maker(), Side.SELL, sell)
    stream.wait(3)
    for order_id in ids:
        stream.end(ANNA, order_id, LARGE // prices)
    return stream.wait(60)


def test_a_show_that_is_taken_back_twice_is_told_of():
    """SURV-003: once may be a change of mind."""
    stream = show(Stream())
    assert told(stream) == []
    assert told(show(stream)) == [(Pattern.SPOOFING, (ANNA,))]


def test_a_show_at_several_prices_is_layering():
    """SURV-004"""
    assert told(show(show(Stream(), 4), 4)) == [(Pattern.LAYERING, (ANNA,))]


@pytest.mark.parametrize("sell", [LARGE // 4 + 1, LARGE])
def test_a_show_no_larger_than_the_trade_is_none(sell):
    """SURV-003"""
    assert told(show(show(Stream(), 1, sell), 1, sell)) == []


def test_a_maker_who_shows_both_sides_is_left_alone():
    """SURV-003"""
    stream = Stream()
    for _ in range(3):
        stream.order(ANNA, Side.SELL, LARGE, PRICE_TICKS + 5)
        show(stream)
    assert told(stream) == []


def test_a_show_that_stays_or_that_was_filled_is_honest():
    """SURV-003"""
    stream = Stream()
    for _ in range(3):
        order_id = stream.order(ANNA, Side.BUY, LARGE)
        stream.wait(3).trade(ANNA, stream.maker(), Side.SELL, SMALL)
        stream.wait(2).trade(OTHER, ANNA, Side.SELL, LARGE, maker_order=order_id)
        stream.end(ANNA, order_id, 0, Reason.FILLED)
        order_id = stream.wait(90).order(ANNA, Side.BUY, LARGE)
        stream.wait(3).trade(ANNA, stream.maker(), Side.SELL, SMALL)
        stream.wait(90).end(ANNA, order_id, LARGE)
    assert told(stream) == []


def test_orders_moved_out_of_reach_are_taken_back():
    """SURV-003"""
    stream = Stream()
    for _ in range(2):
        order_id = stream.order(ANNA, Side.BUY, LARGE)
        stream.wait(3).trade(ANNA, stream.maker(), Side.SELL, SMALL)
        stream.wait(3).amend(ANNA, order_id, LARGE, PRICE_TICKS * 99 // 100)
        stream.wait(90)
    assert told(stream) == [(Pattern.SPOOFING, (ANNA,))]


def pushed(stream: Stream, way: int, back: bool = True, moment: str = "rate") -> Stream:
    """A price pushed for a minute, something that happens then, and back."""
    push, pull = (Side.BUY, Side.SELL) if way > 0 else (Side.SELL, Side.BUY)
    stream.index(100_000)
    stream.trade(OTHER, stream.maker(), Side.BUY, 100)
    for step in range(1, 11):
        stream.wait(5).trade(ANNA, stream.maker(), push, 1_000, PRICE_TICKS + way * 8 * step)
    stream.wait(1)
    if moment == "rate":
        stream.rate()
    else:
        stream.liquidation(VICTIM, -way * 500)
        stream.trade(VICTIM, stream.maker(), push, 500, PRICE_TICKS + way * 80, Role.LIQUIDATION)
    for _ in range(6 if back else 2):
        stream.wait(5).trade(ANNA, stream.maker(), pull, 1_000)
    return stream


@pytest.mark.parametrize("way", [1, -1])
def test_a_push_into_a_rate_that_goes_back_is_told_of(way):
    """SURV-005"""
    assert told(pushed(Stream(), way)) == [(Pattern.MARKING, (ANNA,))]


def test_a_push_that_is_kept_is_a_position():
    """SURV-005, SURV-006"""
    assert told(pushed(Stream(), 1, back=False)) == []
    assert told(pushed(Stream(), -1, back=False, moment="liquidation")) == []


def test_an_index_that_moves_the_same_way_is_followed_not_pushed():
    """SURV-005"""
    stream = pushed(Stream(), 1)
    for event in stream.events[2:]:
        if event.kind == stream.events[1].kind:
            event.price_ticks = PRICE_TICKS
    assert told(stream) == []


@pytest.mark.parametrize("way", [1, -1])
def test_a_push_into_a_liquidation_that_goes_back_is_told_of(way):
    """SURV-006"""
    assert told(pushed(Stream(), way, moment="liquidation")) == [(Pattern.HUNTING, (ANNA,))]


def test_a_push_the_way_of_the_liquidated_one_hunts_nobody():
    """SURV-006"""
    stream = pushed(Stream(), 1, moment="liquidation")
    for event in stream.events:
        event.position_lots = -event.position_lots
    assert told(stream) == []


def test_who_only_follows_a_liquidation_is_left_alone():
    """SURV-006"""
    stream = Stream()
    stream.index(100_000)
    stream.trade(OTHER, MAKER, Side.SELL, 100)
    stream.wait(30).trade(VICTIM, MAKER, Side.SELL, 500, PRICE_TICKS - 80)
    stream.wait(1).liquidation(VICTIM, 500)
    for side in (Side.SELL, Side.BUY):
        for _ in range(10):
            stream.wait(3).trade(ANNA, stream.maker(), side, 2_000, PRICE_TICKS - 90)
    assert told(stream) == []


def test_a_flood_of_messages_is_told_of_once():
    """SURV-007: refused commands count."""
    stream = Stream()
    for _ in range(400):
        order_id = stream.order(ANNA, Side.BUY, 1)
        stream.end(ANNA, order_id, 1)
        stream.refusal(ANNA)
    stream.wait(10).refusal(BERT)
    assert told(stream) == [(Pattern.RATE, (ANNA,))]


def test_many_messages_of_somebody_who_trades_are_trading():
    """SURV-007: and what others end is no message."""
    stream = Stream()
    for _ in range(400):
        order_id = stream.order(MAKER, Side.BUY, 1)
        stream.trade(OTHER, MAKER, Side.SELL, 1, maker_order=order_id)
        stream.end(MAKER, order_id, 0, Reason.FILLED)
        stream.amend(MAKER, order_id, 1)
        for _ in range(3):
            stream.end(VICTIM, order_id, 1, Reason.LIQUIDATED)
    stream.wait(10).refusal(BERT)
    assert told(stream) == []


def pumped(back: bool, out: bool = True) -> Stream:
    stream = Stream()
    for _ in range(12):
        stream.index(100_000)
        stream.wait(5).trade(ANNA, stream.maker(), Side.BUY, 1_000)
    for step in range(4):
        stream.wait(5).index(100_000 + 300 * step)
    for _ in range(12 if out else 3):
        stream.wait(1).trade(ANNA, stream.maker(), Side.SELL, 1_000)
    stream.wait(20).index(100_100 if back else 100_900)
    return stream


def test_in_before_a_jump_and_out_before_it_is_back():
    """SURV-008"""
    assert told(pumped(back=True)) == [(Pattern.PUMP, (ANNA,))]


def test_an_index_that_stays_is_news_and_a_position_kept_is_luck():
    """SURV-008"""
    assert told(pumped(back=False)) == []
    assert told(pumped(back=True, out=False)) == []
