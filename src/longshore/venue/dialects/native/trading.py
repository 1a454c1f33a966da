"""Orders: place, amend, cancel, close; margin and leverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Leg, MarginMode, OrderType, Origin, Reject, Side, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.rows import Command, Event
from longshore.explain.figures import figures
from longshore.explain.words import added_margin_sentences
from longshore.venue.dialects.native import brackets, draft, planning
from longshore.venue.dialects.native.errors import (
    not_found,
    raise_refusal,
    refusal_in,
)
from longshore.venue.dialects.native.guardrails import orders as guarded
from longshore.venue.dialects.native.guardrails import stops
from longshore.venue.dialects.native.guardrails.orders import Opening
from longshore.venue.dialects.native.render import fill, money, order_reply
from longshore.venue.dialects.native.schema.account import (
    CancelResult,
    Fill,
    LeverageResult,
    MarginResult,
    OrderReply,
    OrderResult,
    PositionModeResult,
    RiskLimitResult,
    TopUpResult,
)
from longshore.venue.dialects.native.schema.bodies import (
    AmendBody,
    CancelAllBody,
    CloseBody,
    LeverageBody,
    MarginBody,
    OrderBody,
    PositionModeBody,
    RiskLimitBody,
    TopUpBody,
)
from longshore.venue.dialects.native.wire import Call, decimal
from longshore.venue.projections import orders
from longshore.venue.projections.fills import fill_of
from longshore.venue.projections.folding import MarketUnits, units_of
from longshore.venue.views import balance, find_order, position

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.projections.records import OrderRecord

_MODES = {
    None: MarginMode.BY_LEVERAGE,
    "cross": MarginMode.CROSS,
    "isolated": MarginMode.ISOLATED,
}
BRACKETS: dict[int, str] = {OrderType.STOP: "stop", OrderType.TAKE_PROFIT: "target"}
"""What an entry may bring along, by order type; its ids follow the entry's own."""


async def place_order(call: Call, body: OrderBody) -> OrderResult:
    """Place an order; the reply says what became of it. A repeated client id gets the first one."""
    market = draft.market_of(call.venue.catalog, body.symbol)
    body = brackets.as_prices(call, body)
    meant = planning.intent(call, market, body)
    command = draft.place_command(call, market, body)
    leverage_ppm = None if body.leverage is None else draft.leverage_ppm(body.leverage)
    await guarded.check(
        call, Opening(command, leverage_ppm, 0 if meant is None else meant.loss_atoms)
    )
    if body.leverage is not None:
        await _prefer(call, market, draft.leverage_ppm(body.leverage))
    result = await _place(call, market, command, body.client_id)
    if meant is not None:
        meant.keep(call, result)
    return result


async def _place(call: Call, market: MarketInfo, command: Command, client_id: str) -> OrderResult:
    texts = {0: client_id} if client_id else {}
    [events] = await call.venue.submit([command], texts)
    refusal = refusal_in(events)
    if refusal is not None and refusal.reject == Reject.CLIENT_ID_TAKEN:
        return await _first_under(call, market, int(refusal.order_id))
    raise_refusal(events)
    units = _units(call, market)
    order = orders.folded(events, client_id, units)
    fills = [
        fill(call.venue.catalog, fill_of(event, client_id, units))
        for event in events
        if event.kind == EventKind.TRADED and event.order_id == order.order_id
    ]
    result = _result(order_reply(market, order), fills)
    for event in events:
        if event.kind == EventKind.ORDER_PLACED and event.order_id != order.order_id:
            mine = (each for each in events if each.order_id == event.order_id)
            _add_bracket(result, market, orders.folded(mine, "", units))
    return result


def _result(order: OrderReply, fills: list[Fill], duplicate: bool = False) -> OrderResult:
    return OrderResult(order=order, fills=fills, stop=None, target=None, duplicate=duplicate)


def _add_bracket(result: OrderResult, market: MarketInfo, record: OrderRecord) -> None:
    """Name one of the two orders that an entry brought along."""
    if record.type in BRACKETS:
        setattr(result, BRACKETS[record.type], order_reply(market, record))


def _units(call: Call, market: MarketInfo) -> MarketUnits:
    return units_of(call.venue.view.markets[market.market_id])


async def _first_under(call: Call, market: MarketInfo, order_id: int) -> OrderResult:
    """The order a client id was first used for, as it is now, and its protective orders."""
    first = await _record(call, order_id)
    own = call.venue.catalog.market(first.market_id)
    fills = await call.venue.history.order_fills(call.account_id, order_id)
    result = _result(
        order_reply(own, first), [fill(call.venue.catalog, row) for row in fills], duplicate=True
    )
    for number in (order_id + 1, order_id + 2):
        found = await call.venue.history.order(call.account_id, number)
        if found is not None:
            _add_bracket(result, own, found)
    return result


async def _record(call: Call, order_id: int) -> OrderRecord:
    record = await call.venue.history.order(call.account_id, order_id)
    if record is None:
        raise not_found("order", "id")
    return record


async def amend_order(call: Call, body: AmendBody) -> OrderReply:
    """Change an open order's size, price or trigger."""
    order_id = draft.order_id_of(call.path["id"])
    market = _market_of_order(call, order_id)
    command = draft.amend_command(call, market, order_id, body)
    said = stops.checked(call, order_id, body)
    await _check_growth(call, order_id, command)
    [events] = await call.venue.submit([command])
    raise_refusal(events)
    if said is not None:
        entry = msgspec.structs.replace(said, seq=int(events[0].seq))
        call.venue.guardrails.note(call.account_id, entry)
    return order_reply(market, await _record(call, order_id))


async def _check_growth(call: Call, order_id: int, command: Command) -> None:
    """An order that is made larger is held up like one for what is added."""
    order = find_order(call.venue.view, call.account_id, order_id)
    if order is not None and command.qty_lots > order.qty_lots:
        added = int(command.qty_lots - order.qty_lots)
        await guarded.check(call, Opening(guarded.grown(order, added)))


def _market_of_order(call: Call, order_id: int) -> MarketInfo:
    order = find_order(call.venue.view, call.account_id, order_id)
    if order is None:
        raise not_found("order", "id")
    return call.venue.catalog.market(int(order.market_id))


async def cancel_order(call: Call) -> OrderReply:
    """End an open order; the stop and the target of an entry that opened nothing end with it."""
    order_id = draft.order_id_of(call.path["id"])
    command = _cancel_command(call, order_id)
    [events] = await call.venue.submit([command])
    raise_refusal(events)
    record = await _record(call, order_id)
    return order_reply(call.venue.catalog.market(record.market_id), record)


def _cancel_command(call: Call, order_id: int) -> Command:
    return Command(
        kind=CommandKind.CANCEL_ORDER,
        origin=Origin.USER,
        account_id=call.account_id,
        order_id=order_id,
    )


async def cancel_all(call: Call, body: CancelAllBody) -> CancelResult:
    """End all open orders, of one market or of all."""
    market_id = 0
    if body.symbol is not None:
        market_id = draft.market_of(call.venue.catalog, body.symbol).market_id
    command = Command(
        kind=CommandKind.CANCEL_ALL,
        origin=Origin.USER,
        account_id=call.account_id,
        market_id=market_id,
    )
    [events] = await call.venue.submit([command])
    raise_refusal(events)
    return CancelResult(ended=sum(_ends(event, call.account_id) for event in events))


def _ends(event: Event, account_id: int) -> bool:
    return event.kind == EventKind.ORDER_ENDED and event.account_id == account_id


async def close_position(call: Call, body: CloseBody) -> OrderResult:
    """Close a position at market, whole or in part; the order is reduce-only."""
    market = draft.market_of(call.venue.catalog, call.path["symbol"])
    leg = draft.LEGS[body.leg]
    place = market.market_id + (MARKETS_MAX if leg == Leg.SHORT else 0)
    held = int(position(call.venue.view, call.account_id, place).qty_lots)
    command = Command(
        kind=CommandKind.PLACE_ORDER,
        origin=Origin.USER,
        account_id=call.account_id,
        market_id=market.market_id,
        side=Side.SELL if held > 0 or leg == Leg.LONG else Side.BUY,
        type=OrderType.MARKET,
        qty_lots=abs(held) or 1 if body.size is None else draft.lots(market, body.size),
        reduce_only=1,
        leg=leg,
    )
    return await _place(call, market, draft.named(call, command, body.client_id), body.client_id)


async def add_margin(call: Call, body: MarginBody) -> MarginResult:
    """Move practice money between an isolated position and the wallet of what it settles in."""
    catalog = call.venue.catalog
    market = draft.market_of(catalog, call.path["symbol"])
    settle = market.settle
    amount_atoms = draft.atoms(settle, decimal(body.amount, "amount"))
    isolated = WalletKind.ISOLATED + market.market_id
    home = WalletKind.COIN + settle.asset_id if market.is_in_coins else WalletKind.FLEX
    source, target = int(home), isolated
    if amount_atoms < 0:
        source, target = target, source
    command = Command(
        kind=CommandKind.TRANSFER,
        origin=Origin.USER,
        account_id=call.account_id,
        asset_id=settle.asset_id,
        from_wallet=source,
        to_wallet=target,
        amount_atoms=abs(amount_atoms),
    )
    before = figures(call.venue.view, call.account_id, market.market_id)
    [events] = await call.venue.submit([command])
    raise_refusal(events)
    after = figures(call.venue.view, call.account_id, market.market_id)
    row = balance(call.venue.view, call.account_id, isolated, settle.asset_id)
    return MarginResult(
        account=call.account,
        asset=settle.symbol,
        wallet=f"isolated:{market.symbol}",
        balance=money(row.amount_atoms, catalog, settle.asset_id),
        sentences=added_margin_sentences(market, before, after, amount_atoms),
    )


async def set_leverage(call: Call, body: LeverageBody) -> LeverageResult:
    """Margin mode and leverage; without a mode isolated at a leverage, or cross when null."""
    market = draft.market_of(call.venue.catalog, body.symbol)
    ppm = 0 if body.leverage is None else draft.leverage_ppm(body.leverage)
    await guarded.check_leverage(call, ppm)
    await _prefer(call, market, ppm, _MODES[body.margin_mode])
    return LeverageResult(symbol=market.symbol, leverage=body.leverage)


async def set_position_mode(call: Call, body: PositionModeBody) -> PositionModeResult:
    """One position a market, or a long and a short leg; only while nothing is open."""
    command = Command(
        kind=CommandKind.SET_POSITION_MODE,
        origin=Origin.USER,
        account_id=call.account_id,
        value=int(body.mode == "hedge"),
    )
    [events] = await call.venue.submit([command])
    raise_refusal(events)
    return PositionModeResult(mode=body.mode)


async def set_top_up(call: Call, body: TopUpBody) -> TopUpResult:
    """Whether free money comes into an isolated position before it is liquidated."""
    market = draft.market_of(call.venue.catalog, body.symbol)
    command = Command(
        kind=CommandKind.SET_TOP_UP,
        origin=Origin.USER,
        account_id=call.account_id,
        market_id=market.market_id,
        value=int(body.enabled),
    )
    [events] = await call.venue.submit([command])
    raise_refusal(events)
    return TopUpResult(symbol=market.symbol, enabled=body.enabled)


async def set_risk_limit(call: Call, body: RiskLimitBody) -> RiskLimitResult:
    """A risk limit, where the market has such: both margin rates rise with it."""
    catalog = call.venue.catalog
    market = draft.market_of(catalog, body.symbol)
    command = Command(
        kind=CommandKind.SET_RISK_LIMIT,
        origin=Origin.USER,
        account_id=call.account_id,
        market_id=market.market_id,
        amount_atoms=draft.atoms(catalog.settlement, decimal(body.limit, "limit")),
    )
    [events] = await call.venue.submit([command])
    raise_refusal(events)
    limit = next(event for event in events if event.kind == EventKind.RISK_LIMIT_SET)
    return RiskLimitResult(symbol=market.symbol, limit=money(limit.amount_atoms, catalog))


async def _prefer(
    call: Call, market: MarketInfo, leverage_ppm: int, mode: MarginMode = MarginMode.BY_LEVERAGE
) -> None:
    """Set the leverage preference unless it is so already."""
    held = position(call.venue.view, call.account_id, market.market_id)
    isolated = leverage_ppm > 0 if mode == MarginMode.BY_LEVERAGE else mode == MarginMode.ISOLATED
    if held.leverage_ppm == leverage_ppm and held.isolated == isolated:
        return
    command = Command(
        kind=CommandKind.SET_LEVERAGE,
        origin=Origin.USER,
        account_id=call.account_id,
        market_id=market.market_id,
        leverage_ppm=leverage_ppm,
        value=mode,
    )
    [events] = await call.venue.submit([command])
    raise_refusal(events)
