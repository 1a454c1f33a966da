"""From the engine's whole units to this API's decimal strings."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import (
    MarketKind,
    OrderType,
    Phase,
    Reason,
    Role,
    Side,
    Signal,
    WalletKind,
)
from longshore.explain import format as fmt
from longshore.explain import words
from longshore.explain.outcomes import ended
from longshore.explain.sentences import say
from longshore.venue.dialects.native.schema.account import (
    CloseRow,
    Fill,
    FundingPaymentRow,
    LedgerRow,
    LiquidationRow,
    OrderReply,
)
from longshore.venue.dialects.native.schema.base import (
    Cause,
    OrderStatus,
    PhaseName,
    SideName,
    SignalName,
    TypeName,
)
from longshore.venue.dialects.native.schema.markets import Trade
from longshore.venue.projections.records import OrderRecord
from longshore.venue.views import ISOLATED_FROM

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.explain.closes import Close
    from longshore.explain.downtimes import Downtime
    from longshore.rulebooks import Catalog, MarketInfo
    from longshore.venue.projections.records import (
        Execution,
        FillRecord,
        FundingPayment,
        LedgerRecord,
        LiquidationRecord,
    )

US_PER_MS = 1_000
_NO_PRICE = (OrderType.MARKET, OrderType.STOP, OrderType.TAKE_PROFIT)  # their limit is a band
AVERAGE_PLACES = 2  # digits of an average price after the tick's own
E18 = 18
PPM_PER_PERCENT = 10_000

PHASES: dict[Phase, PhaseName] = {
    Phase.ANNOUNCED: "announced",
    Phase.CLOSING: "closing",
    Phase.DOWN: "down",
    Phase.OPENING: "opening",
}
TYPE_NAMES: dict[int, TypeName] = {
    OrderType.LIMIT: "limit",
    OrderType.MARKET: "market",
    OrderType.POST_ONLY: "post",
    OrderType.IOC: "ioc",
    OrderType.FOK: "fok",
    OrderType.STOP: "stop",
    OrderType.TAKE_PROFIT: "take_profit",
    OrderType.LIQUIDATION: "liquidation",
}
SIDE_NAMES: dict[int, SideName] = {Side.BUY: "buy", Side.SELL: "sell"}
SIGNAL_NAMES: dict[int, SignalName] = {
    Signal.MARK: "mark",
    Signal.INDEX: "index",
    Signal.LAST: "last",
}


CAUSES: dict[int, Cause] = {
    Role.LIQUIDATION: "liquidation",
    Role.PARTIAL_LIQUIDATION: "liquidation",
    Role.ASSIGNOR: "liquidation",
    Role.ASSIGNEE: "assignment",
    Role.COVERED: "liquidation",
    Role.TAKEN_OVER: "liquidation",
    Role.UNWIND_BANKRUPT: "liquidation",
    Role.UNWIND_COUNTERPARTY: "adl",
}
_DATED = (MarketKind.LINEAR_FUTURE, MarketKind.INVERSE_FUTURE)
_TYPE_CAUSES: dict[int, Cause] = {OrderType.STOP: "stop", OrderType.TAKE_PROFIT: "target"}


def ms(time_us: int) -> int:
    """Microseconds as epoch milliseconds."""
    return time_us // US_PER_MS


def phase(each: Downtime) -> PhaseName:
    """How far a maintenance is, in this API's words."""
    return PHASES[each.phase]


def text(value: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing."""
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def money(atoms: int, catalog: Catalog, asset_id: int = 0) -> str:
    """An amount of an asset, of the settlement asset unless another is named."""
    asset = catalog.asset(int(asset_id)) if asset_id else catalog.settlement
    return text(asset.amount(int(atoms)))


def price(market: MarketInfo, ticks: int) -> str:
    """An order price, with all the digits of its tick."""
    return f"{market.price(int(ticks)):f}"


def price_or_none(market: MarketInfo, ticks: int) -> str | None:
    """An order price, None when there is none."""
    return price(market, ticks) if ticks else None


def mark(market: MarketInfo, subticks: int) -> str | None:
    """A mark or index price rounded to the tick, None when there is none yet."""
    if not subticks:
        return None
    ticks = (market.mark(int(subticks)) / market.tick_size).quantize(Decimal(1), ROUND_HALF_EVEN)
    return f"{ticks * market.tick_size:f}"


def size(market: MarketInfo, lots: int) -> str:
    """A size."""
    return text(market.size(int(lots)))


def rate(rate_e18: int) -> str:
    """A funding rate."""
    return text(Decimal(int(rate_e18)).scaleb(-E18))


def rate_pct(rate_e18: int) -> str:
    """A funding rate as a percentage, to four decimals."""
    return f"{Decimal(int(rate_e18)).scaleb(2 - E18).quantize(Decimal('0.0001')):f}%"


def average(market: MarketInfo, value_atoms: int, lots: int) -> str | None:
    """The average price of a filled size, two digits finer than the tick."""
    if not lots:
        return None
    if not value_atoms:
        return None
    exact = market.settle.amount(value_atoms) / (market.size(lots) * market.contract_value)
    exact = 1 / exact if market.is_inverse else exact
    step = market.tick_size.scaleb(-AVERAGE_PLACES)
    return text(exact.quantize(step, ROUND_HALF_EVEN))


def order_reply(market: MarketInfo, order: OrderRecord) -> OrderReply:
    """One order."""
    return OrderReply(
        id=str(order.order_id),
        client_id=order.client_id,
        symbol=market.symbol,
        side=SIDE_NAMES[order.side],
        type=TYPE_NAMES[order.type],
        status=_status(order),
        size=size(market, order.qty_lots),
        filled=size(market, order.filled_lots),
        remaining=size(market, order.open_lots),
        price=price_or_none(market, order.price_ticks) if _has_price(order) else None,
        average_price=average(market, order.filled_value_atoms, order.filled_lots),
        trigger_price=price_or_none(market, order.trigger_ticks),
        trigger_signal=SIGNAL_NAMES.get(order.signal) if order.trigger_ticks else None,
        trail=price_or_none(market, order.trail_ticks),
        trail_percent=text(Decimal(order.trail_ppm) / PPM_PER_PERCENT) if order.trail_ppm else None,
        rests=bool(order.rests),
        close_position=bool(order.closes),
        display_size=size(market, order.display_lots) if order.display_lots else None,
        expires_ms=ms(order.expire_us) if order.expire_us else None,
        reduce_only=bool(order.reduce_only),
        linked_id=str(order.linked_id) if order.linked_id else None,
        placed_ms=ms(order.time_us),
        updated_ms=ms(order.updated_us),
        reason=Reason(order.reason).name if order.reason else "",
        reason_text=ended(order.reason),
    )


def _status(order: OrderRecord) -> OrderStatus:
    if order.ended:
        return "filled" if order.reason == Reason.FILLED else "ended"
    if not order.trigger_ticks or order.triggered_us:
        return "open"
    return "waiting" if order.open_lots or order.closes else "attached"


def _has_price(order: OrderRecord) -> bool:
    return order.type not in _NO_PRICE or bool(order.rests)


def fill(catalog: Catalog, record: FillRecord) -> Fill:
    """The account's side of a match."""
    market = catalog.market(record.market_id)
    settle = market.settle.asset_id
    by_type = _TYPE_CAUSES.get(record.type, "you")
    return Fill(
        id=f"{record.seq}-{record.index}",
        order_id=str(record.order_id),
        client_id=record.client_id,
        symbol=market.symbol,
        time=ms(record.time_us),
        side=SIDE_NAMES[record.side],
        role=Role(record.role).name.lower(),
        cause=CAUSES.get(record.role, by_type),
        price=price(market, record.price_ticks),
        size=size(market, record.qty_lots),
        value=money(record.value_atoms, catalog, settle),
        fee=money(record.fee_atoms, catalog, settle),
        fee_text=fmt.amount(market, record.fee_atoms),
        pnl=money(record.pnl_atoms, catalog, settle),
        pnl_text=fmt.amount(market, record.pnl_atoms),
        funding=money(record.funding_atoms, catalog, settle),
        position=size(market, record.position_lots),
    )


def cause_of(market: MarketInfo, close: Close | Event) -> Cause:
    """By whom or what a position was closed."""
    if not close.role:
        return "expiry" if market.kind in _DATED else "delisting"
    return CAUSES.get(int(close.role), _TYPE_CAUSES.get(int(close.type), "you"))


def close_row(catalog: Catalog, close: Close) -> CloseRow:
    """One close; a market that ended closed at its last mark."""
    market = catalog.market(close.market_id)
    settle = market.settle.asset_id
    cause = cause_of(market, close)
    ended = mark(market, close.mark_subticks) or "0"
    return CloseRow(
        id=f"{close.seq}-{close.index}",
        time=ms(close.time_us),
        symbol=market.symbol,
        side="long" if close.is_long else "short",
        cause=cause,
        cause_text=say(f"cause-{cause}"),
        price=price(market, close.price_ticks) if close.role else ended,
        size=size(market, close.qty_lots),
        left=size(market, close.left_lots),
        pnl=money(close.pnl_atoms, catalog, settle),
        pnl_text=fmt.amount(market, close.pnl_atoms),
        fee=money(close.fee_atoms, catalog, settle),
        fee_text=fmt.amount(market, close.fee_atoms),
        funding=money(close.funding_atoms, catalog, settle),
        funding_text=words.funding_told(close.funding_atoms, market),
    )


def trade(market: MarketInfo, record: Execution) -> Trade:
    """One public match."""
    return Trade(
        id=f"{record.seq}-{record.index}",
        time=ms(record.time_us),
        price=price(market, record.price_ticks),
        size=size(market, record.qty_lots),
        side=SIDE_NAMES[record.side],
        liquidation=record.role not in (Role.MAKER, Role.TAKER),
    )


def funding_payment(catalog: Catalog, record: FundingPayment) -> FundingPaymentRow:
    """Funding paid or received."""
    market = catalog.market(record.market_id)
    return FundingPaymentRow(
        symbol=market.symbol,
        time=ms(record.time_us),
        amount=money(record.funding_atoms, catalog, market.settle.asset_id),
        text=words.funding_told(record.funding_atoms, market),
        rate=rate(record.rate_e18),
        position=size(market, record.position_lots),
    )


def wallet_name(catalog: Catalog, kind: int) -> str:
    """cash, flex, isolated:SYMBOL, or coin:SYMBOL."""
    if kind < ISOLATED_FROM:
        return ("cash", "flex")[kind]
    if kind >= WalletKind.COIN:
        return f"coin:{catalog.asset(int(kind) - WalletKind.COIN).symbol}"
    return f"isolated:{catalog.market(int(kind) - ISOLATED_FROM).symbol}"


def ledger_row(catalog: Catalog, record: LedgerRecord) -> LedgerRow:
    """One move of money."""
    return LedgerRow(
        id=f"{record.seq}-{record.index}-{record.leg}",
        time=ms(record.time_us),
        wallet=wallet_name(catalog, record.wallet),
        asset=catalog.asset(record.asset_id).symbol,
        amount=money(record.amount_atoms, catalog, record.asset_id),
        amount_text=_amount_text(catalog, record.amount_atoms, record.asset_id),
        balance=money(record.balance_atoms, catalog, record.asset_id),
        balance_text=_amount_text(catalog, record.balance_atoms, record.asset_id),
        reason=Reason(record.reason).name.lower(),
        symbol=catalog.market(record.market_id).symbol if record.market_id else None,
        order_id=str(record.order_id) if record.order_id else None,
    )


def _amount_text(catalog: Catalog, atoms: int, asset_id: int) -> str:
    """Money as sentences write it; coins have no cents and keep all their digits."""
    asset = catalog.asset(asset_id)
    if asset.is_settlement:
        return fmt.money(atoms)
    return fmt.coins(asset, atoms)


def liquidation_row(catalog: Catalog, record: LiquidationRecord) -> LiquidationRow:
    """A liquidation in the list; `/explain` tells it."""
    market = catalog.market(record.market_id) if record.market_id else None
    settle = market.settle if market else catalog.settlement
    return LiquidationRow(
        id=f"{record.seq}-{record.index}",
        time=ms(record.time_us),
        ended=ms(record.ended_us) if record.ended_us else None,
        wallet=wallet_name(catalog, record.wallet),
        symbol=market.symbol if market else None,
        equity=money(record.equity_atoms, catalog, settle.asset_id),
        equity_text=_amount_text(catalog, record.equity_atoms, settle.asset_id),
        margin=money(record.margin_atoms, catalog, settle.asset_id),
        margin_text=_amount_text(catalog, record.margin_atoms, settle.asset_id),
        mark=mark(market, record.mark_subticks) if market else None,
        closed=bool(record.closed),
    )
