"""Which values belong together, which of them a trade uses, and one group put into another book."""

from decimal import Decimal

import pytest

from longshore import rulebooks
from longshore.explain.sentences import say
from longshore.practice.compare.groups import OTHER, group_of, place_of, put, used_paths
from longshore.practice.compare.outcome import POINTS_MAX, Point, thinned
from longshore.practice.compare.trade import parse_trade
from longshore.rulebooks import Rulebook
from tests.practice.ground import TRADE

SYMBOL = "PF_XBTUSD"
KRAKEN, CAUTIOUS = rulebooks.load("kraken"), rulebooks.load("cautious")


@pytest.mark.parametrize("name", rulebooks.available())
def test_every_value_of_a_rulebook_has_a_group_with_a_label(name):
    paths = [entry.path for entry in rulebooks.load(name).entries()]
    groups = {group_of(path) for path in paths}
    assert [p for p in paths if p.startswith("perpetual") and group_of(p) == OTHER] == []
    assert all(say(f"compare-group-{group}") for group in groups | {OTHER})


def test_values_are_grouped_by_what_they_are_about():
    assert {
        path: group_of(path)
        for path in (
            "liquidation.fee",
            "liquidation.partial_share",
            "fees.linear.tiers.0",
            f"perpetuals.{SYMBOL}.tiers.3",
            f"perpetuals.{SYMBOL}.funding_cap",
            "perpetual.mark_ema_num",
            "perpetual.damper",
            "perpetual.rate_share",
            "perpetual.maintenance_fee",
            "perpetual.position_modes",
            "perpetual.margin_top_up",
            "perpetual.netting",
            f"perpetuals.{SYMBOL}.margin_slope",
            "assets.XBT.haircut",
            "assets.XBT.stale_after_s",
            "perpetual.never_heard_of",
        )
    } == {
        "liquidation.fee": "liquidation-fee",
        "liquidation.partial_share": "ladder",
        "fees.linear.tiers.0": "fees",
        f"perpetuals.{SYMBOL}.tiers.3": "margin-tiers",
        f"perpetuals.{SYMBOL}.funding_cap": "funding",
        "perpetual.mark_ema_num": "mark",
        "perpetual.damper": "funding",
        "perpetual.rate_share": "funding",
        "perpetual.maintenance_fee": "margin-tiers",
        "perpetual.position_modes": "order-margin",
        "perpetual.margin_top_up": "order-margin",
        "perpetual.netting": "order-margin",
        f"perpetuals.{SYMBOL}.margin_slope": "margin-tiers",
        "assets.XBT.haircut": "collateral",
        "assets.XBT.stale_after_s": "mark",
        "perpetual.never_heard_of": OTHER,
    }


def test_only_what_the_trade_can_have_used_is_compared():
    trade = parse_trade(TRADE)
    used = used_paths(KRAKEN.only([SYMBOL]).terms, trade, SYMBOL, Decimal(10_000))
    places = {place_of(path) for path in used}
    assert f"perpetuals.{SYMBOL}.tiers.0" in used and f"perpetuals.{SYMBOL}.tiers.1" not in used
    assert ("liquidation", "partial_share") in places
    assert ("assets", "XBT", "stale_after_s") in places
    assert not [p for p in used if p.startswith(("spot.", "fees.spot", "assets.USD", "assets.ETH"))]
    assert ("assets", "XBT", "haircut") not in places
    none = used_paths(CAUTIOUS.only([SYMBOL]).terms, trade, SYMBOL, Decimal(10_000))
    assert "liquidation.partial_share" not in none
    coin = parse_trade(TRADE.replace('USD = "1100"', 'BTC = "1"'))
    backed = used_paths(KRAKEN.only([SYMBOL]).terms, coin, SYMBOL, Decimal(10_000))
    assert "assets.XBT.haircut" in backed


def test_putting_in_one_group_changes_nothing_else():
    places = [("perpetuals", SYMBOL, "tiers"), ("liquidation", "ladder"), ("assets", "NONE", "id")]
    mixed = put(KRAKEN.terms, CAUTIOUS.terms, places)
    before = {entry.path: entry.value.value for entry in KRAKEN.entries()}
    after = {entry.path: entry.value.value for entry in Rulebook(mixed).entries()}
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert {place_of(path) for path in changed} == set(places[:2])
    assert mixed.liquidation.ladder == CAUTIOUS.terms.liquidation.ladder


def test_thinning_keeps_both_ends_and_the_closest_call():
    points = [Point(at, 100.0 + at % 7, 10.0, 1.0) for at in range(2_000)]
    points[777] = Point(777, 11.0, 10.0, 1.0)
    kept = thinned(points)
    assert len(kept) <= POINTS_MAX
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert points[777] in kept
    assert thinned(points[:10]) == points[:10]
