"""Every refusal of the engine has a word of Kraken's."""

from __future__ import annotations

import pytest

from longshore.engine.codes import Reject
from longshore.venue.dialects.kraken_futures.errors import (
    ACCOUNT_INACTIVE,
    EDIT_STATUS,
    ORDER_STATUS,
    SHUT,
)

DOCUMENTED = frozenset(
    (
        "clientOrderIdAlreadyExist",
        "clientOrderIdTooBig",
        "edited",
        "insufficientAvailableFunds",
        "invalidOrderType",
        "invalidPrice",
        "invalidSize",
        "iocWouldNotExecute",
        "marketInactive",
        "marketIsPostOnly",
        "marketSuspended",
        "maxPositionViolation",
        "notFound",
        "orderForEditNotFound",
        "outsidePriceCollar",
        "postWouldExecute",
        "selfFill",
        "tooManyOrders",
        "wouldCauseLiquidation",
        "wouldNotReducePosition",
        "wouldProcessAfterSpecifiedTime",
    )
)

NOT_AN_ORDERS = {
    Reject.NONE,
    Reject.CLOCK_WENT_BACK,
    Reject.UNKNOWN_COMMAND,
    Reject.UNKNOWN_ACCOUNT,
    Reject.UNKNOWN_ASSET,
    Reject.UNKNOWN_WALLET,
    Reject.AMOUNT_NOT_POSITIVE,
    Reject.AMOUNT_TOO_LARGE,
    Reject.LEVERAGE_TOO_HIGH,
    Reject.HAS_OPEN_RISK,
    Reject.NOT_MARGINABLE,
    Reject.LINK_NOT_FOUND,
    Reject.INDEX_PRICE_BAD,
    Reject.EXPIRY_NOT_ALLOWED,
    Reject.TOP_UP_NOT_ALLOWED,
    Reject.ICEBERG_NOT_ALLOWED,
    Reject.HEDGE_NOT_ALLOWED,
    Reject.HEDGE_IS_CROSS,
    Reject.TERM_OUT_OF_BOUNDS,
    Reject.DOWNTIMES_OVERLAP,
    Reject.CHANGE_NOT_AHEAD,
}
"""Refusals of other commands, and of what this API cannot ask for."""


@pytest.mark.parametrize("reject", sorted(SHUT))
def test_what_shuts_an_account_is_an_error_of_the_call(reject):
    """GATE-002, GATE-004."""
    assert ORDER_STATUS[reject] == ACCOUNT_INACTIVE


@pytest.mark.parametrize("reject", sorted(set(Reject) - NOT_AN_ORDERS - SHUT))
def test_a_refused_order_has_a_documented_status(reject):
    """ORDR-001: each refusal has its own name."""
    assert ORDER_STATUS[reject] in DOCUMENTED


def test_the_other_words_of_an_edit_are_documented():
    assert set(EDIT_STATUS.values()) <= DOCUMENTED
