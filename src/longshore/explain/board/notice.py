"""One notice: something that befell a market, an index or the venue, and its sentence."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import msgspec

from longshore.engine.rows import Event
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.rulebooks import Catalog

PPM = 1_000_000
CENT = Decimal("0.01")


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, when, to whom. Without a market and an asset it is about the whole venue."""

    seq: int
    time_us: int
    code: str
    """Which sentence of the catalogue it is."""
    values: dict[str, str]
    """What stands in the sentence, written as people read it; of words only what to choose by."""
    market_id: int = 0
    asset_id: int = 0
    way: int = 0
    """Of a price: below zero it went down, above it up."""

    @property
    def text(self) -> str:
        """The sentence."""
        return say(f"told-{self.code}", **self.values)


def at(event: Event, code: str, market_id: int = 0, asset_id: int = 0, way: int = 0, /,
       **values: str) -> Notice:  # fmt: skip
    """The notice that an event makes."""
    return Notice(
        seq=int(event.seq),
        time_us=int(event.time_us),
        code=code,
        values=values,
        market_id=market_id,
        asset_id=asset_id,
        way=way,
    )


def index_text(catalog: Catalog, asset_id: int, subticks: int) -> str:
    """An index price at the decimals of a market's tick; a coin without a market, to the cent."""
    for market in catalog.markets.values():
        if market.base.asset_id == asset_id:
            return fmt.price(market, subticks)
    price = catalog.asset(asset_id).price(subticks)
    return f"{price.quantize(CENT, ROUND_HALF_EVEN):,f}"


def change_ppm(before: int, now: int) -> int:
    """How far a price went, in parts per million of what it was."""
    return (now - before) * PPM // before if before else 0


def moved(before: int, now: int) -> dict[str, str]:
    """What a sentence says of how far a price went."""
    ppm = change_ppm(before, now)
    went = "same" if now == before else "lower" if ppm < 0 else "higher"
    return {"went": went, "share": fmt.percent(abs(ppm), PPM)}
