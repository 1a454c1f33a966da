"""The REST API as one ASGI application: `/0/public/…` and `/0/private/…` in one envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from longshore.venue.dialects.kraken_spot import auth
from longshore.venue.dialects.kraken_spot.call import (
    Answer,
    Call,
    Operation,
    read_body,
    respond,
)
from longshore.venue.dialects.kraken_spot.errors import (
    INVALID_KEY,
    INVALID_NONCE,
    INVALID_SIGNATURE,
    PERMISSION_DENIED,
    UNAVAILABLE,
    UNKNOWN_METHOD,
    ApiError,
)
from longshore.venue.dialects.kraken_spot.values import encode

if TYPE_CHECKING:
    from longshore.venue.accounts import ApiKey
    from longshore.venue.dialects.kraken_spot.api import Api

Table = dict[str, Operation]
"""Operations by path: `"public/Ticker"`."""

PREFIX = "/0/"


class Rest:
    """Every method of the REST API."""

    def __init__(self, api: Api, table: Table) -> None:
        """Methods of `table` on one venue."""
        self.api = api
        self._table = table

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"][len(scope.get("root_path", "")) :].strip("/")
        try:
            call = Call(scope, await read_body(receive))
            answer = {"error": [], "result": await self._answer(call, path)}
        except ApiError as error:
            answer = {"error": [error.text]}
        await respond(send, encode(answer))

    async def _answer(self, call: Call, path: str) -> Answer:
        operation = self._table.get(path)
        if operation is None:
            raise ApiError(UNKNOWN_METHOD)
        if operation.permission:
            call.key = self._signer(call, path)
            if operation.permission not in call.key.permissions:
                raise ApiError(PERMISSION_DENIED)
            if self.api.venue.is_down:
                raise ApiError(UNAVAILABLE)
            self.api.limits.check_call(call.account_id, path.removeprefix("private/"))
        return await operation.handler(self.api, call)

    def _signer(self, call: Call, path: str) -> ApiKey:
        """Whose request this is: the key is known, signed it, and its nonce is new."""
        key = self.api.venue.accounts.key(call.header(b"api-key"))
        if key is None:
            raise ApiError(INVALID_KEY)
        nonce = str(call.values.get("nonce", ""))
        signed = PREFIX.encode() + path.encode()
        expected = auth.signature(key.secret, signed, nonce.encode(), call.body)
        if not auth.is_signed(expected, call.header(b"api-sign")):
            raise ApiError(INVALID_SIGNATURE)
        if not self.api.nonces.take(key.key, nonce):
            raise ApiError(INVALID_NONCE)
        return key
