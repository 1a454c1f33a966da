"""API keys as their owner sees them: for programs that speak an imitated API."""

from __future__ import annotations

from longshore.explain.sentences import say
from longshore.venue.accounts import KEYS_MAX, ApiKey
from longshore.venue.dialects.native.errors import CONFLICT, ApiError, bad_value, not_found
from longshore.venue.dialects.native.schema.account import KeyInfo
from longshore.venue.dialects.native.schema.people import KeyGone, KeyRow, OwnKeyBody
from longshore.venue.dialects.native.wire import Call


async def list_keys(call: Call) -> list[KeyRow]:
    """The keys of one's account, without their secrets."""
    return [
        KeyRow(id=key.id, key=key.key, permissions=sorted(key.permissions))
        for key in call.venue.accounts.keys_of(call.account)
    ]


async def create_key(call: Call, body: OwnKeyBody) -> KeyInfo:
    """A new key of one's account; its secret is shown once."""
    if not body.permissions:
        raise bad_value(say("people-key-permissions"), "permissions")
    if len(call.venue.accounts.keys_of(call.account)) >= KEYS_MAX:
        raise ApiError(CONFLICT, "TOO_MANY_KEYS", say("people-key-many", most=str(KEYS_MAX)))
    return key_info(call.venue.accounts.create_key(call.account, body.permissions))


async def delete_key(call: Call) -> KeyGone:
    """A key that is to sign nothing any more."""
    for key in call.venue.accounts.keys_of(call.account):
        if key.id == call.path["id"]:
            call.venue.accounts.delete_key(key.key)
            return KeyGone(id=key.id)
    raise not_found("key", "id")


def key_info(key: ApiKey) -> KeyInfo:
    """A new key with its secret."""
    return KeyInfo(
        key=key.key,
        secret=key.secret,
        account=key.account,
        permissions=sorted(key.permissions),
    )
