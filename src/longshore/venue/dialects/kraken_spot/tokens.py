"""`GetWebSocketsToken`: what a socket shows instead of a signature."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from longshore.venue.dialects.kraken_spot.values import Json

if TYPE_CHECKING:
    from longshore.venue.accounts import Accounts, ApiKey
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call

EXPIRES_S = 900
TOKEN_BYTES = 32


class Tokens:
    """Tokens and whose they are. One must be shown within fifteen minutes of the wall clock."""

    def __init__(self, accounts: Accounts) -> None:
        """No token yet; `accounts` know which keys are still good."""
        self._accounts = accounts
        self._keys: dict[str, tuple[str, float]] = {}

    def issue(self, key: ApiKey) -> str:
        """A new token of a key; those that are over are forgotten."""
        now = time.monotonic()
        self._keys = {each: held for each, held in self._keys.items() if held[1] > now}
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._keys[token] = (key.key, now + EXPIRES_S)
        return token

    def key(self, token: str) -> ApiKey | None:
        """The key a token was issued to; None when it is unknown or over, or the key removed."""
        held = self._keys.get(token)
        if held is None or held[1] <= time.monotonic():
            return None
        return self._accounts.key(held[0])


async def websockets_token(api: Api, call: Call) -> Json:
    """Private GetWebSocketsToken."""
    assert call.key is not None
    return {"token": api.tokens.issue(call.key), "expires": EXPIRES_S}
