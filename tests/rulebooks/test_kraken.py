"""The rulebook holds what was recorded at Kraken, and knows what was not."""

from datetime import date
from decimal import Decimal

import pytest

from longshore import rulebooks
from longshore.engine.codes import MarketKind


@pytest.fixture(scope="module")
def kraken():
    return rulebooks.load("kraken")


@pytest.mark.parametrize(
    ("path", "expected", "source"),
    [
        ("perpetuals.PF_XBTUSD.tick", Decimal(1), "S7"),
        ("perpetuals.PF_XBTUSD.lot", Decimal("0.0001"), "S7"),
        ("perpetuals.PF_XBTUSD.impact_size", Decimal("0.08"), "S7"),
        ("perpetuals.PF_DOGEUSD.position_max", Decimal(200_000_000), "S7"),
        ("perpetuals.PF_DOGEUSD.funding_divisor", 8, "S7"),
        ("perpetuals.PF_DOGEUSD.funding_cap", Decimal("0.005"), "S7"),
        ("perpetual.market_band", Decimal("0.01"), "S2"),
        ("liquidation.partial_share", Decimal("0.1"), "S14"),
        ("liquidation.cover_band", Decimal("0.05"), "S14"),
    ],
)
def test_recorded_values_are_verified_and_dated(kraken, path, expected, source):
    value = kraken.value(path)
    assert (value.value, value.source, value.verified) == (expected, source, True)
    assert value.date is not None
    assert value.date > date(2026, 1, 1)
    assert kraken.source(value).what


@pytest.mark.parametrize(
    "path",
    [
        "perpetual.tier_method",
        "perpetual.mark_ema_den",
        "perpetual.premium_method",
        "perpetual.mark_premium_cap",
        "perpetual.collar",
        "perpetuals.PF_XBTUSD.tiers.4",
        "perpetuals.PF_SOLUSD.tick",
        "liquidation.fee",
        "assets.XBT.stale_after_s",
    ],
)
def test_open_points_are_marked_unverified(kraken, path):
    assert path in kraken.unverified()


def test_maintenance_is_half_of_initial_margin_at_every_tier(kraken):
    for market in kraken.catalog.dollar_perpetuals:
        for tier in kraken.margin_tiers(market.symbol):
            assert tier.maintenance * 2 == tier.initial


def test_conversion_goes_by_ascending_haircut(kraken):
    assets = [asset for asset in kraken.terms.assets.values() if asset.conversion_rank.value]
    assets.sort(key=lambda asset: asset.conversion_rank.value)
    haircuts = [asset.haircut.value for asset in assets]
    assert haircuts == sorted(haircuts)


def test_a_run_is_told_the_unverified_values_of_its_own_markets_only(kraken):
    used = kraken.unverified_used(["PF_XBTUSD"])
    assert "perpetual.tier_method" in used
    assert "perpetuals.PF_XBTUSD.tiers.3" in used
    assert not [path for path in used if "ETH" in path or path.startswith(("pairs", "spot"))]
    spot = kraken.unverified_used(["XBT/USD"])
    assert "spot.market_band" in spot
    assert not [path for path in spot if path.startswith("perpetual")]


def test_only_renumbers_markets_from_one(kraken):
    part = kraken.only(["XBT/USD", "PF_ETHUSD"])
    assert [(m.symbol, m.market_id) for m in part.catalog.markets.values()] == [
        ("PF_ETHUSD", 1),
        ("XBT/USD", 2),
    ]
    assert [row.market_id for row in part.setup().markets] == [1, 2]
    assert [row.kind for row in kraken.setup(["XBT/USD", "PF_ETHUSD"]).markets] == [
        MarketKind.LINEAR_PERPETUAL,
        MarketKind.SPOT,
    ]
    with pytest.raises(rulebooks.UnknownSymbolError, match="PF_TUSD"):
        kraken.only(["PF_TUSD"])


def test_show_names_source_date_and_doubt(kraken):
    lines = [
        " ".join(str(cell) for cell in cells)
        for cells in zip(*(column.cells for column in rulebooks.show(kraken).columns), strict=True)
    ]
    assert "perpetuals.PF_XBTUSD.tick 1 USD S7 2026-09-25 yes " in lines
    assert any(line.startswith("liquidation.fee 0 fraction   no") for line in lines)
    assert len(lines) == len(list(kraken.entries()))
