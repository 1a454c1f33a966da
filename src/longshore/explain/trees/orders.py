"""What an order costs, as the receipt tells it: fee, spread, slippage, funding a day."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from longshore.engine.codes import Side
from longshore.engine.rows import Market
from longshore.explain.sentences import say
from longshore.explain.trees.fees import Fill, fee
from longshore.explain.trees.ground import COUNT, Ground, given, made
from longshore.explain.trees.node import Why

KEYS = ("fee", "spread", "slippage", "funding")


class Match(msgspec.Struct, frozen=True):
    """One match of an order with the book."""

    price_ticks: int
    qty_lots: int


class Deal(msgspec.Struct, frozen=True):
    """What an order met when it was tried: best prices before it, its matches, all its fills."""

    side: int
    touch_ticks: int  # the best price of the side that it takes from; 0: none
    own_ticks: int  # the best price of its own side
    matches: Sequence[Match]
    fills: Sequence[Fill]  # with those of its rest, taken as filled


class Costs:
    """Trees about the costs of one order."""

    def __init__(self, ground: Ground, account_id: int, market_id: int, deal: Deal) -> None:
        """`ground` is the state before the order."""
        self.ground = ground
        self.account_id = account_id
        self.market: Market = ground.market(market_id)
        self.deal = deal
        self.money = ground.money(int(self.market.settle_asset_id))

    def trees(self, funding_day: Why) -> list[Why]:
        """Fee, spread, slippage, and funding of a day of the position there would be."""
        paid = made("cost-funding", self.money, "negative", [funding_day], article="FUND-004")
        paid.key = "funding"
        return [self.fee(), self.spread(), self.slippage(), paid]

    def fee(self) -> Why:
        """The fee of all fills."""
        return fee(self.ground, self.account_id, self.market, self.deal.fills)

    def spread(self) -> Why:
        """Half of what the two best prices are apart, on what trades at once."""
        deal = self.deal
        lots = sum(match.qty_lots for match in deal.matches)
        if not (deal.touch_ticks and deal.own_ticks and lots):
            return given("spread", 0, self.money, article="ORDR-001")
        ends = [self._value(deal.touch_ticks, lots), self._value(deal.own_ticks, lots)]
        gap = made("spread-gap", self.money, "less", ends)
        whole = made("spread-whole", self.money, "absolute", [gap])
        formula = say("why-spread")
        return made("spread", self.money, "product_down", [whole], per=2, formula=formula)

    def slippage(self) -> Why:
        """What the matches are worse than the best price."""
        inputs = [self._worse(match) for match in self.deal.matches]
        return made("slippage", self.money, "sum", inputs, formula=say("why-slippage"))

    def _worse(self, match: Match) -> Why:
        at = self._value(match.price_ticks, match.qty_lots)
        best = self._value(self.deal.touch_ticks, match.qty_lots)
        dear = (self.deal.side == Side.BUY) != bool(self.market.inverse_factor)
        return made("slipped", self.money, "less", [at, best] if dear else [best, at])

    def _value(self, ticks: int, lots: int) -> Why:
        """The value of a size at an order price (CONT-001, CONT-002)."""
        size = given("size", lots, self.ground.lots(self.market), article="CONT-001")
        if self.market.inverse_factor == 0:
            price = given("ticks", ticks, COUNT, article="ORDR-001")
            each = given(
                "tick-worth", int(self.market.atoms_per_tick_lot), self.money, article="CONT-001"
            )
            return made("fill-value", self.money, "product_down", [price, size, each])
        subticks = ticks * int(self.market.tick_subticks)
        price = given("price", subticks, self.ground.price(self.market), article="CONT-002")
        per = int(self.market.inverse_factor)
        return made("fill-value", self.money, "ratio_down", [size, price], per=per)
