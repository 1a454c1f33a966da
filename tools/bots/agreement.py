"""Whether freqtrade's database and the venue's books tell the same.

freqtrade keeps, of each order, how much was filled and for what; of each trade, the mean rate of
the entry's fees, the exit's fees in money, and the funding. (Its `fee_open_cost` is none of these:
it is that rate on the margin, written anew whenever an order of the trade is filled.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

NEAR = 2e-8  # an atom is 1e-8; freqtrade sums in floating point
NEAR_RATE = 1e-9
NEAR_PROFIT = 1e-5  # of the profit: freqtrade rounds rates and prices on the way to it
ONE_RATE = 1e-6
WHOLE_MIN = 20  # a run of so long goes on until funding is paid

Row = dict[str, Any]


@dataclass
class Line:
    """One thing that both tell: how often it was compared, and where it differs."""

    what: str
    compared: int = 0
    different: list[str] = field(default_factory=list)

    def same(self, name: str, theirs: float, ours: float, near: float = NEAR) -> None:
        """Compare two figures of one thing."""
        self.compared += 1
        if abs(theirs - ours) > near * max(1.0, abs(ours)):
            self.different.append(f"{name}: freqtrade {theirs!r}, the venue {ours!r}")

    def true(self, name: str, holds: bool) -> None:
        """Note something that must be so."""
        self.compared += 1
        if not holds:
            self.different.append(name)


class Books:
    """Both sides of a run."""

    def __init__(self, run: Row) -> None:
        """As `trading.trade` brings them."""
        self.run = run
        self.fills: dict[str, list[Row]] = defaultdict(list)
        for fill in run["fills"]:
            self.fills[fill["order_id"]].append(fill)
        self.orders = {order["order_id"]: order for order in run["orders"]}
        self.trades: list[Row] = run["trades"]

    def lines(self) -> list[Line]:
        """Everything that is compared."""
        return [self._deeds(), self._fills(), self._fees(), self._funding(), self._profit()]

    def deeds(self) -> dict[str, int]:
        """How often the bot did what it is to do, and what is left at the end."""
        stops = [order for order in self.run["orders"] if order["ft_order_side"] == "stoploss"]
        account = self.run["account"]
        forced = {fill["order_id"] for fill in self.run["fills"] if fill["role"] == "liquidation"}
        return {
            "trades": len(self.trades),
            "stops placed on the venue": len(stops),
            "stops that were filled": sum(bool(stop["filled"]) for stop in stops),
            "liquidations": len(self.run["liquidations"]),
            "liquidation orders in its database": len(forced & set(self.orders)),
            "fills": len(self.run["fills"]),
            "funding payments": len(self.run["funding"]),
            "trades left open": sum(trade["is_open"] for trade in self.trades),
            "positions left": len(account["positions"]),
        }

    def _deeds(self) -> Line:
        line = Line("opened, stop on the venue, closed, liquidated; nothing left")
        done = self.deeds()
        for name in ("trades", "stops placed on the venue", "liquidations"):
            line.true(f"no {name}", done[name] > 0)
        if self.run["minutes"] >= WHOLE_MIN:
            line.true("no funding payments", done["funding payments"] > 0)
        known = done["liquidation orders in its database"]
        line.true("a liquidation it does not know", known == done["liquidations"])
        for name in ("trades left open", "positions left"):
            line.true(f"{name}: {done[name]}", done[name] == 0)
        return line

    def _fills(self) -> Line:
        line = Line("orders filled: size, value, average price, side")
        filled = {number for number, order in self.orders.items() if order["filled"]}
        for number in sorted(filled ^ set(self.fills)):
            line.true(f"order {number} is filled on one side only", False)
        for number in sorted(filled & set(self.fills)):
            order, fills = self.orders[number], self.fills[number]
            size, value = total(fills, "size"), total(fills, "value")
            line.same(f"order {number} size", order["filled"], size)
            line.same(f"order {number} value", order["cost"], value)
            line.same(f"order {number} average", order["average"], value / size)
            line.true(f"order {number} side", {fill["side"] for fill in fills} == {order["side"]})
        return line

    def _fees(self) -> Line:
        line = Line("fees: the entry's mean rate, the exit's money")
        for trade in self.trades:
            name = f"trade {trade['id']}"
            entries, exits = self._of(trade, is_entry), self._of(trade, is_exit)
            rates = [float(fill["fee"]) / float(fill["value"]) for fill in entries]
            mean = sum(rates) / len(rates) if rates else 0.0
            line.same(f"{name} entry", trade["fee_open"], mean, NEAR_RATE)
            line.same(f"{name} exit", trade["fee_close_cost"] or 0.0, total(exits, "fee"))
        return line

    def _funding(self) -> Line:
        line = Line("funding of each trade, and of all")
        for trade in self.trades:
            paid = total(self._paid_during(trade), "amount")
            line.same(f"trade {trade['id']}", trade["funding_fees"] or 0.0, paid)
        told = sum(trade["funding_fees"] or 0.0 for trade in self.trades)
        line.same("all trades", told, total(self.run["funding"], "amount"))
        return line

    def _profit(self) -> Line:
        line = Line("profit of each trade whose fees have one rate a side")
        for trade in self.trades:
            entries, exits = self._of(trade, is_entry), self._of(trade, is_exit)
            if has_one_rate(entries) and has_one_rate(exits):
                gained = total(entries, "pnl") + total(exits, "pnl")
                gained -= total(entries, "fee") + total(exits, "fee")
                gained += total(self._paid_during(trade), "amount")
                told = trade["close_profit_abs"] or 0.0
                line.same(f"trade {trade['id']}", told, gained, NEAR_PROFIT)
        return line

    def _paid_during(self, trade: Row) -> list[Row]:
        """The payments of a trade's market between its first fill and its last."""
        fills = [*self._of(trade, is_entry), *self._of(trade, is_exit)]
        symbols, times = {fill["symbol"] for fill in fills}, [moment(fill) for fill in fills]
        paid = (row for row in self.run["funding"] if row["symbol"] in symbols)
        return [row for row in paid if min(times) <= moment(row) <= max(times)]

    def _of(self, trade: Row, wanted: Callable[[Row, Row], bool]) -> list[Row]:
        """The fills of a trade's entries or exits."""
        own = [o for o in self.run["orders"] if o["ft_trade_id"] == trade["id"] and o["filled"]]
        return [
            fill for order in own if wanted(trade, order) for fill in self.fills[order["order_id"]]
        ]


def is_entry(trade: Row, order: Row) -> bool:
    """Whether an order opened its trade."""
    return bool((order["side"] == "sell") == bool(trade["is_short"]))


def is_exit(trade: Row, order: Row) -> bool:
    """Whether it closed it."""
    return not is_entry(trade, order)


def has_one_rate(fills: list[Row]) -> bool:
    """Whether their fees are one share of their values; freqtrade's profit takes the mean share."""
    rates = [float(fill["fee"]) / float(fill["value"]) for fill in fills]
    return max(rates, default=0.0) - min(rates, default=0.0) < ONE_RATE


def moment(row: Row) -> datetime:
    """When it was, in world time."""
    return datetime.fromisoformat(row["time"])


def total(rows: Iterable[Row], name: str) -> float:
    """The sum of a column."""
    return sum(float(row[name]) for row in rows)
