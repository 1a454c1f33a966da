"""Trees of how a number came about: the formula in words, its inputs, each with its own tree.

Rulebook values carry where they were read; every node names the article it follows.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from longshore.engine.funding import next_rate_e18
from longshore.engine.ledger import balance_atoms, settlement_atoms, unit_asset
from longshore.engine.legs import market_at, places
from longshore.engine.margin import (
    accrued_atoms,
    collateral_value_atoms,
    equity_atoms,
    is_margined_by,
    maintenance_atoms,
    notional_atoms,
    tier_top,
    unrealised_atoms,
)
from longshore.engine.rows import Market, Position
from longshore.engine.state import State, position_slot, wallet_account
from longshore.engine.units import PPM, mul_div_ceil
from longshore.engine.value import has_funding, value_at
from longshore.explain import format as fmt
from longshore.explain.figures import Figures
from longshore.explain.sentences import say
from longshore.rulebooks import AssetInfo, Rulebook


class Why(msgspec.Struct):
    """A number, the rule that made it, and the numbers the rule took."""

    label: str
    value: str
    formula: str = ""
    article: str = ""
    source: str = ""
    inputs: list[Why] = msgspec.field(default_factory=list)


class Trees:
    """Trees about one wallet of a state, under a rulebook."""

    def __init__(self, view: State, rulebook: Rulebook, wallet: int) -> None:
        """Keep what every node needs."""
        self.view = view
        self.rulebook = rulebook
        self.wallet = wallet

    def _money(self, atoms: int) -> str:
        """Money of the asset that the wallet counts in."""
        asset = self.rulebook.catalog.asset(int(unit_asset(self.view, self.wallet)))
        return fmt.money(atoms) if asset.is_settlement else fmt.coins(asset, atoms)

    def of_position(self, held: Figures) -> list[Why]:
        """Liquidation price, safety buffer and next funding of a position."""
        return [self.liquidation(held), self.buffer(held), self.funding(held)]

    def liquidation(self, held: Figures) -> Why:
        """Why the liquidation price is where it is."""
        market, found = self.rulebook.catalog.market(held.market_id), held.liquidation
        none = say("no-liquidation") if found.state == "none" else say("unknown")
        value = fmt.price(market, found.subticks) if found.state == "price" else none
        return self._margin_question("liquidation", value)

    def buffer(self, held: Figures) -> Why:
        """Why the safety buffer is what it is."""
        return self._margin_question("buffer", fmt.percent(held.buffer_ppm, PPM))

    def _margin_question(self, key: str, value: str) -> Why:
        parts = [self.equity(), self.maintenance()]
        return Why(say(f"label-{key}"), value, say(f"why-{key}"), "LIQD-001", inputs=parts)

    def equity(self) -> Why:
        """The wallet's equity, term by term."""
        balance = self._money(settlement_atoms(self.view, self.wallet))
        inputs = [Why(say("label-balance"), balance, article="LEDG-001"), *self._collateral()]
        for market, position in self._margined():
            inputs += [self._unrealised(market, position), self._accrued(market, position)]
        equity = self._money(equity_atoms(self.view, self.wallet))
        return Why(say("label-equity"), equity, say("why-equity"), "MRGN-002", inputs=inputs)

    def maintenance(self) -> Why:
        """The wallet's maintenance margin, tier by tier."""
        inputs = [node for pair in self._margined() for node in self._tiers(*pair)]
        total = self._money(maintenance_atoms(self.view, self.wallet))
        label = say("label-maintenance")
        if self._nets():
            return Why(label, total, say("why-maintenance-netted"), "MRGN-020", inputs=inputs)
        return Why(label, total, say("why-maintenance"), "MRGN-001", inputs=inputs)

    def _nets(self) -> bool:
        """Whether a coin's two sides are netted (MRGN-020)."""
        sides = {(market.base_asset_id, held.qty_lots > 0) for market, held in self._margined()}
        return self.view.netting == 1 and any((coin, not way) in sides for coin, way in sides)

    def funding(self, held: Figures) -> Why:
        """Why the next funding is what it is."""
        market = self.view.markets[held.market_id]
        symbol = self.rulebook.catalog.market(held.market_id).symbol
        table = self.rulebook.table_of(symbol)
        divisor = (
            provenance(self.rulebook, f"{table}.funding_divisor") if has_funding(market) else ""
        )
        rate = Why(
            label=say("label-rate"),
            value=fmt.percent(next_rate_e18(market), 10**18),
            article="FUND-002",
            source=divisor,
        )
        amount = self._money(held.next_funding_atoms)
        inputs = [rate, self._size(market, held.qty_lots)]
        return Why(say("label-funding"), amount, say("why-funding"), "FUND-004", inputs=inputs)

    def _margined(self) -> list[tuple[Market, Position]]:
        account_id = wallet_account(self.wallet)
        pairs = [
            (
                market_at(self.view, place),
                self.view.positions[position_slot(account_id, place)],
            )
            for place in range(1, places(self.view, account_id) + 1)
            if is_margined_by(self.view, self.wallet, place)
        ]
        return [(market, position) for market, position in pairs if position.qty_lots != 0]

    def _collateral(self) -> Iterator[Why]:
        own = unit_asset(self.view, self.wallet)
        for asset in self.rulebook.catalog.assets.values():
            held = balance_atoms(self.view, self.wallet, asset.asset_id)
            if held != 0 and not asset.is_settlement and asset.asset_id != own:
                yield self._coin(asset, held)

    def _coin(self, asset: AssetInfo, held: int) -> Why:
        row = self.view.assets[asset.asset_id]
        index = f"{asset.price(int(row.index_subticks)):,f}"
        haircut = Why(
            label=say("label-haircut", coin=asset.code),
            value=fmt.percent(asset.haircut, 1),
            source=provenance(self.rulebook, f"assets.{asset.symbol}.haircut"),
        )
        return Why(
            label=say("label-collateral", coin=asset.code),
            value=self._money(collateral_value_atoms(row, held)),
            formula=say("why-collateral"),
            article="MRGN-002",
            inputs=[Why(say("label-index"), index, article="PRIC-001"), haircut],
        )

    def _unrealised(self, market: Market, position: Position) -> Why:
        at_mark = self._money(value_at(market, market.mark_subticks, position.qty_lots))
        parts = [self._mark(market), self._size(market, position.qty_lots)]
        value = Why(say("label-value"), at_mark, say("why-value"), inputs=parts)
        at_entry = self._money(int(position.entry_value_atoms))
        entry = Why(say("label-entry-value"), at_entry, say("why-entry"), "MRGN-010")
        profit = self._money(unrealised_atoms(market, position))
        label, formula = say("label-unrealised"), say("why-unrealised")
        return Why(label, profit, formula, "MRGN-002", inputs=[value, entry])

    def _accrued(self, market: Market, position: Position) -> Why:
        accrued = self._money(accrued_atoms(self.view, market, position))
        return Why(say("label-accrued"), accrued, say("why-accrued"), "FUND-004")

    def _mark(self, market: Market) -> Why:
        info = self.rulebook.catalog.market(int(market.market_id))
        return Why(say("label-mark"), fmt.price(info, market.mark_subticks), article="PRIC-003")

    def _size(self, market: Market, qty_lots: int) -> Why:
        info = self.rulebook.catalog.market(int(market.market_id))
        return Why(say("label-size"), fmt.size(info, qty_lots))

    def _tiers(self, market: Market, position: Position) -> Iterator[Why]:
        symbol = self.rulebook.catalog.market(int(market.market_id)).symbol
        for number, part in self._tier_parts(market, notional_atoms(market, position)):
            tier = self.view.tiers[market.tier_first + number]
            yield Why(
                label=say("label-tier", symbol=symbol, bound=self._money(tier.from_size)),
                value=self._money(mul_div_ceil(part, tier.maintenance_ppm, PPM)),
                formula=f"{fmt.percent(tier.maintenance_ppm, PPM)} × {self._money(part)}",
                article="MRGN-001",
                source=provenance(
                    self.rulebook, f"{self.rulebook.table_of(symbol)}.tiers.{number}"
                ),
            )

    def _tier_parts(self, market: Market, notional: int) -> list[tuple[int, int]]:
        """Tier numbers and the part of the notional each one charges."""
        bounds = [
            self.view.tiers[market.tier_first + number].from_size
            for number in range(market.tier_count)
        ]
        reached = [number for number, bound in enumerate(bounds) if number == 0 or notional > bound]
        if market.tier_whole == 1:
            return [(reached[-1], notional)]
        return [
            (number, tier_top(self.view, market, number, notional) - bounds[number])
            for number in reached
        ]


def provenance(rulebook: Rulebook, path: str) -> str:
    """Where a rulebook value was read and when, or that it is unverified and why."""
    value = rulebook.value(path)
    source = rulebook.source(value)
    where = [source.what if source else "", str(value.date or "")]
    doubt = "" if value.verified else f"unverified: {value.note}"
    stated = ", ".join(part for part in where if part)
    return f"{path}: {'; '.join(part for part in (stated, doubt) if part)}"
