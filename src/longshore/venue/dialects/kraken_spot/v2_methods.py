"""What a socket of version 2 carries out: orders, amendments, cancels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from longshore.venue.dialects.kraken_spot import amending, cancelling, drafts, refs
from longshore.venue.dialects.kraken_spot.adding import BATCH_MAX, BATCH_MIN
from longshore.venue.dialects.kraken_spot.amending import AmendOrder, Change
from longshore.venue.dialects.kraken_spot.decode import Values, shaped
from longshore.venue.dialects.kraken_spot.drafts import GTC, GTD, Draft, Names, Wanted
from longshore.venue.dialects.kraken_spot.errors import (
    CANNOT_LEND,
    UNKNOWN_ORDER,
    ApiError,
    invalid,
)
from longshore.venue.dialects.kraken_spot.limits import EDIT
from longshore.venue.dialects.kraken_spot.values import Json, parsed_iso_us

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_spot.api import Api

STP_NEWEST = ("cancel_newest", "cancel-newest")
FEE_CURRENCY = "quote"
V2_NAMES = Names("side", "order_type", "order_qty", "limit_price", "post_only", "time_in_force")


class Asked(NamedTuple):
    """A method's parameters, and whose they are."""

    api: Api
    account_id: int
    values: Values


Outcome = Json | list[Json] | ApiError
Handler = Callable[[Asked], Awaitable[list[Outcome]]]


class Order(msgspec.Struct):
    """One order, alone or in a batch."""

    order_type: str
    side: str
    order_qty: str = ""
    limit_price: str = ""
    limit_price_type: str = "static"
    time_in_force: str = "gtc"
    post_only: bool = False
    expire_time: str = ""
    effective_time: str = ""
    cl_ord_id: str = ""
    order_userref: str = ""
    margin: bool = False
    reduce_only: bool = False
    display_qty: str = ""
    cash_order_qty: str = ""
    fee_preference: str = FEE_CURRENCY
    no_mpp: bool = False
    stp_type: str = STP_NEWEST[0]
    triggers: dict[str, Any] | None = None
    conditional: dict[str, Any] | None = None


class AddOrder(Order, kw_only=True):
    """`add_order`."""

    symbol: str
    deadline: str = ""
    validate: bool = False


class BatchAdd(msgspec.Struct):
    """`batch_add`."""

    symbol: str
    orders: list[dict[str, Any]]
    deadline: str = ""
    validate: bool = False


class EditOrder(msgspec.Struct):
    """`edit_order`."""

    order_id: str
    symbol: str
    order_qty: str = ""
    limit_price: str = ""
    post_only: bool = False
    deadline: str = ""
    validate: bool = False


class Amend(msgspec.Struct):
    """`amend_order`."""

    order_id: str = ""
    cl_ord_id: str = ""
    order_qty: str = ""
    limit_price: str = ""
    display_qty: str = ""
    trigger_price: str = ""
    post_only: bool = False
    deadline: str = ""


class Cancel(msgspec.Struct):
    """`cancel_order`, by any of three names."""

    order_id: list[str] = []
    cl_ord_id: list[str] = []
    order_userref: list[str] = []


class BatchCancel(msgspec.Struct):
    """`batch_cancel`: ids or numbers, and client ids."""

    orders: list[str] = []
    cl_ord_id: list[str] = []


class Timeout(msgspec.Struct):
    """`cancel_all_orders_after`."""

    timeout: str


async def add_order(asked: Asked) -> list[Outcome]:
    """One order."""
    order = shaped(asked.values, AddOrder)
    draft = _draft(asked, order.symbol, order, order.deadline)
    if order.validate:
        return [{}]
    (outcome,) = await drafts.placed(asked.api, [draft])
    return [outcome if isinstance(outcome, ApiError) else _named(asked.api, outcome, draft)]


async def batch_add(asked: Asked) -> list[Outcome]:
    """Orders of one pair: what cannot be read refuses all, what the market refuses itself alone."""
    batch = shaped(asked.values, BatchAdd)
    if not BATCH_MIN <= len(batch.orders) <= BATCH_MAX:
        raise invalid("orders")
    lines = [shaped(line, Order) for line in batch.orders]
    made = [_draft(asked, batch.symbol, line, batch.deadline) for line in lines]
    if batch.validate:
        return [[{} for _ in made]]
    outcomes = await drafts.placed(asked.api, made)
    return [[_line(asked.api, *each) for each in zip(outcomes, made, strict=True)]]


def _line(api: Api, outcome: int | ApiError, draft: Draft) -> Json:
    if isinstance(outcome, ApiError):
        return {"error": outcome.text, "success": False}
    return _named(api, outcome, draft) | {"success": True}


def _named(api: Api, order_id: int, draft: Draft) -> Json:
    told: Json = {"order_id": api.ids.order(order_id)}
    cl_ord_id = refs.cl_ord_id_of(draft.client_text)
    if cl_ord_id:
        told["cl_ord_id"] = cl_ord_id
    return told | {"order_userref": refs.userref_of(draft.client_text) or 0}


def _draft(asked: Asked, symbol: str, order: Order, deadline: str) -> Draft:
    _check(order)
    tif = order.time_in_force.upper()
    wanted = Wanted(
        market=asked.api.pair(symbol),
        side=order.side,
        type=order.order_type,
        volume=order.cash_order_qty or order.order_qty,
        price=order.limit_price,
        post_only=order.post_only,
        time_in_force=tif,
        expire_us=_expire_us(order.expire_time, tif),
        client_text=refs.client_text(order.cl_ord_id, refs.userref(order.order_userref)),
        cost_by="cash_order_qty" if order.cash_order_qty else "",
    )
    draft = drafts.draft(asked.api, asked.account_id, wanted, V2_NAMES)
    draft.command.before_us = drafts.deadline_us(deadline)
    return draft


def _check(order: Order) -> None:
    """Nothing is lent, waits for its time or a price, or brings another order along."""
    if order.margin:
        raise ApiError(CANNOT_LEND)
    refused = {
        "reduce_only": order.reduce_only,
        "effective_time": bool(order.effective_time),
        "limit_price_type": order.limit_price_type != "static",
        "display_qty": bool(order.display_qty),
        "cash_order_qty": bool(order.cash_order_qty and order.order_qty),
        "fee_preference": order.fee_preference != FEE_CURRENCY,
        "no_mpp": order.no_mpp,
        "stp_type": order.stp_type not in STP_NEWEST,
        "triggers": order.triggers is not None,
        "conditional": order.conditional is not None,
    }
    for argument, is_asked in refused.items():
        if is_asked:
            raise invalid(argument)


def _expire_us(text: str, tif: str) -> int:
    if not text:
        if tif == GTD:
            raise invalid("expire_time")
        return 0
    found = parsed_iso_us(text)
    if found is None or found < 1 or tif not in (GTC, GTD):
        raise invalid("expire_time")
    return found


async def amend_order(asked: Asked) -> list[Outcome]:
    """Another size or price for an open order."""
    amend = shaped(asked.values, Amend)
    given = {"order_id": amend.order_id} if amend.order_id else {"cl_ord_id": amend.cl_ord_id}
    fields = msgspec.structs.asdict(amend)
    order = AmendOrder(txid=fields.pop("order_id"), **fields)
    return [{"amend_id": await amending.amended(asked.api, asked.account_id, order), **given}]


async def edit_order(asked: Asked) -> list[Outcome]:
    """The older way to amend; the order keeps its id."""
    edit = shaped(asked.values, EditOrder)
    before = amending.found(asked.api, asked.account_id, edit.order_id, "")
    if before.market is not asked.api.pair(edit.symbol):
        raise invalid("symbol")
    names = ("order_qty", "limit_price")
    change = Change(edit.order_qty, edit.limit_price, *names, edit.deadline, EDIT)
    amending.check_post_only(before, edit.post_only, "post_only")
    if edit.validate:
        amending.command_of(asked.account_id, before, change)
    else:
        await amending.changed(asked.api, asked.account_id, before, change)
    return [{"order_id": edit.order_id, "original_order_id": edit.order_id}]


async def cancel_order(asked: Asked) -> list[Outcome]:
    """Each order is answered alone."""
    cancel = shaped(asked.values, Cancel)
    names = [
        *(("order_id", name, "") for name in cancel.order_id),
        *(("order_userref", name, "") for name in cancel.order_userref),
        *(("cl_ord_id", "", name) for name in cancel.cl_ord_id),
    ]
    if not 1 <= len(names) <= cancelling.BATCH_MAX:
        raise invalid("order_id")
    return [await _cancelled(asked, *each) for each in names]


async def _cancelled(asked: Asked, kind: str, text: str, cl_ord_id: str) -> Outcome:
    if (kind == "order_userref") != refs.is_userref(text):
        return ApiError(UNKNOWN_ORDER)
    found = cancelling.named(asked.api, asked.account_id, text, cl_ord_id)
    try:
        await cancelling.cancelled(asked.api, asked.account_id, found)
    except ApiError as error:
        return error
    return {kind: text or cl_ord_id}


async def batch_cancel(asked: Asked) -> list[Outcome]:
    """Orders together; how many."""
    batch = shaped(asked.values, BatchCancel)
    if not 1 <= len(batch.orders) + len(batch.cl_ord_id) <= cancelling.BATCH_MAX:
        raise invalid("orders")
    names = [*((text, "") for text in batch.orders), *(("", text) for text in batch.cl_ord_id)]
    found = [
        each for name in names for each in cancelling.named(asked.api, asked.account_id, *name)
    ]
    return [{"count": await cancelling.cancelled(asked.api, asked.account_id, found)}]


async def cancel_all(asked: Asked) -> list[Outcome]:
    """Every order in a spot pair; how many."""
    return [{"count": await cancelling.all_cancelled(asked.api, asked.account_id)}]


async def cancel_all_after(asked: Asked) -> list[Outcome]:
    """The dead man's switch."""
    timeout = shaped(asked.values, Timeout).timeout
    return [await cancelling.armed(asked.api, asked.account_id, timeout)]


METHODS: dict[str, Handler] = {
    "add_order": add_order,
    "batch_add": batch_add,
    "amend_order": amend_order,
    "edit_order": edit_order,
    "cancel_order": cancel_order,
    "batch_cancel": batch_cancel,
    "cancel_all": cancel_all,
    "cancel_all_orders_after": cancel_all_after,
}
