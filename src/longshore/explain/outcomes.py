"""What became of a request or an order, in words: refused, fired, ended."""

from __future__ import annotations

from longshore.engine.codes import OrderType, Reason, Reject, Signal
from longshore.engine.rows import Event
from longshore.explain.format import moment
from longshore.explain.sentences import say
from longshore.rulebooks import MarketInfo


def refused(reject: int) -> str:
    """Why the venue refused."""
    return say(f"reject-{_key(Reject(reject))}")


def withdrawals_stopped(since_us: int) -> str:
    """Why no money leaves the venue now."""
    return say("withdrawals-refused", since=moment(since_us))


def ended(reason: int, reject: int = 0) -> str:
    """Why an order is gone: the refusal that ended it, else the reason; empty while it is open."""
    if reject:
        return refused(reject)
    return say(f"ended-{_key(Reason(reason))}") if reason else ""


def fired(event: Event, market: MarketInfo) -> str:
    """A waiting order whose price came (ORDER_TRIGGERED)."""
    return say(
        "order-fired",
        order=say(f"order-{_key(OrderType(event.type))}"),
        signal=say(f"signal-{_key(Signal(event.signal))}"),
        trigger=f"{market.price(int(event.trigger_ticks)):,f}",
    )


def _key(code: Reject | Reason | OrderType | Signal) -> str:
    """A code's name as the catalogue writes it."""
    return code.name.lower().replace("_", "-")


def ladder_left(event: Event) -> str:
    """How a walk down the liquidation ladder ended, or that it goes on later."""
    if event.flag == 1:
        return say("moment-ended-closed")
    return say("moment-ended-waits" if event.expire_us else "moment-ended-cured")
