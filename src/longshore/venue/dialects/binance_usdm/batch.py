"""`batchOrders`: up to five orders placed or amended, up to ten cancelled; each for itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
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
ORDER_IDS, CLIENT_IDS = "orderIdList", "origClientOrderIdList"
LIST = msgspec.json.Decoder(list[object], float_hook=Decimal)

Kind = tuple[type[msgspec.Struct], Callable[..., "Draft"]]
"""What a line is decoded as, and what makes a draft of it."""


class Batch(Form):
    """Orders as JSON text."""

    batch_orders: str


class Names(Form):
    """Orders by either id, as JSON text. ccxt writes both names in small letters."""

    symbol: str
    order_id_list: str = ""
    orderidlist: str = ""
    orig_client_order_id_list: str = ""
    origclientorderidlist: str = ""


async def place(api: Api, call: Call) -> list[Json]:
    """POST batchOrders."""
    return await _each(api, call, _lines(call), (NewOrder, draft_order))


async def amend(api: Api, call: Call) -> list[Json]:
    """PUT batchOrders."""
    return await _each(api, call, _lines(call), (Amendment, draft_amendment))


async def cancel(api: Api, call: Call) -> list[Json]:
    """DELETE batchOrders."""
    asked = call.form(Names)
    ids = _list(ORDER_IDS, asked.order_id_list or asked.orderidlist)
    texts = _list(CLIENT_IDS, asked.orig_client_order_id_list or asked.origclientorderidlist)
    names = [{"orderId": each} for each in ids] + [{"origClientOrderId": each} for each in texts]
    if not names:
        raise either(ORDER_IDS, CLIENT_IDS)
    if len(names) > CANCELLED_MAX:
        raise ApiError(BATCH_SIZE)
    market = api.market(asked.symbol)
    lines = [{"symbol": market.symbol, **name} for name in names]
    return await _each(api, call, lines, (OrderName, draft_cancel))


def _lines(call: Call) -> list[object]:
    lines = _list("batchOrders", call.form(Batch).batch_orders)
    if not 0 < len(lines) <= PLACED_MAX:
        raise ApiError(BATCH_SIZE)
    return lines


def _list(name: str, text: str) -> list[object]:
    """The JSON list that a parameter is; its numbers as they were written."""
    if not text:
        return []
    try:
        return LIST.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise not_valid(name) from None


async def _each(api: Api, call: Call, lines: Sequence[object], kind: Kind) -> list[Json]:
    """All that can be drafted as one batch; each line's answer, a refusal among them."""
    shape, draft = kind
    told: dict[int, Json] = {}
    drafts: dict[int, Draft] = {}
    for place, line in enumerate(lines):
        try:
            drafts[place] = draft(api, call.account_id, shaped(line, shape))
        except ApiError as error:
            told[place] = error.body
    made = list(drafts.values())
    texts = {at: draft.client_id for at, draft in enumerate(made) if draft.client_id}
    outcomes = await api.submit([draft.command for draft in made], texts)
    for place, events in zip(drafts, outcomes, strict=True):
        try:
            told[place] = drafts[place].told(events)
        except ApiError as error:
            told[place] = error.body
    return [told[place] for place in range(len(lines))]
