"""A trader's money: paid in at first, and filled up again when more than half of it is gone."""

from __future__ import annotations

from longshore.engine._table import I64
from longshore.engine.codes import MarketKind, WalletKind
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import PURSES_PER_AGENT, Crowd
from longshore.world.agents.moves import ATOMS, amount_atoms, coins_for, is_priced
from longshore.world.agents.rows import Agent
from longshore.world.agents.sending import send_deposit

REFILL_STEPS = 256  # how often it is looked into
REFILL_PART = 2  # it is filled again when less than this part of it is left


@rule
def own_slot(crowd: Crowd, agent: Agent) -> I64:
    """A trader's own row: accounts are numbered in the same order."""
    return agent.account_id - crowd.first_account_id + 1


@rule
def first_line(crowd: Crowd, agent: Agent) -> I64:
    """Where a trader's purse begins."""
    return own_slot(crowd, agent) * PURSES_PER_AGENT


@rule
def nth_market(crowd: Crowd, state: State, agent: Agent, number: I64) -> Market:
    """One of a trader's markets, counted from 0."""
    place = crowd.places[own_slot(crowd, agent) * MARKETS_MAX + number]
    return state.markets[place.market_id]


@rule
def all_priced(crowd: Crowd, state: State, agent: Agent) -> bool:
    """Whether the money it needs can be reckoned in each of its markets."""
    for number in range(agent.markets_count):
        if not is_priced(state, nth_market(crowd, state, agent, number)):
            return False
    return True


@rule
def fill_purse(crowd: Crowd, state: State, agent: Agent) -> None:
    """Dollars where it margins and buys, coins of the same value where it sells or margins them."""
    usd_atoms = agent.deposit_usd * ATOMS
    for number in range(agent.markets_count):
        market = nth_market(crowd, state, agent, number)
        settle = market.settle_asset_id
        coin = market.base_asset_id
        if market.kind == MarketKind.SPOT:
            want(crowd, agent, state.settlement_asset_id, WalletKind.CASH, usd_atoms)
            want(crowd, agent, coin, WalletKind.CASH, coins_for(state, coin, usd_atoms))
        elif settle == state.settlement_asset_id:
            want(crowd, agent, settle, WalletKind.FLEX, usd_atoms)
        else:
            atoms = coins_for(state, settle, usd_atoms)
            want(crowd, agent, settle, WalletKind.COIN + settle, atoms)


@rule
def want(crowd: Crowd, agent: Agent, asset_id: I64, wallet: I64, atoms: I64) -> None:
    """One line of the purse, unless it is there from another market; it is paid in at once."""
    first = first_line(crowd, agent)
    for at in range(first, first + agent.purse_count):
        if crowd.purses[at].asset_id == asset_id and crowd.purses[at].wallet == wallet:
            return
    assert agent.purse_count < PURSES_PER_AGENT
    line = crowd.purses[first + agent.purse_count]
    agent.purse_count += 1
    line.asset_id = asset_id
    line.wallet = wallet
    line.want_atoms = atoms
    send_deposit(crowd, agent, asset_id, wallet, atoms)


@rule
def refill(crowd: Crowd, state: State, agent: Agent) -> None:
    """Deposits that bring back what is more than half gone."""
    first = first_line(crowd, agent)
    for at in range(first, first + agent.purse_count):
        line = crowd.purses[at]
        left = amount_atoms(state, agent.account_id, line.wallet, line.asset_id)
        if left < line.want_atoms - line.want_atoms // REFILL_PART:
            send_deposit(crowd, agent, line.asset_id, line.wallet, line.want_atoms - left)


@rule
def home_lots(crowd: Crowd, agent: Agent, market: Market) -> I64:
    """What it wants to hold: nothing, in a spot market the coins it began with."""
    if market.kind != MarketKind.SPOT:
        return 0
    first = first_line(crowd, agent)
    for at in range(first, first + agent.purse_count):
        if crowd.purses[at].asset_id == market.base_asset_id:
            return crowd.purses[at].want_atoms // market.lot_base_atoms
    return 0
