"""Refusals in Kraken's own words: `E`, a category, a text; always HTTP 200."""

from __future__ import annotations

from longshore.engine.codes import GATE_REASONS, STATE_REASONS, Reject

INVALID_ARGUMENTS = "EGeneral:Invalid arguments"
UNKNOWN_METHOD = "EGeneral:Unknown method"
INVALID_SESSION = "ESession:Invalid session"
PERMISSION_DENIED = "EGeneral:Permission denied"
INVALID_KEY = "EAPI:Invalid key"
INVALID_SIGNATURE = "EAPI:Invalid signature"
INVALID_NONCE = "EAPI:Invalid nonce"
BAD_REQUEST = "EAPI:Bad request"
UNKNOWN_PAIR = "EQuery:Unknown asset pair"
UNKNOWN_ASSET = "EQuery:Unknown asset"
UNKNOWN_ORDER = "EOrder:Unknown order"
CALL_LIMIT = "EAPI:Rate limit exceeded"
ORDER_LIMIT = "EOrder:Rate limit exceeded"
INVALID_ORDER = "EOrder:Invalid order"
INVALID_PRICE = "EOrder:Invalid price"
TICK_SIZE = "EOrder:Tick size check failed"
ORDERS_LIMIT = "EOrder:Orders limit exceeded"
INSUFFICIENT_FUNDS = "EOrder:Insufficient funds"
CANNOT_LEND = "EOrder:Cannot open position"
NOT_PERMITTED_HERE = "EAccount:Invalid permissions"
USER_LOCKED = "ETrade:User Locked"
POST_ONLY = "EOrder:Post only order"
FUNDING_ASSET = "EFunding:Unknown asset"
FUNDING_AMOUNT = "EFunding:Invalid amount"
UNKNOWN_WITHDRAW_KEY = "EFunding:Unknown withdraw key"
UNKNOWN_REFERENCE = "EFunding:Unknown reference id"
UNAVAILABLE = "EService:Unavailable"
CANCEL_ONLY_MODE = "EService:Market in cancel_only mode"
POST_ONLY_MODE = "EService:Market in post_only mode"
LIMIT_ONLY_MODE = "EService:Market in limit_only mode"

VOLUME = f"{INVALID_ARGUMENTS}:volume"

TROUBLE: dict[int, object] = {
    429: {"error": [CALL_LIMIT]},
    503: {"error": [UNAVAILABLE]},
    500: {"error": ["EGeneral:Internal error"]},
}
"""What a request is answered that trouble befalls, by status."""

ORDER_ERRORS: dict[Reject, str] = {
    Reject.UNKNOWN_MARKET: UNKNOWN_PAIR,
    Reject.UNKNOWN_ORDER: UNKNOWN_ORDER,
    Reject.NOT_YOUR_ORDER: UNKNOWN_ORDER,
    Reject.CLIENT_ID_TAKEN: "EOrder:cl_ord_id already in use",
    Reject.BAD_VALUE: INVALID_ORDER,
    Reject.MARKET_EXPIRED: CANCEL_ONLY_MODE,
    Reject.MARKET_HALTED: CANCEL_ONLY_MODE,
    Reject.VENUE_IN_MAINTENANCE: UNAVAILABLE,
    Reject.MARKET_CANCEL_ONLY: CANCEL_ONLY_MODE,
    Reject.MARKET_POST_ONLY: POST_ONLY_MODE,
    Reject.MARKET_IN_AUCTION: LIMIT_ONLY_MODE,
    Reject.QTY_NOT_POSITIVE: VOLUME,
    Reject.QTY_TOO_LARGE: VOLUME,
    Reject.PRICE_NOT_POSITIVE: f"{INVALID_ARGUMENTS}:price",
    Reject.PRICE_TOO_LARGE: INVALID_PRICE,
    Reject.TRIGGER_NOT_ALLOWED: f"{INVALID_ARGUMENTS}:ordertype",
    Reject.ICEBERG_NOT_ALLOWED: f"{INVALID_ARGUMENTS}:displayvol",
    Reject.EXPIRY_NOT_ALLOWED: f"{INVALID_ARGUMENTS}:expiretm",
    Reject.TABLE_FULL: ORDERS_LIMIT,
    Reject.TOO_MANY_ORDERS: ORDERS_LIMIT,
    Reject.NO_PRICE: INVALID_ORDER,
    Reject.OUTSIDE_COLLAR: INVALID_PRICE,
    Reject.POST_WOULD_CROSS: POST_ONLY,
    Reject.SELF_TRADE: INVALID_ORDER,
    Reject.FOK_UNFILLABLE: INVALID_ORDER,
    Reject.IOC_UNFILLABLE: INVALID_ORDER,
    Reject.INSUFFICIENT_FUNDS: INSUFFICIENT_FUNDS,
    Reject.NOTHING_TO_CHANGE: INVALID_ARGUMENTS,
    Reject.TOO_LATE: "EService:Deadline elapsed",
    **dict.fromkeys(GATE_REASONS, PERMISSION_DENIED),
    **dict.fromkeys(STATE_REASONS, USER_LOCKED),
    Reject.NOT_OFFERED_HERE: NOT_PERMITTED_HERE,
    Reject.SELF_EXCLUDED: USER_LOCKED,
    Reject.INACTIVE: USER_LOCKED,
}
"""A refused order, edit or cancel. Kraken takes an order that would not trade as asked and cancels
it at once; here it is refused, and told as an invalid order."""


class ApiError(Exception):
    """A request refused, with Kraken's text."""

    def __init__(self, text: str) -> None:
        """Refused with this text."""
        super().__init__(text)
        self.text = text


def invalid(argument: str = "") -> ApiError:
    """An argument that is missing or cannot be read; unnamed, the request as a whole."""
    return ApiError(f"{INVALID_ARGUMENTS}:{argument}" if argument else INVALID_ARGUMENTS)


def rejected(reject: int) -> ApiError:
    """A refusal of the engine's."""
    return ApiError(ORDER_ERRORS.get(Reject(reject), INVALID_ORDER))
