"""Refusals of the native API: an HTTP status, a stable code, the field, a sentence."""

from __future__ import annotations

from longshore.engine.codes import Reject
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain.downtimes import refused_until
from longshore.explain.outcomes import refused
from longshore.venue.dialects.native.schema.base import ErrorReply

UNAUTHORIZED, FORBIDDEN, NOT_FOUND, BAD_REQUEST, REFUSED, CONFLICT = 401, 403, 404, 400, 422, 409

_FIELDS = {
    Reject.QTY_NOT_POSITIVE: "size",
    Reject.QTY_TOO_LARGE: "size",
    Reject.MAX_POSITION: "size",
    Reject.PRICE_NOT_POSITIVE: "price",
    Reject.PRICE_TOO_LARGE: "price",
    Reject.OUTSIDE_COLLAR: "price",
    Reject.POST_WOULD_CROSS: "price",
    Reject.TRIGGER_NOT_ALLOWED: "trigger_price",
    Reject.CLIENT_ID_TAKEN: "client_id",
    Reject.EXPIRY_NOT_ALLOWED: "expires_ms",
    Reject.ICEBERG_NOT_ALLOWED: "display_size",
    Reject.TOO_LATE: "before_ms",
    Reject.TERM_OUT_OF_BOUNDS: "values",
    Reject.CHANGE_NOT_AHEAD: "effective_ms",
    Reject.DOWNTIMES_OVERLAP: "from_ms",
    Reject.WOULD_NOT_REDUCE: "reduce_only",
    Reject.LEVERAGE_CAPPED: "leverage",
    Reject.LEVERAGE_TOO_HIGH: "leverage",
    Reject.LEG_NOT_ALLOWED: "leg",
    Reject.HEDGE_NOT_ALLOWED: "mode",
    Reject.HEDGE_IS_CROSS: "mode",
    Reject.TOP_UP_NOT_ALLOWED: "enabled",
    Reject.HAS_OPEN_RISK: "leverage",
    Reject.NOT_MARGINABLE: "leverage",
    Reject.AMOUNT_NOT_POSITIVE: "amount",
    Reject.AMOUNT_TOO_LARGE: "amount",
    Reject.INSUFFICIENT_FUNDS: "amount",
    Reject.UNKNOWN_ORDER: "id",
    Reject.NOT_YOUR_ORDER: "id",
}


class ApiError(Exception):
    """A request that is not carried out."""

    def __init__(self, status: int, code: str, message: str, field: str = "") -> None:
        """`code` is stable, `message` is a sentence for people."""
        super().__init__(message)
        self.status = status
        self.reply = ErrorReply(code=code, field=field, message=message)


def not_found(what: str, field: str) -> ApiError:
    """Something named by the caller does not exist."""
    return ApiError(NOT_FOUND, f"UNKNOWN_{what.upper()}", f"There is no such {what}.", field)


def bad_value(message: str, field: str) -> ApiError:
    """A value that cannot be what it should be."""
    return ApiError(BAD_REQUEST, "BAD_VALUE", message, field)


def field_of(code: str) -> str:
    """The field a refusal is about, empty when it is about none."""
    if code.startswith("STOP_"):
        return "stop_price"
    return _FIELDS.get(Reject[code], "") if code in Reject.__members__ else ""


def refusal_reply(event: Event) -> ErrorReply:
    """An engine's refusal in this API's words."""
    reject = Reject(event.reject)
    message = refused(reject)
    if reject == Reject.VENUE_IN_MAINTENANCE:
        message = refused_until(int(event.expire_us))
    return ErrorReply(code=reject.name, field=field_of(reject.name), message=message)


def refusal_in(events: list[Event]) -> Event | None:
    """The refusal among a command's events."""
    return next((event for event in events if event.kind == EventKind.REFUSED), None)


def raise_refusal(events: list[Event]) -> None:
    """Raise the refusal among a command's events, if there is one."""
    event = refusal_in(events)
    if event is not None:
        reply = refusal_reply(event)
        unknown = event.reject in (Reject.UNKNOWN_ORDER, Reject.NOT_YOUR_ORDER)
        status = NOT_FOUND if unknown else REFUSED
        raise ApiError(status, reply.code, reply.message, reply.field)
