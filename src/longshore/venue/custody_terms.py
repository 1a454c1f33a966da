"""What a venue's custody asks of its customers: by tier where the world asks who somebody is.

A withdrawal is written down with the name of its limits, so the names of all rules are known
always: a world that is started with other rules still replays what was let through by the old ones.
"""

from __future__ import annotations

from longshore.custody.networks import COIN
from longshore.custody.records import Terms
from longshore.venue.onshore.regimes import TIERS, Tier, load, names, number

STANDARD = "standard"
"""The limits of everybody where nobody is asked."""


def of_tier(regime: str, tier: Tier) -> str:
    """The name of a tier's limits under the rules of residence of that name."""
    return f"{regime} {tier}"


def _terms() -> Terms:
    """The standard limits and the venue's own coins are ours."""
    daily_atoms = {STANDARD: {"XBT": 10 * COIN, "ETH": 150 * COIN, "USD": 250_000 * COIN}}
    for name in names():
        for tier in TIERS:
            limits = load(name).limits[tier].withdrawal_day
            daily_atoms[of_tier(name, tier)] = {
                asset: number(value) * COIN for asset, value in limits.items()
            }
    return Terms(
        daily_atoms=daily_atoms,
        stock_atoms={"XBT": 2_000 * COIN, "ETH": 30_000 * COIN, "USD": 50_000_000 * COIN},
    )


TERMS = _terms()
