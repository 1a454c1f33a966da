"""The read side: what happened, from the projections, at least up to what was acknowledged."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import force_setattr, replace

from longshore.venue.projections import (
    account_events,
    candles,
    downtimes,
    executions,
    fills,
    funding_payments,
    funding_rates,
    ledger,
    liquidations,
    market_states,
    order_events,
    orders,
)
from longshore.venue.projections.records import (
    Candle,
    DowntimePhase,
    Execution,
    FillRecord,
    FundingPayment,
    FundingRate,
    LedgerRecord,
    LiquidationRecord,
    MarketStateChange,
    OrderEvent,
    OrderRecord,
    Stats,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from longshore.engine.rows import Event
    from longshore.venue.projections.projector import Projector

T = TypeVar("T")
EVENTS_AT_ONCE = 10_000
END = 2**62
"""Above every time and seq there can be."""


class CandleKind(StrEnum):
    """Which price a candle is made of."""

    TRADE = "trade"
    MARK = "mark"
    INDEX = "index"


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a history is wanted: after <= time < before, newest first unless `ascending`.

    `after_key` and `before_key` are (seq, index) marks for going on from a row already seen. Times
    and marks beyond `END` mean it, so that any number of a caller's can be asked for.
    """

    after_us: int = 0
    before_us: int = END
    limit: int = 100
    ascending: bool = False
    after_key: tuple[int, int] | None = None
    before_key: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        """Bring every number into what a database can hold."""
        for name in ("after_us", "before_us"):
            force_setattr(self, name, _within(getattr(self, name)))
        for name in ("after_key", "before_key"):
            key = getattr(self, name)
            if key is not None:
                force_setattr(self, name, (_within(key[0]), _within(key[1])))


def _within(number: int) -> int:
    return max(-1, min(number, END))


RECENT = Span()
DOWNTIME_PHASES = 500


class History:
    """Typed reads. Each waits until the projections hold all that was committed when it was asked.

    An account is always named, so that no read can cross accounts. Reads run off the loop.
    """

    def __init__(self, projector: Projector) -> None:
        """Reads what this projector writes."""
        self._projector = projector

    async def _read(self, query: Callable[[Connection], T]) -> T:
        return await self._projector.read(query)

    @property
    def is_running(self) -> bool:
        """False once an error of our own has stopped it; the venue goes on."""
        return self._projector.error is None

    async def reached(self, seq: int) -> None:
        """Wait until history, and what is kept in memory of it, holds everything up to `seq`."""
        await self._projector.reached(seq)

    async def order(self, account_id: int, order_id: int) -> OrderRecord | None:
        """One order of the account, open or gone; None when it has no such order."""
        return await self._read(lambda c: orders.one(c, account_id, order_id))

    async def orders(
        self, account_id: int, span: Span = RECENT, market_id: int = 0
    ) -> list[OrderRecord]:
        """The account's orders by placement, open and gone; market 0: all."""
        return await self._read(lambda c: orders.many(c, account_id, market_id, span))

    async def updated_us(self, account_id: int, order_ids: list[int]) -> dict[int, int]:
        """When each of these orders of the account last changed."""
        return await self._read(lambda c: orders.updated_us(c, account_id, order_ids))

    async def order_events(
        self, account_id: int, span: Span = RECENT, market_id: int = 0
    ) -> list[OrderEvent]:
        """What happened to the account's orders, refusals too."""
        return await self._read(lambda c: order_events.many(c, account_id, market_id, span))

    async def events_of_order(
        self, account_id: int, order_id: int, span: Span = RECENT
    ) -> list[OrderEvent]:
        """What happened to one order of the account."""
        return await self._read(lambda c: order_events.of_order(c, account_id, order_id, span))

    async def fills(
        self, account_id: int, span: Span = RECENT, market_id: int = 0
    ) -> list[FillRecord]:
        """The account's own sides of matches."""
        return await self._read(lambda c: fills.many(c, account_id, market_id, span))

    async def order_fills(self, account_id: int, order_id: int) -> list[FillRecord]:
        """All fills of one order of the account, oldest first."""
        return await self._read(lambda c: fills.of_order(c, account_id, order_id))

    async def executions(self, market_id: int, span: Span = RECENT) -> list[Execution]:
        """Public trades of a market."""
        return await self._read(lambda c: executions.many(c, market_id, span))

    async def ledger(self, account_id: int, span: Span = RECENT) -> list[LedgerRecord]:
        """Every move of the account's money."""
        return await self._read(lambda c: ledger.many(c, account_id, span))

    async def moved_since(self, account_id: int, asset_id: int, time_us: int) -> dict[int, int]:
        """By reason: how the account's holding of an asset changed from a time on, in atoms."""
        return await self._read(lambda c: ledger.moved_since(c, account_id, asset_id, time_us))

    async def moved_at(self, seqs: list[int]) -> set[int]:
        """Which of these commands brought money in or out."""
        return await self._read(lambda c: ledger.moved_at(c, seqs))

    async def held_before(self, account_id: int, time_us: int) -> dict[int, int]:
        """By asset id: what all the account's wallets held just before a time, in atoms."""
        return await self._read(lambda c: ledger.held_before(c, account_id, time_us))

    async def fresh_starts(self, account_id: int) -> int:
        """How often the account took new practice money for itself."""
        return await self._read(lambda c: ledger.fresh_starts(c, account_id))

    async def funding_payments(
        self, account_id: int, span: Span = RECENT, market_id: int = 0
    ) -> list[FundingPayment]:
        """Funding the account paid and received."""
        return await self._read(lambda c: funding_payments.many(c, account_id, market_id, span))

    async def funding_rates(self, market_id: int, span: Span = RECENT) -> list[FundingRate]:
        """The rates of a market, one an interval."""
        return await self._read(lambda c: funding_rates.many(c, market_id, span))

    async def downtimes(self, span: Span = RECENT) -> list[DowntimePhase]:
        """What maintenance of the venue there was, a row for each of its phases."""
        return await self._read(lambda c: downtimes.many(c, span))

    async def downtime_reasons(self) -> dict[int, str]:
        """Why each maintenance that was planned lately is, or was, by its number."""
        return downtimes.reasons(await self.downtimes(Span(limit=DOWNTIME_PHASES)))

    async def market_states(self, span: Span = RECENT) -> list[MarketStateChange]:
        """What markets took, a row for each change."""
        return await self._read(lambda c: market_states.many(c, span))

    async def liquidations(self, account_id: int, span: Span = RECENT) -> list[LiquidationRecord]:
        """The account's liquidations with their events."""
        return await self._read(lambda c: liquidations.many(c, account_id, span))

    async def account_events(self, account_id: int, span: Span = RECENT) -> list[Event]:
        """Every event that names the account, as the engine gave it."""
        return await self._read(lambda c: account_events.many(c, account_id, span))

    async def every_account_event(self, account_id: int) -> list[Event]:
        """All of them, oldest first, however many."""
        span = Span(limit=EVENTS_AT_ONCE, ascending=True)
        found = events = await self.account_events(account_id, span)
        while len(events) == EVENTS_AT_ONCE:
            last = (int(events[-1].seq), int(events[-1].index))
            events = await self.account_events(account_id, replace(span, after_key=last))
            found = found + events
        return found

    async def candles(
        self, market_id: int, kind: CandleKind, interval_s: int, span: Span = RECENT
    ) -> list[Candle]:
        """Candles oldest first, the newest `limit` of the span, the open bar included.

        A quiet interval repeats the last close with no volume.
        """
        series = (market_id, kind.value)
        return await self._read(
            lambda c: candles.read(c, series, interval_s, span, self._projector.time_us)
        )

    async def candles_begin_us(self, market_id: int, kind: CandleKind, interval_s: int) -> int:
        """When a market's price is first known by candles of this length; 0 before it is."""
        series = (market_id, kind.value)
        return await self._read(lambda c: candles.begins_us(c, series, interval_s))

    def open_minute(self, market_id: int) -> Candle | None:
        """The newest one-minute trade candle, from memory; None before the first trade."""
        return self._projector.tickers.newest(market_id)

    def stats(self, market_id: int) -> Stats:
        """The last 24 hours of a market, from memory."""
        return self._projector.tickers.stats(market_id)
