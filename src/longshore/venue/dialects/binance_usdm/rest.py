"""A part of the REST API as an ASGI application: operations under one path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from longshore.venue.dialects.binance_usdm import auth
from longshore.venue.dialects.binance_usdm.call import Call, Operation, read_body, respond
from longshore.venue.dialects.binance_usdm.decode import Form, Millis, Number
from longshore.venue.dialects.binance_usdm.errors import (
    KEY_FORMAT,
    KEY_REJECTED,
    MAINTENANCE,
    SIGNATURE,
    TIMESTAMP_AHEAD,
    TIMESTAMP_OLD,
    ApiError,
    no_path,
    not_valid,
)
from longshore.venue.dialects.binance_usdm.values import Answer, encode

if TYPE_CHECKING:
    from longshore.venue.accounts import ApiKey
    from longshore.venue.dialects.binance_usdm.api import Api

Table = dict[str, Operation]
"""Operations by method and path: `"GET v1/order"`."""


class Signed(Form):
    """What every signed request carries."""

    timestamp: Millis
    signature: str
    recv_window: Number = auth.WINDOW_MS


class Rest:
    """Operations of a table under one prefix."""

    def __init__(self, api: Api, table: Table, prefix: str) -> None:
        """Operations of `table`, told as lying under `prefix`."""
        self.api = api
        self._table = table
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"][len(scope.get("root_path", "")) :].strip("/")
        try:
            call = Call(scope, path, await read_body(receive))
            await respond(send, 200, encode(await self._answer(call)))
        except ApiError as error:
            await respond(send, error.status, encode(error.body))

    async def _answer(self, call: Call) -> Answer:
        operation = self._table.get(f"{call.method} {call.path}")
        if operation is None:
            raise no_path(f"{self._prefix}/{call.path}", call.method)
        if operation.permission:
            call.account_id = self._account_id(call, operation)
            if self.api.venue.is_down:
                raise ApiError(MAINTENANCE, 503)
        return await operation.handler(self.api, call)

    def _account_id(self, call: Call, operation: Operation) -> int:
        """Whose request this is: the key is known and may do this, and has signed it just now."""
        given = call.header(b"x-mbx-apikey")
        if not given:
            raise ApiError(KEY_FORMAT)
        key = self.api.venue.accounts.key(given)
        if key is None:
            raise ApiError(KEY_REJECTED)
        if operation.signed:
            self._check_signature(call, key)
        if operation.permission not in key.permissions:
            raise ApiError(KEY_REJECTED)
        return key.account_id

    def _check_signature(self, call: Call, key: ApiKey) -> None:
        signed = call.form(Signed)
        message = auth.without_signature(call.query) + auth.without_signature(call.body)
        if not auth.is_signed(key.secret, message, signed.signature):
            raise ApiError(SIGNATURE)
        if signed.recv_window > auth.WINDOW_MAX_MS:
            raise not_valid("recvWindow")
        skew_ms = self.api.venue.trouble.terms.skew_ms
        clocks_ms = (auth.wall_ms() + skew_ms, self.api.told_ms)
        age_ms = auth.age_ms(signed.timestamp, clocks_ms)
        if age_ms < -auth.AHEAD_MS:
            raise ApiError(TIMESTAMP_AHEAD)
        if age_ms > signed.recv_window:
            raise ApiError(TIMESTAMP_OLD)
