"""What an order would do if it were sent now: tried on a copy of the state by the engine itself.

So a preview and the venue cannot disagree: a refusal is the engine's own, a fill is from the book
as it stands, and every figure after it is read from the resulting state.
"""

from __future__ import annotations

from longshore.engine.codes import Reject, Side
from longshore.engine.rows import Event, Market
from longshore.engine.state import State
from longshore.engine.value import value_atoms as value_of_fill
from longshore.explain import format as fmt
from longshore.explain import words
from longshore.explain.before import Outcome, before, submit_label
from longshore.explain.figures import Figures, figures
from longshore.explain.moves import DayMoves
from longshore.explain.position import break_even
from longshore.explain.sentences import say
from longshore.practice.receipt import Cost, Draft, Preview, Row, cost, refused, row
from longshore.practice.spot_preview import preview_spot
from longshore.practice.trial import Trial
from longshore.rulebooks import MarketInfo, Rulebook

STOP_BEYOND, STOP_WRONG_SIDE = "STOP_BEYOND_LIQUIDATION", "STOP_WRONG_SIDE"


def preview(
    view: State, rulebook: Rulebook, draft: Draft, moves: DayMoves | None = None
) -> Preview:
    """What an order would do now; nothing of `view` is changed."""
    command = draft.command
    if not 1 <= command.market_id <= view.markets_count:
        return refused(Reject.UNKNOWN_MARKET)
    market = rulebook.catalog.market(int(command.market_id))
    trial = Trial(view, command, draft.leverage_ppm)
    if trial.refusal != Reject.NONE:
        return refused(trial.refusal)
    if not market.is_margined:
        return preview_spot(view, market, trial)
    outcome = try_out(view, trial)
    made = receipt(view, market, trial, outcome, moves or DayMoves())
    return guarded(made, market, outcome, draft.stop_ticks)


def try_out(view: State, trial: Trial) -> Outcome:
    """The figures before and after, the rest of a resting order taken as filled."""
    command = trial.command
    account_id, market_id = int(command.account_id), int(command.market_id)
    held = figures(view, account_id, market_id)
    left, rests = trial.left_lots, trial.rests
    trades = trial.trades + (trial.fill_rest() if rests else [])
    market = view.markets[market_id]
    return Outcome(
        side=int(command.side),
        asked_lots=int(trial.placed.open_lots),
        taken_lots=trial.taken_lots,
        left_lots=left,
        price_ticks=int(trial.placed.price_ticks),
        rests=rests,
        signal=int(command.signal),
        trigger_ticks=int(command.trigger_ticks),
        fee_atoms=sum(int(event.fee_atoms) for event in trades),
        traded_atoms=sum(value_atoms(market, event) for event in trades),
        before=held,
        after=figures(trial.after, account_id, market_id),
    )


def value_atoms(market: Market, traded: Event) -> int:
    """The value of a fill at its price."""
    return int(value_of_fill(market, traded.price_ticks, traded.qty_lots))


def receipt(
    view: State, market: MarketInfo, trial: Trial, outcome: Outcome, moves: DayMoves
) -> Preview:
    """Rows, costs, sentences and the button's words of an accepted order."""
    return Preview(
        ok=True,
        sentences=before(trial.after, market, outcome, moves),
        rows=rows(market, outcome),
        costs=costs(view, market, trial, outcome),
        held=outcome.after,
        submit_label=submit_label(market, outcome),
    )


def rows(market: MarketInfo, outcome: Outcome) -> list[Row]:
    """Size, entry, margin, leverage, liquidation, break-even and free money, before and after."""
    pairs = zip(_cells(market, outcome.before), _cells(market, outcome.after), strict=True)
    return [row(key, old, new) for (key, old), (_, new) in pairs]


def _cells(market: MarketInfo, held: Figures) -> list[tuple[str, str]]:
    none = "–"
    has = held.qty_lots != 0
    liquidation = words.liquidation(held, market, DayMoves()).price
    return [
        ("size", f"{words.side(held)} {fmt.size(market, held.qty_lots)}" if has else say("flat")),
        ("entry", fmt.price(market, held.entry_subticks) if has else none),
        ("margin", fmt.amount(market, held.margin_atoms) if has else none),
        ("leverage", f"{fmt.times(held.value_atoms, held.margin_atoms)}x" if has else none),
        ("liquidation", liquidation if has else none),
        ("break_even", break_even(held, market) if has else none),
        ("free", fmt.amount(market, held.free_atoms)),
    ]


def costs(view: State, info: MarketInfo, trial: Trial, outcome: Outcome) -> list[Cost]:
    """Fee, half the spread and slippage of what trades at once, and funding for a day.

    spread = (best ask - best bid) / 2 * lots; slippage = what the fills are worse than the best.
    """
    market = view.markets[trial.command.market_id]
    touch, own, taken = trial.touch_ticks, trial.own_ticks, trial.taken_lots
    way = 1 if trial.command.side == Side.BUY else -1
    way = -way if market.inverse_factor else way  # of an inverse contract a dear buy is few coins

    def worse(price_ticks: int, than_ticks: int, lots: int) -> int:
        at, best = (value_of_fill(market, p, lots) for p in (price_ticks, than_ticks))
        return way * int(at - best)

    slip = sum(worse(int(e.price_ticks), touch, int(e.qty_lots)) for e in trial.trades)
    spread = abs(worse(touch, own, taken)) if own > 0 and touch > 0 else 0
    return [
        cost("fee", outcome.fee_atoms, info),
        cost("spread", spread // 2, info),
        cost("slippage", slip, info),
        cost("funding", -outcome.after.day_funding_atoms, info),
    ]


def guarded(made: Preview, market: MarketInfo, outcome: Outcome, stop_ticks: int) -> Preview:
    """T16: a stop that could not act is refused, with the reason."""
    after = outcome.after
    if stop_ticks == 0 or after.qty_lots == 0 or outcome.waits:
        return made
    way = 1 if after.is_long else -1
    stop = int(market.price(stop_ticks).scaleb(market.base.price_decimals))
    text = f"{market.price(stop_ticks):,f}"
    if way * stop >= way * after.mark_subticks:
        made.ok, made.reject = False, STOP_WRONG_SIDE
        made.reason = say("stop-wrong-side", stop=text)
    elif after.liquidation.state == "price" and way * stop <= way * after.liquidation.subticks:
        made.ok, made.reject = False, STOP_BEYOND
        liq = fmt.price(market, after.liquidation.subticks)
        made.reason = say("stop-beyond", stop=text, liq=liq)
    return made
