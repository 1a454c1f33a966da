"""Where nothing is left of a position's wallet: the engine's zero-equity price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from longshore.calc.desk import price_of
from longshore.calc.given import Position, Why
from longshore.calc.liquidations import Cross, laid_out, liquidation_price
from longshore.engine.bankruptcy import zero_equity_ticks
from longshore.engine.margin import position_wallet
from longshore.engine.state import position_slot


@dataclass(frozen=True)
class Bankruptcy:
    """The last mark at which equity is not below zero, and the order price of the ladder for it.

    `order_price` is a whole tick, rounded for the creditors: up for a long position, down for a
    short one, and the nearest there is where no price leaves nothing; `price` is None there.
    """

    unit: str
    price: Decimal | None
    order_price: Decimal
    why: tuple[Why, ...]


def bankruptcy_price(
    *, position: Position, wallet: Cross | None = None, rulebook: str = "kraken"
) -> Bankruptcy:
    """The price at which closing a position leaves its wallet with nothing (LIQD-006, CONT-006).

    Isolated with the position's `leverage`; otherwise margined by `wallet`. No fee is counted.

    >>> held = Position(symbol="PF_XBTUSD", side="long", qty="1", entry="10000", leverage="50")
    >>> found = bankruptcy_price(position=held)
    >>> found.price, found.order_price
    (Decimal('9800'), Decimal('9800'))
    """
    exact = liquidation_price(position=position, wallet=wallet, rulebook=rulebook).bankruptcy
    desk, _, account_id = laid_out(position, wallet, rulebook)
    market = desk.market(position.symbol)
    row = desk.state.positions[position_slot(account_id, market.market_id)]
    home = position_wallet(desk.state, account_id, market.market_id)
    ticks = zero_equity_ticks(desk.state, home, market, row)
    order = price_of(ticks * market.tick_subticks)
    code = "LIQD-006" if market.inverse_factor == 0 else "CONT-006"
    why = (
        Why("bankruptcy price", exact, "USD", "last mark with equity ≥ 0", code),
        Why("order price", order, "USD", "the same to the tick, for the creditors", code),
    )
    return Bankruptcy("USD", exact, order, why)
