"""The few sentences that belong to this API alone; all that explain money are in `explain`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import Reason
from longshore.explain.format import countdown, money
from longshore.explain.sentences import say

if TYPE_CHECKING:
    from longshore.world.world import World

BANNER = "Practice money. Nothing here is real."
DISCLAIMERS = (
    "For education.",
    "Not financial advice.",
    "Not connected with or endorsed by any venue named here.",
)
TEN_THOUSAND_USD_ATOMS = 10_000 * 10**8
E18 = 10**18
UNVERIFIED_SHOWN = 5

REASONS: dict[int, str] = {
    Reason.BY_USER: "You cancelled it.",
    Reason.FILLED: "It was filled.",
    Reason.IOC_REMAINDER: "What could not be filled at once was cancelled.",
    Reason.REDUCE_ONLY_DONE: "There was no position left to reduce.",
    Reason.LINKED: "The order it was linked with ended.",
    Reason.SELF_TRADE_STOPPED: "It would have traded with one of your own orders.",
    Reason.LIQUIDATED: "The position was liquidated.",
    Reason.MARGIN_BREACH: "The margin no longer carried it.",
    Reason.DEAD_MAN: "The dead man's switch ran out.",
    Reason.TRIGGER_REFUSED: "It fired, and was refused.",
    Reason.MARKET_CLOSED: "The market was closed.",
}


def funding_text(rate_e18: int, until_us: int) -> str:
    """Who pays whom at the end of the interval, in money."""
    when = countdown(until_us)
    amount = money(abs(rate_e18) * TEN_THOUSAND_USD_ATOMS // E18)
    if rate_e18 == 0:
        return f"In {when} nobody pays funding: the rate is zero."
    payer, receiver = ("longs", "shorts") if rate_e18 > 0 else ("shorts", "longs")
    return f"In {when} {payer} pay {receiver} {amount} per $10,000."


def percent_text(rate_e18: int) -> str:
    """A funding rate as a percentage, to four decimals."""
    return f"{(Decimal(rate_e18) / E18 * 100).quantize(Decimal('0.0001')):f}%"


def realism(world: World, unverified: list[str]) -> list[str]:
    """What this practice leaves out, in sentences."""
    title = world.rulebook.title
    if unverified:
        count, paths = str(len(unverified)), ", ".join(unverified[:UNVERIFIED_SHOWN])
        rules = say("realism-unverified", rulebook=title, count=count, paths=paths)
    else:
        rules = say("realism-faithful", rulebook=title)
    return [
        say("realism-fills"),
        say("realism-feed", feed=world.parts.feed.note),
        rules,
        say("realism-others"),
        say("realism-feelings"),
    ]
