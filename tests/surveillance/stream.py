"""A market's stream of events, written by hand."""

from __future__ import annotations

from longshore.engine.codes import OrderType, Reason, Reject, Role, Side
from longshore.engine.events import EventKind
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.engine.rows import Event
from longshore.journal.batch import Batch
from longshore.rulebooks import load

CATALOG = load("kraken").catalog
MARKET = CATALOG.market("PF_XBTUSD")
PRICE_TICKS = 80_000
"""A lot is worth eight dollars at it."""
S_US = 1_000_000
MAKERS = 30
START_US = 1_793_620_800 * S_US


class Stream:
    """Events one after the other; every method says one more thing that happened."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.seq = 0
        self.time_us = START_US

    def wait(self, seconds: float) -> Stream:
        self.time_us += int(seconds * S_US)
        return self

    def add(self, kind: EventKind, **fields: int) -> Event:
        self.seq += 1
        event = Event(kind=kind, seq=self.seq, time_us=self.time_us, **fields)
        self.events.append(event)
        return event

    def maker(self) -> int:
        """One of seven, in turn: nobody trades with one alone."""
        return MAKERS + self.seq % 7

    def trade(  # noqa: PLR0913, PLR0917 - a match has as many
        self, taker: int, maker: int, side: Side, lots: int, ticks: int = PRICE_TICKS,
        role: Role = Role.TAKER, maker_order: int = 0,
    ) -> Event:  # fmt: skip
        return self.add(
            EventKind.FILLED, market_id=MARKET.market_id, account_id=taker, other_account_id=maker,
            side=side, role=role, qty_lots=lots, price_ticks=ticks, other_order_id=maker_order,
        )  # fmt: skip

    def order(self, account: int, side: Side, lots: int, ticks: int = PRICE_TICKS) -> int:
        order_id = (self.seq + 1) * ORDER_IDS_PER_COMMAND
        self.add(
            EventKind.ORDER_PLACED, market_id=MARKET.market_id, account_id=account, side=side,
            type=OrderType.POST_ONLY, order_id=order_id, price_ticks=ticks, qty_lots=lots,
            open_lots=lots,
        )  # fmt: skip
        return order_id

    def amend(self, account: int, order_id: int, lots: int, ticks: int = PRICE_TICKS) -> Event:
        return self.add(
            EventKind.ORDER_AMENDED, market_id=MARKET.market_id, account_id=account,
            order_id=order_id, price_ticks=ticks, open_lots=lots, type=OrderType.POST_ONLY,
        )  # fmt: skip

    def end(self, account: int, order_id: int, lots: int, reason: Reason = Reason.BY_USER) -> Event:
        return self.add(
            EventKind.ORDER_ENDED, market_id=MARKET.market_id, account_id=account,
            order_id=order_id, open_lots=lots, reason=reason,
        )  # fmt: skip

    def index(self, price: int) -> Event:
        return self.add(
            EventKind.INDEX_PUBLISHED, asset_id=MARKET.base.asset_id,
            index_subticks=MARKET.base.subticks(MARKET.price(PRICE_TICKS)) * price // 100_000,
        )  # fmt: skip

    def rate(self) -> Event:
        return self.add(EventKind.FUNDING_SET, market_id=MARKET.market_id)

    def liquidation(self, account: int, lots: int) -> Event:
        return self.add(
            EventKind.LIQUIDATION_STARTED, market_id=MARKET.market_id, account_id=account,
            position_lots=lots,
        )  # fmt: skip

    def refusal(self, account: int) -> Event:
        return self.add(
            EventKind.REFUSED, market_id=MARKET.market_id, account_id=account,
            reject=Reject.POST_WOULD_CROSS,
        )  # fmt: skip


def batch(events: list[Event], words: bool = False) -> Batch:
    """Events as the journal hands them on: as rows, or as a matrix of numbers."""
    made = Batch(first_seq=1, time_us=0, commands=[], events=[] if words else events)
    if words:
        import numpy as np

        made.caused.add_words(np.array([event.values() for event in events], np.int64))
    return made
