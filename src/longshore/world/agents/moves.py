"""The commands agents give, and the few readings of the view they share."""

from __future__ import annotations

from typing import NamedTuple

from longshore.engine._table import NIL
from longshore.engine.book import each_level
from longshore.engine.codes import MarketKind, MarketState, OrderType, Origin, Side, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.limits import PRICE_MAX_TICKS
from longshore.engine.rows import Command, Market
from longshore.engine.state import State, balance_slot, position_slot, wallet_slot

ATOMS = 10**8  # of one dollar
PPM = 1_000_000


class Quote(NamedTuple):
    """One of the agent's own resting orders."""

    order_id: int
    price_ticks: int
    qty_lots: int


def place(
    account_id: int, market_id: int, side: int, type_: int, price_ticks: int, qty_lots: int
) -> Command:
    """A new order; a market order has price 0."""
    return Command(
        kind=CommandKind.PLACE_ORDER,
        origin=Origin.AGENT,
        account_id=account_id,
        market_id=market_id,
        side=side,
        type=type_,
        price_ticks=price_ticks,
        qty_lots=qty_lots,
    )


def take(account_id: int, market_id: int, signed_lots: int, limit_ticks: int = 0) -> Command:
    """An order that takes now: above zero buys. At the market, or up to a limit."""
    side = Side.BUY if signed_lots > 0 else Side.SELL
    type_ = OrderType.IOC if limit_ticks else OrderType.MARKET
    return place(account_id, market_id, side, type_, limit_ticks, abs(signed_lots))


def amend(account_id: int, order_id: int, price_ticks: int, qty_lots: int) -> Command:
    """Another price or open size of an order; zero leaves it as it is."""
    return Command(
        kind=CommandKind.AMEND_ORDER,
        origin=Origin.AGENT,
        account_id=account_id,
        order_id=order_id,
        price_ticks=price_ticks,
        qty_lots=qty_lots,
    )


def cancel(account_id: int, order_id: int) -> Command:
    """The end of an order."""
    return Command(
        kind=CommandKind.CANCEL_ORDER,
        origin=Origin.AGENT,
        account_id=account_id,
        order_id=order_id,
    )


def deposit(account_id: int, asset_id: int, wallet: int, amount_atoms: int) -> Command:
    """Practice money from outside into a wallet."""
    return Command(
        kind=CommandKind.DEPOSIT,
        origin=Origin.AGENT,
        account_id=account_id,
        asset_id=asset_id,
        to_wallet=wallet,
        amount_atoms=amount_atoms,
    )


def quotes(view: State, account_id: int, market_id: int) -> tuple[list[Quote], list[Quote]]:
    """The account's resting orders in one market: bids and asks, each best first."""
    bids: list[Quote] = []
    asks: list[Quote] = []
    slot = view.accounts[account_id].first_order
    while slot != NIL:
        order = view.orders[slot]
        if order.market_id == market_id:
            side = bids if order.side == Side.BUY else asks
            side.append(Quote(int(order.order_id), int(order.price_ticks), int(order.qty_lots)))
        slot = order.account_next
    bids.sort(key=lambda q: -q.price_ticks)
    asks.sort(key=lambda q: q.price_ticks)
    return bids, asks


def index_of(view: State, market: Market) -> int:
    """The index a market stands on in sub-ticks; 0: none yet."""
    return int(view.assets[market.base_asset_id].index_subticks)


def best_ticks(view: State, market: Market) -> tuple[int, int]:
    """The best bid and ask in ticks; 0: that side is empty."""
    bid = int(view.levels[market.best_bid].price_ticks) if market.best_bid != NIL else 0
    ask = int(view.levels[market.best_ask].price_ticks) if market.best_ask != NIL else 0
    return bid, ask


def others_best(view: State, market: Market, side: Side, own: list[Quote]) -> int:
    """The best price of a side at which somebody else stands, in ticks.

    With nobody there: 0 for bids, the greatest price for asks.
    """
    mine = {quote.price_ticks: quote.qty_lots for quote in own}
    for level in each_level(view, market, side):
        price_ticks = int(level.price_ticks)
        if level.qty_lots != mine.get(price_ticks, 0):
            return price_ticks
    return 0 if side == Side.BUY else PRICE_MAX_TICKS


def amount_atoms(view: State, account_id: int, wallet: int, asset_id: int) -> int:
    """One balance of the account."""
    slot = balance_slot(wallet_slot(account_id, wallet), asset_id)
    return int(view.balances[slot].amount_atoms)


def held_lots(view: State, account_id: int, market: Market) -> int:
    """What the account holds in a market: its position, or in a spot market its coins."""
    if market.kind == MarketKind.SPOT:
        coins = amount_atoms(view, account_id, WalletKind.CASH, market.base_asset_id)
        return coins // int(market.lot_base_atoms)
    return int(view.positions[position_slot(account_id, market.market_id)].qty_lots)


def is_priced(view: State, market: Market) -> bool:
    """Whether there is an index for it, and for the coin it settles in."""
    settle = int(market.settle_asset_id)
    known = settle == view.settlement_asset_id or view.assets[settle].index_subticks > 0
    return index_of(view, market) > 0 and known


def value_of(view: State, market: Market, qty_lots: int, price_subticks: int) -> int:
    """The value of a size in atoms of a dollar; a coin counts at its index."""
    if market.settle_asset_id == view.settlement_asset_id:
        return qty_lots * price_subticks // int(market.value_divisor)
    coin = view.assets[market.settle_asset_id]
    if market.inverse_factor:
        coins = qty_lots * int(market.inverse_factor) // price_subticks
    else:
        coins = qty_lots * price_subticks // int(market.value_divisor)
    return coins * int(coin.index_subticks) // int(coin.value_divisor)


def lots_for(view: State, market: Market, value_atoms: int, price_subticks: int) -> int:
    """The whole lots that a value in atoms of a dollar buys, at least one."""
    return max(1, whole_lots(view, market, value_atoms, price_subticks))


def signed_lots(view: State, market: Market, value_atoms: int, price_subticks: int) -> int:
    """The lots of a signed value, as `take` takes them: at least one either way."""
    lots = lots_for(view, market, abs(value_atoms), price_subticks)
    return lots if value_atoms > 0 else -lots


def whole_lots(view: State, market: Market, value_atoms: int, price_subticks: int) -> int:
    """The whole lots that a value in atoms of a dollar buys."""
    atoms = value_atoms
    if market.settle_asset_id != view.settlement_asset_id:
        atoms = coins_for(view, int(market.settle_asset_id), value_atoms)
    if market.inverse_factor:
        return atoms * price_subticks // int(market.inverse_factor)
    return atoms * int(market.value_divisor) // price_subticks


def coins_for(view: State, asset_id: int, value_atoms: int) -> int:
    """The atoms of a coin that are worth a value at its index."""
    coin = view.assets[asset_id]
    return value_atoms * int(coin.value_divisor) // int(coin.index_subticks)


def followed(view: State, market: Market, index: int) -> int:
    """How far the other open markets of the coin stand off its index on the mean, in ppm."""
    gaps = []
    for market_id in range(1, int(view.markets_count) + 1):
        other = view.markets[market_id]
        if other.base_asset_id != market.base_asset_id or market_id == market.market_id:
            continue
        bid, ask = best_ticks(view, other)
        if bid and ask and other.state == MarketState.ACTIVE:
            middle = (bid + ask) * int(other.tick_subticks) // 2
            gaps.append((middle - index) * PPM // index)
    return sum(gaps) // len(gaps) if gaps else 0
