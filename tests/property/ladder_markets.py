"""The storm's venue under other ladders."""

from __future__ import annotations

from longshore.engine.codes import AdlPrice, AdlRank, Step
from longshore.engine.lifecycle import Setup
from tests.property.markets import DOLLAR, SECOND_US, stormy_terms


def patient_terms() -> Setup:
    """Stormy terms of venues that close by parts, with pauses and rests, or by tiers."""
    made = stormy_terms()
    made.ladder = [Step.CANCEL_ORDERS, Step.CUT_TIERS, Step.PARTIAL, Step.FULL, Step.UNWIND]
    made.cancel_on_initial = 0
    for number, market in enumerate(made.markets):
        market.partial_ppm, market.cut_tiers = 200_000, 1 + number % 2
        market.cut_whole = int(number % 3 == 1)
        market.partial_above_atoms = 50 * DOLLAR * (number % 3)
        market.partial_rest_us = 30 * SECOND_US * (number % 2)
        market.pause_us = SECOND_US * (number % 3)
        market.partial_to_initial = int(number % 4 == 0)
    return made


def backstop_terms() -> Setup:
    """Stormy terms of venues that take over late, unwind by other ranks and at other prices."""
    made = stormy_terms()
    made.ladder = [
        *(Step.CANCEL_ORDERS, Step.PARTIAL, Step.FULL, Step.ASSIGN, Step.TAKEOVER, Step.UNWIND),
    ]
    made.cancel_on_initial = 0
    for number, market in enumerate(made.markets):
        market.pause_us = SECOND_US
        market.backstop_ppm = 600_000 * (number % 2)
        market.adl_rank = list(AdlRank)[number % len(AdlRank)]
        market.adl_price = list(AdlPrice)[number % len(AdlPrice)]
        market.fund_drop_ppm = 300_000 * (number % 3)
    return made


def sharing_terms() -> Setup:
    """Stormy terms where the winners bear what the insurance account cannot, or others by rank."""
    made = stormy_terms()
    made.ladder = [Step.CANCEL_ORDERS, Step.FULL, Step.INSURANCE, Step.SOCIALISE, Step.UNWIND]
    made.cancel_on_initial = 0
    for number, market in enumerate(made.markets):
        market.adl_rank = list(AdlRank)[(number + 3) % len(AdlRank)]
        market.adl_price = list(AdlPrice)[(number + 1) % len(AdlPrice)]
    return made
