"""An account's own feeds: fills, positions, balances, the account log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import WalletKind
from longshore.engine.events import EventKind
from longshore.venue import views
from longshore.venue.dialects.kraken_futures import balance_feed
from longshore.venue.dialects.kraken_futures.account_log import COUNT_DEFAULT, rows_of
from longshore.venue.dialects.kraken_futures.fills import FILLS_MAX, feed_fill, own_fills
from longshore.venue.dialects.kraken_futures.positions import feed_position
from longshore.venue.dialects.kraken_futures.row_ids import event_key
from longshore.venue.dialects.kraken_futures.values import Json, millis
from longshore.venue.history import Span
from longshore.venue.projections.fills import fill_of
from longshore.venue.projections.folding import units_of

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.venue.dialects.kraken_futures.api import Api

POSITION_KINDS = (
    EventKind.TRADED,
    EventKind.FUNDING_PAID,
    EventKind.LEVERAGE_SET,
    EventKind.LOSS_SHARED,
)
BALANCE_KINDS = (
    *POSITION_KINDS,
    EventKind.TRANSFERRED,
    EventKind.CONVERTED,
    EventKind.ORDER_PLACED,
    EventKind.ORDER_AMENDED,
    EventKind.ORDER_ENDED,
)
"""Orders change what is available, so they change a balance's message too."""
LOG_KINDS = (EventKind.TRADED, EventKind.FUNDING_PAID, EventKind.TRANSFERRED, EventKind.CONVERTED)


class FillFeed:
    """`fills`: those of the snapshot are not told again."""

    def __init__(self, api: Api, account_id: int) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self._account_id = account_id
        self._told = (0, 0)

    async def snapshot(self) -> list[Json]:
        """The last hundred fills, newest first."""
        found = await own_fills(self._api, self._account_id, Span(limit=FILLS_MAX))
        if found:
            self._told = (found[0].seq, found[0].index)
        account = self._api.ids.account(self._account_id)
        fills = [feed_fill(self._api, fill) for fill in found]
        return [{"feed": "fills_snapshot", "account": account, "fills": fills}]

    async def messages(self, events: list[Event]) -> list[Json]:
        """The account's fills among its events."""
        fills = [self._fill(event) for event in events if self._is_new(event)]
        username = self._api.ids.account(self._account_id)
        return [{"feed": "fills", "username": username, "fills": fills}] if fills else []

    def _is_new(self, event: Event) -> bool:
        if event.kind != EventKind.TRADED or event.account_id != self._account_id:
            return False
        perpetual = self._api.venue.catalog.market(event.market_id).is_dollar_perpetual
        return perpetual and (event.seq, event.index) > self._told

    def _fill(self, event: Event) -> Json:
        units = units_of(self._api.view.markets[event.market_id])
        client_id = self._api.venue.client_ids.text(event.client_hi, event.client_lo)
        return feed_fill(self._api, fill_of(event, client_id, units))


class PositionFeed:
    """`open_positions`: all of them, whenever one changed."""

    def __init__(self, api: Api, account_id: int) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self._account_id = account_id
        self._seq = -1

    async def snapshot(self) -> list[Json]:
        """All open positions now."""
        self._seq += 1
        held = views.positions(self._api.view, self._account_id)
        return [
            {
                "feed": "open_positions",
                "account": self._api.ids.account(self._account_id),
                "positions": [feed_position(self._api, self._account_id, *each) for each in held],
                "seq": self._seq,
                "timestamp": millis(self._api.venue.now_us),
            }
        ]

    async def messages(self, events: list[Event]) -> list[Json]:
        """All positions again when one of the events changed any."""
        changed = any(event.kind in POSITION_KINDS for event in events)
        return await self.snapshot() if changed else []

    async def pulse(self) -> list[Json]:
        """Once a second while there are positions: marks move."""
        held = any(views.positions(self._api.view, self._account_id))
        return await self.snapshot() if held else []


class BalanceFeed:
    """`balances`: every wallet at first, then those that changed."""

    def __init__(self, api: Api, account_id: int) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self._account_id = account_id
        self._seq = -1

    async def snapshot(self) -> list[Json]:
        """Every wallet now."""
        cash = balance_feed.holding(self._api, self._account_id)
        flex = balance_feed.flex_futures(self._api, self._account_id)
        return [self._message("balances_snapshot", {**cash, **flex})]

    async def messages(self, events: list[Event]) -> list[Json]:
        """The wallets that the events changed, each in a message of its own."""
        touched = [event for event in events if event.kind in BALANCE_KINDS]
        told = []
        if any(self._is_cash(event) for event in touched):
            cash = balance_feed.holding(self._api, self._account_id)
            told.append(self._message("balances", cash))
        if any(not self._is_cash(event) for event in touched):
            flex = balance_feed.flex_futures(self._api, self._account_id)
            told.append(self._message("balances", flex))
        return told

    def _is_cash(self, event: Event) -> bool:
        """Whether an event moved money of the account's cash wallet."""
        if event.kind != EventKind.TRANSFERRED:
            return False
        own = event.account_id == self._account_id
        return (event.wallet if own else event.other_wallet) == WalletKind.CASH

    def _message(self, feed: str, body: Json) -> Json:
        self._seq += 1
        account = self._api.ids.account(self._account_id)
        tail = {"timestamp": millis(self._api.venue.now_us), "seq": self._seq}
        return {"feed": feed, "account": account, **body, **tail}


class LogFeed:
    """`account_log`: read from history, each row once."""

    def __init__(self, api: Api, account_id: int) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self._account_id = account_id
        self._last_id = 0

    async def snapshot(self) -> list[Json]:
        """The newest rows, newest first."""
        rows = await rows_of(self._api, self._account_id, Span(limit=COUNT_DEFAULT))
        self._last_id = max((row["id"] for row in rows), default=0)
        return [{"feed": "account_log_snapshot", "logs": rows[:COUNT_DEFAULT]}]

    async def messages(self, events: list[Event]) -> list[Json]:
        """The rows that came since the last one, oldest first."""
        if not any(event.kind in LOG_KINDS for event in events):
            return []
        span = Span(limit=COUNT_DEFAULT, ascending=True, after_key=event_key(self._last_id))
        rows = await rows_of(self._api, self._account_id, span)
        new = [row for row in rows if row["id"] > self._last_id]
        self._last_id = new[-1]["id"] if new else self._last_id
        return [{"feed": "account_log", "new_entry": row} for row in new]
