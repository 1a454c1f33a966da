"""Notices made of several events: own fills by order, funding at its hour, a buffer that sinks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from longshore.engine.codes import Role, Side, WalletKind
from longshore.engine.events import EventKind
from longshore.explain import format as fmt
from longshore.explain.episode import opens
from longshore.explain.liquidation import deleveraged
from longshore.explain.sentences import say
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.notices import notice
from longshore.venue.dialects.native.schema.stream import NoticeMessage

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import MarketInfo
    from longshore.venue.context import Venue
    from longshore.venue.dialects.native.schema.account import AccountReply, PositionCard

FLAT = "POSITION_FLAT"
HOUR_US = 3_600_000_000
LEVELS = ("full", "half", "quarter", "tenth")
_PLAIN = (Role.MAKER, Role.TAKER)


def notices(venue: Venue, account_id: int, events: Sequence[Event]) -> Iterator[NoticeMessage]:
    """Everything that some events of an account are worth telling."""
    for event in events:
        said = notice(venue, account_id, event)
        if said is not None:
            yield said
    own = [event for event in events if event.account_id == account_id]
    trades = [event for event in own if event.kind == EventKind.TRADED]
    yield from _fills(venue, [event for event in trades if event.role in _PLAIN])
    for event in trades:
        if event.role == Role.UNWIND_COUNTERPARTY:
            yield _told(venue, event, "DELEVERAGED", deleveraged(event, venue.rulebook))
    yield from _flat(venue, own)
    trading = {int(event.seq) for event in trades}
    for event in own:
        if event.kind == EventKind.FUNDING_PAID and int(event.seq) not in trading:
            yield from _funding(venue, event)


def _fills(venue: Venue, trades: list[Event]) -> Iterator[NoticeMessage]:
    """One notice an order: all it traded, at its mean price."""
    by_order = sorted(trades, key=lambda event: event.order_id)
    for _, group in groupby(by_order, key=lambda event: event.order_id):
        fills = list(group)
        info = venue.catalog.market(int(fills[0].market_id))
        key = "moment-bought" if fills[0].side == Side.BUY else "moment-sold"
        lots = sum(int(fill.qty_lots) for fill in fills)
        text = say(key, size=fmt.size(info, lots), px=_mean(info, fills, lots))
        yield _told(venue, fills[-1], "FILLED", text)


def _flat(venue: Venue, own: list[Event]) -> Iterator[NoticeMessage]:
    """Positions that ended; `ref` is the id of the debrief."""
    for event in own:
        ended = event.kind == EventKind.TRADED and event.position_lots == 0
        if event.kind != EventKind.POSITION_SETTLED and not ended:
            continue
        if event.wallet != WalletKind.CASH:
            info = venue.catalog.market(int(event.market_id))
            said = _told(venue, event, FLAT, say("notice-flat", market=info.symbol))
            said.ref = f"{event.seq}-{event.index}"
            yield said


def _mean(info: MarketInfo, fills: list[Event], lots: int) -> str:
    """The mean price by size, to the tick."""
    ticks = Decimal(sum(int(fill.price_ticks * fill.qty_lots) for fill in fills)) / lots
    return f"{info.price(int(ticks.quantize(Decimal(1), ROUND_HALF_EVEN))):,f}"


def _funding(venue: Venue, event: Event) -> Iterator[NoticeMessage]:
    """Funding that came by itself; what a fill settles is part of the fill."""
    info = venue.catalog.market(int(event.market_id))
    atoms = int(event.funding_atoms)
    if atoms:
        way = "received" if atoms > 0 else "paid"
        text = say(f"moment-funding-{way}", amount=fmt.amount(info, abs(atoms)))
        yield _told(venue, event, "FUNDING_PAID", text)


def _told(venue: Venue, event: Event, code: str, text: str) -> NoticeMessage:
    return NoticeMessage(
        seq=int(event.seq),
        world_time=render.ms(int(event.time_us)),
        code=code,
        text=text,
        symbol=venue.catalog.market(int(event.market_id)).symbol,
        ref=str(event.order_id) if event.order_id else None,
    )


class Falls:
    """Which liquidations are news: the parts of one fall are told once, by the first of them.

    A part is news again when its position was opened anew, or an hour after the one before.
    """

    def __init__(self) -> None:
        """Nothing has fallen yet."""
        self._fell_us: dict[tuple[int, int], int] = {}

    def news(self, events: Sequence[Event]) -> list[Event]:
        """Some events of an account without the beginnings of further parts."""
        return [event for event in events if self._is_news(event)]

    def _is_news(self, event: Event) -> bool:
        key = int(event.wallet), int(event.market_id)
        if event.kind == EventKind.TRADED and opens(event):
            self._fell_us.pop(key, None)
        if event.kind != EventKind.LIQUIDATION_STARTED:
            return True
        before_us = self._fell_us.get(key)
        self._fell_us[key] = int(event.time_us)
        return before_us is None or event.time_us - before_us >= HOUR_US


class Buffers:
    """How far each position's safety buffer has sunk; each level is told once, on the way down."""

    def __init__(self) -> None:
        """Nothing is known yet: what is found low at first is told."""
        self._worst: dict[tuple[str, str], int] = {}

    def sunk(self, account: AccountReply) -> list[NoticeMessage]:
        """A notice for each position that fell below half, a quarter or a tenth."""
        levels: dict[tuple[str, str], int] = {
            (p.symbol, p.side): LEVELS.index(p.buffer_level) for p in account.positions
        }
        told = [
            _low(account, card)
            for card in account.positions
            if levels[card.symbol, card.side] > self._worst.get((card.symbol, card.side), 0)
        ]
        self._worst = levels
        return told


def _low(account: AccountReply, card: PositionCard) -> NoticeMessage:
    key = f"notice-buffer-{card.buffer_level}"
    return NoticeMessage(
        seq=account.seq,
        world_time=account.world_time,
        code="BUFFER_LOW",
        text=say(key, market=card.symbol, buffer=card.buffer_text),
        symbol=card.symbol,
        ref=None,
    )
