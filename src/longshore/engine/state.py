"""The whole state of an engine: one record of scalars and tables."""

from __future__ import annotations

from longshore.engine import rows
from longshore.engine._compile import rule
from longshore.engine._table import I64, Root, Slot, Table, table
from longshore.engine.limits import (
    ACCOUNTS_MAX,
    ASSETS_MAX,
    BASES_MAX,
    CANDIDATES_MAX,
    CHANGES_MAX,
    CLIENT_IDS_MAX,
    COMMANDS_MAX,
    DOWNTIMES_MAX,
    EVENTS_MAX,
    FEE_TIERS_MAX,
    HASH_MAX,
    LADDER_MAX,
    LEVELS_MAX,
    MARKETS_MAX,
    NODES_MAX,
    ORDERS_MAX,
    PEAK_HOURS,
    POSITIONS_PER_ACCOUNT,
    TASKS_MAX,
    TIERS_MAX,
    VOLUME_DAYS,
    WALLETS_PER_ACCOUNT,
)


class State(Root):
    """Everything the engine knows. Scalars count what is in use; free lists chain freed slots."""

    time_us: I64
    seq: I64
    venue_state: I64  # MarketState: all markets are at least as strict; active: no downtime
    settlement_asset_id: I64
    cancel_on_initial: I64  # rulebook: orders that add risk end when initial margin is breached
    netting: I64  # rulebook: 1 where the sides of a coin are netted in a wallet's margin
    ladder_count: I64
    assets_count: I64
    markets_count: I64
    tiers_count: I64
    fee_tiers_count: I64
    accounts_count: I64
    orders_count: I64
    priority_last: I64
    orders_high: Slot
    orders_free: Slot
    levels_high: Slot
    levels_free: Slot
    nodes_high: Slot
    nodes_free: Slot
    due_root: Slot
    clients_first: I64
    clients_count: I64
    clients_high: Slot
    tasks_count: I64
    command_at: I64  # which command of the inbox is in hand
    command_begun: I64
    event_index: I64  # within the command
    events_count: I64
    events_limit: I64
    orders_in_command: I64
    match_left_lots: I64  # what the last taking order could not fill
    dirty_first: Slot  # wallets to look at again
    risk_root: Slot  # wallets found below a margin, by wallet
    frozen_root: Slot
    marks_moved: I64  # markets whose mark moved since the wake bounds were last read
    assets_moved: I64
    signals_moved: I64  # markets in which a trigger may be due
    walk_id: Slot
    wallets_visited: I64  # a counter for benchmarks

    changes: Table[rows.Change] = table(rows.Change, CHANGES_MAX + 1)
    downtimes: Table[rows.Downtime] = table(rows.Downtime, DOWNTIMES_MAX + 1)
    assets: Table[rows.Asset] = table(rows.Asset, ASSETS_MAX, "assets_count")
    markets: Table[rows.Market] = table(rows.Market, MARKETS_MAX, "markets_count")
    bases: Table[rows.Basis] = table(
        rows.Basis, MARKETS_MAX * BASES_MAX, "markets_count", BASES_MAX
    )
    tiers: Table[rows.Tier] = table(rows.Tier, TIERS_MAX, "tiers_count")
    fee_tiers: Table[rows.FeeTier] = table(rows.FeeTier, FEE_TIERS_MAX, "fee_tiers_count")
    ladder: Table[rows.Rung] = table(rows.Rung, LADDER_MAX)
    fund_peaks: Table[rows.FundPeak] = table(rows.FundPeak, ASSETS_MAX * PEAK_HOURS)
    accounts: Table[rows.Account] = table(rows.Account, ACCOUNTS_MAX, "accounts_count")
    volume_days: Table[rows.VolumeDay] = table(
        rows.VolumeDay, ACCOUNTS_MAX * 2 * VOLUME_DAYS, "accounts_count", 2 * VOLUME_DAYS
    )
    wallets: Table[rows.Wallet] = table(
        rows.Wallet, ACCOUNTS_MAX * WALLETS_PER_ACCOUNT, "accounts_count", WALLETS_PER_ACCOUNT
    )
    balances: Table[rows.Balance] = table(
        rows.Balance,
        ACCOUNTS_MAX * WALLETS_PER_ACCOUNT * ASSETS_MAX,
        "accounts_count",
        WALLETS_PER_ACCOUNT * ASSETS_MAX,
    )
    positions: Table[rows.Position] = table(
        rows.Position,
        ACCOUNTS_MAX * POSITIONS_PER_ACCOUNT,
        "accounts_count",
        POSITIONS_PER_ACCOUNT,
    )
    orders: Table[rows.Order] = table(rows.Order, ORDERS_MAX, "orders_high")
    levels: Table[rows.Level] = table(rows.Level, LEVELS_MAX, "levels_high")
    nodes: Table[rows.Node] = table(rows.Node, NODES_MAX, "nodes_high")
    order_ids: Table[rows.HashEntry] = table(rows.HashEntry, HASH_MAX)
    client_ids: Table[rows.HashEntry] = table(rows.HashEntry, HASH_MAX)
    clients: Table[rows.ClientKey] = table(rows.ClientKey, CLIENT_IDS_MAX, "clients_high")
    estimates: Table[rows.Estimate] = table(rows.Estimate, 1)
    drafts: Table[rows.Order] = table(rows.Order, 1)  # an order not yet accepted
    afters: Table[rows.Position] = table(rows.Position, 1)  # a position as it would be
    matches: Table[rows.Match] = table(rows.Match, 1)
    scales: Table[rows.Scale] = table(rows.Scale, 1)
    nets: Table[rows.Net] = table(rows.Net, ASSETS_MAX)
    mark_inputs: Table[rows.MarkInputs] = table(rows.MarkInputs, 1)
    candidates: Table[rows.Source] = table(rows.Source, CANDIDATES_MAX)
    tasks: Table[rows.Task] = table(rows.Task, TASKS_MAX)
    inbox: Table[rows.Command] = table(rows.Command, COMMANDS_MAX)
    events: Table[rows.Event] = table(rows.Event, EVENTS_MAX)


@rule
def wallet_slot(account_id: I64, kind: I64) -> I64:
    """The slot of one wallet of an account."""
    return account_id * WALLETS_PER_ACCOUNT + kind


@rule
def wallet_account(wallet: I64) -> I64:
    """The account a wallet belongs to."""
    return wallet // WALLETS_PER_ACCOUNT


@rule
def wallet_kind(wallet: I64) -> I64:
    """WalletKind of a wallet; an isolated one is ISOLATED + its market's id."""
    return wallet % WALLETS_PER_ACCOUNT


@rule
def balance_slot(wallet: I64, asset_id: I64) -> I64:
    """The slot of one asset in one wallet."""
    return wallet * ASSETS_MAX + asset_id


@rule
def position_slot(account_id: I64, place: I64) -> I64:
    """The slot of one account's position: its place is its market's id, or a short leg's."""
    return account_id * POSITIONS_PER_ACCOUNT + place


@rule
def is_market(state: State, market_id: I64) -> bool:
    """Whether there is a market of this id."""
    return market_id >= 1 and market_id <= state.markets_count


@rule
def command_in_hand(state: State) -> rows.Command:
    """The command being carried out."""
    return state.inbox[state.command_at]


@rule
def clear_event(event: rows.Event) -> None:
    """Every field zero."""
    event.kind = 0
    event.seq = 0
    event.index = 0
    event.time_us = 0
    event.account_id = 0
    event.market_id = 0
    event.asset_id = 0
    event.wallet = 0
    event.other_account_id = 0
    event.other_wallet = 0
    event.order_id = 0
    event.other_order_id = 0
    event.client_hi = 0
    event.client_lo = 0
    event.side = 0
    event.type = 0
    event.role = 0
    event.reason = 0
    event.reject = 0
    event.price_ticks = 0
    event.trigger_ticks = 0
    event.signal = 0
    event.trail_ppm = 0
    event.trail_ticks = 0
    event.rests = 0
    event.closes = 0
    event.display_lots = 0
    event.expire_us = 0
    event.qty_lots = 0
    event.open_lots = 0
    event.filled_lots = 0
    event.position_lots = 0
    event.value_atoms = 0
    event.amount_atoms = 0
    event.balance_atoms = 0
    event.other_balance_atoms = 0
    event.fee_atoms = 0
    event.pnl_atoms = 0
    event.funding_atoms = 0
    event.equity_atoms = 0
    event.margin_atoms = 0
    event.mark_subticks = 0
    event.index_subticks = 0
    event.rate_e18 = 0
    event.leg = 0
    event.flag = 0


@rule
def next_event(state: State, kind: I64) -> rows.Event:
    """A cleared event row with its head filled in; the step's caller has checked there is room."""
    event = state.events[state.events_count]
    state.events_count += 1
    clear_event(event)
    event.kind = kind
    event.seq = state.seq
    event.index = state.event_index
    event.time_us = state.time_us
    state.event_index += 1
    return event
