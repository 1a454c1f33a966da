"""Refusals in Kraken's own words: one table from the engine's, and the forms of each part.

`/derivatives` answers HTTP 200 with an `error`, or 400 and above with `errors`; `/api/history` and
the charts have forms of their own. A refused order is no error: it has a `status`.
"""

from __future__ import annotations

from longshore.engine.codes import GATE_REASONS, STATE_REASONS, Reject

ACCOUNT_INACTIVE = "accountInactive"
SHUT = frozenset({*GATE_REASONS, *STATE_REASONS})
"""What an account may not do at all: an error of the request, and a status in a batch. Kraken
publishes one word for accounts that may not trade; which gate it was only the native API tells."""

ORDER_STATUS: dict[Reject, str] = {
    Reject.UNKNOWN_MARKET: "marketInactive",
    Reject.UNKNOWN_ORDER: "notFound",
    Reject.NOT_YOUR_ORDER: "notFound",
    Reject.BAD_VALUE: "invalidOrderType",
    Reject.MARKET_EXPIRED: "marketInactive",
    Reject.MARKET_HALTED: "marketSuspended",
    Reject.VENUE_IN_MAINTENANCE: "marketSuspended",
    Reject.MARKET_IN_AUCTION: "marketSuspended",
    Reject.MARKET_CANCEL_ONLY: "marketSuspended",
    Reject.MARKET_POST_ONLY: "marketIsPostOnly",
    Reject.QTY_NOT_POSITIVE: "invalidSize",
    Reject.QTY_TOO_LARGE: "invalidSize",
    Reject.PRICE_NOT_POSITIVE: "invalidPrice",
    Reject.PRICE_TOO_LARGE: "invalidPrice",
    Reject.TRIGGER_NOT_ALLOWED: "invalidPrice",
    Reject.CLIENT_ID_TAKEN: "clientOrderIdAlreadyExist",
    Reject.TABLE_FULL: "tooManyOrders",
    Reject.TOO_MANY_ORDERS: "tooManyOrders",
    Reject.NO_PRICE: "iocWouldNotExecute",
    Reject.OUTSIDE_COLLAR: "outsidePriceCollar",
    Reject.WOULD_NOT_REDUCE: "wouldNotReducePosition",
    Reject.POST_WOULD_CROSS: "postWouldExecute",
    Reject.SELF_TRADE: "selfFill",
    Reject.FOK_UNFILLABLE: "iocWouldNotExecute",
    Reject.IOC_UNFILLABLE: "iocWouldNotExecute",
    Reject.MAX_POSITION: "maxPositionViolation",
    Reject.INSUFFICIENT_MARGIN: "insufficientAvailableFunds",
    Reject.INSUFFICIENT_FUNDS: "insufficientAvailableFunds",
    Reject.WOULD_LIQUIDATE: "wouldCauseLiquidation",
    Reject.NOTHING_TO_CHANGE: "edited",
    Reject.RISK_LIMIT: "maxPositionViolation",
    Reject.LEG_NOT_ALLOWED: "invalidOrderType",
    Reject.TOO_LATE: "wouldProcessAfterSpecifiedTime",
    Reject.LEVERAGE_CAPPED: "insufficientAvailableFunds",
    **dict.fromkeys(SHUT, ACCOUNT_INACTIVE),
}
"""The `status` of a refused order, edit or cancel. Someone else's order is not found; an edit that
asks for what already is has been made."""

EDIT_STATUS: dict[str, str] = {"notFound": "orderForEditNotFound"}
"""Where an edit has another word than an order."""

REJECT_REASON: dict[str, str] = {
    "postWouldExecute": "POST_WOULD_EXECUTE",
    "iocWouldNotExecute": "IOC_WOULD_NOT_EXECUTE",
}
"""The `reason` of a REJECT event; other refusals have no event."""


class ApiError(Exception):
    """A request refused: HTTP status and body, `serverTime` to be added where `timed`."""

    headers: tuple[tuple[bytes, bytes], ...] = ()

    def __init__(self, status: int, body: dict[str, object], timed: bool = True) -> None:
        """A refusal of this status and body."""
        super().__init__(str(body))
        self.status = status
        self.body = body
        self.timed = timed

    @property
    def name(self) -> str:
        """The refusal in one word, as a line of a batch states it."""
        return str(self.body.get("error", "invalidArgument"))


def refused(name: str) -> ApiError:
    """A refusal by name, as `/derivatives` gives most: HTTP 200."""
    return ApiError(200, {"result": "error", "error": name})


def argument_invalid(argument: str) -> ApiError:
    """An argument that cannot be read."""
    return _errors(400, "BAD_REQUEST", 11, f"Argument invalid: {argument}")


def bad_request() -> ApiError:
    """A query string or form that cannot be read."""
    return _errors(400, "BAD_REQUEST", 0, "Bad Request")


def not_found() -> ApiError:
    """No such path."""
    return _errors(404, "NOT_FOUND", 0, "404 NOT_FOUND")


def margin_too_low() -> ApiError:
    """A change of leverage that the wallet cannot carry."""
    return _errors(500, "INTERNAL_SERVER_ERROR", 92, "INSUFFICIENT_MARGIN")


def _errors(status: int, name: str, code: int, message: str) -> ApiError:
    errors = [{"code": code, "message": message}]
    return ApiError(status, {"status": name, "result": "error", "errors": errors})


def away() -> ApiError:
    """The venue is down for maintenance. Kraken names the word; the status is not known."""
    return ApiError(503, {"result": "error", "error": "Unavailable"})


def limit_exceeded(wait_s: int) -> ApiError:
    """Too many calls: so many seconds until this one would be taken."""
    error = ApiError(429, {"result": "error", "error": "apiLimitExceeded"})
    error.headers = ((b"rate-limit-reset", b"%d" % wait_s),)
    return error


TROUBLE: dict[int, object] = {
    429: {"result": "error", "error": "apiLimitExceeded"},
    503: {"result": "error", "error": "Unavailable"},
    500: {"result": "error", "error": "Server Error"},
}
"""What a request is answered that trouble befalls, by status."""


def history_unauthorized() -> ApiError:
    """A bad signature at `/api/history`."""
    reason = "You are not authorized to access this endpoint."
    return ApiError(401, {"status": "unauthorized", "reason": reason}, timed=False)
