"""What every route of custody needs: the desk come to the present, refusals in words, amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from longshore.custody.records import Refused
from longshore.custody.wallet import WordsError, read_words
from longshore.explain.sentences import say
from longshore.venue.dialects.native.draft import asset_of, atoms
from longshore.venue.dialects.native.errors import (
    BAD_REQUEST,
    NOT_FOUND,
    REFUSED,
    ApiError,
    bad_value,
)
from longshore.venue.dialects.native.render import text
from longshore.venue.dialects.native.wire import Call, decimal

if TYPE_CHECKING:
    from longshore.custody.inputs import Input
    from longshore.custody.networks import Network

AMOUNT_MAX_ATOMS = 2**62
STATUSES = {"BAD_NAME": BAD_REQUEST, "BAD_MEMO": BAD_REQUEST, "BAD_ADDRESS": BAD_REQUEST}
"""What is badly written; what is unknown is not found, and the rest is refused."""


def refusal(refused: Refused) -> ApiError:
    """A refusal of custody's in this API's form."""
    unknown = NOT_FOUND if refused.name.startswith("UNKNOWN_") else REFUSED
    sentence = say(f"custody-refused-{refused.name.lower().replace('_', '-')}")
    return ApiError(STATUSES.get(refused.name, unknown), refused.name, sentence, refused.field)


async def done(call: Call, asked: Input) -> Any:
    """Carry an input out. Raises ApiError."""
    try:
        return await call.venue.custody.do(asked)
    except Refused as refused:
        raise refusal(refused) from None


def asked_atoms(call: Call, symbol: str, amount: str) -> int:
    """An amount above zero in atoms."""
    asset = asset_of(call.venue.catalog, symbol)
    made = atoms(asset, decimal(amount, "amount"))
    if not 0 < made <= AMOUNT_MAX_ATOMS:
        raise bad_value(say("custody-refused-bad-amount"), "amount")
    return made


def shown(call: Call, symbol: str, atoms: int) -> str:
    """Atoms as an amount."""
    return text(call.venue.catalog.asset(symbol).amount(atoms))


def network_of(call: Call, name: str) -> Network:
    """A network by name. Raises ApiError."""
    try:
        return call.venue.custody.desk.house.network(name)
    except Refused as refused:
        raise refusal(refused) from None


def words_of(text: str) -> str:
    """The words of a practice wallet. Raises ApiError."""
    try:
        return read_words(text)
    except WordsError:
        raise bad_value(say("custody-bad-words"), "words") from None
