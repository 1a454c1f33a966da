"""`AddOrder` and `AddOrderBatch`: an order as a draft, and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from longshore.venue.dialects.kraken_spot import drafts, refs
from longshore.venue.dialects.kraken_spot.decode import shaped, whole
from longshore.venue.dialects.kraken_spot.drafts import Draft, Wanted
from longshore.venue.dialects.kraken_spot.errors import CANNOT_LEND, ApiError, invalid
from longshore.venue.dialects.kraken_spot.values import US_PER_SECOND, Json

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call

BATCH_MIN, BATCH_MAX = 2, 15
FLAGS = ("post", "fciq", "viqc")
"""The fee is taken in the quote currency and cannot be in the base; no market order is without its
price protection."""


class Order(msgspec.Struct):
    """One order as a form or a line of a batch gives it."""

    ordertype: str
    type: str
    volume: str
    price: str = ""
    price2: str = ""
    oflags: str = ""
    timeinforce: str = ""
    starttm: str = "0"
    expiretm: str = "0"
    leverage: str = "none"
    reduce_only: bool = False
    stptype: str = drafts.STP_DEFAULT
    displayvol: str = ""
    cl_ord_id: str = ""
    userref: str = ""
    close: dict[str, str] | None = None
    close_ordertype: str = msgspec.field(default="", name="close[ordertype]")


class AddOrder(Order, kw_only=True):
    """`AddOrder`."""

    pair: str
    deadline: str = ""
    validate: bool = False


class AddOrderBatch(msgspec.Struct):
    """`AddOrderBatch`: lines of one pair, each decoded alone."""

    pair: str
    orders: list[dict[str, Any]]
    deadline: str = ""
    validate: bool = False


async def add_order(api: Api, call: Call) -> Json:
    """Private AddOrder."""
    asked = call.form(AddOrder)
    draft = draft_order(api, call.account_id, api.pair(asked.pair), asked)
    draft.command.before_us = drafts.deadline_us(asked.deadline)
    descr = {"order": draft.described}
    if asked.validate:
        return {"descr": descr}
    (order_id,) = await drafts.placed(api, [draft])
    if isinstance(order_id, ApiError):
        raise order_id
    return {"descr": descr, "txid": [api.ids.order(order_id)]}


async def add_order_batch(api: Api, call: Call) -> Json:
    """Private AddOrderBatch.

    A line that cannot be read refuses all of them, one that the market refuses only itself.
    """
    asked = call.form(AddOrderBatch)
    if not BATCH_MIN <= len(asked.orders) <= BATCH_MAX:
        raise invalid("orders")
    market = api.pair(asked.pair)
    lines = [shaped(line, Order) for line in asked.orders]
    made = [draft_order(api, call.account_id, market, line) for line in lines]
    for draft in made:
        draft.command.before_us = drafts.deadline_us(asked.deadline)
    if asked.validate:
        return {"orders": [{"descr": {"order": draft.described}} for draft in made]}
    outcomes = await drafts.placed(api, made)
    return {"orders": [_line(api, *each) for each in zip(made, outcomes, strict=True)]}


def _line(api: Api, draft: Draft, outcome: int | ApiError) -> Json:
    if isinstance(outcome, ApiError):
        return {"error": outcome.text}
    return {"descr": {"order": draft.described}, "txid": api.ids.order(outcome)}


def draft_order(api: Api, account_id: int, market: MarketInfo, order: Order) -> Draft:
    """An order as a draft; refused where it asks for what is not there."""
    _check(order)
    flags = [flag for flag in order.oflags.split(",") if flag]
    if any(flag not in FLAGS for flag in flags):
        raise invalid("oflags")
    tif = order.timeinforce.upper()
    wanted = Wanted(
        market=market,
        side=order.type,
        type=order.ordertype,
        volume=order.volume,
        price=order.price,
        post_only="post" in flags,
        time_in_force=tif or drafts.GTC,
        expire_us=_expire_us(api, order.expiretm, tif),
        client_text=refs.client_text(order.cl_ord_id, refs.userref(order.userref)),
        cost_by="oflags" if "viqc" in flags else "",
    )
    return drafts.draft(api, account_id, wanted, REST_NAMES)


REST_NAMES = drafts.Names("type", "ordertype", "volume", "price", "oflags", "timeinforce")


def _check(order: Order) -> None:
    """Nothing is lent, waits for its time, or brings another order along."""
    if order.leverage not in ("none", ""):
        raise ApiError(CANNOT_LEND)
    refused = {
        "reduce_only": order.reduce_only,
        "starttm": order.starttm != "0",
        "price2": order.price2 not in ("", "0"),
        "displayvol": bool(order.displayvol),
        "stptype": order.stptype != drafts.STP_DEFAULT,
        "close[ordertype]": bool(order.close or order.close_ordertype),
    }
    for argument, is_asked in refused.items():
        if is_asked:
            raise invalid(argument)


def _expire_us(api: Api, text: str, tif: str) -> int:
    """When the order ends: at a second, or `+` so many seconds from now; 0: never."""
    seconds = whole(text.removeprefix("+"), "expiretm")
    if not seconds:
        if tif == drafts.GTD:
            raise invalid("expiretm")
        return 0
    if seconds > drafts.SECONDS_MAX or tif not in ("", drafts.GTC, drafts.GTD):
        raise invalid("expiretm")
    from_us = api.venue.now_us if text.startswith("+") else 0
    return from_us + seconds * US_PER_SECOND
