"""A market that is not as usual says so, and what that means for orders."""

from __future__ import annotations

from pathlib import Path

from longshore.engine.codes import MarketState, Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from tests.venue.desk import SYMBOL, desk_on, in_loop

WORDS = {
    MarketState.POST_ONLY: ("post_only", "rest"),
    MarketState.CANCEL_ONLY: ("cancel_only", "only be cancelled"),
    MarketState.HALTED: ("halted", "halted"),
    MarketState.AUCTION: ("auction", "one price"),
}


@in_loop
async def test_each_state_is_told(folder: Path) -> None:
    async with desk_on(folder) as desk:
        venue = desk.station.venue
        market_id = venue.catalog.market(SYMBOL).market_id
        before = await desk.get(f"/markets/{SYMBOL}")
        assert (before["state"], before["state_text"]) == ("active", "")
        for state, (name, words) in WORDS.items():
            command = Command(kind=CommandKind.SET_MARKET_STATE, origin=Origin.OPERATOR)
            command.market_id, command.value = market_id, state
            await venue.submit([command])
            told = await desk.get(f"/markets/{SYMBOL}")
            assert told["state"] == name
            assert words in told["state_text"]


@in_loop
async def test_numbers_are_plain_digits(folder: Path) -> None:
    """Separators and digits of other writings are refused, not guessed at."""
    async with desk_on(folder) as desk:
        order = {"symbol": SYMBOL, "side": "buy", "type": "market"}
        for size in ("1,5", "1.000,5", "1_000", "\u0663", "\u00bd", "0x10", "1" * 41, "--1", ""):
            reply = await desk.post("/orders", order | {"size": size})
            assert (reply.status_code, reply.json()["field"]) == (400, "size"), size
