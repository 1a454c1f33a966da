"""Refusals in Binance's own numbers and words: HTTP 4xx with `code` and `msg`."""

from __future__ import annotations

from longshore.engine.codes import GATE_REASONS, STATE_REASONS, OrderType, Reject, Side

TOO_MANY_REQUESTS = (
    -1003,
    "Too many requests; current limit is 2400 requests per minute. "
    "Please use the websocket for live updates to avoid polling the API.",
)
UNKNOWN = (-1000, "An unknown error occured while processing the request.")
BUSY = (-1008, "Server is currently overloaded with other requests. Please try again in a minute.")
AWAY = (-1016, "This service is no longer available.")
MAINTENANCE = (1, "System is under maintenance.")
TIMESTAMP_OLD = (-1021, "Timestamp for this request is outside of the recvWindow.")
TIMESTAMP_AHEAD = (-1021, "Timestamp for this request was 1000ms ahead of the server's time.")
SIGNATURE = (-1022, "Signature for this request is not valid.")
START_AFTER_END = (-1023, "Start time is greater than end time.")
DUPLICATES = (-1101, "Duplicate values for a parameter detected.")
UNREADABLE = (-1100, "Illegal characters found in a parameter.")
BAD_ASSET = (-1108, "Invalid asset.")
PRECISION = (-1111, "Precision is over the maximum defined for this asset.")
BAD_TIF = (-1115, "Invalid timeInForce.")
BAD_TYPE = (-1116, "Invalid orderType.")
BAD_SIDE = (-1117, "Invalid side.")
BAD_INTERVAL = (-1120, "Invalid interval.")
BAD_SYMBOL = (-1121, "Invalid symbol.")
SYMBOL_STATUS = (-1122, "Invalid symbol status.")
LISTEN_KEY = (-1125, "This listenKey does not exist.")
RESPONSE_TYPE = (-1136, "Invalid newOrderRespType.")
REJECTED = (-2010, "NEW_ORDER_REJECTED")
UNKNOWN_ORDER = (-2011, "Unknown order sent.")
NO_ORDER = (-2013, "Order does not exist.")
KEY_FORMAT = (-2014, "API-key format invalid.")
KEY_REJECTED = (-2015, "Invalid API-key, IP, or permissions for action.")
BALANCE = (-2018, "Balance is insufficient.")
MARGIN = (-2019, "Margin is insufficient.")
UNFILLABLE = (-2020, "Unable to fill.")
REDUCE_ONLY = (-2022, "ReduceOnly Order is rejected.")
OPEN_ORDERS = (-2025, "Reach max open order limit.")
POSITION_TOO_LARGE = (-2027, "Exceeded the maximum allowable position at current leverage.")
LEVERAGE_MARGIN = (-2028, "Leverage is smaller than permitted: insufficient margin balance.")
PRICE_ZERO = (-4001, "Price less than 0.")
PRICE_MAX = (-4002, "Price greater than max price.")
QTY_ZERO = (-4003, "Quantity less than zero.")
QTY_MAX = (-4005, "Quantity greater than max quantity.")
STOP_ZERO = (-4006, "Stop price less than zero.")
TICK = (-4014, "Price not increased by tick size.")
CLIENT_ID = (-4015, "Client order id is not valid.")
PRICE_HIGH = (-4016, "Price is higher than mark price multiplier cap.")
LOT = (-4023, "Qty not increased by step size.")
PRICE_LOW = (-4024, "Price is lower than mark price multiplier floor.")
STOP_ORDERS = (-4045, "Reach max stop order limit.")
SAME_MARGIN = (-4046, "No need to change margin type.")
ORDERS_HOLD_MARGIN = (-4047, "Margin type cannot be changed if there exists open orders.")
POSITION_HOLDS_MARGIN = (-4048, "Margin type cannot be changed if there exists position.")
NOT_ISOLATED = (-4049, "Add margin only support for isolated position.")
CROSS_SHORT = (-4050, "Cross balance insufficient.")
ISOLATED_SHORT = (-4051, "Isolated balance insufficient.")
NO_POSITION = (-4054, "Cannot add position margin: position is 0.")
AMOUNT = (-4055, "Amount must be positive.")
SAME_SIDE_MODE = (-4059, "No need to change position side.")
BAD_POSITION_SIDE = (-4060, "Invalid position side.")
POSITION_SIDE = (-4061, "Order's position side does not match user's setting.")
REDUCE_ONLY_CONFLICT = (-4062, "Invalid or improper reduceOnly value.")
ORDERS_HOLD_MODE = (-4067, "Position side cannot be changed if there exists open orders.")
POSITION_HOLDS_MODE = (-4068, "Position side cannot be changed if there exists position.")
BATCH_SIZE = (-4082, "Invalid number of batch place orders.")
NOT_ALLOWED = (-4084, "Method is not allowed currently. Upcoming soon.")
REDUCE_ONLY_PERMISSION = (-4087, "User can only place reduce only order")
NO_ORDER_PERMISSION = (-4088, "User can not place order currently")
INACTIVE_ACCOUNT = (-4109, "Inactive account")
CLIENT_ID_TAKEN = (-4116, "clientOrderId is duplicated.")
ALGO_ONLY = (
    -4120,
    "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.",
)
MARKET_COLLAR = (
    -4131,
    "The counterparty's best price does not meet the PERCENT_PRICE filter limit",
)
ACTIVATION = (-4135, "Invalid activation price")
CLOSE_WITH_SIZE = (-4137, "Quantity must be zero with closePosition equals true")
CLOSED = (-4141, "Symbol is closed.")
INTERVAL_TOO_LONG = (-4165, "Invalid time interval")
COOLING_OFF = (-4192, "Trade forbidden due to Cooling-off Period.")
NOT_IN_REGION = (
    -4402,
    "Dear user, as per our Terms of Use and compliance with local regulations, this feature is "
    "currently not available in your region.",
)
FOK_REJECTED = (
    -5021,
    "Due to the order could not be filled immediately, the FOK order has been rejected. "
    "The order will not be recorded in the order history",
)
GTX_REJECTED = (
    -5022,
    "Due to the order could not be executed as maker, the Post Only order will be rejected. "
    "The order will not be recorded in the order history",
)
LIMIT_ONLY = (-5025, "Only limit order is supported.")
SAME_ORDER = (-5027, "No need to modify the order.")
PRICE_MATCH = (-5037, "Invalid price match")
SELF_TRADE_MODE = (-5039, "Invalid self trade prevention mode")
GOOD_TILL = (
    -5040,
    "The goodTillDate timestamp must be greater than the current time plus 600 seconds and "
    "smaller than 253402300799000",
)
UNAUTHORIZED_CODES = (KEY_FORMAT[0], KEY_REJECTED[0])

Words = tuple[int, str]
"""A refusal's number and text."""

ORDER_ERRORS: dict[Reject, Words] = {
    Reject.UNKNOWN_MARKET: BAD_SYMBOL,
    Reject.UNKNOWN_ORDER: UNKNOWN_ORDER,
    Reject.NOT_YOUR_ORDER: UNKNOWN_ORDER,
    Reject.CLIENT_ID_TAKEN: CLIENT_ID_TAKEN,
    Reject.BAD_VALUE: REJECTED,
    Reject.MARKET_HALTED: SYMBOL_STATUS,
    Reject.VENUE_IN_MAINTENANCE: MAINTENANCE,
    Reject.MARKET_CANCEL_ONLY: SYMBOL_STATUS,
    Reject.MARKET_POST_ONLY: SYMBOL_STATUS,
    Reject.MARKET_IN_AUCTION: SYMBOL_STATUS,
    Reject.MARKET_EXPIRED: CLOSED,
    Reject.QTY_NOT_POSITIVE: QTY_ZERO,
    Reject.QTY_TOO_LARGE: QTY_MAX,
    Reject.PRICE_NOT_POSITIVE: PRICE_ZERO,
    Reject.PRICE_TOO_LARGE: PRICE_MAX,
    Reject.TRIGGER_NOT_ALLOWED: STOP_ZERO,
    Reject.TABLE_FULL: BUSY,
    Reject.TOO_MANY_ORDERS: OPEN_ORDERS,
    Reject.NO_PRICE: UNFILLABLE,
    Reject.WOULD_NOT_REDUCE: REDUCE_ONLY,
    Reject.POST_WOULD_CROSS: GTX_REJECTED,
    Reject.SELF_TRADE: REJECTED,
    Reject.FOK_UNFILLABLE: FOK_REJECTED,
    Reject.IOC_UNFILLABLE: UNFILLABLE,
    Reject.MAX_POSITION: POSITION_TOO_LARGE,
    Reject.RISK_LIMIT: POSITION_TOO_LARGE,
    Reject.INSUFFICIENT_MARGIN: MARGIN,
    Reject.INSUFFICIENT_FUNDS: BALANCE,
    Reject.WOULD_LIQUIDATE: MARGIN,
    Reject.NOTHING_TO_CHANGE: SAME_ORDER,
    Reject.EXPIRY_NOT_ALLOWED: GOOD_TILL,
    Reject.TOO_LATE: TIMESTAMP_OLD,
    Reject.LEG_NOT_ALLOWED: POSITION_SIDE,
    **dict.fromkeys(GATE_REASONS, NO_ORDER_PERMISSION),
    **dict.fromkeys(STATE_REASONS, NO_ORDER_PERMISSION),
    Reject.NOT_OFFERED_HERE: NOT_IN_REGION,
    Reject.SELF_EXCLUDED: COOLING_OFF,
    Reject.INACTIVE: INACTIVE_ACCOUNT,
    Reject.ACCOUNT_CLOSE_ONLY: REDUCE_ONLY_PERMISSION,
    Reject.LEVERAGE_CAPPED: POSITION_TOO_LARGE,
}
"""A refused order, amendment or cancel. What depends on the order besides is in `order_refused`.

Binance takes an order that finds nothing to trade with, or its own, and lets it expire at once;
here it is refused."""


class ApiError(Exception):
    """A request refused, with Binance's number and text."""

    def __init__(self, words: Words, status: int = 400) -> None:
        """Refused with this number and text."""
        super().__init__(words[1])
        self.code, self.text = words
        self.status = 401 if self.code in UNAUTHORIZED_CODES else status

    @property
    def body(self) -> dict[str, object]:
        """What the caller is sent; a line of a batch is answered the same."""
        return {"code": self.code, "msg": self.text}


def missing(name: str) -> ApiError:
    """A parameter that must be there and readable is not."""
    text = f"Mandatory parameter '{name}' was not sent, was empty/null, or malformed."
    return ApiError((-1102, text))


def either(name: str, other: str) -> ApiError:
    """Neither of two parameters of which one must be there is."""
    text = f"Param '{name}' or '{other}' must be sent, but both were empty/null!"
    return ApiError((-1102, text))


def not_valid(name: str) -> ApiError:
    """A parameter that cannot be used as it was sent."""
    return ApiError((-1130, f"Data sent for parameter '{name}' is not valid."))


def not_required(name: str) -> ApiError:
    """A parameter that does not belong to this request."""
    return ApiError((-1106, f"Parameter '{name}' sent when not required."))


def no_path(path: str, method: str) -> ApiError:
    """No such operation."""
    return ApiError((-5000, f"Path {path}, Method {method} is invalid"), 404)


def order_refused(reject: int, side: int, order_type: int) -> ApiError:
    """An order that the engine refused."""
    found = Reject(reject)
    if found == Reject.OUTSIDE_COLLAR:
        if order_type == OrderType.MARKET:
            return ApiError(MARKET_COLLAR)
        return ApiError(PRICE_HIGH if side == Side.BUY else PRICE_LOW)
    if found == Reject.TOO_MANY_ORDERS and order_type in (OrderType.STOP, OrderType.TAKE_PROFIT):
        return ApiError(STOP_ORDERS)
    return ApiError(ORDER_ERRORS.get(found, REJECTED))


def rejected(reject: int) -> ApiError:
    """A refusal that does not depend on an order's side or type."""
    return ApiError(ORDER_ERRORS.get(Reject(reject), REJECTED))


def _body(words: Words) -> dict[str, object]:
    return {"code": words[0], "msg": words[1]}


TROUBLE: dict[int, object] = {
    429: _body(TOO_MANY_REQUESTS),
    503: _body(BUSY),
    500: _body(UNKNOWN),
}
"""What a request is answered that trouble befalls, by status."""
