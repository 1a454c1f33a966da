"""How a rulebook makes an index of what several venues quote."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from longshore.engine.codes import IndexMethod, Outlier, PriceOf
from longshore.engine.indexes import IndexTerms
from longshore.rulebooks.numbers import PPM, whole
from longshore.rulebooks.values import COUNT, METHOD, SECONDS, SHARE, Strict, Value, absent, doc


class IndexRules(Strict, frozen=True):
    """What is asked where a world's feed has constituents; a feed of one price needs none of it."""

    method: Annotated[
        Value[Literal["weighted_mean", "equal_mean", "weighted_median"]],
        METHOD,
        doc("What the index is of its constituents' prices."),
    ] = absent("equal_mean")
    price_of: Annotated[
        Value[Literal["last", "mid", "median"]], METHOD, doc("What a constituent's price is.")
    ] = absent("last")
    outlier: Annotated[
        Value[Literal["keep", "drop", "clamp", "median"]],
        METHOD,
        doc("What is done with a constituent too far from the median."),
    ] = absent("keep")
    deviation: Annotated[
        Value[Decimal], SHARE, doc("Further from the median than this is too far.")
    ] = absent(Decimal(0))
    stale_after_s: Annotated[
        Value[Decimal], SECONDS, doc("A constituent not heard of for longer is left out; 0 is not.")
    ] = absent(Decimal(0))
    sources_min: Annotated[Value[int], COUNT, doc("With fewer constituents there is no index.")] = (
        absent(1)
    )


def index_terms(rules: IndexRules) -> IndexTerms:
    """The engine's row. Raises CannotHoldError for what is no whole part per million."""
    return IndexTerms(
        method=IndexMethod[rules.method.value.upper()],
        price_of=PriceOf[rules.price_of.value.upper()],
        outlier=Outlier[rules.outlier.value.upper()],
        deviation_ppm=whole(rules.deviation.value * PPM, "index.deviation", "ppm"),
        stale_after_us=whole(rules.stale_after_s.value * 10**6, "index.stale_after_s", "us"),
        sources_min=rules.sources_min.value,
    )
