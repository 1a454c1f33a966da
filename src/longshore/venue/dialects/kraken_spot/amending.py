"""`AmendOrder` and `EditOrder`: another size or price for an open order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import OrderType, Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.venue.dialects.kraken_spot import drafts
from longshore.venue.dialects.kraken_spot import facts as order_facts
from longshore.venue.dialects.kraken_spot.errors import UNKNOWN_ORDER, ApiError, invalid
from longshore.venue.dialects.kraken_spot.limits import AMEND, EDIT
from longshore.venue.dialects.kraken_spot.order_objects import described, limit_text
from longshore.venue.dialects.kraken_spot.values import Json

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call
    from longshore.venue.dialects.kraken_spot.facts import OrderFacts


class AmendOrder(msgspec.Struct):
    """`AmendOrder`: sizes are of the whole order, with what is filled."""

    txid: str = ""
    cl_ord_id: str = ""
    order_qty: str = ""
    limit_price: str = ""
    display_qty: str = ""
    trigger_price: str = ""
    post_only: bool = False
    deadline: str = ""


class EditOrder(msgspec.Struct):
    """`EditOrder`."""

    txid: str
    pair: str
    volume: str = ""
    price: str = ""
    price2: str = ""
    displayvol: str = ""
    oflags: str = ""
    deadline: str = ""
    userref: str = ""
    validate: bool = False


class Change(msgspec.Struct):
    """What is to be different, in one form for every way to ask. Empty texts change nothing."""

    volume: str
    price: str
    volume_name: str
    price_name: str
    deadline: str = ""
    ages: tuple[int, ...] = AMEND  # what a young order costs in the rate limits


async def amend_order(api: Api, call: Call) -> Json:
    """Private AmendOrder."""
    return {"amend_id": await amended(api, call.account_id, call.form(AmendOrder))}


async def amended(api: Api, account_id: int, asked: AmendOrder) -> str:
    """Amend an order; the amendment's id."""
    before = found(api, account_id, asked.txid, asked.cl_ord_id)
    refused = {
        "display_qty": bool(asked.display_qty),
        "trigger_price": bool(asked.trigger_price),
    }
    check_post_only(before, asked.post_only, "post_only")
    for argument, is_asked in refused.items():
        if is_asked:
            raise invalid(argument)
    change = Change(asked.order_qty, asked.limit_price, "order_qty", "limit_price", asked.deadline)
    return api.ids.amend(await changed(api, account_id, before, change))


def check_post_only(before: OrderFacts, asked: bool, argument: str) -> None:
    """An order that may take cannot be told to only rest from now on."""
    if asked and before.type != OrderType.POST_ONLY:
        raise invalid(argument)


def found(api: Api, account_id: int, txid: str, cl_ord_id: str) -> OrderFacts:
    """The open order that a request names."""
    if bool(txid) == bool(cl_ord_id):
        raise invalid("txid")
    by_name = order_facts.named_order_id(api, account_id, cl_ord_id) if cl_ord_id else 0
    row = order_facts.find_row(api, account_id, by_name or api.ids.order_id(txid))
    if row is None:
        raise ApiError(UNKNOWN_ORDER)
    return order_facts.of_row(api, row)


async def changed(api: Api, account_id: int, before: OrderFacts, change: Change) -> int:
    """Submit a change; the command's seq."""
    command = command_of(account_id, before, change)
    market_id = before.market.market_id
    api.limits.check_changed(account_id, market_id, before.placed_us, change.ages)
    (events,) = await api.submit([command])
    refusal = drafts.refusal(events)
    if refusal is not None:
        raise refusal
    return int(events[0].seq)


def command_of(account_id: int, before: OrderFacts, change: Change) -> Command:
    """A change as a command; zero leaves size or price as it is."""
    if not change.volume and not change.price:
        raise invalid()
    market = before.market
    command = Command(
        kind=CommandKind.AMEND_ORDER,
        origin=Origin.USER,
        account_id=account_id,
        order_id=before.order_id,
        before_us=drafts.deadline_us(change.deadline),
    )
    if change.volume:
        asked = drafts.lots(market, change.volume, change.volume_name)
        command.qty_lots = asked - before.filled_lots
        if command.qty_lots < 1:
            raise invalid(change.volume_name)
    if change.price:
        command.price_ticks = drafts.ticks(market, change.price, change.price_name)
    return command


async def edit_order(api: Api, call: Call) -> Json:
    """Private EditOrder.

    Kraken cancels and places anew; here the order is amended in place, so that it cannot be lost
    in between, and keeps its id.
    """
    asked = call.form(EditOrder)
    market = api.pair(asked.pair)
    before = found(api, call.account_id, asked.txid, "")
    if before.market is not market:
        raise invalid("pair")
    _check(before, asked)
    change = Change(asked.volume, asked.price, "volume", "price", asked.deadline, EDIT)
    command = command_of(call.account_id, before, change)
    if not asked.validate:
        await changed(api, call.account_id, before, change)
    return _edited(before, command, api.ids.order(before.order_id))


def _check(before: OrderFacts, asked: EditOrder) -> None:
    flags = {flag for flag in asked.oflags.split(",") if flag}
    if flags - {"post", "fciq"}:
        raise invalid("oflags")
    check_post_only(before, "post" in flags, "oflags")
    if asked.price2 not in ("", "0"):
        raise invalid("price2")
    if asked.displayvol:
        raise invalid("displayvol")


def _edited(before: OrderFacts, command: Command, order_id: str) -> Json:
    market = before.market
    lots = (command.qty_lots or before.open_lots) + before.filled_lots
    price_ticks = command.price_ticks or before.price_ticks
    return {
        "status": "ok",
        "txid": order_id,
        "originaltxid": order_id,
        "volume": f"{market.size(lots):f}",
        "price": limit_text(market, price_ticks),
        "orders_cancelled": 1,
        "descr": {"order": described(market, before.side, before.type, lots, price_ticks)},
    }
