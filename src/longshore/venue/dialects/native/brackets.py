"""A stop and a target given in money or in percent: put as prices, before anything else is read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

import msgspec

from longshore.explain import format as fmt
from longshore.practice.brackets import Entry, entry_of, result_atoms, ticks_for, told
from longshore.venue.dialects.native import draft
from longshore.venue.dialects.native.errors import bad_value
from longshore.venue.dialects.native.schema.explain import BracketReply
from longshore.venue.dialects.native.wire import Call, decimal

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.native.schema.bodies import OrderBody

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the names of its fields, and which way from the entry it lies."""

    price: str
    money: str
    percent: str
    way: int

    def given(self, body: OrderBody) -> list[str]:
        """Which of its fields are there; more than one is refused."""
        found = [n for n in (self.price, self.money, self.percent) if getattr(body, n) is not None]
        if found[1:]:
            raise bad_value("Say it by price, by money or by percent.", found[1])
        return found


STOP = Side("stop_price", "stop_loss", "stop_percent", -1)
TARGET = Side("target_price", "target_profit", "target_percent", 1)
FIELDS = tuple(name for side in (STOP, TARGET) for name in (side.price, side.money, side.percent))


def as_prices(call: Call, body: OrderBody) -> OrderBody:
    """The order with its stop and target as prices."""
    named = [name for side in (STOP, TARGET) for name in side.given(body)]
    if all(name in (STOP.price, TARGET.price) for name in named):
        return body
    info = draft.market_of(call.venue.catalog, body.symbol)
    entry = _entry(call, info, body)
    if entry is None:
        raise bad_value("The order would open nothing that could be protected.", named[0])
    return msgspec.structs.replace(
        body, **_prices(call, info, body, entry, STOP), **_prices(call, info, body, entry, TARGET)
    )


def results(call: Call, body: OrderBody) -> dict[str, BracketReply]:
    """What the stop and the target, given as prices, come to."""
    if body.stop_price is None and body.target_price is None:
        return {}
    info = draft.market_of(call.venue.catalog, body.symbol)
    entry = _entry(call, info, body)
    if entry is None:
        return {}
    prices = {"stop": body.stop_price, "target": body.target_price}
    return {k: _result(call, info, entry, price) for k, price in prices.items() if price}


def _result(call: Call, info: MarketInfo, entry: Entry, price: str) -> BracketReply:
    ticks = draft.ticks(info, price, "stop_price")
    return BracketReply(
        price=f"{info.price(ticks):f}", text=told(call.venue.view, info, entry, ticks)
    )


def _entry(call: Call, info: MarketInfo, body: OrderBody) -> Entry | None:
    bare = msgspec.structs.replace(body, client_id="", **dict.fromkeys(FIELDS))
    command = draft.place_command(call, info, bare)
    leverage = None if body.leverage is None else draft.leverage_ppm(body.leverage)
    return entry_of(call.venue.view, command, leverage) if info.is_margined else None


def _prices(
    call: Call, info: MarketInfo, body: OrderBody, entry: Entry, side: Side
) -> dict[str, str | None]:
    """A side's fields once its price is known."""
    money, percent = getattr(body, side.money), getattr(body, side.percent)
    if money is not None:
        ticks = _by_money(call, info, entry, side, money)
    elif percent is not None:
        ticks = _by_percent(entry, side, percent)
    else:
        return {}
    return {side.price: f"{info.price(ticks):f}", side.money: None, side.percent: None}


def _by_money(call: Call, info: MarketInfo, entry: Entry, side: Side, given: str) -> int:
    view = call.venue.view
    amount = _positive(given, side.money)
    wanted = side.way * draft.atoms(info.settle, amount, side.money)
    at_once = result_atoms(view, entry, int(entry.ticks))
    if side is STOP and wanted >= at_once:
        costs = fmt.amount(info, -at_once)
        raise bad_value(f"Opening and closing alone cost about {costs}.", side.money)
    ticks = ticks_for(view, entry, wanted)
    if ticks is None:
        raise bad_value("No price of this market comes to that.", side.money)
    return ticks


def _by_percent(entry: Entry, side: Side, given: str) -> int:
    """So many percent of the entry price away, to the nearest tick."""
    share = _positive(given, side.percent) / PERCENT
    ticks = (entry.ticks * (1 + side.way * entry.way * share)).quantize(Decimal(1), ROUND_HALF_EVEN)
    if ticks < 1:
        raise bad_value("No price of this market is that far away.", side.percent)
    return int(ticks)


def _positive(given: str, field: str) -> Decimal:
    number = decimal(given, field)
    if number <= 0:
        raise bad_value("This must be above zero.", field)
    return number
