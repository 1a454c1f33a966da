"""How far a price may go: bands around a named price.   ORDR-018, HALT-001, HALT-002"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import CollarFrom, MarketKind, Side
from longshore.engine.rows import Market, Order
from longshore.engine.state import State
from longshore.engine.units import PPM, larger, mul_div_floor, smaller


@rule
def furthest_subticks(state: State, market: Market, side: I64, band_ppm: I64) -> I64:
    """The highest price for a buy, or the lowest for a sell, inside a band.   HALT-001

    price + reach, reach = price * band_ppm / 10**6, rounded down. From a premium: index + reach +
    smoothed basis, but no nearer than the index, and no further than the outer band.
    """
    way = 1 if side == Side.BUY else -1
    if market.collar_from == CollarFrom.MARK:
        mark = market.mark_subticks
        return mark + way * mul_div_floor(mark, band_ppm, PPM)
    index = state.assets[market.base_asset_id].index_subticks
    reach = mul_div_floor(index, band_ppm, PPM)
    if market.collar_from == CollarFrom.INDEX:
        return index + way * reach
    reach = larger(0, reach + way * market.ema_subticks)
    if market.collar_most_ppm > 0:
        reach = smaller(reach, mul_div_floor(index, market.collar_most_ppm, PPM))
    return index + way * reach


@rule
def is_outside_collar(state: State, market: Market, draft: Order) -> bool:
    """Whether a limit reaches further than the market's collar.   ORDR-018, HALT-001"""
    if market.collar_ppm == 0 or market.kind == MarketKind.SPOT:
        return False
    bound = furthest_subticks(state, market, draft.side, market.collar_ppm)
    price = draft.price_ticks * market.tick_subticks
    return price > bound if draft.side == Side.BUY else price < bound


@rule
def band_taking(state: State, market: Market, draft: Order) -> None:
    """A market order's limit goes no further than the taking band, in whole ticks.   HALT-002"""
    if market.take_band_ppm == 0 or market.kind == MarketKind.SPOT:
        return
    bound = furthest_subticks(state, market, draft.side, market.take_band_ppm)
    ticks = larger(1, bound // market.tick_subticks)
    if draft.side == Side.BUY:
        draft.price_ticks = smaller(draft.price_ticks, ticks)
    else:
        ticks = larger(1, -(-bound // market.tick_subticks))
        draft.price_ticks = larger(draft.price_ticks, ticks)
