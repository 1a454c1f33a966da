"""Which quotes a served world takes, and what is known of the connection by them."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from longshore.practice.compare.comparing import compare
from longshore.practice.compare.trade import read_trade
from longshore.venue.station import Station
from longshore.venue.upstream import Upstream
from longshore.world.build import build, rulebook_text
from longshore.world.live.following import mirrors_of, wish_of
from longshore.world.live.quotes import Quote
from longshore.world.scenario import ScenarioError, parse, read, with_start
from tests.live.told import SYMBOL, TEXT

SECOND_NS = 10**9


def quote(index, late_s=0.0):
    at_ns = time.monotonic_ns() - int(late_s * SECOND_NS)
    return Quote(SYMBOL, at_ns, Decimal(index), [], [(Decimal(index) + 1, Decimal(1))])


async def scene(folder):
    parts = build(TEXT, rulebook_text("kraken"))
    upstream = Upstream(wish_of(parts.scenario, parts.catalog, patient=True))
    station = Station.open(folder, TEXT, lambda _: None, upstream)
    venue, link = station.venue, upstream.link
    mirror = mirrors_of(station.world.parts)[SYMBOL]
    venue.sequencer.start()

    async def taken(told):
        await upstream._carry(venue, mirror, told)
        return int(venue.view.assets[2].index_subticks) // 10**10

    assert link.state == "reconnecting"
    assert await taken(quote(60_000)) == 60_000
    assert (link.state, link.outages) == ("connected", 0)
    assert await taken(quote(60_100, late_s=6)) == 60_000
    venue.world.clock.pause()
    assert await taken(quote(60_200)) == 60_000
    venue.world.clock.resume()
    assert await taken(quote("1e11")) == 60_000
    assert (link.state, link.outages) == ("stale", 1)
    assert await taken(quote(60_300, late_s=1)) == 60_300
    assert (link.state, link.outages) == ("connected", 1)
    await station.stop()


def test_late_ones_and_what_no_market_has_are_not_taken_nor_any_while_it_is_paused(tmp_path):
    asyncio.run(asyncio.wait_for(scene(tmp_path), 60))


def test_rulebooks_are_not_compared_in_a_world_that_needs_its_venue():
    with pytest.raises(ScenarioError, match="at their own time"):
        compare(read_trade("long-10x"), ["kraken"], "live:kraken")


def test_the_shipped_names_stand_for_worlds_that_can_be_made():
    for name in ("kraken", "binance", "bybit", "hyperliquid", "longshore"):
        where = f"live:{name}" + (":http://127.0.0.1:1" if name == "longshore" else "")
        text = with_start(read(where), datetime.now(UTC))
        made = build(text, rulebook_text(parse(text).rulebook))
        assert wish_of(made.scenario, made.catalog, patient=True).symbols
