"""What the venue answers about an account: wallets, positions, orders, history, settings."""

from __future__ import annotations

from typing import Literal

from longshore.rulebooks.changing import TermName
from longshore.venue.dialects.native.schema.base import (
    BufferLevel,
    Cause,
    MarginMode,
    OrderStatus,
    PositionModeName,
    Reply,
    SideName,
    SignalName,
    TypeName,
)


class WalletRow(Reply):
    """One asset in one wallet."""

    wallet: str  # cash, flex, isolated:SYMBOL, coin:SYMBOL
    asset: str
    amount: str
    held: str
    value: str | None  # in USD at index, without haircut


class Liquidation(Reply):
    """Where the venue would close the position."""

    state: Literal["price", "none", "unknown"]
    price: str | None
    price_text: str  # as it is shown, also where there is none
    distance_pct: str | None
    distance_usd: str | None
    daily_moves: str | None
    text: str


class FundingNext(Reply):
    """What the position pays (below zero) or receives at the end of this interval."""

    amount: str
    next_ms: int
    text: str


class PositionCard(Reply):
    """One position, in words first."""

    symbol: str
    side: Literal["long", "short"]
    size: str
    mode: MarginMode
    leverage: str | None
    opened_ms: int
    sentences: list[str]
    entry_price: str
    mark_price: str
    unit: str | None  # of its money: a coin; null: dollars
    value: str
    margin: str
    unrealised: str
    unrealised_text: str
    unrealised_pct_margin: str
    unrealised_pct_price: str
    realised: str
    fees: str
    funding: str
    buffer_pct: str  # 100 after your last change, 0 at liquidation
    buffer_text: str
    buffer_level: BufferLevel
    break_even: str | None
    liquidation: Liquidation
    funding_next: FundingNext | None
    stop: OrderReply | None
    target: OrderReply | None
    distances_pct: Distances


class Distances(Reply):
    """How far from the mark the position's lines are, as a share of the mark, without a sign."""

    entry: str
    stop: str | None
    target: str | None


class OrderReply(Reply):
    """One order, open or gone."""

    id: str
    client_id: str
    symbol: str
    side: SideName
    type: TypeName
    status: OrderStatus
    size: str  # asked
    filled: str
    remaining: str
    price: str | None
    average_price: str | None
    trigger_price: str | None
    trigger_signal: SignalName | None
    trail: str | None  # the trigger follows its signal this far away
    trail_percent: str | None
    rests: bool
    close_position: bool
    display_size: str | None  # an iceberg shows so much of itself at a time
    expires_ms: int | None
    reduce_only: bool
    linked_id: str | None
    placed_ms: int
    updated_ms: int
    reason: str  # why it ended: a code, empty while it is open
    reason_text: str


class AccountReply(Reply):
    """All that stands now, at `seq`."""

    name: str
    seq: int
    world_time: int
    equity: str
    free: str
    initial_margin: str
    maintenance_margin: str
    unrealised: str
    wallets: list[WalletRow]
    positions: list[PositionCard]
    position_mode: PositionModeName
    orders: list[OrderReply]
    can_start_fresh: bool
    fresh_starts: int


class Fill(Reply):
    """The account's side of a match."""

    id: str
    order_id: str
    client_id: str
    symbol: str
    time: int
    side: SideName
    role: str  # codes.Role in lower case: maker, taker, liquidation, …
    cause: Cause
    price: str
    size: str
    value: str
    fee: str
    fee_text: str
    pnl: str
    pnl_text: str
    funding: str
    position: str  # signed, after


class CloseRow(Reply):
    """A position made smaller or ended, by whom or what, and what that realised."""

    id: str
    time: int
    symbol: str
    side: Literal["long", "short"]
    cause: Cause
    cause_text: str
    price: str
    size: str
    left: str  # of the position, after
    pnl: str
    pnl_text: str
    fee: str
    fee_text: str
    funding: str  # received above zero, since the position's last close
    funding_text: str


class TaxLot(Reply):
    """What is gone of one opening, first in, first out: a part of a position, or coins."""

    id: str
    symbol: str  # the market; of coins the asset
    side: Literal["long", "short", "coin"]
    acquired: int | None  # None: before what history holds
    how_acquired: str
    disposed: int
    how_disposed: str
    size: str
    currency: str
    cost: str | None  # what was paid, of a short received; None: coins that came without a price
    opening_fee: str
    proceeds: str | None
    closing_fee: str
    funding: str  # received above zero
    gain: str | None  # after fees and funding


class OrderResult(Reply):
    """What became of an order: itself, its fills, and the protective orders placed with it."""

    order: OrderReply
    fills: list[Fill]
    stop: OrderReply | None
    target: OrderReply | None
    duplicate: bool  # the client id was used before; this is the first order


class OrderPage(Reply):
    """Open orders first, then the history by placement, newest first."""

    open: list[OrderReply]
    history: list[OrderReply]


class CancelResult(Reply):
    """How many orders ended."""

    ended: int


class FundingPaymentRow(Reply):
    """Funding paid (below zero) or received."""

    symbol: str
    time: int
    amount: str
    text: str  # you paid or received so much
    rate: str
    position: str


class LedgerRow(Reply):
    """One move of money."""

    id: str
    time: int
    wallet: str
    asset: str
    amount: str
    amount_text: str
    balance: str
    balance_text: str
    reason: str  # codes.Reason in lower case
    symbol: str | None
    order_id: str | None


class LiquidationRow(Reply):
    """A liquidation, told in words."""

    id: str
    time: int
    ended: int | None
    wallet: str
    symbol: str | None
    equity: str
    equity_text: str
    margin: str
    margin_text: str
    mark: str | None
    closed: bool


class WithdrawalResult(Reply):
    """What is left in the wallet it came from."""

    asset: str
    wallet: str
    balance: str


class DepositResult(Reply):
    """A balance after a deposit or a transfer."""

    account: str
    asset: str
    wallet: str
    balance: str


class MarginResult(DepositResult):
    """The margin of an isolated position after it was moved, and what that did."""

    sentences: list[str]


class TransferResult(Reply):
    """What the two balances hold after a move of money between them."""

    asset: str
    cash: str
    flex: str


class LeverageResult(Reply):
    """A market's margin mode for this account."""

    symbol: str
    leverage: str | None


class AccountInfo(Reply):
    """An account by name."""

    name: str
    account_id: int


class KeyInfo(Reply):
    """An API key. The secret is base64, as the imitated venue gives it, and shown once."""

    key: str
    secret: str
    account: str
    permissions: list[str]


class PositionModeResult(Reply):
    """The account's position mode."""

    mode: PositionModeName


class TopUpResult(Reply):
    """Whether isolated margin in the market is topped up by itself."""

    symbol: str
    enabled: bool


class RiskLimitResult(Reply):
    """What the position with its orders may be worth from now on."""

    symbol: str
    limit: str


class TermsChange(Reply):
    """A change of a market's terms: in force, or waiting for its time."""

    symbol: str
    term: TermName
    tier: int
    values: list[str]
    effective_ms: int
