"""A held position at another price, later, at another funding rate: what closing it would leave.

The engine's own rules on a copy of the state: the mark is moved, funding is added to the market's
index as its interval would add it, and equity, margin and fees are read from there. The price and
time go straight to where they are put; other marks, and the rate, stay as they are.
"""

from __future__ import annotations

import msgspec

from longshore.engine.codes import FundingPay, Role
from longshore.engine.fees import fee_atoms
from longshore.engine.legs import market_at
from longshore.engine.margin import accrued_atoms, position_wallet, unrealised_atoms
from longshore.engine.rates import elapsed_lot_parts
from longshore.engine.rows import Market, Position
from longshore.engine.state import State, position_slot
from longshore.engine.units import PPM, mul_div_floor
from longshore.engine.value import has_funding, value_at
from longshore.explain.figures import lot_parts_to_end
from longshore.explain.risk import Stress, liquidation
from longshore.practice.whatif import WhatIf

POINTS = 40
"""Steps of the curve from its lowest price to its highest."""
SPAN_PPM = 100_000
SPAN_MAX_PPM = 900_000
WHOLE = 1 << 48
"""A way is cut into so many parts to find where on it the venue acts."""


class Move(msgspec.Struct, frozen=True):
    """What is imagined: the mark moved by a share of itself, later, and funding times so much."""

    mark_ppm: int = 0
    after_us: int = 0
    funding_ppm: int = PPM


class There(msgspec.Struct, frozen=True):
    """The position at one place: its parts, and what closing it there would leave.

    `closed`: the venue has closed it on the way, at this mark after this time; what that costs
    beyond the parts is not in them. Funding above zero is received.
    """

    mark_subticks: int
    after_us: int
    price_atoms: int
    funding_atoms: int
    fees_atoms: int
    closed: bool

    @property
    def result_atoms(self) -> int:
        """All that the position would have come to, from its opening on."""
        return self.price_atoms + self.funding_atoms - self.fees_atoms


class Ahead:
    """One position of an account, asked about places it may come to."""

    def __init__(self, view: State, account_id: int, place: int) -> None:
        """Nothing of `view` is changed, whatever is asked."""
        self._view = view
        self._account_id = account_id
        self._place = place
        self._now: Market = market_at(view, place)

    def at(self, move: Move) -> There:
        """Where a move leads, or where the venue closes the position on the way there."""
        if self._spare_atoms(move, WHOLE) >= 0:
            return self._there(move, WHOLE, closed=False)
        held, gone = 0, WHOLE
        while gone - held > 1:
            middle = (held + gone) // 2
            held, gone = (middle, gone) if self._spare_atoms(move, middle) >= 0 else (held, middle)
        return self._there(move, gone, closed=True)

    def curve(self, move: Move) -> list[tuple[int, There]]:
        """The same time and funding at prices all around: each with its share of the mark.

        A point past liquidation is `closed` and stands where it would without it.
        """
        span = self.span_ppm(move)
        shares = [-span + 2 * span * step // POINTS for step in range(POINTS + 1)]
        moves = [msgspec.structs.replace(move, mark_ppm=ppm) for ppm in shares]
        spares = [self._spare_atoms(each, WHOLE) for each in moves]
        return [
            (each.mark_ppm, self._there(each, WHOLE, closed=spare < 0))
            for each, spare in zip(moves, spares, strict=True)
        ]

    def span_ppm(self, move: Move) -> int:
        """How far the curve reaches: past the move, and past liquidation where that is near."""
        found = liquidation(self._view, self._account_id, self._place)
        mark = int(self._now.mark_subticks)
        gap = abs(found.subticks - mark) * PPM // mark if found.state == "price" else 0
        return min(SPAN_MAX_PPM, max(SPAN_PPM, abs(move.mark_ppm) * 5 // 4, gap * 5 // 4))

    def _there(self, move: Move, part: int, *, closed: bool) -> There:
        view, market, position = self._moved(move, part)
        value = abs(value_at(market, market.mark_subticks, position.qty_lots))
        closing = fee_atoms(view, self._account_id, market, Role.TAKER, value)
        funding = position.funding_atoms + accrued_atoms(view, market, position)
        return There(
            mark_subticks=int(market.mark_subticks),
            after_us=move.after_us * part // WHOLE,
            price_atoms=int(position.realised_atoms + unrealised_atoms(market, position)),
            funding_atoms=int(funding),
            fees_atoms=int(position.fees_atoms) + (0 if closed else int(closing)),
            closed=closed,
        )

    def _spare_atoms(self, move: Move, part: int) -> int:
        """Equity less maintenance margin of the position's wallet there (MRGN-001, MRGN-002)."""
        view, market, _ = self._moved(move, part)
        wallet = position_wallet(view, self._account_id, self._place)
        marks = {int(market.market_id): int(market.mark_subticks)}
        return int(Stress(view, wallet).spare_atoms(marks))

    def _moved(self, move: Move, part: int) -> tuple[State, Market, Position]:
        """A copy of the state so much of the way there."""
        view = WhatIf(self._view).view
        market: Market = market_at(view, self._place)
        mark = int(market.mark_subticks)
        way = mul_div_floor(mark, move.mark_ppm, PPM)
        market.mark_subticks = max(1, mark + way * part // WHOLE)
        due = self._lot_parts(move.after_us) * move.funding_ppm // PPM
        market.funding_index_parts += due * part // WHOLE
        return view, market, view.positions[position_slot(self._account_id, self._place)]

    def _lot_parts(self, after_us: int) -> int:
        """What one long lot pays by then at the rate of now, in parts of an atom (FUND-004)."""
        market = self._now
        if not has_funding(market):
            return 0
        interval_us = int(market.funding_interval_us)
        if market.funding_pay != FundingPay.AT_ONCE:
            return int(elapsed_lot_parts(market.funding_lot_parts, after_us, interval_us))
        left_us = int(market.funding_next_us) - int(self._view.time_us)
        ends = 0 if after_us < left_us else 1 + (after_us - left_us) // interval_us
        return ends * int(lot_parts_to_end(self._view, market))
