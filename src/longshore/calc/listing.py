"""Contracts as the engine's rows: a rulebook's own, and such as were described by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from longshore import rulebooks
from longshore.calc.given import Contract, Symbol, above_zero, finite, named, one_of
from longshore.calc.numbers import HOUR_US, MONEY_DIGITS, PPM_DIGITS, PRICE_DIGITS, digits_of
from longshore.engine.codes import MarginBasis, MarketKind, TierUnit
from longshore.engine.lifecycle import Setup, fill_rate_terms, margin_jumps
from longshore.engine.limits import (
    ASSETS_MAX,
    PRICE_MAX_SUBTICKS,
    QTY_MAX_LOTS,
    ROOT_MAX_E12,
    VALUE_MAX_ATOMS,
)
from longshore.engine.rows import Asset, FeeTier, Market, Tier
from longshore.engine.units import PPM


@dataclass(frozen=True)
class Listed:
    """A market of the desk: its number and the units people use for it."""

    name: str
    market_id: int
    lot: Decimal
    lots_per_lot: int
    """How many of the engine's lots make one of the contract's."""
    tick: Decimal
    base: str
    settle: str
    unit: str
    """What people call the asset that it settles in."""


class Listing:
    """A rulebook's setup with the contracts described by hand behind its own markets."""

    def __init__(self, rulebook: str, symbols: Iterable[Symbol]) -> None:
        """Lay out the rulebook. Raises RulebookError."""
        book = rulebooks.load(rulebook)
        self.rulebook = rulebook
        self.setup: Setup = book.setup()
        self.asset_ids = {each.symbol: each.asset_id for each in book.catalog.assets.values()}
        self.dollar = book.catalog.settlement.symbol
        self.listed: dict[Symbol, Listed] = {
            market.symbol: Listed(
                market.symbol,
                market.market_id,
                market.lot_size,
                1,
                market.tick_size,
                market.base.symbol,
                market.settle.symbol,
                market.settle.code,
            )
            for market in book.catalog.margined
        }
        for symbol in symbols:
            if isinstance(symbol, Contract) and symbol not in self.listed:
                self.listed[symbol] = self._list(symbol)

    def of(self, symbol: Symbol) -> Listed:
        """A market by symbol or contract; an unknown one is refused by name."""
        if symbol not in self.listed:
            known = ", ".join(each.name for each in self.listed.values())
            raise ValueError(f"no perpetual {symbol!r} in {self.rulebook}; there are: {known}")
        return self.listed[symbol]

    def asset_id(self, symbol: str) -> int:
        """An asset by symbol; an unknown one is refused by name."""
        if symbol not in self.asset_ids:
            known = ", ".join(self.asset_ids)
            raise ValueError(f"no asset {symbol!r} in {self.rulebook}; there are: {known}")
        return self.asset_ids[symbol]

    def _list(self, contract: Contract) -> Listed:
        one_of("kind", contract.kind, ("linear", "inverse", "quanto"))
        bounds = [tier.from_usd for tier in contract.tiers]
        if not bounds or bounds[0] != 0 or bounds != sorted(set(bounds)):
            raise ValueError("a contract's margin tiers begin at 0 and ascend")
        if contract.kind == "quanto" and not contract.settle:
            raise ValueError("a quanto contract says which asset it settles in")
        lot, tick = above_zero("lot", contract.lot), above_zero("tick", contract.tick)
        settle = contract.settle or (contract.base if contract.kind == "inverse" else self.dollar)
        row = _market_row(contract, len(self.setup.markets) + 1)
        if margin_jumps(row):
            raise ValueError(
                'tier_method "whole" goes with margin_on "entry" or tiers_in "contracts": '
                "otherwise margin would jump as the mark moves"
            )
        row.base_asset_id, row.settle_asset_id = self._added(contract.base), self._added(settle)
        row.quote_asset_id = self.setup.settlement_asset_id
        row.tick_subticks = named("tick", tick, PRICE_DIGITS, PRICE_MAX_SUBTICKS)
        lots_per_lot = _fill_worth(row, lot * above_zero("worth", contract.worth))
        row.tier_first, row.tier_count = len(self.setup.tiers) + 1, len(contract.tiers)
        self.setup.tiers += _tier_rows(contract, lots_per_lot / lot)
        _fill_method(row, contract, lots_per_lot / lot)
        if row.interest_high_atoms > 0:  # no order rests here that could be ended by it
            self.setup.cancel_on_initial = 0
        row.fee_first, row.fee_count = len(self.setup.fee_tiers) + 1, 1
        self.setup.fee_tiers.append(_fee_row(contract))
        fill_rate_terms(row)
        self.setup.markets.append(row)
        name = f"{contract.kind} contract on {contract.base}"
        return Listed(name, row.market_id, lot, lots_per_lot, tick, contract.base, settle, settle)

    def _added(self, symbol: str) -> int:
        """The number of an asset, which is taken in where the rulebook does not have it."""
        if symbol not in self.asset_ids:
            made = len(self.setup.assets) + 1
            if made >= ASSETS_MAX:
                raise ValueError(f"{symbol} is one asset more than the engine counts")
            self.setup.assets.append(Asset(asset_id=made, value_divisor=10**PRICE_DIGITS))
            self.asset_ids[symbol] = made
        return self.asset_ids[symbol]


def _market_row(contract: Contract, market_id: int) -> Market:
    inverse = contract.kind == "inverse"
    return Market(
        market_id=market_id,
        kind=MarketKind.INVERSE_PERPETUAL if inverse else MarketKind.LINEAR_PERPETUAL,
        position_max_lots=QTY_MAX_LOTS,
        premium_cap_ppm=PPM,
        atom_parts=PPM,
        funding_interval_us=HOUR_US,
        margin_basis=MarginBasis.MARK if contract.margin_on == "mark" else MarginBasis.ENTRY,
        tier_whole=int(contract.tier_method == "whole"),
        hedge_allowed=1,
        tier_unit=TierUnit.LOTS if contract.tiers_in == "contracts" else TierUnit.NOTIONAL,
    )


def _fill_method(row: Market, contract: Contract, lots_per_unit: Decimal) -> None:
    """The root of one lot, rounded up; two sums of money each for open interest and risk limit."""
    root = finite("root", contract.root) / lots_per_unit.sqrt() * 10**12
    if not 0 <= root <= ROOT_MAX_E12:
        raise ValueError(f"root {contract.root} is not between 0 and 1 for each lot")
    if root > 0 and len(contract.tiers) > 1:
        raise ValueError("a root goes with one tier only")
    row.margin_root_e12 = int(root.to_integral_value(ROUND_CEILING))
    if contract.open_interest is not None:
        row.interest_low_atoms, row.interest_high_atoms = (
            named("open_interest", finite("open_interest", each), MONEY_DIGITS, VALUE_MAX_ATOMS)
            for each in contract.open_interest
        )
        if not 0 <= row.interest_low_atoms < row.interest_high_atoms:
            raise ValueError("open_interest is a lower bound from 0 and an upper one above it")
    if contract.risk_limit is not None:
        row.risk_base_atoms, row.risk_step_atoms = (
            named("risk_limit", above_zero("risk_limit", each), MONEY_DIGITS, VALUE_MAX_ATOMS)
            for each in contract.risk_limit
        )
        row.hedge_allowed = 0
        if row.margin_basis != MarginBasis.ENTRY:
            raise ValueError('a risk_limit goes with margin_on "entry"')


def _tier_rows(contract: Contract, lots_per_unit: Decimal) -> list[Tier]:
    in_lots = contract.tiers_in == "contracts"
    return [
        Tier(
            from_size=named("tier", each.from_usd * lots_per_unit, 0, QTY_MAX_LOTS)
            if in_lots
            else named("tier", each.from_usd, MONEY_DIGITS, VALUE_MAX_ATOMS),
            initial_ppm=named("initial rate", each.initial, PPM_DIGITS, PPM),
            maintenance_ppm=named("maintenance rate", each.maintenance, PPM_DIGITS, PPM),
        )
        for each in contract.tiers
    ]


def _fee_row(contract: Contract) -> FeeTier:
    maker = named("maker", finite("maker", contract.maker), PPM_DIGITS, PPM)
    taker = named("taker", finite("taker", contract.taker), PPM_DIGITS, PPM)
    return FeeTier(from_atoms=0, maker_ppm=maker, taker_ppm=taker)


def _fill_worth(row: Market, lot_worth: Decimal) -> int:
    """What the engine's own lot is worth: a power of ten; how many of them make the contract's.

    value_atoms = price_subticks * lots / value_divisor, inverse: lots * factor / price_subticks.
    """
    digits = digits_of(lot_worth)
    if digits > PRICE_DIGITS:
        raise ValueError(f"a lot worth {lot_worth:f} is finer than a rule counts with")
    if row.kind == MarketKind.INVERSE_PERPETUAL:
        row.inverse_factor = 10 ** (MONEY_DIGITS + PRICE_DIGITS - digits)
    else:
        row.value_divisor = 10 ** (PRICE_DIGITS - MONEY_DIGITS + digits)
    return named("lot", lot_worth, digits, QTY_MAX_LOTS)
