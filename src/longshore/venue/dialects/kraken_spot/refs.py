"""The caller's own names for an order: `cl_ord_id`, unique, or `userref`, a number of many.

The engine knows one text for an order, which is unique. A `userref` is kept in it beside a random
part; such a text is longer than any client id may be.
"""

from __future__ import annotations

import re
import secrets

from longshore.venue.dialects.kraken_spot.errors import invalid

FREE_MAX_CHARS = 18
RANDOM_BYTES = 12
USERREF_LIMIT = 2**31
PREFIX = "userref:"
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}")


def client_text(cl_ord_id: str, userref: int | None) -> str:
    """The text the engine is to know the order by, empty when the caller gave none."""
    if not cl_ord_id:
        return "" if userref is None else f"{PREFIX}{userref}:{secrets.token_hex(RANDOM_BYTES)}"
    if userref is not None:
        raise invalid("userref")
    printable = cl_ord_id.isascii() and cl_ord_id.isprintable()
    if not (_UUID.fullmatch(cl_ord_id) or (printable and len(cl_ord_id) <= FREE_MAX_CHARS)):
        raise invalid("cl_ord_id")
    return cl_ord_id


def userref_of(text: str) -> int | None:
    """The number in a text; None when it is a client id, or another API's."""
    prefix, _, rest = text.partition(":")
    number, _, random = rest.partition(":")
    if f"{prefix}:" != PREFIX or len(random) != 2 * RANDOM_BYTES or not is_userref(number):
        return None
    return int(number)


def cl_ord_id_of(text: str) -> str:
    """The client id in a text, empty when it holds a number."""
    return "" if userref_of(text) is not None else text


def is_userref(text: str) -> bool:
    """Whether a text is a whole number of 32 bits with sign."""
    return bool(re.fullmatch(r"-?\d{1,10}", text, re.ASCII)) and (
        -USERREF_LIMIT <= int(text) < USERREF_LIMIT
    )


def userref(text: str) -> int | None:
    """A `userref` as a request gives it, None when it gives none."""
    if not text:
        return None
    if not is_userref(text):
        raise invalid("userref")
    return int(text)
