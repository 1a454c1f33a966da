"""Every storm there is by name: its commands and the set-up it blows over."""

from __future__ import annotations

from collections.abc import Callable

from longshore.engine.lifecycle import Setup
from tests.property import ladder_markets, markets
from tests.property.controls import Controlled, controlled_terms
from tests.property.gated import Gated
from tests.property.maintained import Maintained
from tests.property.moody import Hedger, Moody, Netted, ToppedUp
from tests.property.rough import RoughStorm
from tests.property.storm import Storm

VARIANTS: dict[str, tuple[type[Storm], Callable[[], Setup]]] = {
    "kraken": (RoughStorm, markets.stormy_terms),
    "modes": (Moody, markets.stormy_terms),
    "two legs": (Hedger, markets.hedging_terms),
    "netted": (Netted, markets.netted_terms),
    "topped up": (ToppedUp, markets.topping_terms),
    "controls": (Controlled, controlled_terms),
    "gates": (Gated, markets.stormy_terms),
    "maintenance": (Maintained, controlled_terms),
    "takeover": (RoughStorm, markets.takeover_terms),
    "margins": (Storm, markets.margin_terms),
    "late cash": (Storm, markets.patient_terms),
    "waiting ladders": (RoughStorm, ladder_markets.patient_terms),
    "backstop": (RoughStorm, ladder_markets.backstop_terms),
    "shared loss": (RoughStorm, ladder_markets.sharing_terms),
}


def storm_of(name: str, seed: int) -> Storm:
    """A variant's storm; a rough one is over two dollar perpetuals and all that is not one."""
    kind, lay_out = VARIANTS[name]
    return kind(seed, lay_out(), markets=2) if kind is RoughStorm else kind(seed, lay_out())
