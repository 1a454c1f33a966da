"""What a live world makes of prices that are told to it, and of their absence."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarketState, Origin, Reject, Side
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command
from longshore.practice.counterfactual import Question, what_if
from longshore.world.agents.orders import quotes
from longshore.world.branch import branch
from longshore.world.build import build, rulebook_text
from longshore.world.moment import Moment
from longshore.world.replaying import replay_folder
from longshore.world.scenario import ScenarioError, parse
from longshore.world.world import World
from tests.live.told import START_US, SYMBOL, TEXT, Told, made

STALE_S, STOPS_S, QUOTE_S = 60, 55, 15
"""The rulebook's age of an index, where markets stop, and where mirrored orders end."""


@pytest.fixture
def told(tmp_path):
    opened = made(tmp_path / "world")
    yield opened
    opened.world.close()


def rests(told):
    return quotes(told.view, told.mirror.account_id, 1)


def kinds(events):
    return [EventKind(event.kind).name for event in events]


def test_before_the_first_price_orders_gather_and_nothing_is_matched(told):
    """HALT-005"""
    told.at(1)
    assert told.market.state == MarketState.AUCTION
    told.tell(60_000)
    told.at(1.1)
    assert told.market.state == MarketState.ACTIVE
    assert "TRADED" in kinds(told.order("alice", Side.BUY, 100))


def test_the_book_is_mirrored_scaled_and_bounded(told):
    """Half of each level, and no level worth more than 40,000 dollars."""
    told.at(1).tell(60_000)
    bids, asks = rests(told)
    assert [(q.price_ticks, q.qty_lots) for q in bids] == [(59_990, 2_000), (59_985, 6_668)]
    assert [(q.price_ticks, q.qty_lots) for q in asks] == [(60_010, 2_000), (60_015, 6_665)]
    told.at(2).tell(60_000, size="0.6")
    best = {q.order_id: q.qty_lots for q in rests(told)[0] if q.price_ticks == 59_990}
    assert min(best.items()) == (bids[0].order_id, 2_000)
    assert sum(best.values()) == 3_000
    told.at(3).tell(60_100)
    assert [q.price_ticks for q in rests(told)[0]] == [60_090, 60_085]


def test_mirrored_orders_end_by_themselves_when_nothing_is_heard(told):
    """ORDR-016"""
    told.at(1).tell(60_000)
    told.at(1 + QUOTE_S - 0.001)
    assert all(rests(told))
    told.at(1 + QUOTE_S + 1)
    assert rests(told) == ([], [])
    assert told.market.state == MarketState.ACTIVE
    assert [e.reject for e in told.order("alice", Side.BUY, 100)] == [Reject.NO_PRICE]


def test_nobody_trades_on_a_price_that_is_too_old(told):
    """Two users who would meet at once: until the margin they do, after it they do not.

    PRIC-005, HALT-005
    """
    told.at(1).tell(60_000)
    told.at(STOPS_S + 1 - 0.000_001).order("alice", Side.BUY, 100, 60_000)
    assert "TRADED" in kinds(told.order("bob", Side.SELL, 100, 60_000))
    told.at(STOPS_S + 1)
    assert told.market.state == MarketState.AUCTION
    told.order("alice", Side.BUY, 100, 60_000)
    assert "TRADED" not in kinds(told.order("bob", Side.SELL, 100, 60_000))
    refused = told.order("bob", Side.SELL, 100)
    assert [e.reject for e in refused] == [Reject.MARKET_IN_AUCTION]
    told.at(STALE_S * 3).tell(60_400, spread=500)
    assert told.market.last_ticks == 60_000
    events = []
    told.world.stepper.cast.observe = events.extend
    told.at(STALE_S * 3 + 1)
    assert {"AUCTION_CROSSED", "TRADED"} <= set(kinds(events))
    assert told.market.state == MarketState.ACTIVE


def test_after_an_outage_liquidations_find_the_mirrored_book(tmp_path):
    """While the market stands still nobody is liquidated; it opens with its makers in it.

    HALT-008
    """
    told = made(tmp_path / "poor", TEXT.replace("100000", "6000", 1))
    told.at(1).tell(60_000, size="20")
    told.at(1.1).order("alice", Side.BUY, 6_000)
    told.at(200)
    alice = told.world.accounts["alice"]
    events = told.tell(40_000, size="20")
    assert "LIQUIDATION_STARTED" not in kinds(events)
    seen = []
    told.world.stepper.cast.observe = seen.extend
    told.at(201)
    steps = [EventKind(e.kind).name for e in seen if e.account_id == alice]
    assert steps[:1] == ["LIQUIDATION_STARTED"] and "TRADED" in steps
    told.world.close()


def test_a_halt_is_the_operators_and_an_auction_ends_with_the_next_price(told):
    """ORDR-014, HALT-005"""
    told.at(1).tell(60_000)
    told.at(2)
    for state, then in ((MarketState.HALTED, MarketState.HALTED), (5, MarketState.ACTIVE)):
        told.give(
            Command(
                kind=CommandKind.SET_MARKET_STATE, origin=Origin.OPERATOR, market_id=1, value=state
            )
        )
        told.at(told.world.stepper.reached_us / 1e6 - START_US / 1e6 + 1)
        assert told.market.state == state
        told.tell(60_010)
        told.at(told.world.stepper.reached_us / 1e6 - START_US / 1e6 + 1)
        assert told.market.state == then


AGENTS = """
[[agent]]
kind = "noise"
settings = { interval_ms = 500 }
[[agent]]
kind = "provider"
"""


@pytest.fixture
def session(tmp_path):
    """A folder with two minutes in it: prices, a trade, an outage, prices again; agents trade."""
    told = made(tmp_path / "session", TEXT + AGENTS)
    told.at(1).tell(60_000)
    told.at(2).order("alice", Side.BUY, 500)
    told.at(3).tell(60_050)
    told.at(80).tell(59_000)
    told.at(81).tell(59_010)
    told.at(90)
    told.world.write()
    told.world.save()
    told.world.close()
    return tmp_path / "session", told.world.engine.digest()


def test_its_journal_is_all_that_a_replay_needs(session):
    folder, digest = session
    for again in (False, True):
        report = replay_folder(folder, resimulate=again)
        assert (report.digest, report.conserved) == (digest, True)


def test_opened_again_and_branched_it_is_the_same(session, tmp_path):
    """To a branch nothing is told any more: its markets stop by themselves."""
    folder, digest = session
    opened = World.open(folder)
    assert opened.engine.digest() == digest
    opened.close()
    made_of = branch(folder, tmp_path / "branch", Moment(time_us=START_US + 3_000_000))
    child = Told(made_of)
    assert all(rests(child))
    child.at(STOPS_S + 3)
    assert child.market.state == MarketState.AUCTION
    assert rests(child) == ([], [])
    made_of.close()


def test_what_if_keeps_what_was_told(session):
    folder, _ = session
    same = what_if(folder, Question(account="alice"))
    assert same.reproduced
    other = what_if(folder, Question(account="alice", change="leverage 5x"))
    assert not other.after.refusals


LIVE = TEXT.partition("[feed]")[0]
FEED = '[feed]\nkind = "live"\nvenue = "kraken"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LIVE + '[feed]\nkind = "live"\nvenue = "atlantis"', "no venue 'atlantis' to follow"),
        (LIVE + '[feed]\nkind = "live"', "no venue '' to follow"),
        (LIVE + '[feed]\nkind = "live"\nvenue = "longshore"', "followed at its address"),
        (LIVE + FEED.replace("kraken", "binance") + 'url = "http://x"', "has its own address"),
        (LIVE + FEED + 'url = "localhost:8000"', "does not begin with http"),
        (LIVE + FEED + "levels = 51", "levels of a live book are 50 at most"),
        (LIVE + FEED + "settings = { quite_ms = 3 }", "quite_ms"),
        (LIVE + FEED + "settings = { quiet_ms = 0 }", "quiet_ms is above zero"),
        (LIVE + FEED + "settings = { scale_ppm = 1_000_001 }", "scale_ppm is 1000000 at most"),
        (LIVE + FEED + 'recording = "xbtusd-2020-03"', "nothing recorded or made"),
        (LIVE + FEED + '[[shock]]\nat_s = 1\nasset = "XBT"', "shocks move prices"),
        (LIVE + '[feed]\nkind = "sim"\nvenue = "kraken"', "belong to a live feed"),
        (LIVE.replace(SYMBOL, "XBT/USD") + FEED, "need a linear perpetual on XBT"),
        (LIVE.replace(SYMBOL, "PF_NOPE") + FEED, "no market PF_NOPE"),
    ],
)
def test_what_cannot_be_followed_is_refused_by_name(text, words):
    with pytest.raises(ScenarioError, match=words):
        build(text, rulebook_text(parse(text).rulebook))
