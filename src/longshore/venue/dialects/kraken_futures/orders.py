"""`sendorder`, `editorder`, `cancelorder`: one draft, submitted and told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from longshore.engine.codes import Reason
from longshore.venue.dialects.kraken_futures.cancelling import draft_cancel
from longshore.venue.dialects.kraken_futures.decode import CancelOrder, EditOrder, SendOrder
from longshore.venue.dialects.kraken_futures.drafts import Draft, Refusal
from longshore.venue.dialects.kraken_futures.editing import draft_edit
from longshore.venue.dialects.kraken_futures.errors import ACCOUNT_INACTIVE, refused
from longshore.venue.dialects.kraken_futures.sending import draft_send
from longshore.venue.dialects.kraken_futures.values import Json

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call


async def send_order(api: Api, call: Call) -> Json:
    """POST sendorder. What an account may not do at all is an error, and no status of an order."""
    order = call.form(SendOrder)
    told = await outcome(api, lambda: draft_send(api, call.account_id, order))
    if told["status"] == ACCOUNT_INACTIVE:
        raise refused(ACCOUNT_INACTIVE)
    return {"sendStatus": told}


async def edit_order(api: Api, call: Call) -> Json:
    """POST editorder."""
    edit = call.form(EditOrder)
    return {"editStatus": await outcome(api, lambda: draft_edit(api, call.account_id, edit))}


async def cancel_order(api: Api, call: Call) -> Json:
    """POST cancelorder."""
    cancel = call.form(CancelOrder)
    told = await outcome(api, lambda: draft_cancel(api, call.account_id, cancel))
    return {"cancelStatus": await with_filled(api, call.account_id, told)}


async def outcome(api: Api, make: Callable[[], Draft]) -> Json:
    """Make a draft and submit it, or say why it was refused before it was a command."""
    try:
        draft = make()
    except Refusal as error:
        return refused_status(api, error)
    texts = {0: draft.client_id} if draft.client_id else {}
    (events,) = await api.submit([draft.command], texts)
    return draft.told(events)


def refused_status(api: Api, refusal: Refusal) -> Json:
    """An instruction that never became a command."""
    return {"status": refusal.status, "receivedTime": api.now_iso(), "orderEvents": []}


async def with_filled(api: Api, account_id: int, told: Json) -> Json:
    """A cancel of an order that was filled says so."""
    if told["status"] != "notFound" or "order_id" not in told:
        return told
    order_id = api.ids.order_id(told["order_id"])
    record = await api.venue.history.order(account_id, order_id)
    if record is not None and record.ended and record.reason == Reason.FILLED:
        return {**told, "status": "filled"}
    return told
