"""Moves of the market that tests ask for: to a mark, through an order, into a liquidation."""

from __future__ import annotations

from decimal import Decimal

from longshore.engine.codes import OrderState, OrderType, Side
from longshore.engine.events import EventKind
from longshore.engine.rows import Event, Order
from longshore.practice.worlds.orders import Position, position_of
from longshore.rulebooks import MarketInfo
from longshore.testing.hands import Hands, TestingError, of_kind
from longshore.venue.views import open_orders
from longshore.venue.welcome import open_account

TRIES = 40
SETTLE_S = 60  # so long a mark may take to come to rest
FURTHER = Decimal("0.005")
"""How far past its level the price goes when something is left; each time twice as far."""
BANKRUPTCIES = 5
FALL = Decimal("0.01")
"""How far the price goes at a time against who is to go bankrupt."""
THIN = Decimal("0.1")
"""The margin of who is to go bankrupt, of the position's value."""


async def move_price(hands: Hands, symbol: str, by: Decimal) -> None:
    """Move the mark (of spot: the index) by a part of itself, house quotes with it.

    Raises TestingError: it does not come to rest there, which other people's orders may cause.
    """
    if by <= -1:
        raise TestingError("a price falls by less than the whole of it")
    market = hands.market(symbol)
    target = hands.price_of(symbol) * (1 + by)
    for _ in range(TRIES):
        apart = target - hands.price_of(symbol)
        if abs(apart) <= market.tick_size:
            return
        await hands.publish(symbol, hands.index_of(market.base.asset_id) + apart)
        await _come_to_rest(hands, symbol)
    raise TestingError(f"{symbol}: the mark stays {apart} away from {target}")


async def _come_to_rest(hands: Hands, symbol: str) -> None:
    """Time passes until the mark stands still; the house quotes as soon as it may."""
    for _ in range(SETTLE_S):
        before = hands.price_of(symbol)
        await hands.step()
        await hands.quote(symbol)
        if hands.price_of(symbol) == before:
            return


async def fill(hands: Hands, order_id: int, size: Decimal | None) -> Decimal:
    """Let somebody trade with a resting order at its price; how much of it was filled.

    Whoever stands before it in the book is filled first. Raises TestingError: it does not rest.
    """
    order = _resting(hands, order_id)
    market = hands.catalog.market(int(order.market_id))
    rest = int(order.qty_lots)
    wanted = left = rest if size is None else min(rest, market.qty_lots(size))
    other = Side.SELL if order.side == Side.BUY else Side.BUY
    await hands.unquote(market.symbol)
    for _ in range(TRIES):
        command = hands.order(market, other, left, int(order.price_ticks))
        command.type = OrderType.IOC
        events = await hands.command(command)
        filled = of_kind(events, EventKind.TRADED, int(order.account_id))
        left -= sum(int(e.qty_lots) for e in filled if e.order_id == order_id)
        if left <= 0 or not any(e.kind == EventKind.TRADED for e in events):
            break
    await hands.quote(market.symbol)
    return market.size(wanted - left)


def _resting(hands: Hands, order_id: int) -> Order:
    for account_id in hands.venue.accounts.names().values():
        for order in open_orders(hands.view, account_id):
            if order.order_id == order_id:
                if order.state != OrderState.RESTING:
                    raise TestingError("the order waits for a price: move the mark there")
                return order
    raise TestingError("no such order is open")


def held(hands: Hands, account_id: int, symbol: str) -> Position:
    """The account's position in a market. Raises TestingError: it has none."""
    found = position_of(hands.view, hands.market(symbol), account_id)
    if found is None:
        raise TestingError(f"the account holds nothing in {symbol}")
    return found


async def liquidate(hands: Hands, account_id: int, symbol: str, whole: bool) -> None:
    """Move the price until the account is liquidated, or until nothing is left in the market.

    A rulebook may close a part and leave the rest: what is whole takes several falls, each twice
    as far past the level. Raises TestingError: no price alone does it.
    """
    market = hands.market(symbol)
    position: Position | None = held(hands, account_id, symbol)
    further = Decimal(0)
    for _ in range(TRIES):
        if position is None:
            return
        if position.liquidation_price is None:
            raise TestingError(f"no price of {symbol} alone liquidates this account")
        goal = position.liquidation_price * (1 - further if position.size > 0 else 1 + further)
        hands.look()
        await move_price(hands, symbol, goal / hands.price_of(symbol) - 1)
        await hands.step(2)
        seen = hands.look()
        if of_kind(seen, EventKind.LIQUIDATION_STARTED, account_id):
            await _to_its_end(hands, account_id, seen)
            if not whole:
                return
        further = 2 * further or FURTHER
        position = position_of(hands.view, market, account_id)
    raise TestingError(f"{symbol} went far, and the account still holds {position}")


async def _to_its_end(hands: Hands, account_id: int, seen: list[Event]) -> None:
    """Time passes until the ladder is left."""
    for _ in range(SETTLE_S):
        ended = of_kind(seen, EventKind.LIQUIDATION_ENDED, account_id)
        if ended and ended[-1].expire_us == 0:
            return
        await hands.step()
        seen += hands.look()


async def deleverage(hands: Hands, account_id: int, symbol: str) -> Decimal:
    """Close a position out against those who go bankrupt; how much of it was.

    Whoever ranks higher on its side is closed out before it. Raises TestingError: it still stands
    after some bankruptcies.
    """
    size = held(hands, account_id, symbol).size
    for _ in range(BANKRUPTCIES):
        await _bankrupt(hands, held(hands, account_id, symbol))
        if position_of(hands.view, hands.market(symbol), account_id) is None:
            await hands.quote(symbol)
            return abs(size)
    await hands.quote(symbol)
    raise TestingError("the account still holds a position: others rank higher, or a book holds")


async def _bankrupt(hands: Hands, position: Position) -> None:
    """Let somebody with thin margin and the other side of a position lose all of it.

    They take it from the house, the book is emptied, and the price goes against them.
    """
    market = hands.market(position.symbol)
    loser = await _against(hands, market, position)
    step = FALL if position.size > 0 else -FALL
    for _ in range(TRIES):
        if position_of(hands.view, market, loser) is None:
            return
        index = hands.index_of(market.base.asset_id)
        await hands.unquote(market.symbol)
        await hands.publish(market.symbol, index * (1 + step))
        await hands.step(2)


async def _against(hands: Hands, market: MarketInfo, position: Position) -> int:
    """An account that holds the other side of a position, on little margin."""
    name = f"bankrupt-{hands.view.accounts_count}"
    loser = await open_account(hands.venue, name)
    worth = abs(position.size) * hands.price_of(market.symbol)
    await hands.deposit(loser, market.settle.symbol, worth * THIN)
    side = Side.SELL if position.size > 0 else Side.BUY
    other = Side.BUY if side == Side.SELL else Side.SELL
    lots = market.qty_lots(abs(position.size))
    ticks = int(hands.index_of(market.base.asset_id) / market.tick_size)
    await hands.unquote(market.symbol)
    await hands.command(hands.order(market, other, lots, ticks))
    await hands.command(hands.order(market, side, lots, ticks, loser))
    if position_of(hands.view, market, loser) is None:
        raise TestingError("nobody could take the other side of the position")
    return loser
