"""Listen keys: what a user-data stream shows instead of a signature."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from longshore.venue.dialects.binance_usdm.errors import LISTEN_KEY, ApiError

if TYPE_CHECKING:
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.dialects.binance_usdm.values import Json

VALID_S = 3_600
KEY_BYTES = 32


class ListenKeys:
    """One key an account, good for an hour of the wall clock since it was last asked for."""

    def __init__(self) -> None:
        """No key yet."""
        self._keys: dict[int, tuple[str, float]] = {}

    def take(self, account_id: int) -> str:
        """The account's key, good for another hour."""
        key = self.current(account_id) or secrets.token_hex(KEY_BYTES)
        self._keys[account_id] = (key, time.monotonic() + VALID_S)
        return key

    def current(self, account_id: int) -> str:
        """The account's key as long as it is good; empty when there is none."""
        key, ends_s = self._keys.get(account_id, ("", 0.0))
        return key if time.monotonic() < ends_s else ""

    def drop(self, account_id: int) -> None:
        """The account's key is good no more."""
        self._keys.pop(account_id, None)

    def account_id(self, key: str) -> int:
        """Whose key it is; 0 when it is nobody's."""
        given = key.encode()
        owners = [
            owner
            for owner, (held, _) in self._keys.items()
            if secrets.compare_digest(held.encode(), given)
        ]
        return owners[0] if owners and self.current(owners[0]) else 0


async def start(api: Api, call: Call) -> Json:
    """POST listenKey: a key; an account that has one gets the same again."""
    return {"listenKey": api.listen_keys.take(call.account_id)}


async def keep(api: Api, call: Call) -> Json:
    """PUT listenKey: another hour."""
    if not api.listen_keys.current(call.account_id):
        raise ApiError(LISTEN_KEY)
    return {"listenKey": api.listen_keys.take(call.account_id)}


async def close(api: Api, call: Call) -> Json:
    """DELETE listenKey: its streams end."""
    api.listen_keys.drop(call.account_id)
    return {}
