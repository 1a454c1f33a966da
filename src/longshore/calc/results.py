"""What a fill costs and a position brings, asked of the engine's rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from longshore.calc.desk import SIDES, Desk, money, price_of, subticks, worth_code
from longshore.calc.given import Position, Symbol, Why, finite, named, one_of
from longshore.calc.halving import edge
from longshore.calc.numbers import MONEY_DIGITS, PPM_DIGITS, Number, unscaled
from longshore.engine import rows
from longshore.engine.codes import Role, Side
from longshore.engine.fees import fee_atoms, fee_rate_ppm
from longshore.engine.limits import AMOUNT_MAX_ATOMS, PRICE_MAX_SUBTICKS, VALUE_MAX_ATOMS
from longshore.engine.margin import unrealised_atoms
from longshore.engine.positions import change_position
from longshore.engine.units import PPM, absolute, mul_div_floor
from longshore.engine.value import lots_worth_too_much

Liquidity = Literal["maker", "taker"]
ROLES = {"maker": Role.MAKER, "taker": Role.TAKER}


@dataclass(frozen=True)
class Pnl:
    """Profit above zero, loss below, in money of the asset `unit`, fees and funding left out.

    `realised` by closing at the price, `unrealised` with the mark there; an inverse contract's may
    differ by the last digit. `share` is the unrealised as a fraction of the entry value.
    """

    unit: str
    realised: Decimal
    unrealised: Decimal
    share: Decimal
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Fee:
    """A fill's fee in money of the asset `unit`, below zero a rebate; its rate as a fraction."""

    unit: str
    value: Decimal
    rate: Decimal
    fee: Decimal
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Breakeven:
    """The prices at which closing ends at zero or just above, in quote money.

    `price` to the sub-tick, `order_price` on the tick; None where none is good enough. `fees`
    are both fees at `price`, in money of the asset `unit`.
    """

    unit: str
    price: Decimal | None
    order_price: Decimal | None
    fees: Decimal | None
    why: tuple[Why, ...]


def pnl(*, position: Position, price: Number, rulebook: str = "kraken") -> Pnl:
    """What a position has gained or lost at a price (CONT-001, CONT-002, MRGN-010).

    >>> held = Position(symbol="PF_XBTUSD", side="short", qty="0.5", entry="60000")
    >>> pnl(position=held, price="57000").realised
    Decimal('1500')
    """
    desk = Desk(rulebook, [position.symbol])
    market, unit = desk.market(position.symbol), desk.listed(position.symbol).unit
    at = subticks("price", price)
    row = desk.open(desk.account(), position)
    market.mark_subticks = at
    gained, entered = unrealised_atoms(market, row), absolute(row.entry_value_atoms)
    booked = _Trip(desk, position).realised_atoms(at)
    share = unscaled(mul_div_floor(gained, PPM, entered), PPM_DIGITS)
    code = worth_code(market)
    how = "size × (1 / entry − 1 / price)" if market.inverse_factor else "size × (price − entry)"
    why = (
        Why("entry value", money(entered), unit, "size at entry", code),
        Why("unrealised", money(gained), unit, f"{how}, long; the other way round, short", code),
        Why("realised by closing", money(booked), unit, "fill value − entry value", "MRGN-010"),
        Why("share of entry value", share, "fraction", "unrealised / entry value", code),
    )
    return Pnl(unit, money(booked), money(gained), share, why)


def fee(
    *,
    symbol: Symbol,
    qty: Number,
    price: Number,
    volume: Number = 0,
    liquidity: Liquidity = "taker",
    rulebook: str = "kraken",
) -> Fee:
    """The fee of a fill by the 30-day volume in USD before it (FEES-001, FEES-002).

    >>> fee(symbol="PF_ETHUSD", qty="0.001", price="3162").fee
    Decimal('0.001581')
    """
    one_of("liquidity", liquidity, tuple(ROLES))
    desk = Desk(rulebook, [symbol])
    market, unit = desk.market(symbol), desk.listed(symbol).unit
    account_id = desk.account()
    _set_volume(desk, account_id, volume)
    value = desk.fill_atoms(symbol, desk.lots(symbol, qty), subticks("price", price))
    ppm = fee_rate_ppm(desk.state, account_id, market, liquidity == "maker")
    charged = fee_atoms(desk.state, account_id, market, ROLES[liquidity], value)
    rate = unscaled(ppm, PPM_DIGITS)
    code = worth_code(market)
    why = (
        Why("value", money(value), unit, "size × price", code),
        Why(f"{liquidity} rate", rate, "fraction", "the highest volume tier reached", "FEES-002"),
        Why("fee", money(charged), unit, "value × rate, rounded up to the atom", "FEES-001"),
    )
    return Fee(unit, money(value), rate, money(charged), why)


def breakeven(
    *,
    position: Position,
    funding_paid: Number = 0,
    volume: Number = 0,
    liquidity: Liquidity = "taker",
    rulebook: str = "kraken",
) -> Breakeven:
    """Where closing pays both fees and the funding paid so far (FEES-001, FUND-006).

    >>> held = Position(symbol="PF_XBTUSD", side="long", qty="0.05", entry="59845")
    >>> found = breakeven(position=held)
    >>> round(found.price, 2), found.order_price
    (Decimal('59904.87'), Decimal('59905'))
    """
    one_of("liquidity", liquidity, tuple(ROLES))
    desk = Desk(rulebook, [position.symbol])
    trip = _Trip(desk, position)
    trip.role = ROLES[liquidity]
    _set_volume(desk, trip.account_id, volume)
    paid = finite("funding_paid", funding_paid)
    owed = named("funding_paid", paid, MONEY_DIGITS, AMOUNT_MAX_ATOMS)
    listed = desk.listed(position.symbol)
    price = trip.first_price(owed)
    words = "the first price with pnl − both fees − funding paid at or above zero"
    none = "no price pays for fees and funding"
    why = [Why("funding paid", money(owed), listed.unit, "as given", "FUND-006")]
    if price is None:
        why.append(Why("break-even price", None, "USD", none, "FEES-001"))
        return Breakeven(listed.unit, None, None, None, tuple(why))
    fees = money(trip.open_fee_atoms() + trip.close_fee_atoms(price))
    ticked = trip.on_tick(price)
    order_price = price_of(ticked) if ticked else None  # below the tick nothing can be ordered
    why += [
        Why("both fees", fees, listed.unit, f"value × {liquidity} rate, twice", "FEES-001"),
        Why("break-even price", price_of(price), "USD", words, "FEES-001"),
        Why("on the tick", order_price, "USD", "the next tick that is enough", "FEES-001"),
    ]
    return Breakeven(listed.unit, price_of(price), order_price, fees, tuple(why))


def _set_volume(desk: Desk, account_id: int, volume: Number) -> None:
    traded = finite("volume", volume)
    if traded < 0:
        raise ValueError(f"volume is from 0 up, not {traded:f}")
    account = desk.state.accounts[account_id]  # its sums are of today: no time has passed
    account.derivatives_volume_atoms = named("volume", traded, MONEY_DIGITS, VALUE_MAX_ATOMS)


class _Trip:
    """One position opened and closed again, without a book."""

    def __init__(self, desk: Desk, position: Position) -> None:
        self.desk = desk
        self.symbol = position.symbol
        self.market = desk.market(position.symbol)
        self.side = SIDES[one_of("side", position.side, tuple(SIDES))]
        self.way = 1 if self.side == Side.BUY else -1
        self.lots = desk.lots(position.symbol, position.qty)
        self.entry = subticks("entry", position.entry)
        self.account_id = desk.account()
        self.role = Role.TAKER

    def realised_atoms(self, price: int) -> int:
        """Profit booked by opening at the entry and closing at a price."""
        state, match = self.desk.state, self.desk.state.matches[0]
        row = rows.Position()
        match.market_id, match.qty_lots, match.fee_atoms = self.market.market_id, self.lots, 0
        match.value_atoms = self.desk.fill_atoms(self.symbol, self.lots, self.entry)
        change_position(state, row, self.account_id, self.market.market_id, self.side)
        match.value_atoms = self.desk.fill_atoms(self.symbol, self.lots, price)
        closing = Side.SELL if self.side == Side.BUY else Side.BUY
        return change_position(state, row, self.account_id, self.market.market_id, closing)

    def on_tick(self, price: int) -> int:
        """The order price, in sub-ticks, that is no worse than a price."""
        tick = self.market.tick_subticks
        return -(-price // tick) * tick if self.way > 0 else price // tick * tick

    def open_fee_atoms(self) -> int:
        return self._fee_atoms(self.entry)

    def close_fee_atoms(self, price: int) -> int:
        return self._fee_atoms(price)

    def _fee_atoms(self, price: int) -> int:
        value = self.desk.fill_atoms(self.symbol, self.lots, price)
        return fee_atoms(self.desk.state, self.account_id, self.market, self.role, value)

    def left_atoms(self, price: int, owed: int) -> int:
        """What closing at a price leaves."""
        fees = self.open_fee_atoms() + self.close_fee_atoms(price)
        return self.realised_atoms(price) - fees - owed

    def first_price(self, owed: int) -> int | None:
        """The price nearest to a loss at which nothing is lost; None if there is none."""
        low, high = self._bounds()
        bad, good = (low, high) if self.way > 0 else (high, low)
        if self.left_atoms(good, owed) < 0:
            return None
        return edge(bad, good, lambda price: self.left_atoms(price, owed) >= 0)

    def _bounds(self) -> tuple[int, int]:
        """The lowest and the highest price at which the size has a value a rule counts with."""
        low = edge(1, self.entry, self._has_value)
        return low, edge(PRICE_MAX_SUBTICKS, self.entry, self._has_value)

    def _has_value(self, price: int) -> bool:
        if lots_worth_too_much(self.market, self.lots, price):
            return False
        return self.desk.value_atoms(self.symbol, self.lots, price) >= 1
