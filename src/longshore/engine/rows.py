"""The nouns of the engine, one line a field, unit last.

Units: `_atoms` money (10**-8 USD, or the asset's own smallest part) · `_lots` size · `_ticks` order
price · `_subticks` index and mark (10**-10 of the quote a base unit, unless the asset says finer) ·
`_ppm` rates · `_e15` premium samples · `_e18` funding rates · `_us` time since 1970 · `_parts` what
funding is counted in, the market's `atom_parts` to the atom. Ids start at 1; 0 is nobody.
"""

from __future__ import annotations

from longshore.engine._table import I64, Row, Slot
from longshore.engine.entries import ClientKey, Downtime, HashEntry, Node
from longshore.engine.scratch import Estimate, MarkInputs, Match, Net, Scale, Source, Task

__all__ = [
    "Account", "Asset", "Balance", "Basis", "Change", "ClientKey", "Command", "Downtime",
    "Estimate", "Event", "FeeTier", "FundPeak", "HashEntry", "Level", "MarkInputs", "Market",
    "Match", "Net", "Node", "Order", "Position", "Rung", "Scale", "Source", "Task", "Tier",
    "VolumeDay", "Wallet",
]  # fmt: skip


class Asset(Row):
    """Something a balance can hold."""

    asset_id: I64
    haircut_ppm: I64  # taken off its value as collateral
    conversion_fee_ppm: I64  # taken when it is sold to pay a debt
    conversion_rank: I64  # the order of sale, 1 first; 0: never
    value_divisor: I64  # settlement atoms = amount_atoms * index_subticks / value_divisor
    is_settlement: I64  # 1: the dollar every linear market settles in
    stale_after_us: I64  # 0: an index price never goes stale
    index_subticks: I64  # its index price; 0: none yet
    index_time_us: I64
    index_sources: I64
    supply_atoms: I64  # deposits - withdrawals + genesis
    lower_root: Slot  # wake bounds: visit when the index falls to the greatest of these
    moved: Slot  # 1: moved since the bounds were last read


class Basis(Row):
    """One sample of a mark's window."""

    basis_subticks: I64


class Tier(Row):
    """One margin tier: applies from a lower bound of notional."""

    from_size: I64  # atoms of notional, or lots, as the market's tier_unit says
    initial_ppm: I64
    maintenance_ppm: I64


class Rung(Row):
    """One rung of the liquidation ladder."""

    step: I64  # Step


class Change(Row):
    """A change of a market's terms that waits for its time."""

    market_id: I64
    term: I64  # Term; 0: the row is free
    number: I64  # which tier, from 0
    value: I64  # in the unit of the term
    other_value: I64
    due_us: I64
    node: Slot  # its timer


class FundPeak(Row):
    """The most the insurance account held of an asset in one hour."""

    hour: I64  # since 1970
    peak_atoms: I64


class FeeTier(Row):
    """One fee tier of a schedule: applies from a 30-day volume."""

    from_atoms: I64
    maker_ppm: I64
    taker_ppm: I64


class Market(Row):
    """One market: its terms first, then where it stands."""

    market_id: I64
    kind: I64  # MarketKind
    base_asset_id: I64
    quote_asset_id: I64
    settle_asset_id: I64  # what profit, margin and funding are paid in
    tick_subticks: I64  # one tick in sub-ticks
    atoms_per_tick_lot: I64  # linear: value_atoms = price_ticks * qty_lots * this
    lot_base_atoms: I64  # spot: base atoms in one lot
    value_divisor: I64  # linear: value_atoms = price_subticks * qty_lots / this
    inverse_factor: I64  # inverse: value_atoms = qty_lots * this / price_subticks; 0: linear
    order_max_lots: I64
    position_max_lots: I64
    market_band_ppm: I64  # a market order's limit, from the best opposite price
    collar_ppm: I64  # a taking limit may not be further from mark; 0: no collar
    collar_from: I64  # CollarFrom
    collar_most_ppm: I64  # beside a premium: nor further from the index than this; 0: any
    take_band_ppm: I64  # how far beyond it a market order takes; 0: any
    position_open_ppm: I64  # a position may be this share of open interest, if that is more
    orders_max: I64  # of one account that rest; 0: any number
    triggers_max: I64  # and that wait
    halt_window_us: I64  # a halt looks at the last price before a window of this length
    halt_move_ppm: I64  # a trade further from it than this stops the market; 0: none does
    halt_us: I64  # for so long it is halted
    auction_us: I64  # and so long is the auction that follows; 0: until a command ends it
    taker_delay_us: I64  # an order that may take waits so long before it does
    display_min_ppm: I64  # the least share of itself that an order may show; 0: no icebergs
    fee_schedule_id: I64  # rows of fee tiers: first, count
    fee_first: I64
    fee_count: I64
    tier_first: I64
    tier_count: I64
    tier_unit: I64  # TierUnit
    margin_slope_e12: I64  # added to the rates for every lot of the position: 10**12 is 100 %
    maintenance_fee_ppm: I64  # of the notional, added to maintenance margin
    margin_root_e12: I64  # times the root of the lots: the lowest rate of initial margin
    risk_base_atoms: I64  # the risk limit that nobody has to choose; 0: there is no such limit
    risk_step_atoms: I64  # each of these more adds the first tier's maintenance to both rates
    initial_factor_ppm: I64  # what rates of initial margin are multiplied by; 0: once
    maintenance_factor_ppm: I64
    warn_us: I64  # a change of terms is told again each of these before it; 0: once
    interest_low_atoms: I64  # initial margin grows with open interest worth more than this
    interest_high_atoms: I64  # to all of the notional at this; 0: it does not
    hedge_allowed: I64  # 1: an account may hold a long and a short leg
    top_up_allowed: I64  # 1: isolated margin may be topped up by itself
    tier_whole: I64  # 1: the tier applies to the whole position; 0: to the slice above its bound
    margin_basis: I64  # MarginBasis
    impact_lots: I64  # size of the impact prices
    impact_atoms: I64  # or their notional, turned into lots at the index; 0: the size
    ema_num: I64  # mark: ema += num * (premium - ema) / den, each sample
    ema_den: I64
    premium_cap_ppm: I64  # the band of the mark, and of a basis sample, around the index
    mark_method: I64  # MarkMethod
    mark_candidates: I64  # MarkCandidate, added up; a setup's 0 is SMOOTHED
    mark_basis: I64  # MarkBasis
    mark_window: I64  # smoothed: the mean of so many samples; 0: by num and den
    external_asset_id: I64  # the asset whose index is the external price; 0: none
    sample_us: I64
    premium_method: I64  # PremiumMethod
    premium_linear: I64  # 1: an interval's n-th sample counts n times; 0: all alike
    premium_samples_min: I64  # an interval with fewer is filled up with samples of zero
    rate_interval_us: I64  # the time that a rate, and what bounds it, is for
    interest_e18: I64  # I
    damper_low_e18: I64  # d_lo >= 0: how far below the premium interest may pull
    damper_high_e18: I64  # d_hi >= 0: how far above
    rate_added_e18: I64  # A
    rate_share_ppm: I64  # s: 10**6 takes the new rate whole, less keeps some of the previous one
    rate_floor_e18: I64  # the lowest rate
    rate_cap_e18: I64  # the highest
    rate_change_e18: I64  # how far from the previous rate; 2 * 10**18 holds nothing back
    funding_interval_us: I64  # the time between two payments
    funding_at_us: I64  # interval ends are counted from this time of 1970 on
    funding_pay: I64  # FundingPay
    funding_lag: I64  # at once: 1: the rate set an interval before; 0: the one set now
    funding_price: I64  # FundingPrice
    funding_short_us: I64  # the interval from a rate at its cap on; 0: it stays as it is
    funding_long_us: I64  # what it is again after calm; a setup's 0 is what it begins with
    funding_calm_after: I64  # so many short intervals in a row without a capped rate; 0: never
    funding_cash_us: I64  # cash moves at interval ends that are multiples of this; 0: at all
    funding_cash_at_us: I64  # and those are counted from this time of 1970 on
    partial_ppm: I64  # the share of a position one partial step takes
    partial_band_ppm: I64  # how far from mark a partial step may fill
    cover_band_ppm: I64  # how far from the best price a covered close may fill
    cover_mark_ppm: I64  # and how far from mark; 0: any
    assign_band_ppm: I64  # how far from mark an assignment may be priced
    liquidation_fee_ppm: I64
    partial_above_atoms: I64  # only positions worth more at mark are closed by parts; 0: all
    partial_rest_us: I64  # no second partial step of a wallet for so long: the next one; 0: none
    partial_to_initial: I64  # 1: partial steps go on until equity is at initial margin
    cut_tiers: I64  # how many margin tiers one cut takes a position down
    cut_whole: I64  # 1: it is fill-or-kill; 0: immediate-or-cancel
    pause_us: I64  # how long a ladder waits between two rounds; 0: it does not
    backstop_ppm: I64  # steps after the orders act only below this part of maintenance; 0: always
    adl_rank: I64  # AdlRank
    adl_price: I64  # AdlPrice
    fund_drop_ppm: (
        I64  # fallen so far from its peak, the fund takes nothing over; 0: it always does
    )
    state: I64  # MarketState
    last_ticks: I64
    last_time_us: I64
    mark_subticks: I64
    mark_before_subticks: I64  # the mark before the latest change; 0: none
    ema_subticks: I64  # the smoothed basis
    bases_count: I64  # samples taken into the window so far
    bases_whole_subticks: I64  # of those in it, the sums of sample // window and sample % window
    bases_rest_subticks: I64
    impact_premium_subticks: I64  # of the impact middle, the latest, uncut
    premium_e15: I64  # the latest that was sampled
    premium_whole: I64  # the weighted sum of the interval's samples, its whole part
    premium_rest_e15: I64  # and what is left of it
    premium_count: I64
    premium_weights: I64
    rate_e18: I64  # the latest rate of a rate interval
    atom_parts: I64  # parts of an atom that funding is counted in
    funding_rate_e18: I64  # relative: the part of it that an interval pays
    funding_lot_parts: I64  # absolute: what accrues to one lot over one interval
    funding_index_parts: I64  # cumulative, one long lot has paid, up to funding_from_us
    funding_calm: I64  # short intervals in a row without a capped rate
    funding_from_us: I64
    funding_next_us: I64
    residue_parts: I64  # rounding kept by the clearing account
    open_lots: I64  # open interest: the sum of long positions
    volume_lots: I64  # traded since the start
    halt_window: I64  # which window the reference is of
    halt_ticks: I64  # the reference; 0: none
    halt_node: Slot  # the timer of a halt, or of an auction
    best_bid: Slot
    best_ask: Slot
    bid_root: Slot
    ask_root: Slot
    mark_moved: Slot  # 1: moved since the bounds were last read
    signal_moved: Slot  # 1: a trigger may be due
    lower_root: Slot  # wake bounds of long positions on the mark
    upper_root: Slot  # wake bounds of short positions on the mark
    mark_above_root: Slot  # waiting orders, by signal and side
    mark_below_root: Slot
    index_above_root: Slot
    index_below_root: Slot
    last_above_root: Slot
    last_below_root: Slot
    mark_above_trail: Slot  # of these, the ones whose trigger follows
    mark_below_trail: Slot
    index_above_trail: Slot
    index_below_trail: Slot
    last_above_trail: Slot
    last_below_trail: Slot
    own_state: I64  # MarketState: in a downtime, what it would be in without
    listed_us: I64  # halted until then; 0: open from the start
    post_only_until_us: I64  # from listing until then; 0: no such phase
    expiry_us: I64  # dated: what is open is settled then; 0: never
    settle_window_us: I64  # the index is averaged over this before expiry
    settle_sample_us: I64  # one sample of it each
    settle_fee_ppm: I64  # of the value at the settlement price
    settle_left: I64  # samples of the window still to come
    settle_count: I64  # samples taken
    settle_whole: I64  # their sum, in units of 10**9 sub-ticks
    settle_rest: I64  # and what is left of it below one unit


class Account(Row):
    """One customer, or one of the venue's own accounts."""

    account_id: I64
    self_trade: I64  # SelfTrade
    dead_man_us: I64  # cancel everything at this time; 0: off
    dead_man_node: Slot
    orders_count: I64
    first_order: Slot  # the newest of the account's open orders
    hedged: I64  # 1: a long and a short leg in each market that allows it
    assign_max_lots: I64  # takes liquidated positions up to this size; 0: no provider
    state: I64  # AccountState
    leverage_cap_ppm: I64  # no more for what opens; 0: none
    spot_gate: I64  # Reject of what would open there; 0: open
    perpetual_gate: I64
    dated_gate: I64
    deposit_gate: I64
    withdrawal_gate: I64
    derivatives_volume_atoms: Slot  # thirty days, as of volume_day: kept so as not to add up again
    spot_volume_atoms: Slot
    volume_day: Slot


class VolumeDay(Row):
    """What one account traded on one day, one row each for spot and derivatives."""

    day: I64
    volume_atoms: I64


class Wallet(Row):
    """Balances, and the positions they margin."""

    buffer_full_atoms: I64  # equity - maintenance just after the owner last changed something
    rung: I64  # which rung of the ladder it stands on, from 1; 0: not being liquidated
    rung_place: I64  # the place of the position in hand from the full close on
    wake_node: Slot  # wake time
    risk_node: Slot  # its entry among the wallets at risk
    frozen_node: Slot  # its entry among those at risk that wait for a price or a market
    assign_after: I64  # the provider that was asked last
    partial_us: I64  # when its latest partial step was taken; 0: never
    paused_us: I64  # its ladder goes on at this time; 0: it does not wait
    loss_market_id: I64  # what it will lack is shared by the winners there; 0: by nobody
    measured: Slot  # 1: the full buffer is to be measured at the next look
    dirty: Slot  # 1: waits to be looked at again
    dirty_next: Slot


class Balance(Row):
    """One asset in one wallet."""

    amount_atoms: I64
    hold_atoms: I64  # of which kept for open spot orders
    wake_node: Slot  # bound on the asset's index


class Position(Row):
    """One account in one market: contracts, margin mode, and what its open orders could add."""

    qty_lots: I64  # signed: long above zero
    entry_value_atoms: I64  # signed: fill values of the open part
    funding_index_parts: I64  # the market's, when funding was last realised
    leverage_ppm: I64  # chosen: initial margin is at least value / leverage; 0: the tiers' alone
    isolated: I64  # 1: margined by a wallet of its own; 0: cross
    tops_up: I64  # 1: free money comes into that wallet before it is liquidated
    margin_atoms: I64  # isolated: the part of the wallet that belongs to the position
    risk_steps: I64  # how many steps the owner has raised the risk limit
    buy_lots: I64  # open orders that could add, by side
    buy_value_atoms: I64
    sell_lots: I64
    sell_value_atoms: I64
    orders_count: I64  # all open and waiting orders here
    reduce_count: I64  # of which reduce-only
    triggers_count: I64  # of which waiting or asleep
    ladder_lots: I64  # size when the wallet entered the ladder
    opened_us: I64
    realised_atoms: I64  # since opened: profit and loss
    fees_atoms: I64
    funding_atoms: I64  # received, negative when paid
    wake_node: Slot
    wake_upper: Slot  # 1: the node is among the upper bounds
    walk_id: Slot  # the last estimate that met this position's reduce-only orders
    walk_lots: Slot


class Order(Row):
    """One open order: resting in the book, waiting for a trigger, or taking right now."""

    order_id: I64
    account_id: I64
    market_id: I64
    place: I64  # of its position: the market's id, or the short leg's
    side: I64  # Side
    type: I64  # OrderType
    state: I64  # OrderState
    price_ticks: I64  # 0 for a waiting order that becomes a market order
    qty_lots: I64  # open
    filled_lots: I64
    filled_value_atoms: I64
    reduce_only: I64
    trigger_ticks: I64
    signal: I64  # Signal
    trigger_above: I64  # 1: fires at or above the trigger price
    trail_ppm: I64  # a stop whose trigger follows at this distance of the price
    trail_ticks: I64  # or at this many ticks; both 0: it stands still
    rests: I64  # 1: a waiting order that becomes a limit order when it fires
    closes: I64  # 1: a trigger that closes the whole position; it has no size before it fires
    slides: I64  # 1: a post-only order that steps back instead of crossing
    display_lots: I64  # an iceberg: what it shows at a time; 0: all
    held_us: I64  # its delay ends then; 0: it has none
    hidden_lots: I64  # what of it does not show, while it rests
    expire_us: I64  # ends at this time; 0: never
    linked_id: I64  # ends when this one fills or fires
    stop_ticks: I64  # the stop of what it opens; `signal` is the one for it; 0: none
    target_ticks: I64
    stop_id: I64  # the orders made of these
    target_id: I64
    parent_id: I64  # the order that this one is the stop or the target of
    client_hi: I64
    client_lo: I64
    priority: I64  # place in the queue of its level
    hold_atoms: I64  # spot: what its balance holds for it
    placed_us: I64
    role: I64  # Role of its fills when taking
    guaranteed_ticks: I64  # covered liquidation: a fund pays what is worse than this
    fund_id: I64  # and this is the fund
    level: Slot
    prev: Slot  # in the level's queue
    next: Slot
    account_prev: Slot
    account_next: Slot
    node: Slot  # in a trigger index
    trail_node: Slot  # in an index of triggers that follow
    expiry_node: Slot  # its timer


class Level(Row):
    """All orders at one price."""

    price_ticks: I64
    qty_lots: I64  # shown
    hidden_lots: I64
    orders_count: I64
    reduce_count: I64
    first: Slot
    last: Slot
    node: Slot


class Command(Row):
    """Anything that may happen. Which fields count is said by its kind in `commands.py`."""

    kind: I64
    seq: I64
    time_us: I64
    origin: I64
    account_id: I64
    market_id: I64
    asset_id: I64
    order_id: I64
    side: I64
    type: I64
    price_ticks: I64
    trigger_ticks: I64
    signal: I64
    qty_lots: I64
    reduce_only: I64
    linked_id: I64
    client_hi: I64
    client_lo: I64
    stop_ticks: I64
    target_ticks: I64
    trail_ppm: I64  # a stop's trigger follows its signal at this distance
    trail_ticks: I64
    rests: I64  # 1: once fired, it rests at its limit price
    closes: I64  # 1: a trigger without size closes the whole position
    slides: I64  # 1: a post-only order steps back instead of being refused
    display_lots: I64  # an order shows so much of itself at a time; 0: all
    expire_us: I64  # the order ends at this time; 0: never
    before_us: I64  # after this time the command is refused; 0: never
    amount_atoms: I64
    from_wallet: I64  # WalletKind (+ market id when isolated)
    to_wallet: I64
    leverage_ppm: I64
    price_subticks: I64
    sources: I64
    leg: I64  # Leg
    value: I64  # a code, a duration or a term, by kind
    number: I64  # which tier, from 0
    other_value: I64  # a second term


class Event(Row):
    """Anything that did happen. Which fields count is said by its kind in `events.py`."""

    kind: I64
    seq: I64
    index: I64  # from 0 within the command
    time_us: I64
    account_id: I64
    market_id: I64
    asset_id: I64
    wallet: I64
    other_account_id: I64
    other_wallet: I64
    order_id: I64
    other_order_id: I64
    client_hi: I64
    client_lo: I64
    side: I64
    type: I64
    role: I64
    reason: I64
    reject: I64
    price_ticks: I64
    trigger_ticks: I64
    signal: I64
    trail_ppm: I64
    trail_ticks: I64
    rests: I64
    closes: I64
    display_lots: I64
    expire_us: I64
    qty_lots: I64
    open_lots: I64
    filled_lots: I64
    position_lots: I64
    value_atoms: I64
    amount_atoms: I64
    balance_atoms: I64
    other_balance_atoms: I64
    fee_atoms: I64
    pnl_atoms: I64
    funding_atoms: I64
    equity_atoms: I64
    margin_atoms: I64
    mark_subticks: I64
    index_subticks: I64
    rate_e18: I64
    leg: I64  # Leg
    flag: I64
