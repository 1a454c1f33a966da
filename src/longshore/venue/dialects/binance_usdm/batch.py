"""`batchOrders`: up to five orders placed or amended, up to ten cancelled; each for itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from longshore.venue.dialects.binance_usdm.decode import (
    Amendment,
    Form,
    NewOrder,
    OrderName,
    shaped,
)
from longshore.venue.dialects.binance_usdm.errors import BATCH_SIZE, ApiError, either, not_valid
from longshore.venue.dialects.binance_usdm.orders import (
    draft_amendment,
    draft_cancel,
    draft_order,
)
from longshore.venue.dialects.binance_usdm.values import Json

if TYPE_CHECKING:
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.dialects.binance_usdm.drafts import Draft

PLACED_MAX = 5
CANCELLED_MAX = 10

Make = Callable[[], "Draft"]
Kind = tuple[type[msgspec.Struct], Callable[..., "Draft"]]
"""What a line is decoded as, and what makes a draft of it."""


class Batch(Form):
    """Orders as JSON text."""

    batch_orders: str


class Names(msgspec.Struct):
    """Orders by either id, as JSON text."""

    symbol: str
    orderidlist: str = msgspec.field(default="", name="orderidlist")
    orig_client_order_id_list: str = msgspec.field(default="", name="origClientOrderIdList")
    origclientorderidlist: str = ""


async def place(api: Api, call: Call) -> list[Json]:
    """POST batchOrders."""
    lines = _lines(call)
    return await _carried_out(
        api, [_maker(api, call.account_id, line, (NewOrder, draft_order)) for line in lines]
    )


async def amend(api: Api, call: Call) -> list[Json]:
    """PUT batchOrders."""
    lines = _lines(call)
    return await _carried_out(
        api, [_maker(api, call.account_id, line, (Amendment, draft_amendment)) for line in lines]
    )


async def cancel(api: Api, call: Call) -> list[Json]:
    """DELETE batchOrders."""
    asked = call.form(Names)
    by_client = asked.orig_client_order_id_list or asked.origclientorderidlist
    names: list[dict[str, object]] = [{"orderId": each} for each in _list(asked.orderidlist)]
    names += [{"origClientOrderId": each} for each in _list(by_client)]
    if not names:
        raise either("orderIdList", "origClientOrderIdList")
    if len(names) > CANCELLED_MAX:
        raise ApiError(BATCH_SIZE)
    market = api.market(asked.symbol)
    lines = [{"symbol": market.symbol, **name} for name in names]
    return await _carried_out(
        api, [_maker(api, call.account_id, line, (OrderName, draft_cancel)) for line in lines]
    )


def _lines(call: Call) -> list[object]:
    lines = _list(call.form(Batch).batch_orders)
    if not 0 < len(lines) <= PLACED_MAX:
        raise ApiError(BATCH_SIZE)
    return lines


def _list(text: str) -> list[object]:
    """A JSON list of a parameter."""
    if not text:
        return []
    try:
        return msgspec.json.decode(text, type=list[object])
    except (msgspec.DecodeError, RecursionError):
        raise not_valid("batchOrders") from None


def _maker(
    api: Api, account_id: int, line: object, kind: tuple[type, Callable[..., Draft]]
) -> Make:
    shape, draft = kind
    return lambda: draft(api, account_id, shaped(line, shape))


async def _carried_out(api: Api, makers: list[Make]) -> list[Json]:
    """All that can be drafted as one batch; each line's answer, a refusal among them."""
    told: dict[int, Json] = {}
    drafts: dict[int, Draft] = {}
    for place, make in enumerate(makers):
        try:
            drafts[place] = make()
        except ApiError as error:
            told[place] = error.body
    made = list(drafts.values())
    texts = {at: draft.client_id for at, draft in enumerate(made) if draft.client_id}
    outcomes = await api.submit([draft.command for draft in made], texts) if made else []
    for place, events in zip(drafts, outcomes, strict=True):
        try:
            told[place] = drafts[place].told(events)
        except ApiError as error:
            told[place] = error.body
    return [told[place] for place in range(len(makers))]
