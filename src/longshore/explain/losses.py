"""Where the margin went: the parts of a loss, which add up to the atom.

Every movement of the wallet's own money has a reason; fills and funding say for which
market. What a liquidation's fills lost against the mark, and their fees, is the liquidation's part;
the price's part is what the position lost up to that mark.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from longshore.engine.codes import Reason, Side
from longshore.engine.events import EventKind
from longshore.engine.rows import Event, Market
from longshore.engine.value import signed_value, value_at, value_atoms
from longshore.explain.episode import Episode, Flow

PUT_IN = (
    Reason.ISOLATED_MARGIN,
    Reason.MARGIN_TOP_UP,
    Reason.TRANSFER,
    Reason.DEPOSIT,
    Reason.WITHDRAWAL,
)
BORNE = (Reason.COVER, Reason.BANKRUPTCY, Reason.SHARED_LOSS)
TAKEN = (Reason.TAKEOVER,)


class Losses(msgspec.Struct):
    """What there was, what is left and what took the difference. Taken: above zero."""

    start_atoms: int
    end_atoms: int
    price_atoms: dict[int, int]
    funding_atoms: int
    fees_atoms: int
    liquidation_atoms: int
    borne_atoms: int
    before_atoms: int
    put_in_atoms: dict[Reason, int]

    @property
    def lost_atoms(self) -> int:
        """What is gone."""
        return self.start_atoms - self.end_atoms

    @property
    def parts_atoms(self) -> list[int]:
        """All parts: prices by market, funding, fees, liquidation, borne by others."""
        others = [self.funding_atoms, self.fees_atoms, self.liquidation_atoms, self.borne_atoms]
        return [*self.price_atoms.values(), *others]


def losses(episode: Episode, markets: dict[int, Market]) -> Losses:
    """The parts of one episode's loss. They are checked to add up exactly."""
    trades = episode.of_kind(EventKind.TRADED)
    ladder = [event for event in trades if episode.in_ladder(event)]
    earlier = [event for event in trades if not episode.in_ladder(event)]
    earlier += episode.of_kind(EventKind.POSITION_SETTLED)
    slips = [slip_atoms(event, markets[event.market_id]) for event in ladder]
    open_atoms, accrued_atoms = _still_open(episode, markets)
    found = Losses(
        start_atoms=_start(episode),
        end_atoms=_end(episode) + open_atoms + accrued_atoms,
        price_atoms=_price_parts(earlier + ladder, ladder, slips),
        funding_atoms=-_funding(episode) - accrued_atoms,
        fees_atoms=_fees(earlier),
        liquidation_atoms=sum(slips) + _fees(ladder) - _flow(episode, TAKEN),
        borne_atoms=-_flow(episode, BORNE),
        before_atoms=_balance_before(episode),
        put_in_atoms=_put_in(episode),
    )
    if open_atoms:
        found.price_atoms[episode.market_id] -= open_atoms
    assert sum(found.parts_atoms) == found.lost_atoms, (found, episode.events)
    return found


def _flow(episode: Episode, reasons: tuple[Reason, ...]) -> int:
    """What came into the wallet for some reasons."""
    return sum(flow.amount_atoms for flow in episode.flows if flow.reason in reasons)


def slip_atoms(traded: Event, market: Market, part_lots: int = 0) -> int:
    """How much worse than the mark a fill, or a part of it, was in money; below zero: better."""
    lots = part_lots or int(traded.qty_lots)
    at_mark = value_at(market, traded.mark_subticks, lots)
    at_price = signed_value(market, Side.BUY, value_atoms(market, traded.price_ticks, lots))
    return int(at_mark - at_price if traded.side == Side.SELL else at_price - at_mark)


def _fees(trades: Iterable[Event]) -> int:
    return sum(int(event.fee_atoms) for event in trades)


def _funding(episode: Episode) -> int:
    return sum(int(event.funding_atoms) for event in episode.of_kind(EventKind.FUNDING_PAID))


def _price_parts(trades: list[Event], ladder: list[Event], slips: list[int]) -> dict[int, int]:
    """Per market, what closing at the marks lost: the realised loss without the slips."""
    parts: dict[int, int] = {}
    for event in trades:
        market_id = int(event.market_id)
        parts[market_id] = parts.get(market_id, 0) - int(event.pnl_atoms)
    for event, slip in zip(ladder, slips, strict=True):
        parts[int(event.market_id)] -= slip
    return parts


def _balance_before(episode: Episode) -> int:
    first = episode.flows[0]
    return first.balance_atoms - first.amount_atoms


def _in_ladder(episode: Episode, flow: Flow) -> bool:
    return episode.in_ladder(episode.events[flow.place])


def _is_put_in(episode: Episode, flow: Flow) -> bool:
    """Money moved in or out outside of ladders, and collateral sold at any time."""
    if flow.reason == Reason.CONVERSION:
        return True
    return flow.reason in PUT_IN and not _in_ladder(episode, flow)


def _put_in(episode: Episode) -> dict[Reason, int]:
    found: dict[Reason, int] = {}
    for flow in episode.flows:
        if _is_put_in(episode, flow):
            found[flow.reason] = found.get(flow.reason, 0) + flow.amount_atoms
    return found


def _start(episode: Episode) -> int:
    return _balance_before(episode) + sum(_put_in(episode).values())


def _end(episode: Episode) -> int:
    """What the wallet holds at the end, and what ladders gave back to the owner."""
    returned = [
        flow.amount_atoms
        for flow in episode.flows
        if flow.reason in PUT_IN and _in_ladder(episode, flow)
    ]
    return episode.flows[-1].balance_atoms - sum(returned)


def _still_open(episode: Episode, markets: dict[int, Market]) -> tuple[int, int]:
    """Unrealised profit and accrued funding of an isolated position that was cured.

    A cross wallet's account is kept in settled dollars: its other positions go on.
    """
    if not episode.is_isolated or episode.ended.flag == 1:
        return 0, 0
    last = episode.of_kind(EventKind.TRADED)[-1]
    mark = int(episode.last_started.mark_subticks)
    value = value_at(markets[episode.market_id], mark, last.position_lots)
    unrealised = value - int(last.value_atoms)
    balance = episode.flows[-1].balance_atoms
    return unrealised, int(episode.ended.equity_atoms) - balance - unrealised
