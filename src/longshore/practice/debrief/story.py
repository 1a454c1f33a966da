"""One closed position: its own fills and flows cut out of an account's events, and its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from longshore.engine.codes import Leg, Reason, Role, Side, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Event, Market
from longshore.explain.came_to import Parts
from longshore.explain.closes import Close, Folded, Held
from longshore.explain.losses import BORNE, TAKEN, slip_atoms

OTHERS = (*TAKEN, *BORNE)


class NoDebriefError(LookupError):
    """No position of the account ended there."""


class Story:
    """A position from its first fill to the one that left nothing."""

    def __init__(
        self, events: Sequence[Event], account_id: int, held: Held, market: Market
    ) -> None:
        """`events` are all of the account's, oldest first; the position has ended."""
        assert held.closed_us, "it has ended"
        self.held = held
        self.market = market
        self.account_id = account_id
        self.end: Close = held.closes[-1]
        self._all = events
        self.fills = [event for event in events if self._is_own(event)]

    @property
    def key(self) -> str:
        """What it is called: the place of its last close."""
        return f"{self.end.seq}-{self.end.index}"

    @property
    def liquidation(self) -> str:
        """What the liquidation that ended it is called; empty where it was none."""
        if self.end.role <= Role.TAKER:
            return ""
        kind = EventKind.LIQUIDATION_STARTED
        started = (e for e in self._all if e.kind == kind and e.seq == self.end.seq)
        return next((f"{e.seq}-{e.index}" for e in started), "")

    @property
    def way(self) -> int:
        """1: it gained when the price rose."""
        return 1 if self.held.is_long else -1

    @property
    def window(self) -> list[Event]:
        """All the account's events in its market from the command that opened it to its end."""
        first, last = self.held.opened_seq, self.end.seq
        return [
            event
            for event in self._all
            if first <= event.seq <= last and event.market_id == self.market.market_id
        ]

    @property
    def placed_before(self) -> list[Event]:
        """Its own orders' placements, the stop and target they brought along among them."""
        ids = {at for own in self.held.order_ids for at in (own, own + 1, own + 2)}
        kinds = (EventKind.ORDER_PLACED, EventKind.ORDER_AMENDED)
        return [
            event
            for event in self._all
            if event.kind in kinds and event.order_id in ids and event.seq < self.held.opened_seq
        ]

    @property
    def most_lots(self) -> int:
        """The largest size it had."""
        return max(abs(int(event.position_lots)) for event in self.fills if self.added_lots(event))

    @cached_property
    def parts(self) -> Parts:
        """Price, funding, fees, slippage and what a liquidation took or others bore."""
        slippage = sum(self._slip_atoms(event) for event in self.fills)
        return Parts(
            price_atoms=self.held.pnl_atoms + slippage,
            funding_atoms=self.held.funding_atoms,
            fees_atoms=self.held.fee_atoms,
            slippage_atoms=slippage,
            others_atoms=self._others_atoms(),
        )

    def _slip_atoms(self, event: Event) -> int:
        lots = self.added_lots(event) + self.closed_lots(event)
        return slip_atoms(event, self.market, lots) if lots else 0

    def closed_lots(self, event: Event) -> int:
        """How much of a fill made this position smaller."""
        before, after = _before(event), int(event.position_lots)
        shrinks = before * self.way > 0 and (after - before) * self.way < 0
        return min(abs(before), int(event.qty_lots)) if shrinks else 0

    def added_lots(self, event: Event) -> int:
        """How much of a fill opened this position or made it larger."""
        after = int(event.position_lots)
        grows = after * self.way > 0 and (after - _before(event)) * self.way > 0
        return min(abs(after), int(event.qty_lots)) if grows else 0

    def mean_ticks(self, *, entry: bool) -> tuple[int, int]:
        """Sum of price times lots, and lots, of what opened it or of what closed it."""
        counted = self.added_lots if entry else self.closed_lots
        pairs = [(int(event.price_ticks), counted(event)) for event in self.fills]
        return sum(price * lots for price, lots in pairs), sum(lots for _, lots in pairs)

    def _is_own(self, event: Event) -> bool:
        held, end = self.held, self.end
        place = (int(event.seq), int(event.index))
        return (
            event.kind == EventKind.TRADED
            and event.account_id == self.account_id
            and event.market_id == held.market_id
            and event.wallet != WalletKind.CASH
            and event.leg in (Leg.ONE_WAY, Leg.LONG if held.is_long else Leg.SHORT)
            and (held.opened_seq, held.opened_index) <= place <= (end.seq, end.index)
        )

    def _others_atoms(self) -> int:
        """What a liquidation moved beyond its fills; of a shared wallet with its last close."""
        forced = {int(event.seq): event for event in self.fills if event.role > Role.TAKER}
        total = 0
        for event in self._all:
            fill = forced.get(int(event.seq))
            if fill is not None and event.kind == EventKind.TRANSFERRED:
                total += self._moved(event, fill)
        return total

    def _moved(self, event: Event, fill: Event) -> int:
        if Reason(event.reason) not in OTHERS or not self._is_last_of(fill):
            return 0
        mine = (self.account_id, int(fill.wallet))
        if (event.account_id, event.wallet) == mine:
            return -int(event.amount_atoms)
        if (event.other_account_id, event.other_wallet) == mine:
            return int(event.amount_atoms)
        return 0

    def _is_last_of(self, fill: Event) -> bool:
        """Whether no other position of the wallet was closed after it by the same command."""
        same = [e for e in self._all if e.kind == EventKind.TRADED and e.seq == fill.seq]
        same = [e for e in same if (e.account_id, e.wallet) == (fill.account_id, fill.wallet)]
        return bool(same[-1].market_id == fill.market_id)


def _before(event: Event) -> int:
    lots = int(event.qty_lots)
    return int(event.position_lots) + (-lots if event.side == Side.BUY else lots)


def stories(
    events: Sequence[Event], account_id: int, markets: dict[int, Market]
) -> Iterator[Story]:
    """Every position of the account that has ended, as they ended."""
    ended = [h for h in Folded(account_id).take_all(events).positions if h.closed_us]
    own = [e for e in events if account_id in (e.account_id, e.other_account_id)]
    for held in sorted(ended, key=lambda each: (each.closes[-1].seq, each.closes[-1].index)):
        yield Story(own, account_id, held, markets[held.market_id])


def story(events: Sequence[Event], account_id: int, markets: dict[int, Market], key: str) -> Story:
    """The position that ended at a place. Raises NoDebriefError."""
    for each in stories(events, account_id, markets):
        if each.key == key:
            return each
    raise NoDebriefError(key)
