"""`batchorder`: up to 500 instructions in their order, submitted together.

Each is decoded alone, so that a bad one refuses only itself. One that refers to an order placed by
an earlier line of the same batch waits until that line was carried out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.venue.dialects.kraken_futures import decode
from longshore.venue.dialects.kraken_futures.cancelling import draft_cancel
from longshore.venue.dialects.kraken_futures.decode import CancelOrder, EditOrder, Instruction
from longshore.venue.dialects.kraken_futures.drafts import Draft, Refusal
from longshore.venue.dialects.kraken_futures.editing import draft_edit
from longshore.venue.dialects.kraken_futures.errors import ApiError, argument_invalid
from longshore.venue.dialects.kraken_futures.orders import refused_status, with_filled
from longshore.venue.dialects.kraken_futures.sending import draft_send
from longshore.venue.dialects.kraken_futures.values import Json

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call


async def batch_order(api: Api, call: Call) -> Json:
    """POST batchorder."""
    raws = decode.batch_instructions(call.query, call.body)
    if len(raws) > decode.BATCH_MAX:
        raise argument_invalid("batchOrder")
    run = _Run(api, call.account_id)
    for raw in raws:
        await run.take(raw)
    await run.flush()
    return {"batchStatus": run.statuses}


class _Run:
    """The lines of one batch: told, or waiting to be submitted together."""

    def __init__(self, api: Api, account_id: int) -> None:
        self.statuses: list[Json] = []
        self._api = api
        self._account_id = account_id
        self._waiting: dict[int, Draft] = {}

    async def take(self, raw: msgspec.Raw) -> None:
        """Make one line a draft, or refuse it."""
        tag: Json = {}
        try:
            line = decode.instruction(raw)
            tag = {} if line.order_tag is None else {"order_tag": line.order_tag}
            if line.cli_ord_id is not None and not isinstance(line, decode.SendOrder):
                await self.flush()
            self._waiting[len(self.statuses)] = self._draft(line)
            self.statuses.append(tag)
        except Refusal as error:
            self._refuse(tag, error)
        except ApiError as error:
            self._refuse(tag, Refusal(error.name))
        except msgspec.ValidationError as error:
            self._refuse(tag, Refusal(decode.refusal_of(error).name))

    def _draft(self, line: Instruction) -> Draft:
        if isinstance(line, EditOrder):
            return draft_edit(self._api, self._account_id, line)
        if isinstance(line, CancelOrder):
            return draft_cancel(self._api, self._account_id, line)
        return draft_send(self._api, self._account_id, line)

    def _refuse(self, tag: Json, refusal: Refusal) -> None:
        self.statuses.append(_batch_form(tag, refused_status(self._api, refusal)))

    async def flush(self) -> None:
        """Submit what waits, and tell what came of it."""
        waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        drafts = list(waiting.values())
        texts = {at: draft.client_id for at, draft in enumerate(drafts) if draft.client_id}
        outcomes = await self._api.submit([draft.command for draft in drafts], texts)
        for (place, draft), events in zip(waiting.items(), outcomes, strict=True):
            told = await with_filled(self._api, self._account_id, draft.told(events))
            self.statuses[place] = _batch_form(self.statuses[place], told)


def _batch_form(tag: Json, told: Json) -> Json:
    """A status as a line of `batchStatus`, where the time and an edit's id have other names."""
    renamed = {"receivedTime": "dateTimeReceived", "orderId": "order_id"}
    return {**tag, **{renamed.get(name, name): value for name, value in told.items()}}
