"""A position's wallet, weighed by the engine's rules at one price after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from longshore.calc.desk import Desk
from longshore.calc.given import Position
from longshore.calc.halving import edge
from longshore.engine import rows
from longshore.engine.codes import MarginBasis, TierUnit
from longshore.engine.ledger import settlement_atoms
from longshore.engine.legs import market_at, places
from longshore.engine.limits import PRICE_MAX_SUBTICKS
from longshore.engine.margin import (
    equity_atoms,
    is_liquidatable,
    is_margined_by,
    maintenance_atoms,
    notional_atoms,
    position_wallet,
)
from longshore.engine.state import position_slot
from longshore.engine.value import lots_worth_too_much


class Weighed:
    """A position's wallet, weighed at any index price of the position's base."""

    def __init__(self, desk: Desk, position: Position, account_id: int) -> None:
        self.desk, self.state = desk, desk.state
        self.listed = desk.listed(position.symbol)
        self.market = desk.market(position.symbol)
        self.account_id = account_id
        self.wallet = position_wallet(self.state, account_id, self.market.market_id)
        self.position = position
        self.own = self.row(desk.place(account_id, position))
        self.start_mark = self.market.mark_subticks
        self.start = self.state.assets[self.market.base_asset_id].index_subticks

    def row(self, place: int) -> rows.Position:
        """The account's position at a place."""
        return self.state.positions[position_slot(self.account_id, place)]

    def mark_at(self, index: int) -> int:
        """The position's mark at an index price of its base."""
        self.desk.move(self.market.base_asset_id, index)
        return self.market.mark_subticks

    def sums(self) -> tuple[int, int, int]:
        """Settlement balance, equity and maintenance margin as prices stand."""
        state, wallet = self.state, self.wallet
        balance = settlement_atoms(state, wallet)
        return balance, equity_atoms(state, wallet), maintenance_atoms(state, wallet)

    def is_safe(self, index: int) -> bool:
        """Whether the engine lets the wallet be at an index."""
        self.desk.move(self.market.base_asset_id, index)
        return not is_liquidatable(self.state, self.wallet)

    def is_solvent(self, index: int) -> bool:
        """Whether the wallet has something or nothing at an index, but owes nothing."""
        self.desk.move(self.market.base_asset_id, index)
        return equity_atoms(self.state, self.wallet) >= 0

    def last(self, is_good: Callable[[int], bool]) -> int | None:
        """The index nearest to the present one up to which all is good; None: everywhere.

        The present one itself where it is not good even there.
        """
        if not is_good(self.start):
            return self.start
        bounds = sorted(self._bends())
        down = [at for each in reversed(bounds) for at in (each, each - 1) if at < self.start]
        up = [at for each in bounds for at in (each - 1, each) if at > self.start]
        ways = ([*down, 1], [*up, PRICE_MAX_SUBTICKS])
        found = [at for way in ways if (at := self._end_of(way, is_good)) is not None]
        return min(found, key=lambda at: abs(at - self.start), default=None)

    def _end_of(self, way: list[int], is_good: Callable[[int], bool]) -> int | None:
        """The last good index before the first bad one on a way, if the engine takes prices there.

        Between two points of the way margin is a line, so that halving finds its end.
        """
        good = self.start
        for at in way:
            if at >= 1 and not is_good(at):
                found = edge(at, good, is_good)
                lots, mark = abs(self.own.qty_lots), self.mark_at(found)
                return None if lots_worth_too_much(self.market, lots, mark) else found
            good = at
        return None

    def _bends(self) -> Iterator[int]:
        """The index prices from which a margin tier counts; between them margin is a line."""
        moving = {market.market_id for market in self.desk.moving(self.market.base_asset_id)}
        for place in range(1, places(self.state, self.account_id) + 1):
            market, row = market_at(self.state, place), self.row(place)
            if market.market_id not in moving:
                continue
            by_mark = market.margin_basis == MarginBasis.MARK
            if not by_mark or market.tier_unit == TierUnit.LOTS or row.qty_lots == 0:
                continue
            if not is_margined_by(self.state, self.wallet, place):
                continue
            for at in range(1, market.tier_count):
                yield self._reaches(market, row, self.state.tiers[market.tier_first + at].from_size)

    def _reaches(self, market: rows.Market, row: rows.Position, size: int) -> int:
        """The first index at which a notional is on the upper price's side of a bound."""

        def is_below(index: int) -> bool:
            self.desk.move(market.base_asset_id, index)
            reached = notional_atoms(market, row) >= size
            return reached == (market.inverse_factor != 0)

        bound = edge(PRICE_MAX_SUBTICKS, 1, is_below) + 1 if is_below(1) else 1
        self.desk.move(market.base_asset_id, self.start)
        return min(bound, PRICE_MAX_SUBTICKS)
