"""The outcome of a course: its end, its costs, and what the venue refused, in words and numbers."""

from __future__ import annotations

from longshore.engine.codes import OrderType, Reject, Role
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain import format as fmt
from longshore.explain.episode import NoLiquidationError
from longshore.explain.liquidation import liquidation
from longshore.explain.outcomes import refused
from longshore.explain.sentences import say
from longshore.practice.compare.costs import amount, costs
from longshore.practice.compare.course import Course
from longshore.practice.compare.outcome import Amount, Costs, End, Outcome, RefusedOrder, thinned
from longshore.practice.compare.rules import Fitted, Rule
from longshore.rulebooks import AssetInfo, MarketInfo

CLOSED_BY: dict[OrderType, End] = {OrderType.STOP: "stopped", OrderType.TAKE_PROFIT: "target"}
ADL = (Role.UNWIND_BANKRUPT, Role.UNWIND_COUNTERPARTY)


def outcome(course: Course, fitted: Fitted) -> Outcome:
    """What became of it. The course has entered, and been followed as far as it was wanted."""
    asset = course.market.quote
    start_atoms = _start(course)
    end = end_of(course)
    refusals = _refusals(course, fitted)
    why = refusals[0].reason if refusals else say("compare-nothing-filled")
    starts = [e for e in course.events if e.kind == EventKind.LIQUIDATION_STARTED]
    first = starts[0] if starts else None
    trades = _trades(course)
    return Outcome(
        rulebook=fitted.id,
        title=fitted.title,
        market=fitted.symbol,
        end=end,
        told=say(f"compare-{end}", why=why) if end == "impossible" else say(f"compare-{end}"),
        filled=_filled(course) if end != "impossible" else None,
        entry_price=_entry(course),
        liquidation_price=_liquidation_price(course),
        liquidated_at=None if first is None else fmt.moment(first.time_us),
        liquidated_ms=None if first is None else int(first.time_us) // 1_000,
        liquidation_mark=None if first is None else price(course.market, first.mark_subticks),
        liquidations=len(starts),
        ended_at=fmt.moment(trades[-1].time_us) if trades and course.qty_lots == 0 else None,
        start=amount(asset, start_atoms),
        kept=amount(asset, course.worth_atoms()),
        costs=costs(course, start_atoms),
        adl=any(event.role in ADL for event in trades),
        refused=refusals,
        sentences=_sentences(course),
        points=thinned(course.points),
        unverified=[fitted.own_path(path) for path in _unverified(course)],
    )


def untaken(id_title: tuple[str, str], market: str, coin: str, refusal: RefusedOrder) -> Outcome:
    """The outcome under a rulebook on which the order log cannot even be placed."""
    nothing = Amount("0", coin)
    return Outcome(
        rulebook=id_title[0],
        title=id_title[1],
        market=market,
        end="impossible",
        told=say("compare-impossible", why=refusal.reason),
        start=nothing,
        kept=nothing,
        costs=Costs(**dict.fromkeys(Costs.__struct_fields__, nothing)),
        refused=[refusal],
    )


def end_of(course: Course) -> End:
    """How it ended, by the last fill."""
    trades = _trades(course)
    if not trades:
        return "impossible"
    forced = [event for event in trades if event.role > Role.TAKER]
    if course.qty_lots != 0:
        return "reduced" if forced else "lived"
    last = trades[-1]
    if last.role == Role.UNWIND_COUNTERPARTY:
        return "deleveraged"
    if last.role > Role.TAKER:
        return "liquidated"
    return CLOSED_BY[OrderType(last.type)]


def price(market: MarketInfo, subticks: int) -> Amount:
    """A mark with its unit, to the tick."""
    text = fmt.price(market, int(subticks)).replace(",", "")
    return Amount(text, f"{market.quote.code} per {market.base.code}")


def _trades(course: Course) -> list[Event]:
    mine = course.account_id
    return [e for e in course.events if e.kind == EventKind.TRADED and e.account_id == mine]


def _start(course: Course) -> int:
    """All that was put in, at the index of the entry."""
    view, total = course.view, 0
    for coin, given in course.parts.scenario.account[0].deposit.items():
        asset: AssetInfo = course.parts.catalog.asset(coin)
        row = view.assets[asset.asset_id]
        atoms = asset.atoms(given)
        index = course.entry_indexes.get(asset.asset_id, int(row.index_subticks))
        total += atoms if asset.is_settlement else atoms * index // int(row.value_divisor)
    return total


def _filled(course: Course) -> Amount:
    trades = _trades(course)
    lots = sum(int(e.qty_lots) for e in trades if e.seq == trades[0].seq)
    coins = course.market.size(lots) * course.market.contract_value
    return Amount(f"{coins:f}", course.market.base.code)


def _entry(course: Course) -> Amount | None:
    held = course.opened
    if held is None or held.qty_lots == 0:
        return None
    return price(course.market, held.entry_subticks)


def _liquidation_price(course: Course) -> Amount | None:
    held = course.opened
    if held is None or held.liquidation.state != "price":
        return None
    return price(course.market, held.liquidation.subticks)


def _refusals(course: Course, fitted: Fitted) -> list[RefusedOrder]:
    """The refused entry with its rules; then orders of the trader that ended by a refusal."""
    found = []
    if course.reject != Reject.NONE:
        what = say("compare-order-mode" if course.mode_refused else "compare-order-entry")
        rules = fitted.refused_by(course.reject, course.market.symbol)
        found.append(RefusedOrder(what, course.reject.name, refused(course.reject), cited(rules)))
    for event in course.events:
        if event.kind == EventKind.ORDER_ENDED and event.reject:
            reject = Reject(event.reject)
            what = say(f"order-{OrderType(event.type).name.lower().replace('_', '-')}")
            found.append(RefusedOrder(what, reject.name, refused(reject), []))
    return found


def cited(rules: list[Rule]) -> list[str]:
    """Rules as a line each."""
    return [f"{rule.path} = {rule.value} [{rule.unit}] ({rule.cited()})" for rule in rules]


def _sentences(course: Course) -> list[str]:
    try:
        return liquidation(course.events, course.parts.rulebook).sentences
    except NoLiquidationError:
        return []


def _unverified(course: Course) -> list[str]:
    assets = course.parts.catalog.assets.values()
    view = course.view
    held = [a.symbol for a in assets if view.assets[a.asset_id].supply_atoms > 0]
    return course.parts.rulebook.unverified_used(course.parts.catalog.markets, held)
