"""Fee rates: which tier of 30-day volume counts, and where it was read."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from longshore.engine.codes import MarketKind
from longshore.engine.fees import fee_rate_ppm, volume_atoms
from longshore.engine.rows import Market
from longshore.engine.units import PPM
from longshore.explain.sentences import say
from longshore.explain.trees.ground import PPM_SHARE, Ground, given, made
from longshore.explain.trees.node import Why


class Fill(msgspec.Struct, frozen=True):
    """What a fee is charged on."""

    value_atoms: int
    fee_atoms: int
    is_maker: bool


def taker_rate(ground: Ground, account_id: int, market: Market) -> Why:
    """What the account pays for taking."""
    return fee_rate(ground, account_id, market, is_maker=False)


def fee_rate(ground: Ground, account_id: int, market: Market, *, is_maker: bool) -> Why:
    """The rate of the highest tier that the account's volume reaches (FEES-002)."""
    ppm = int(fee_rate_ppm(ground.view, account_id, market, is_maker))
    return given(
        "maker-rate" if is_maker else "taker-rate", ppm, PPM_SHARE,
        article="FEES-002", source=_source(ground, account_id, market),
    )  # fmt: skip


def fee_tier(ground: Ground, account_id: int, market: Market) -> int:
    """Which tier of the schedule counts, from 0."""
    volume = volume_atoms(ground.view, account_id, market)
    bounds = [
        ground.view.fee_tiers[market.fee_first + number].from_atoms
        for number in range(market.fee_count)
    ]
    return max((number for number, bound in enumerate(bounds) if volume >= bound), default=0)


def _source(ground: Ground, account_id: int, market: Market) -> str:
    """Where the tier was read; one that was changed since was set in this world."""
    schedule = "spot" if market.kind == MarketKind.SPOT else "linear"
    number = fee_tier(ground, account_id, market)
    path = f"fees.{schedule}.tiers.{number}"
    read = ground.rulebook.value(path).value
    row = ground.view.fee_tiers[market.fee_first + number]
    if (round(read.maker * PPM), round(read.taker * PPM)) != (row.maker_ppm, row.taker_ppm):
        return say("source-changed", path=path)
    return ground.source(path)


def fee(ground: Ground, account_id: int, market: Market, fills: Sequence[Fill]) -> Why:
    """The fee of an order: of each of its fills the value times the rate, rounded up (FEES-001)."""
    money = ground.money(int(market.settle_asset_id))
    inputs = []
    for fill in fills:
        value = given("fill-value", fill.value_atoms, money, article="CONT-001")
        rate = fee_rate(ground, account_id, market, is_maker=fill.is_maker)
        each = made(
            "fill-fee", money, "product_up", [value, rate], per=PPM,
            exact=fill.fee_atoms, article="FEES-001",
        )  # fmt: skip
        inputs.append(each)
    return made("fee", money, "sum", inputs, formula=say("why-fee"), article="FEES-001")
