"""What is said of the whole venue: banner, what practice leaves out, a market's funding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from longshore.explain import format as fmt
from longshore.explain.sentences import say

TEN_THOUSAND_USD_ATOMS = 10_000 * fmt.ATOMS_PER_USD
E18 = 10**18
UNVERIFIED_SHOWN = 5


def banner() -> str:
    """That the money is practice money."""
    return say("banner")


def banner_line() -> str:
    """Banner and disclaimers, short enough for one line."""
    return say("banner-line")


def disclaimers() -> list[str]:
    """What this is for, and what it is not."""
    return [say(f"disclaimer-{key}") for key in ("education", "advice", "venues")]


def realism(rulebook_title: str, feed_note: str, unverified: Sequence[str]) -> list[str]:
    """What this practice leaves out; `feed_note` is whole sentences, `unverified` paths."""
    if unverified:
        rules = say(
            "realism-unverified",
            rulebook=rulebook_title,
            count=str(len(unverified)),
            paths=", ".join(unverified[:UNVERIFIED_SHOWN]),
        )
    else:
        rules = say("realism-faithful", rulebook=rulebook_title)
    feed = say("realism-feed", feed=feed_note)
    return [say("realism-fills"), feed, rules, say("realism-others"), say("realism-feelings")]


def rate_told(rate_e18: int) -> str:
    """Who paid whom at a rate, in money; for a list."""
    if rate_e18 == 0:
        return say("rate-zero")
    payer, receiver = ("longs", "shorts") if rate_e18 > 0 else ("shorts", "longs")
    paid = fmt.money(abs(rate_e18) * TEN_THOUSAND_USD_ATOMS // E18)
    return say("rate-told", payer=say(payer), receiver=say(receiver), amount=paid)


def live_told(state: str, venue: str, since_ms: int) -> str:
    """How the venue that prices come from is heard: connected, reconnecting, stale or left."""
    since = datetime.fromtimestamp(since_ms / 1_000, UTC)
    return say(f"live-{state}", venue=venue, since=f"{since:%H:%M:%S}")


def market_funding(rate_e18: int, until_us: int) -> str:
    """Who pays whom at the end of the interval, in money."""
    countdown = fmt.countdown(until_us)
    if rate_e18 == 0:
        return say("market-funding-zero", countdown=countdown)
    payer, receiver = ("longs", "shorts") if rate_e18 > 0 else ("shorts", "longs")
    return say(
        "market-funding",
        countdown=countdown,
        payer=say(payer),
        receiver=say(receiver),
        amount=fmt.money(abs(rate_e18) * TEN_THOUSAND_USD_ATOMS // E18),
    )
