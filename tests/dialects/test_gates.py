"""A bot whose account meets each gate: what Kraken's two APIs say, in their own words."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from longshore.engine.codes import GATE_REASONS, STATE_REASONS, AccountState, Gate, Reject
from longshore.engine.commands import CommandKind
from longshore.venue.dialects.kraken_spot.errors import ORDER_ERRORS
from tests.dialects.desk import SYMBOL
from tests.dialects.inside import V3, inside
from tests.dialects.spot_inside import spot_inside
from tests.venue.desk import in_loop

ORDER = f"orderType=lmt&symbol={SYMBOL}&side=buy&size=0.01&limitPrice=1000"
PERMISSION, LOCKED = "EGeneral:Permission denied", "ETrade:User Locked"
SPOT_WORDS = {
    **dict.fromkeys(GATE_REASONS, PERMISSION),
    **dict.fromkeys(STATE_REASONS, LOCKED),
    Reject.NOT_OFFERED_HERE: "EAccount:Invalid permissions",
    Reject.SELF_EXCLUDED: LOCKED,
    Reject.INACTIVE: LOCKED,
}
STATES = {
    Reject.ACCOUNT_CLOSE_ONLY: AccountState.CLOSE_ONLY,
    Reject.ACCOUNT_FROZEN: AccountState.FROZEN,
    Reject.ACCOUNT_CLOSED: AccountState.CLOSED,
}


async def meet(venue, account_id: int, gate: Gate, reject: Reject) -> None:
    """The account's gate is shut for this reason, or it is in the state that refuses by it."""
    if reject in STATES:
        await venue.command(
            kind=CommandKind.SET_ACCOUNT_STATE, account_id=account_id, value=STATES[reject]
        )
        return
    await venue.command(kind=CommandKind.SET_GATE, account_id=account_id, type=gate, value=reject)


@in_loop
async def test_kraken_futures_says_that_the_account_is_inactive(tmp_path):
    async with inside(tmp_path) as venue:
        for reject in (*GATE_REASONS, *STATE_REASONS):
            key = await venue.trader(f"bot-{reject.name.lower()}", USD="10000")
            await meet(venue, key.account_id, Gate.PERPETUAL, reject)
            before = venue.digest
            reply = await venue.call(key, "POST", f"{V3}/sendorder", body=ORDER)
            told = reply.json()
            assert (reply.status_code, told["result"]) == (200, "error"), reject
            assert told["error"] == "accountInactive", reject
            assert venue.digest == before


@in_loop
async def test_kraken_futures_takes_a_leverage_up_to_the_cap_and_no_more(tmp_path):
    async with inside(tmp_path) as venue:
        key = await venue.trader("bot", USD="10000")
        await venue.command(
            kind=CommandKind.SET_ACCOUNT_STATE, account_id=key.account_id, leverage_ppm=5_000_000
        )
        told = (await venue.call(key, "POST", f"{V3}/sendorder", body=ORDER)).json()
        assert told["sendStatus"]["status"] == "insufficientAvailableFunds"
        path = f"{V3}/leveragepreferences"
        for leverage, result in (("10", "error"), ("5", "success")):
            body = f"symbol={SYMBOL}&maxLeverage={leverage}"
            reply = await venue.call(key, "PUT", path, body=body)
            assert reply.json()["result"] == result, reply.text
        told = (await venue.call(key, "POST", f"{V3}/sendorder", body=ORDER)).json()
        assert told["sendStatus"]["status"] == "placed"


@in_loop
async def test_kraken_futures_batch_tells_it_line_by_line(tmp_path):
    async with inside(tmp_path) as venue:
        key = await venue.trader("bot", USD="10000")
        await meet(venue, key.account_id, Gate.PERPETUAL, Reject.NOT_IDENTIFIED)
        line = (
            '{"order":"send","order_tag":"1","orderType":"lmt","symbol":"'
            + SYMBOL
            + '","side":"buy","size":0.01,"limitPrice":1000}'
        )
        body = urlencode({"json": '{"batchOrder":[' + line + "]}"})
        told = (await venue.call(key, "POST", f"{V3}/batchorder", body=body)).json()
        (status,) = told["batchStatus"]
        assert status["status"] == "accountInactive"


@pytest.mark.parametrize("reject", [*GATE_REASONS, *STATE_REASONS], ids=lambda r: r.name)
def test_kraken_spot_has_a_word_for_every_gate(reject):
    assert ORDER_ERRORS[reject] == SPOT_WORDS[reject]


@in_loop
async def test_kraken_spot_says_them(tmp_path):
    async with spot_inside(tmp_path) as venue:
        for reject, words in SPOT_WORDS.items():
            key = await venue.trader(f"bot-{reject.name.lower()}", USD="10000")
            await meet(venue.inside, key.account_id, Gate.SPOT, reject)
            order = {
                "pair": "XBTUSD", "type": "buy", "ordertype": "limit", "price": "1000",
                "volume": "0.01",
            }  # fmt: skip
            told = await venue.ask(key, "AddOrder", **order)
            assert told["error"] == [words], reject
