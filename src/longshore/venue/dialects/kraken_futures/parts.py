"""The three parts of the REST API as ASGI applications: derivatives, history, charts.

Each has its table of operations, its envelope and its form of refusal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from longshore.venue.dialects.kraken_futures import auth
from longshore.venue.dialects.kraken_futures.call import (
    CSV_TYPE,
    TEXT_TYPE,
    Answer,
    Call,
    Csv,
    Operation,
    read_body,
    respond,
)
from longshore.venue.dialects.kraken_futures.errors import (
    ApiError,
    away,
    history_unauthorized,
    not_found,
    refused,
)
from longshore.venue.dialects.kraken_futures.values import encode

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api

Table = dict[str, Operation]
"""Operations by method and path: `"GET v3/tickers/{symbol}"`."""


class Part:
    """One part of the API: operations under one path."""

    def __init__(self, api: Api, table: Table, signed_prefix: str) -> None:
        """Operations of `table`; signatures are made over `signed_prefix` + path."""
        self.api = api
        self._signed_prefix = signed_prefix
        self._exact = {key: made for key, made in table.items() if "{" not in key}
        self._patterns = [(_pattern(key), made) for key, made in table.items() if "{" in key]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"][len(scope.get("root_path", "")) :]
        try:
            call = Call(scope, path, await read_body(receive))
            answer = await self._answer(call)
            if isinstance(answer, Csv):
                await respond(send, 200, answer.encoded(), (CSV_TYPE,))
            else:
                await respond(send, 200, encode(self.envelope(answer)))
        except ApiError as error:
            await self.respond_error(send, error)

    async def _answer(self, call: Call) -> Answer:
        operation, call.path_values = self._find(call.key)
        if operation.permission:
            call.account_id = self._account_id(call, operation.permission)
            self.check_limit(call)
            if self.api.venue.is_down:
                raise away()
        return await operation.handler(self.api, call)

    def _find(self, key: str) -> tuple[Operation, tuple[str, ...]]:
        exact = self._exact.get(key)
        if exact is not None:
            return exact, ()
        for pattern, operation in self._patterns:
            match = pattern.fullmatch(key)
            if match:
                return operation, match.groups()
        raise not_found()

    def _account_id(self, call: Call, permission: str) -> int:
        """Whose request this is: the key is known, may do this, and signed it."""
        nonce = call.header(b"nonce")
        key = self.api.venue.accounts.key(call.header(b"apikey"))
        path = f"{self._signed_prefix}{call.path}".encode()
        message = auth.signed_message(call.query, call.body, nonce.encode("latin-1"), path)
        if key is None or not auth.is_signed(key.secret, message, call.header(b"authent")):
            raise self.unauthorized("authenticationError")
        refusal = self.api.nonces.refusal(key.key, nonce)
        if refusal or permission not in key.permissions:
            raise self.unauthorized(refusal or "authenticationError")
        return key.account_id

    def check_limit(self, call: Call) -> None:
        """Count a signed call; refused when there were too many."""

    def envelope(self, body: Answer) -> Answer:
        """A success as this part gives it."""
        return body

    def unauthorized(self, name: str) -> ApiError:
        """A bad signature, nonce or permission as this part refuses it."""
        return refused(name)

    async def respond_error(self, send: Send, error: ApiError) -> None:
        """A refusal as this part gives it."""
        timed = {"serverTime": self.api.now_iso()} if error.timed else {}
        await respond(send, error.status, encode({**error.body, **timed}), error.headers)


class Derivatives(Part):
    """`/derivatives/api`: `result` and `serverTime` around every answer."""

    def check_limit(self, call: Call) -> None:
        """Five hundred units in ten seconds."""
        self.api.limits.check_derivatives(call)

    def envelope(self, body: Answer) -> Answer:
        """A success with Kraken's head and tail."""
        assert isinstance(body, dict)
        return {"result": "success", **body, "serverTime": self.api.now_iso()}


class History(Part):
    """`/api/history`: answers as they are, 401 where `/derivatives` says 200."""

    def check_limit(self, call: Call) -> None:
        """A hundred units in ten minutes."""
        self.api.limits.check_history(call)

    def unauthorized(self, name: str) -> ApiError:
        """Every failure of authentication looks the same here."""
        return history_unauthorized()


class Charts(Part):
    """`/api/charts`: answers as they are, refusals in plain text."""

    async def respond_error(self, send: Send, error: ApiError) -> None:
        """The refusal's words alone."""
        words = str(error.body.get("error") or "Not Found")
        await respond(send, error.status, words.encode(), (TEXT_TYPE,))


def _pattern(key: str) -> re.Pattern[str]:
    """`{name}` stands for one segment of the path."""
    return re.compile(re.sub(r"\{\w+\}", "([^/]+)", key))
