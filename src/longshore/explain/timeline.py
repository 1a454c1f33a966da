"""A liquidation's events as moments in words, in order.

What one command did is told together: an order's fills as one, a ladder as its steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from longshore.engine.codes import OrderType, Reason, Side, Step, System
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain import format as fmt
from longshore.explain.episode import Episode
from longshore.explain.outcomes import ladder_left
from longshore.explain.sentences import say
from longshore.rulebooks import MarketInfo, Rulebook

PAYERS = {System.POOL: "who-pool", System.INSURANCE: "who-insurance", System.VENUE: "who-venue"}
MOVES = {
    Reason.ISOLATED_MARGIN: "put-margin",
    Reason.MARGIN_TOP_UP: "put-top-up",
    Reason.DEPOSIT: "put-deposit",
    Reason.WITHDRAWAL: "put-other",
    Reason.TRANSFER: "put-other",
}
TAKEN = {**MOVES, Reason.ISOLATED_MARGIN: "taken-margin"}


class Moment(msgspec.Struct, frozen=True):
    """One moment: when, what, and the figures an event stated."""

    time: str
    time_ms: int
    text: str
    mark: str = ""
    equity: str = ""
    maintenance: str = ""
    seq: int = 0
    """Of the command that did it."""


def timeline(episode: Episode, rulebook: Rulebook) -> list[Moment]:
    """Everything that changed the wallet, from the opening to the end."""
    teller = _Teller(episode, rulebook)
    commands = groupby(episode.events, key=lambda event: event.seq)
    return [moment for _, events in commands for moment in teller.tell(list(events))]


def average_px(market: MarketInfo, trades: list[Event]) -> str:
    """The average price of fills in one market, rounded to the tick."""
    lots = sum(int(event.qty_lots) for event in trades)
    total = sum(int(event.price_ticks) * int(event.qty_lots) for event in trades)
    ticks = (2 * total + lots) // (2 * lots)
    return f"{market.price(ticks):,f}"


def settled(event: Event, market: MarketInfo) -> str:
    """A position whose market has ended (POSITION_SETTLED)."""
    size = fmt.size(market, event.position_lots)
    return say("moment-settled", size=size, px=fmt.price(market, event.mark_subticks))


class _Teller:
    """Words for what one command did."""

    def __init__(self, episode: Episode, rulebook: Rulebook) -> None:
        self.episode = episode
        self.catalog = rulebook.catalog
        self.currency = fmt.Currency(episode.asset)

    def tell(self, events: list[Event]) -> Iterator[Moment]:
        """The moments of one command's events."""
        ladder = [event for event in events if self.episode.in_ladder(event)]
        others = [event for event in events if not self.episode.in_ladder(event)]
        yield from self._trades(others)
        for event in others:
            yield from self._funding(event)
            yield from self._settled(event)
            yield from self._moved(event)
        yield from self._ladder(ladder)

    def _moment(self, event: Event, text: str) -> Moment:
        stated = event.kind in (EventKind.LIQUIDATION_STARTED, EventKind.LIQUIDATION_ENDED)
        mark = ""
        if event.mark_subticks and event.market_id:
            mark = fmt.price(self._market(event), event.mark_subticks)
        return Moment(
            time=fmt.moment(event.time_us),
            time_ms=int(event.time_us) // 1000,
            text=text,
            mark=mark,
            equity=self.currency.amount(event.equity_atoms) if stated else "",
            maintenance=self.currency.amount(event.margin_atoms) if stated else "",
            seq=int(event.seq),
        )

    def _market(self, event: Event) -> MarketInfo:
        return self.catalog.market(int(event.market_id))

    def _size_at(self, trades: list[Event]) -> dict[str, str]:
        market = self._market(trades[0])
        lots = sum(int(event.qty_lots) for event in trades)
        return {"size": fmt.size(market, lots), "px": average_px(market, trades)}

    def _trades(self, events: list[Event]) -> Iterator[Moment]:
        trades = [event for event in events if event.kind == EventKind.TRADED]
        for _, fills in groupby(trades, key=lambda event: (event.market_id, event.side)):
            group = list(fills)
            key = "moment-bought" if group[0].side == Side.BUY else "moment-sold"
            yield self._moment(group[-1], say(key, **self._size_at(group)))

    def _funding(self, event: Event) -> Iterator[Moment]:
        if event.kind == EventKind.FUNDING_PAID and event.funding_atoms:
            paid = event.funding_atoms < 0
            key = "moment-funding-paid" if paid else "moment-funding-received"
            amount = self.currency.amount(abs(event.funding_atoms))
            yield self._moment(event, say(key, amount=amount))

    def _settled(self, event: Event) -> Iterator[Moment]:
        if event.kind == EventKind.POSITION_SETTLED:
            yield self._moment(event, settled(event, self._market(event)))

    def _moved(self, event: Event) -> Iterator[Moment]:
        """Money the owner moved; what fills and funding moved is told by their own events."""
        if event.kind == EventKind.TRANSFERRED and event.reason in MOVES:
            out = self.episode.owns(event)
            key, why = ("moment-taken", TAKEN) if out else ("moment-put", MOVES)
            amount = self.currency.amount(event.amount_atoms)
            text = say(key, amount=amount, why=say(why[Reason(event.reason)]))
            yield self._moment(event, text)

    def _ladder(self, events: list[Event]) -> Iterator[Moment]:
        """The trigger, the steps with what they closed, who paid what was lacking, the end."""
        for event in events:
            if event.kind == EventKind.LIQUIDATION_STARTED:
                yield self._moment(event, self._trigger(event))
        if any(_ended_by_ladder(event) for event in events):
            yield self._moment(events[0], say("moment-orders-ended"))
        yield from self._steps(events)
        for event in events:
            yield from self._aftermath(event)

    def _trigger(self, event: Event) -> str:
        return say(
            "moment-trigger",
            equity=self.currency.amount(event.equity_atoms),
            maint=self.currency.amount(event.margin_atoms),
            mark=fmt.price(self._market(event), event.mark_subticks),
        )

    def _steps(self, events: list[Event]) -> Iterator[Moment]:
        """Each run of the same step on the same market as one, with all its fills."""
        told = [e for e in events if e.kind in (EventKind.LIQUIDATION_STEP, EventKind.TRADED)]
        runs: list[tuple[Event, list[Event]]] = []
        for event in told:
            if event.kind == EventKind.TRADED:
                runs[-1][1].append(event)
            elif event.type != Step.CANCEL_ORDERS and not _continues(runs, event):
                runs.append((event, []))
        for step, fills in runs:
            yield self._moment(step, self._step(step, fills))

    def _step(self, step: Event, fills: list[Event]) -> str:
        name = say(f"step-{Step(step.type).name.lower().replace('_', '-')}")
        if fills:
            return say("moment-closed", step=name, **self._size_at(fills))
        px = f"{self._market(step).price(int(step.price_ticks)):,f}"
        return say("moment-not-closed", step=name, px=px)

    def _aftermath(self, event: Event) -> Iterator[Moment]:
        yield from self._moved(event)
        if event.kind == EventKind.CONVERTED:
            asset = self.catalog.asset(int(event.asset_id))
            sold = f"{fmt.stripped(asset.amount(int(event.amount_atoms)))} {asset.code}"
            got = self.currency.amount(event.value_atoms)
            text = say("moment-converted", size=sold, amount=got)
            yield self._moment(event, text)
        elif event.kind == EventKind.SHORTFALL_BORNE:
            who = say(PAYERS[System(event.other_account_id)])
            amount = self.currency.amount(event.amount_atoms)
            yield self._moment(event, say("moment-borne", who=who, amount=amount))
        elif event.kind == EventKind.LIQUIDATION_ENDED:
            yield self._moment(event, ladder_left(event))


def _ended_by_ladder(event: Event) -> bool:
    """Whether an order of the owner ended because of the liquidation."""
    own = event.kind == EventKind.ORDER_ENDED and event.type != OrderType.LIQUIDATION
    return bool(own and event.reason == Reason.LIQUIDATED)


def _continues(runs: list[tuple[Event, list[Event]]], step: Event) -> bool:
    """Whether a step repeats the one before it on the same market, which did close something."""
    if not runs or not runs[-1][1]:
        return False
    last = runs[-1][0]
    return bool(last.type == step.type and last.market_id == step.market_id)
