"""A view with one perpetual and its spot market, filled in by hand: no engine behind it."""

from __future__ import annotations

from longshore.engine.codes import MarketKind, OrderState, Side, WalletKind
from longshore.engine.rows import Command
from longshore.engine.state import State, balance_slot, wallet_slot
from longshore.world.agents.building import TABLES, Trader, gather
from longshore.world.agents.crowd import PURSES_PER_AGENT
from longshore.world.agents.kinds import Kind
from longshore.world.agents.source import CrowdSource
from longshore.world.agents.terms import Birth, Terms

USD = 10**10
"""Sub-ticks in a dollar."""
ATOMS = 10**8
PERP, SPOT = 1, 5
DOLLAR, XBT = 1, 2
ME = 16
START_US = 1_790_000_000_000_000
BIRTH = Birth(seed=1, start_us=START_US)
INDEX = 84_000 * USD + 1


class Lone(CrowdSource):
    """A crowd of one, with its rows at hand."""

    def __init__(self, name: str, kind: Kind, terms: Terms, market_ids: list[int]) -> None:
        self.crowd = gather([Trader(name, kind, terms, market_ids)], ME, BIRTH)
        super().__init__(self.crowd)
        self.name = name
        self.market_ids = market_ids
        self.row = self.crowd.agents[1]
        self.mind = getattr(self.crowd, TABLES[kind])[1]

    @property
    def purse(self) -> list[tuple[int, int, int]]:
        """(asset, wallet, atoms) of what it was given."""
        first = PURSES_PER_AGENT
        return [self.crowd.purses[first + at].values() for at in range(self.row.purse_count)]


def view(index_subticks: int = INDEX) -> State:
    """Both markets at an index, nobody in them."""
    state = State()
    state.settlement_asset_id = DOLLAR
    state.assets_count, state.markets_count = 2, 5
    state.assets[DOLLAR].asset_id = DOLLAR
    coin = state.assets[XBT]
    coin.asset_id, coin.index_subticks, coin.value_divisor = XBT, index_subticks, 10**10
    perp = state.markets[PERP]
    perp.market_id, perp.kind, perp.base_asset_id = PERP, MarketKind.LINEAR_PERPETUAL, XBT
    perp.tick_subticks, perp.value_divisor, perp.settle_asset_id = USD, 10**6, DOLLAR
    spot = state.markets[SPOT]
    spot.market_id, spot.kind, spot.base_asset_id = SPOT, MarketKind.SPOT, XBT
    spot.tick_subticks, spot.value_divisor, spot.lot_base_atoms = USD // 10, 10**9, 10
    spot.settle_asset_id = DOLLAR
    return state


def rest(state: State, commands: list[Command]) -> None:
    """Put orders into their owners' lists, as the engine would."""
    for command in commands:
        state.orders_high += 1
        order = state.orders[state.orders_high]
        order.order_id = state.orders_high
        order.account_id, order.market_id = command.account_id, command.market_id
        order.side, order.state = command.side, OrderState.RESTING
        order.price_ticks, order.qty_lots = command.price_ticks, command.qty_lots
        account = state.accounts[command.account_id]
        order.account_next, account.first_order = account.first_order, state.orders_high


def top(state: State, market_id: int, bid_ticks: int, ask_ticks: int) -> None:
    """The best prices of a market."""
    market = state.markets[market_id]
    market.best_bid, market.best_ask = 2 * market_id, 2 * market_id + 1
    state.levels[market.best_bid].price_ticks = bid_ticks
    state.levels[market.best_ask].price_ticks = ask_ticks


def pay_in(state: State, commands: list[Command]) -> list[Command]:
    """Book the deposits among commands; the others."""
    for c in commands:
        if c.amount_atoms:
            slot = balance_slot(wallet_slot(c.account_id, c.to_wallet), c.asset_id)
            state.balances[slot].amount_atoms += c.amount_atoms
    return [c for c in commands if not c.amount_atoms]


def set_coins(state: State, amount_atoms: int) -> None:
    """The coins in the account's cash wallet."""
    slot = balance_slot(wallet_slot(ME, WalletKind.CASH), XBT)
    state.balances[slot].amount_atoms = amount_atoms


def prices(commands: list[Command], side: Side) -> list[int]:
    """The prices of one side's commands, best first."""
    return sorted((c.price_ticks for c in commands if c.side == side), reverse=side == Side.BUY)
