"""Accounts, deposits, transfers, settings; and the setup a world begins with."""

from __future__ import annotations

from dataclasses import dataclass, field

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import (
    MarginBasis,
    MarkCandidate,
    MarketKind,
    MarketState,
    Reason,
    Reject,
    SelfTrade,
    Step,
    TierUnit,
    WalletKind,
)
from longshore.engine.collateral import pay_debt
from longshore.engine.events import EventKind
from longshore.engine.gates import deposit_refusal, leaving_gate, withdrawal_refusal
from longshore.engine.halts import open_auction
from longshore.engine.ledger import OUTSIDE, is_isolated_kind, is_user, transfer
from longshore.engine.limits import (
    ACCOUNTS_MAX,
    ACCOUNTS_SYSTEM,
    AMOUNT_MAX_ATOMS,
    BASES_MAX,
    FACTOR_MAX_PPM,
    MARK_BAND_MAX_PPM,
    PRICE_MAX_SUBTICKS,
    QTY_MAX_LOTS,
    ROOT_MAX_E12,
    SAMPLES_MAX,
    SETTLE_SAMPLES_MAX,
    SUPPLY_MAX_ATOMS,
    TIME_MAX_US,
    VALUE_MAX_ATOMS,
)
from longshore.engine.margin import free_atoms
from longshore.engine.moved import changed_by_owner
from longshore.engine.phases import begin_calendar, enter_state, is_over
from longshore.engine.rates import RATE_MAX_E18
from longshore.engine.rows import Asset, Command, FeeTier, Market, Tier
from longshore.engine.state import State, is_market, next_event, position_slot, wallet_slot
from longshore.engine.timers import TIMER_DEAD_MAN, clear_timer, set_timer
from longshore.engine.units import PPM, smaller
from longshore.engine.value import coins_worth_too_much

HEADROOM = 10
"""Coins are taken in only while their price could rise this many times without being refused."""


@dataclass
class Setup:
    """What a rulebook gives the engine: rows, the ladder, and the rules chosen by name.

    `markets[i]` has market_id i + 1, `assets[i]` asset_id i + 1; markets' `tier_first` and
    `fee_first` count `tiers` and `fee_tiers` from 1.
    """

    assets: list[Asset]
    markets: list[Market]
    tiers: list[Tier]
    fee_tiers: list[FeeTier]
    ladder: list[int] = field(default_factory=list)
    cancel_on_initial: int = 1
    netting: int = 0
    settlement_asset_id: int = 1

    def __post_init__(self) -> None:
        """What a market does not say: settled in its quote, to the millionth atom; its mark."""
        for market in self.markets:
            market.settle_asset_id = market.settle_asset_id or market.quote_asset_id
            market.atom_parts = market.atom_parts or PPM
            market.mark_candidates = market.mark_candidates or MarkCandidate.SMOOTHED
            fill_rate_terms(market)


def fill_rate_terms(market: Market) -> None:
    """One interval's rate, new as a whole, free to change, capped alike both ways, unless told."""
    market.rate_interval_us = market.rate_interval_us or market.funding_interval_us
    market.funding_long_us = market.funding_long_us or market.funding_interval_us
    market.rate_share_ppm = market.rate_share_ppm or PPM
    market.rate_change_e18 = market.rate_change_e18 or 2 * RATE_MAX_E18
    if market.rate_floor_e18 == 0:
        market.rate_floor_e18 = -market.rate_cap_e18


def margin_jumps(market: Market) -> bool:
    """Whether a market's margin would jump where the mark takes a notional to the next tier."""
    by_mark = market.margin_basis == MarginBasis.MARK and market.tier_unit == TierUnit.NOTIONAL
    return by_mark and market.tier_whole == 1


def check_method(market: Market, cancel_on_initial: int) -> None:
    """One rate by size; risk limits by entry value; open interest where it ends no orders."""
    assert market.margin_slope_e12 == 0 or market.margin_root_e12 == 0, "one rate by size"
    assert 0 <= market.margin_root_e12 <= ROOT_MAX_E12, "a root that is out of range"
    factors = market.initial_factor_ppm, market.maintenance_factor_ppm
    assert all(0 <= each <= FACTOR_MAX_PPM for each in factors), "a factor out of range"
    if market.risk_base_atoms > 0:
        assert 0 < market.risk_step_atoms <= VALUE_MAX_ATOMS, "a risk limit is raised by steps"
        assert market.margin_basis == MarginBasis.ENTRY, "raised rates may be above 100 %"
        assert market.risk_base_atoms <= VALUE_MAX_ATOMS, "more than is counted with"
    if market.interest_high_atoms > 0:
        low, high = market.interest_low_atoms, market.interest_high_atoms
        assert 0 <= low < high, "open interest counts from one bound up to another"
        assert not cancel_on_initial, "the trades of others would end orders"


def check_calendar(market: Market) -> None:
    """A dated future has an expiry and a window of whole samples; no other market has."""
    dated = market.kind in (MarketKind.LINEAR_FUTURE, MarketKind.INVERSE_FUTURE)
    assert dated == (market.expiry_us > 0), "futures expire, and nothing else does"
    if not dated:
        return
    window, period = market.settle_window_us, market.settle_sample_us
    assert period > 0 and window % period == 0, "a window is a whole number of samples"
    assert 1 <= window // period <= SETTLE_SAMPLES_MAX, "too few or too many samples a window"
    opened = max(market.listed_us, market.post_only_until_us)
    assert opened < market.expiry_us - window, "a market is listed before its window begins"


def fill_state(state: State, setup: Setup) -> None:
    """Lay a setup into an empty plain state."""
    assert setup.ladder and setup.ladder[-1] == Step.UNWIND, "only unwinding always ends"
    for market in setup.markets:
        assert market.hedge_allowed * market.risk_base_atoms == 0, "legs have no risk limit"
        assert market.backstop_ppm == 0 or market.pause_us > 0, "who waits must look again"
        assert not margin_jumps(market), "wake boxes cannot bound margin that jumps with the mark"
        if market.sample_us > 0:
            samples = market.funding_interval_us // market.sample_us
            assert samples <= SAMPLES_MAX, "too many samples an interval"
            assert market.premium_cap_ppm <= MARK_BAND_MAX_PPM, "a mark may not go so far"
            assert market.mark_window <= BASES_MAX, "too many samples in a mark's window"
        check_calendar(market)
        halts = market.halt_move_ppm > 0
        assert not halts or market.halt_window_us > 0, "a halt looks at a window of some length"
        check_method(market, setup.cancel_on_initial)
    for table, rows in (
        (state.assets, setup.assets),
        (state.markets, setup.markets),
        (state.tiers, setup.tiers),
        (state.fee_tiers, setup.fee_tiers),
    ):
        for slot, row in enumerate(rows, 1):
            for name in row.FIELDS:
                setattr(table[slot], name, getattr(row, name))
    state.assets_count = len(setup.assets)
    state.markets_count = len(setup.markets)
    state.tiers_count = len(setup.tiers)
    state.fee_tiers_count = len(setup.fee_tiers)
    state.settlement_asset_id = setup.settlement_asset_id
    state.cancel_on_initial = setup.cancel_on_initial
    state.netting = setup.netting
    state.accounts_count = ACCOUNTS_SYSTEM
    state.ladder_count = len(setup.ladder)
    for rung, step in enumerate(setup.ladder, 1):
        state.ladder[rung].step = step
    for account_id in range(1, ACCOUNTS_SYSTEM + 1):
        state.accounts[account_id].account_id = account_id
    for market_id in range(1, state.markets_count + 1):
        begin_calendar(state, state.markets[market_id])


@rule
def create_account(state: State) -> I64:
    """A new account, numbered by the engine."""
    if state.accounts_count + 1 >= ACCOUNTS_MAX:
        return Reject.TABLE_FULL
    state.accounts_count += 1
    account = state.accounts[state.accounts_count]
    account.account_id = state.accounts_count
    event = next_event(state, EventKind.ACCOUNT_CREATED)
    event.account_id = account.account_id
    return Reject.NONE


@rule
def money_refusal(state: State, command: Command) -> I64:
    """Account and asset of a money command."""
    known = command.account_id >= 1 and command.account_id <= state.accounts_count
    if not known:
        return Reject.UNKNOWN_ACCOUNT
    if command.asset_id < 1 or command.asset_id > state.assets_count:
        return Reject.UNKNOWN_ASSET
    return Reject.NONE


@rule
def amount_refusal(command: Command) -> I64:
    """The amount of a money command."""
    if command.amount_atoms < 1:
        return Reject.AMOUNT_NOT_POSITIVE
    if command.amount_atoms > AMOUNT_MAX_ATOMS:
        return Reject.AMOUNT_TOO_LARGE
    return Reject.NONE


@rule
def leaving_refusal(state: State, command: Command, wallet: I64) -> I64:
    """An amount that is to leave a wallet: free there, and an amount at all.   LEDG-007"""
    if command.amount_atoms > free_atoms(state, wallet, command.asset_id):
        return Reject.INSUFFICIENT_FUNDS
    return amount_refusal(command)


@rule
def wallet_refusal(state: State, command: Command, kind: I64) -> I64:
    """Whether a wallet exists for the account and may hold the asset.

    An isolated wallet exists while its position is open, a coin's where a market settles in it;
    each holds that asset only.
    """
    asset = state.assets[command.asset_id]
    if kind >= WalletKind.COIN:
        return coin_refusal(state, command.asset_id, kind - WalletKind.COIN)
    if kind == WalletKind.CASH:
        return Reject.NONE
    if kind == WalletKind.FLEX:
        holds = asset.is_settlement == 1 or asset.conversion_rank > 0
        return (
            Reject.NONE if holds or command.account_id <= ACCOUNTS_SYSTEM else Reject.NOT_MARGINABLE
        )
    if kind <= WalletKind.ISOLATED or kind > WalletKind.ISOLATED + state.markets_count:
        return Reject.UNKNOWN_WALLET
    market_id = kind - WalletKind.ISOLATED
    position = state.positions[position_slot(command.account_id, market_id)]
    if position.isolated == 0 or position.qty_lots == 0:
        return Reject.UNKNOWN_WALLET
    settles = state.markets[market_id].settle_asset_id == command.asset_id
    return Reject.NONE if settles else Reject.NOT_MARGINABLE


@rule
def first_of(one: I64, other: I64) -> I64:
    """Of two refusals the one that is numbered first.   ORDR-001"""
    if one == Reject.NONE:
        return other
    return one if other == Reject.NONE else smaller(one, other)


@rule
def coin_refusal(state: State, asset_id: I64, coin_id: I64) -> I64:
    """Whether there is a wallet of a coin, and it may hold the asset.   CONT-003"""
    for market_id in range(1, state.markets_count + 1):
        market = state.markets[market_id]
        if market.kind != MarketKind.SPOT and market.settle_asset_id == coin_id:
            if coin_id != state.settlement_asset_id:
                return Reject.NONE if asset_id == coin_id else Reject.NOT_MARGINABLE
    return Reject.UNKNOWN_WALLET


@rule
def deposit(state: State, command: Command) -> I64:
    """Money from outside into a cash, flex or coin wallet; the venue's own accounts: genesis."""
    refusal = money_refusal(state, command)
    if refusal == Reject.NONE and is_isolated_kind(command.to_wallet):
        refusal = Reject.UNKNOWN_WALLET
    if refusal == Reject.NONE:
        refusal = wallet_refusal(state, command, command.to_wallet)
    if refusal == Reject.NONE:
        refusal = deposit_refusal(state, command.account_id)
    if refusal == Reject.NONE:
        refusal = amount_refusal(command)
    if refusal != Reject.NONE:
        return refusal
    asset = state.assets[command.asset_id]
    if command.amount_atoms > SUPPLY_MAX_ATOMS - asset.supply_atoms:
        return Reject.AMOUNT_TOO_LARGE
    price = smaller(asset.index_subticks, PRICE_MAX_SUBTICKS // HEADROOM) * HEADROOM
    if asset.is_settlement == 0 and coins_worth_too_much(
        state, command.asset_id, command.amount_atoms, price
    ):
        return Reject.AMOUNT_TOO_LARGE
    reason = Reason.DEPOSIT if command.account_id > ACCOUNTS_SYSTEM else Reason.GENESIS
    wallet = wallet_slot(command.account_id, command.to_wallet)
    transfer(state, command.asset_id, OUTSIDE, wallet, command.amount_atoms, reason)
    state.assets[command.asset_id].supply_atoms += command.amount_atoms
    after_wallet_change(state, wallet)
    return Reject.NONE


@rule
def withdraw(state: State, command: Command) -> I64:
    """Money from a cash, flex or coin wallet to the outside.   LEDG-007"""
    refusal = money_refusal(state, command)
    if refusal == Reject.NONE and not is_user(state, command.account_id):
        refusal = Reject.UNKNOWN_ACCOUNT
    if refusal == Reject.NONE and is_isolated_kind(command.from_wallet):
        refusal = Reject.UNKNOWN_WALLET
    if refusal == Reject.NONE:
        refusal = wallet_refusal(state, command, command.from_wallet)
    if refusal != Reject.NONE:
        return refusal
    wallet = wallet_slot(command.account_id, command.from_wallet)
    refusal = withdrawal_refusal(state, command.account_id)
    if refusal == Reject.NONE:
        refusal = leaving_refusal(state, command, wallet)
    if refusal != Reject.NONE:
        return refusal
    transfer(state, command.asset_id, wallet, OUTSIDE, command.amount_atoms, Reason.WITHDRAWAL)
    state.assets[command.asset_id].supply_atoms -= command.amount_atoms
    after_wallet_change(state, wallet)
    return Reject.NONE


@rule
def move(state: State, command: Command) -> I64:
    """Money between two wallets of one account.   LEDG-003, MRGN-007"""
    refusal = money_refusal(state, command)
    if refusal == Reject.NONE and not is_user(state, command.account_id):
        refusal = Reject.UNKNOWN_ACCOUNT
    if refusal == Reject.NONE and command.from_wallet == command.to_wallet:
        refusal = Reject.UNKNOWN_WALLET
    if refusal == Reject.NONE:
        refusal = first_of(
            wallet_refusal(state, command, command.from_wallet),
            wallet_refusal(state, command, command.to_wallet),
        )
    if refusal != Reject.NONE:
        return refusal
    source = wallet_slot(command.account_id, command.from_wallet)
    target = wallet_slot(command.account_id, command.to_wallet)
    refusal = leaving_gate(state, command.account_id)
    if refusal == Reject.NONE:
        refusal = leaving_refusal(state, command, source)
    if refusal != Reject.NONE:
        return refusal
    transfer(state, command.asset_id, source, target, command.amount_atoms, Reason.TRANSFER)
    count_margin(state, command.account_id, command.from_wallet, -command.amount_atoms)
    count_margin(state, command.account_id, command.to_wallet, command.amount_atoms)
    after_wallet_change(state, source)
    after_wallet_change(state, target)
    return Reject.NONE


@rule
def count_margin(state: State, account_id: I64, kind: I64, amount_atoms: I64) -> None:
    """Money moved into or out of an isolated wallet belongs to its position."""
    if is_isolated_kind(kind):
        slot = position_slot(account_id, kind - WalletKind.ISOLATED)
        state.positions[slot].margin_atoms += amount_atoms


@rule
def after_wallet_change(state: State, wallet: I64) -> None:
    """A debt is paid as soon as it can be, and the wallet is looked at."""
    pay_debt(state, wallet)
    changed_by_owner(state, wallet)


@rule
def set_market_state(state: State, command: Command) -> I64:
    """Active, post-only, cancel-only, halted, in auction.

    ORDR-014, LIFE-004, LIFE-008, HALT-005
    """
    if not is_market(state, command.market_id):
        return Reject.UNKNOWN_MARKET
    auction = command.value == MarketState.AUCTION
    if command.value < MarketState.ACTIVE or (command.value > MarketState.HALTED and not auction):
        return Reject.BAD_VALUE
    market = state.markets[command.market_id]
    if is_over(market):
        return Reject.MARKET_EXPIRED
    market.halt_node = clear_timer(state, market.halt_node)
    if auction:
        open_auction(state, market)
    else:
        enter_state(state, market, command.value)
    return Reject.NONE


@rule
def set_self_trade(state: State, command: Command) -> I64:
    """An account's self-trade mode.   ORDR-013"""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if command.value < SelfTrade.REJECT_TAKER or command.value > SelfTrade.DECREMENT:
        return Reject.BAD_VALUE
    state.accounts[command.account_id].self_trade = command.value
    event = next_event(state, EventKind.SELF_TRADE_SET)
    event.account_id = command.account_id
    event.flag = command.value
    return Reject.NONE


@rule
def set_dead_man(state: State, command: Command) -> I64:
    """Arm, move or disarm the dead man's switch.   ORDR-016"""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if command.value < 0 or command.value > TIME_MAX_US - state.time_us:
        return Reject.BAD_VALUE
    account = state.accounts[command.account_id]
    if command.value == 0:
        account.dead_man_node = clear_timer(state, account.dead_man_node)
        account.dead_man_us = 0
    else:
        account.dead_man_us = state.time_us + command.value
        account.dead_man_node = set_timer(
            state, account.dead_man_node, account.dead_man_us, TIMER_DEAD_MAN, account.account_id
        )
    event = next_event(state, EventKind.DEAD_MAN_SET)
    event.account_id = command.account_id
    event.amount_atoms = account.dead_man_us
    return Reject.NONE


@rule
def set_assignment(state: State, command: Command) -> I64:
    """Enrol as a taker of liquidated positions.   LIQD-007"""
    if not is_user(state, command.account_id):
        return Reject.UNKNOWN_ACCOUNT
    if command.qty_lots < 0:
        return Reject.BAD_VALUE
    if command.qty_lots > QTY_MAX_LOTS:
        return Reject.QTY_TOO_LARGE
    state.accounts[command.account_id].assign_max_lots = command.qty_lots
    event = next_event(state, EventKind.ASSIGNMENT_SET)
    event.account_id = command.account_id
    event.qty_lots = command.qty_lots
    return Reject.NONE
