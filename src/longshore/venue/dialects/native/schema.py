"""The wire types of `/api/v1`, from which the OpenAPI document and the screen's types are made.

Numbers are decimal strings; times are epoch milliseconds of world time unless named `_wall`.
Sentences come ready to show: the screen does no arithmetic and writes no sentence. Beside an exact
amount in a list stands its `_text`: money as sentences write it, rounded to the cent.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from longshore.rulebooks.changing import TermName

LegName = Literal["long", "short"]
PositionModeName = Literal["one_way", "hedge"]
SideName = Literal["buy", "sell"]
OrderKind = Literal["limit", "market", "post", "ioc", "fok", "stop", "take_profit"]
SignalName = Literal["mark", "index", "last"]
TypeName = Literal[OrderKind, "liquidation"]
OrderStatus = Literal["open", "waiting", "attached", "filled", "ended"]
"""`attached`: the stop or the target of an order that has opened nothing yet."""
MarketKindName = Literal["spot", "perpetual", "future"]
MarketStateName = Literal["active", "post_only", "cancel_only", "halted", "expired", "auction"]
Cause = Literal["you", "stop", "target", "liquidation", "adl", "assignment"]
BufferLevel = Literal["full", "half", "quarter", "tenth"]
MarginMode = Literal["cross", "isolated"]
Permission = Literal["read", "trade", "transfer"]


class Body(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a caller sends. A field that is not known is refused, not ignored."""


class Reply(msgspec.Struct, kw_only=True):
    """What the venue answers."""


class ErrorReply(Reply):
    """A refusal: a stable code, the field it is about (or empty), a sentence."""

    code: str
    field: str
    message: str


# --- what a caller sends


class OrderBody(Body):
    """An order. `stop_price` and `target_price` come along: a linked stop and take-profit."""

    symbol: str
    side: SideName
    type: OrderKind
    size: str | None = None  # absent: only with `close_position`
    client_id: str = ""
    price: str | None = None
    trigger_price: str | None = None
    trigger_signal: SignalName = "mark"
    reduce_only: bool = False
    leverage: str | None = None  # isolated at this leverage; absent: as the market stands
    leg: LegName | None = None  # in hedge mode: the position that it opens or closes
    stop_price: str | None = None
    target_price: str | None = None
    trail: str | None = None  # a stop that follows its signal this far away, in the quote
    trail_percent: str | None = None  # or in percent of it
    rests: bool = False  # a stop or take-profit that becomes a limit order at `price`
    slides: bool = False  # a post-only order that steps back where it would cross
    display_size: str | None = None  # an iceberg: how much of it shows at a time
    close_position: bool = False  # a stop or take-profit for all there is when it fires
    expires_ms: int | None = None  # it ends at this time
    before_ms: int | None = None  # refused when it comes later than this


class AmendBody(Body):
    """New open size, price or trigger of an order; what is absent stays."""

    size: str | None = None
    price: str | None = None
    trigger_price: str | None = None
    before_ms: int | None = None  # refused when it comes later than this


class CancelAllBody(Body):
    """End all orders, of one market or (absent) of all."""

    symbol: str | None = None


class CloseBody(Body):
    """Close a position at market, whole or in part."""

    size: str | None = None
    leg: LegName | None = None  # in hedge mode
    client_id: str = ""


class MarginBody(Body):
    """Practice money into (above zero) or out of (below zero) an isolated position."""

    amount: str


class TransferBody(Body):
    """Practice money between the money for spot (`cash`) and the money for futures (`flex`)."""

    asset: str
    amount: str
    source: Literal["cash", "flex"]
    target: Literal["cash", "flex"]


class LeverageBody(Body):
    """Isolated at this leverage, or cross when null; with a `margin_mode`, that mode's leverage."""

    symbol: str
    leverage: str | None  # cross: null leaves initial margin to the tiers
    margin_mode: Literal["cross", "isolated"] | None = None


class PositionModeBody(Body):
    """One position a market, or a long and a short leg in those that allow it."""

    mode: PositionModeName


class TopUpBody(Body):
    """Isolated margin here is topped up by itself before it is liquidated, or not."""

    symbol: str
    enabled: bool


class RiskLimitBody(Body):
    """A risk limit of at least this much money, in the asset that the market settles in."""

    symbol: str
    limit: str


class TermsBody(Body):
    """New values of a term, in the units of a rulebook file; `effective_ms` null: at once."""

    symbol: str
    term: TermName
    values: list[str]  # tier: initial, maintenance; margin_factor the same; fees: maker, taker
    tier: int = 0  # of tier, tier_bound and fees, from 0
    effective_ms: int | None = None


class ClockBody(Body):
    """What the world's clock is to do. `speed` for action speed, `step_ms` for action step."""

    action: Literal["pause", "resume", "speed", "step"]
    speed: str | None = None
    step_ms: int | None = None


class RunBody(Body):
    """Go on, as fast as it goes, until something happens; the world is paused there.

    `fill` and `liquidation`: of `of`, an account's name, or of anybody. `symbol`: in that market;
    a price needs one. Without it in `limit_ms` of world time, it stops there.
    """

    until: Literal["event", "fill", "funding", "liquidation", "price", "time"]
    of: str = ""
    symbol: str = ""
    price: str | None = None
    signal: SignalName = "mark"
    limit_ms: int = 86_400_000


class WorldBody(Body):
    """A further world, by the name of a shipped scenario."""

    scenario: str


class BranchBody(Body):
    """From when a branch goes its own way: after a seq, at a world time, or now (neither)."""

    seq: int | None = None
    time_ms: int | None = None
    name: str = ""


class TitleBody(Body):
    """What a world is called."""

    title: str


class FileBody(Body):
    """An exported world's file in the venue's `exports` folder, and the name it is to have."""

    file: str
    name: str = ""


class WhatIfBody(Body):
    """One thing about an account's past done otherwise (`longshore.practice.counterfactual`)."""

    change: str = ""
    rulebook: str = ""
    symbol: str = ""
    seq: int | None = None
    time_ms: int | None = None
    until_ms: int | None = None
    flow: Literal["agents", "frozen"] = "agents"


class AccountBody(Body):
    """A new account and its first deposits: asset code to amount, into the flex wallet."""

    name: str
    deposits: dict[str, str] = {}


class DepositBody(Body):
    """Practice money for an account."""

    account: str
    asset: str
    amount: str
    wallet: Literal["cash", "flex", "coin"] = "flex"  # coin: what markets in that coin settle in


class KeyBody(Body):
    """A new API key of an account."""

    account: str
    permissions: tuple[Permission, ...] = ("read", "trade", "transfer")


# --- about the venue


class About(Reply):
    """What this is, and what it is not."""

    name: str
    version: str
    banner: str
    banner_line: str  # what a screen says of it in one line
    realism: str  # how the fills and prices came about, for the chip on every trade
    disclaimers: list[str]
    rulebook: str
    venue: str
    region: str
    as_of: str
    world: str
    feed: str
    engine: Literal["plain", "jit", "checked"]
    faithful: bool
    unverified: list[str]  # the values of the rulebook without a checked source
    default_symbol: str
    account: str


class ClockState(Reply):
    """Where the world's clock stands."""

    world_time: int
    wall_time: int
    paused: bool
    speed: str
    mode: Literal["real", "manual"]  # manual: paused, world time moves by steps only


class RunResult(Reply):
    """Where it stands now. `met`: what was waited for has happened."""

    met: bool
    seq: int
    clock: ClockState


class WorldInfo(Reply):
    """A world of this venue. Times in milliseconds; `note` says why it was ended, if unasked."""

    name: str
    scenario: str
    title: str
    path: str  # "" for the main world, else "/w/name"
    running: bool
    owner: str = ""
    parent: str = ""
    parent_seq: int = 0
    parent_time: int = 0
    seq: int = 0
    world_time: int = 0
    size_bytes: int = 0
    memory_bytes: int = 0
    viewers: int = 0
    resting: bool = False  # paused because nobody looks; goes on with the next request
    note: str = ""


class WorldGone(Reply):
    """A world that is not here any more, and the branches that were made whole."""

    name: str
    made_whole: list[str]


class WorldFile(Reply):
    """A world as a file in the venue's `exports` folder."""

    name: str
    file: str
    seq: int
    world_time: int


class AccountSide(Reply):
    """An account in one of two worlds: what it has, holds, and what happened since they parted."""

    name: str
    seq: int
    world_time: int
    equity: str
    positions: list[PositionSide]
    points: list[EquityPoint]
    events: list[EventSide]
    events_left_out: int


class PositionSide(Reply):
    """A position of one side."""

    symbol: str
    size: str
    entry: str
    mark: str
    pnl: str


class EquityPoint(Reply):
    """What the account had at a world time."""

    time: int
    equity: str


class EventSide(Reply):
    """One thing that happened to the account."""

    seq: int
    time: int
    kind: str
    symbol: str
    price: str
    size: str


class SideBySide(Reply):
    """An account in two worlds that were one until `seq`."""

    account: str
    seq: int
    time: int
    left: AccountSide
    right: AccountSide


class WhatIfEnding(Reply):
    """How it ended, one way. `kept`: all the account has; `paid_in`: of that, from outside."""

    end: str
    told: str
    entry: str
    liquidated_at: str
    ended_at: str
    kept: str
    paid_in: str
    refusals: list[str]
    digest: str


class WhatIfAnswer(Reply):
    """Both ways, and the answer in sentences. `reproduced`: unchanged it came to the same state."""

    account: str
    market: str
    change: str
    flow: str
    agents_changed: bool
    reproduced: bool | None
    before: WhatIfEnding
    after: WhatIfEnding
    told: list[str]


class ScenarioInfo(Reply):
    """A scenario that can be started."""

    name: str
    title: str
    description: str


class Worlds(Reply):
    """What runs and what could. Limits: worlds at once, in all, and the memory of each."""

    worlds: list[WorldInfo]
    scenarios: list[ScenarioInfo]
    running_max: int
    worlds_max: int
    memory_max_bytes: int
    rest_after_s: int
    end_after_s: int


# --- markets


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


class FundingNow(Reply):
    """Funding of a perpetual, in words first."""

    rate: str  # relative, of this interval, per interval
    rate_pct: str
    predicted: str  # relative, of the next interval, as it stands
    next_ms: int
    text: str  # who pays whom how much on 10,000 USD


class Market(Reply):
    """A market's terms and where it stands."""

    symbol: str
    title: str
    kind: MarketKindName
    expiry_ms: int | None  # of a dated future
    base: str
    quote: str
    settle: str  # the asset that it pays in and is margined by
    inverse: bool  # a unit of size is worth contract_value of the quote, paid in coins
    contract_value: str  # else: of the base, or what it pays for each unit of the price
    state: MarketStateName
    tick_size: str
    lot_size: str
    price_decimals: int
    size_decimals: int
    leverage_max: str | None
    leverage_preference: str | None  # of the account asked for; null: cross
    leverage_cross: str | None  # what its cross margin is raised to; null: the tiers' alone
    top_up: bool | None  # whether its isolated margin is topped up; null: never, here
    mark: str | None
    last: str | None
    index: str | None
    index_age_ms: int | None
    funding: FundingNow | None
    open_interest: str
    volume_24h: str
    high_24h: str | None
    low_24h: str | None
    change_24h_pct: str | None
    maker_fee_pct: str
    taker_fee_pct: str


class Bar(Reply):
    """One candle."""

    time: int
    open: str
    high: str
    low: str
    close: str
    volume: str


class BookReply(Reply):
    """The best levels: [price, size, total size up to here], best first."""

    symbol: str
    seq: int
    time: int
    bids: list[tuple[str, str, str]]
    asks: list[tuple[str, str, str]]


class Trade(Reply):
    """One public match."""

    id: str
    time: int
    price: str
    size: str
    side: SideName  # the taker's
    liquidation: bool


class FundingRateRow(Reply):
    """One interval's rate."""

    time: int
    rate: str
    index: str


class FundingReply(Reply):
    """Funding of a market: now and before, newest first."""

    now: FundingNow | None
    rates: list[FundingRateRow]


# --- the account


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


class DepositResult(Reply):
    """A balance after a deposit or a transfer."""

    account: str
    asset: str
    wallet: str
    balance: str


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


# --- preview and explain


class Row(Reply):
    """One line of the receipt: before and after."""

    label: str
    before: str
    after: str
    key: str = ""  # size, entry, margin, liquidation, break_even, …


class Cost(Reply):
    """One line of what it costs."""

    label: str
    amount: str


class PreviewReply(Reply):
    """What an order would do, from the engine's own rules. `code` is a Reject's name or empty."""

    ok: bool
    reject: str
    reason: str
    field: str
    seq: int
    sentences: list[str]
    rows: list[Row]
    costs: list[Cost]
    liquidation: Liquidation | None
    submit_label: str


class Figure(Reply):
    """A number of an explanation, ready to show."""

    label: str
    value: str


class Moment(Reply):
    """Something that happened on the way to a liquidation, in words."""

    time: int
    text: str


class Standing(Reply):
    """A wallet's equity at a moment, and the maintenance margin it had to cover."""

    time: int
    equity: str
    maintenance: str


class ExplainReply(Reply):
    """Sentences and the numbers they stand on; of a liquidation also how it came about."""

    when: str
    sentences: list[str]
    numbers: list[Figure]
    moments: list[Moment] = []
    course: list[Standing] = []
    unit: str | None = None  # the coin that a liquidation's money is counted in; None: dollars


# --- the stream


class MarketMessage(Reply, tag="market"):
    """Where a market stands; what has not changed is sent again."""

    seq: int
    world_time: int
    symbol: str
    mark: str | None
    last: str | None
    index: str | None
    index_age_ms: int | None
    funding: FundingNow | None
    bids: list[tuple[str, str, str]]
    asks: list[tuple[str, str, str]]
    trades: list[Trade]  # new ones only, oldest first
    candle: Bar | None  # the open one-minute trade candle


class AccountMessage(Reply, tag="account"):
    """The account after something of its own happened, or its marks moved."""

    seq: int
    world_time: int
    account: AccountReply
    fills: list[Fill]  # new ones only, oldest first


class NoticeMessage(Reply, tag="notice"):
    """Something to say: a liquidation, a trigger, an engine that was handed over."""

    seq: int
    world_time: int
    code: str
    text: str
    symbol: str | None
    ref: str | None  # an order id, or a liquidation's id for /explain


class ClockMessage(Reply, tag="clock"):
    """The clock changed, or a second has passed."""

    seq: int
    world_time: int
    clock: ClockState


class SnapshotMessage(Reply, tag="snapshot"):
    """The first message of a stream, and the one after a reconnection."""

    seq: int
    world_time: int
    market: MarketMessage
    account: AccountMessage
    clock: ClockState


StreamMessage = MarketMessage | AccountMessage | NoticeMessage | ClockMessage | SnapshotMessage
