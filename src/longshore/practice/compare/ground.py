"""Rulebooks put on one ground: each one's own perpetual under the names that the world uses.

So the same scenario text, feed, seed and agents serve every rulebook, whatever its symbols are.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from longshore import rulebooks
from longshore.engine.limits import TIME_MAX_US
from longshore.practice.compare.trade import Trade, TradeError
from longshore.rulebooks import MarketInfo, Rulebook
from longshore.rulebooks.terms import Terms
from longshore.world.build import Parts, assemble
from longshore.world.scenario import (
    AccountSpec,
    AgentSpec,
    Scenario,
    ScenarioError,
    microseconds,
)

TRADER = "trader"
DOLLARS = "USD"


class NoMarketError(LookupError):
    """The rulebook has no market for this trade."""


class Ground(msgspec.Struct, frozen=True):
    """The world of a comparison: its scenario with the trader in it, and the names it uses."""

    scenario: Scenario
    market: str
    settlement: str
    coins: dict[str, str]
    """What the world calls the coins that people call so."""
    until_us: int


def make_ground(trade: Trade, scenario: Scenario) -> Ground:
    """The scenario cut down to the trade's market and trader. Raises TradeError."""
    own = rulebooks.load(scenario.rulebook)
    found = [
        market for market in perpetuals_on(own, trade.base) if market.symbol in scenario.markets
    ]
    if not found:
        raise TradeError(f"the world {scenario.name} has no perpetual on {trade.base}")
    market = found[0]
    if scenario.start is None:
        raise TradeError(f"the world {scenario.name} has no start of its own: no trade has a time")
    ends = [scenario.end_us, None if trade.until is None else microseconds(trade.until)]
    until_us = min((end for end in ends if end is not None), default=TIME_MAX_US)
    if until_us == TIME_MAX_US:
        raise TradeError(f"the world {scenario.name} has no end: give the trade an until")
    if not scenario.start_us < trade.at_us < until_us:
        raise TradeError(f"{trade.name}: at is not inside the world {scenario.name}")
    return Ground(
        scenario=_cut(scenario, market.symbol, _collateral(trade, own)),
        market=market.symbol,
        settlement=own.catalog.settlement.symbol,
        coins={asset.code: asset.symbol for asset in own.catalog.assets.values()},
        until_us=until_us,
    )


def perpetuals_on(rulebook: Rulebook, base: str) -> list[MarketInfo]:
    """A rulebook's linear perpetuals on a coin, in the order of its file."""
    return [
        market
        for market in rulebook.catalog.markets.values()
        if market.is_dollar_perpetual
        and base.upper() in {market.base.code.upper(), market.base.symbol.upper()}
    ]


def own_market(rulebook: Rulebook, base: str) -> MarketInfo:
    """The perpetual that a rulebook puts the trade on. Raises NoMarketError."""
    found = perpetuals_on(rulebook, base)
    if not found:
        raise NoMarketError(f"it has no linear perpetual on {base}")
    return found[0]


def fitted(rulebook: Rulebook, base: str, ground: Ground) -> Rulebook:
    """The rules of the one perpetual, in the world's names. Raises NoMarketError."""
    market = own_market(rulebook, base)
    terms = rulebook.only([market.symbol]).terms
    names = {terms.settlement: ground.settlement}
    for symbol, asset in terms.assets.items():
        name = ground.coins.get(asset.code, symbol)
        # a coin whose name the settlement asset has taken steps aside
        names.setdefault(symbol, f"{symbol}'" if name in names.values() else name)
    perpetual = _renamed(terms.perpetuals[market.symbol], names)
    assets = {names[symbol]: asset for symbol, asset in terms.assets.items()}
    return Rulebook(
        msgspec.structs.replace(
            terms,
            settlement=ground.settlement,
            assets=assets,
            perpetuals={ground.market: perpetual},
        )
    )


def _renamed(table: Any, names: dict[str, str]) -> Any:
    """A market's terms with the assets it names called otherwise."""
    parts = msgspec.structs.asdict(table)
    changed = {
        k: names[part] for k, part in parts.items() if isinstance(part, str) and part in names
    }
    return msgspec.structs.replace(table, **changed)


def make_parts(ground: Ground, terms: Terms) -> Parts:
    """The world's parts under these terms. Raises ScenarioError when they do not fit."""
    try:
        return assemble(ground.scenario, Rulebook(terms))
    except (rulebooks.UnknownSymbolError, ValueError) as error:
        raise ScenarioError(str(error)) from error


def _collateral(trade: Trade, own: Rulebook) -> dict[str, Decimal]:
    """What the trader is given, by the world's names of the coins."""
    symbols = {asset.code: asset.symbol for asset in own.catalog.assets.values()}
    symbols[DOLLARS] = own.catalog.settlement.symbol
    unknown = trade.collateral.keys() - symbols.keys() - set(symbols.values())
    if unknown:
        raise TradeError(f"{trade.name}: no coin {', '.join(sorted(unknown))} in {own.id}")
    return {symbols.get(coin, coin): amount for coin, amount in trade.collateral.items()}


def _cut(scenario: Scenario, market: str, deposit: dict[str, Decimal]) -> Scenario:
    """The scenario with one market and, instead of its own accounts and orders, the trader."""
    agents = [agent for spec in scenario.agent if (agent := _on(spec, market)) is not None]
    return msgspec.structs.replace(
        scenario,
        markets=[market],
        agent=agents,
        account=[AccountSpec(name=TRADER, deposit=deposit)],
        order=[],
    )


def _on(spec: AgentSpec, market: str) -> AgentSpec | None:
    if spec.markets and market not in spec.markets:
        return None
    return msgspec.structs.replace(spec, markets=[])
