"""What the venue owes and holds, and a customer's proof, as files anybody can check without it."""

from __future__ import annotations

from longshore.custody.reserves import Proof, Statement
from longshore.explain.sentences import say
from longshore.venue.dialects.native.errors import NOT_FOUND, ApiError, bad_value, not_found
from longshore.venue.dialects.native.wire import Call, Query


class StatementQuery(Query):
    """After which command; without one, the statement that stands now."""

    seq: int | None = None


async def get_reserves(call: Call, query: StatementQuery) -> Statement:
    """What the venue owes its customers and holds for them, to the atom; the same for everybody."""
    reserves, asked = call.venue.reserves, query.seq
    if asked is not None and not 0 <= asked <= call.venue.view.seq:
        raise bad_value("There is no command of this number.", "seq")
    found = reserves.newest(call.venue.now_us) if asked is None else reserves.stated(asked)
    if found is None:
        raise not_found("statement", "" if asked is None else "seq")
    return found


async def get_proof(call: Call, query: StatementQuery) -> Proof:
    """That the account's balances are counted: for `longshore reserves check`."""
    statement = await get_reserves(call, query)
    proof = call.venue.reserves.proof(call.account_id, statement)
    if proof is None:
        raise ApiError(NOT_FOUND, "UNKNOWN_PROOF", say("reserves-not-counted"), "seq")
    return proof
