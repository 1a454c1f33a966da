"""The watch as a whole: the same alerts however events come, their evidence, a memory that ends."""

from __future__ import annotations

import sys

import pytest

from longshore.engine.codes import Side
from longshore.explain.sentences import speaking
from longshore.surveillance.alert import Pattern
from longshore.surveillance.resting import Resting
from longshore.surveillance.telling import told
from longshore.surveillance.watch import Watch
from tests.surveillance.stream import CATALOG, PRICE_TICKS, Stream, batch
from tests.surveillance.test_detectors import ANNA, BERT, pumped, pushed, show, to_and_fro

NAMES = {ANNA: "anna", BERT: "bert"}


def everything() -> Stream:
    """One of each, an hour apart or so."""
    stream = to_and_fro(Stream(), 8)
    show(show(stream.wait(900)))
    show(show(stream.wait(900), 4), 4)
    pushed(stream.wait(900), 1)
    pushed(stream.wait(900), -1, moment="liquidation")
    for _ in range(900):
        stream.refusal(ANNA)
    stream.wait(900)
    later = pumped(back=True)
    shift_us = stream.time_us - later.events[0].time_us
    for event in later.events:
        event.seq += stream.seq
        event.time_us += shift_us
    stream.events += later.events
    return stream


def test_each_pattern_is_told_of_once():
    """SURV-009"""
    found = Watch(CATALOG).see(batch(everything().events))
    assert sorted(alert.pattern for alert in found) == sorted(Pattern)


@pytest.mark.parametrize("size", [1, 7, 100])
@pytest.mark.parametrize("words", [False, True], ids=["rows", "numbers"])
def test_the_same_alerts_however_events_are_cut(size, words):
    """SURV-001"""
    events = everything().events
    whole = Watch(CATALOG).see(batch(events))
    watch, found = Watch(CATALOG), []
    for begin in range(0, len(events), size):
        found += watch.see(batch(events[begin : begin + size], words))
    assert found == whole


def test_evidence_names_events_that_are_there_within_its_span():
    """SURV-009"""
    stream = everything()
    known = {(int(event.seq), int(event.index)): event for event in stream.events}
    for alert in Watch(CATALOG).see(batch(stream.events)):
        assert alert.evidence
        named = [known[each.seq, each.index] for each in alert.evidence]
        assert all(alert.from_seq <= event.seq <= alert.to_seq for event in named)
        assert all(alert.from_us <= event.time_us <= alert.to_us for event in named)


def test_the_same_is_told_once_in_ten_minutes():
    """SURV-009"""
    short, long = to_and_fro(Stream(), 20), to_and_fro(Stream(), 60)
    assert len(Watch(CATALOG).see(batch(short.events))) == 1
    assert len(Watch(CATALOG).see(batch(long.events))) == 2


def test_every_pattern_has_a_sentence_in_every_language_and_voice():
    """SURV-009"""
    alerts = Watch(CATALOG).see(batch(everything().events))
    for language in ("en", "de"):
        for voice in ("learner", "pro"):
            with speaking(language, voice):
                assert all("anna" in told(alert, CATALOG, NAMES) for alert in alerts)
    wash = next(alert for alert in alerts if alert.pattern == Pattern.WASH)
    assert told(wash, CATALOG, NAMES) == (
        "anna and bert look like one hand in PF_XBTUSD: 6 trades between the two in 100 s, worth "
        "$24,000 together, and as much went back as there. At least 100% of what each of them "
        "traded was with the other."
    )


def footprint(made: object, seen: set[int] | None = None) -> int:
    """How many things hang on something."""
    seen = set() if seen is None else seen
    if id(made) in seen or isinstance(made, type | str | int):
        return 0
    seen.add(id(made))
    if isinstance(made, dict):
        parts = [*made.keys(), *made.values()]
    elif isinstance(made, list | tuple | set | frozenset) or hasattr(made, "popleft"):
        parts = list(made)
    else:
        fields = [*getattr(made, "__dict__", {}), *getattr(type(made), "__slots__", ())]
        parts = [getattr(made, field, None) for field in fields]
    return 1 + sum(footprint(part, seen) for part in parts)


def test_what_is_remembered_does_not_grow_with_time():
    """SURV-001: after three quarters of an hour of the same, no more than after half of one."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    watch, stream, sizes = Watch(CATALOG), Stream(), []
    for minute in range(45):
        stream.events = []
        for account in range(40, 60):
            order_id = stream.order(account, Side.BUY, 50, PRICE_TICKS - account)
            stream.wait(1).trade(account + 100, account, Side.SELL, 10, maker_order=order_id)
            stream.wait(1).end(account, order_id, 40)
        stream.index(100_000 + minute % 3)
        watch.see(batch(stream.events))
        sizes.append(footprint(watch))
    sys.setrecursionlimit(limit)
    assert max(sizes[30:]) <= 1.1 * max(sizes[15:30])


def test_what_is_filled_beyond_what_was_seen_to_rest_leaves_nothing_behind():
    """SURV-001: an order that grew unseen takes no other order's size along."""
    stream = Stream()
    first, second = (stream.order(20, Side.BUY, 100) for _ in range(2))
    placed = {each.order_id: each for each in stream.events}
    resting = Resting()
    for order_id in (first, second):
        resting.placed(placed[order_id])
    resting.sized(first, resting.orders[first], 100 - 160)
    [book] = resting.books.values()
    assert (book.lots[Side.BUY], set(book.orders)) == (100, {second})
    resting.sized(second, resting.orders[second], 0)
    assert resting.books == resting.orders == {}
