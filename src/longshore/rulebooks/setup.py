"""From a rulebook's decimals to the engine's rows. Every integer is exact, or refused by name."""

from __future__ import annotations

from decimal import Decimal

from longshore.engine.codes import (
    FundingPay,
    FundingPrice,
    MarginBasis,
    MarkBasis,
    MarkCandidate,
    MarketKind,
    MarkMethod,
    PremiumMethod,
    Step,
    TierUnit,
)
from longshore.engine.lifecycle import Setup, margin_jumps
from longshore.engine.limits import BASES_MAX, MARK_BAND_MAX_PPM, QTY_MAX_LOTS
from longshore.engine.rates import RATE_MAX_E18
from longshore.engine.rows import Asset, FeeTier, Market, Tier
from longshore.rulebooks.contracts import fill_calendar, fill_worth
from longshore.rulebooks.family_terms import PerpetualFamily
from longshore.rulebooks.intervals import fill_intervals
from longshore.rulebooks.ladders import fill_ladder
from longshore.rulebooks.market_terms import FeeSchedule, MarginedTerms, PairTerms, PerpetualTerms
from longshore.rulebooks.methods import fill_method
from longshore.rulebooks.numbers import PPM, CannotHoldError, whole
from longshore.rulebooks.order_rules import fill_orders
from longshore.rulebooks.terms import AssetTerms, Terms
from longshore.rulebooks.values import MarginTerms

E12 = 10**12
E18 = 10**18
MICROSECONDS = 10**6


def make_setup(terms: Terms) -> Setup:
    """The engine's rows of a rulebook. Lists hold row 1 first; markets point into shared tiers."""
    markets: list[Market] = []
    tiers: list[Tier] = []
    for symbol, perpetual in terms.perpetuals.items():
        row = perpetual_row(terms, symbol, first_tier=len(tiers) + 1)
        markets.append(row)
        tiers += margin_rows(terms, perpetual, f"perpetuals.{symbol}.tiers")
    markets += [pair_row(terms, symbol) for symbol in terms.pairs]
    for symbol, future in terms.futures.items():
        markets.append(future_row(terms, symbol, first_tier=len(tiers) + 1))
        tiers += margin_rows(terms, future, f"futures.{symbol}.tiers")
    assets = [asset_row(terms, symbol) for symbol in terms.assets]
    _check_numbering([row.asset_id for row in assets], "assets")
    _check_numbering([row.market_id for row in markets], "markets")
    return Setup(
        assets=assets,
        markets=markets,
        tiers=tiers,
        fee_tiers=fee_rows(terms.fees.linear, "fees.linear")
        + fee_rows(terms.fees.spot, "fees.spot"),
        ladder=[Step[name.upper()] for name in terms.liquidation.ladder.value],
        cancel_on_initial=int(terms.liquidation.cancel_on_initial.value),
        netting=int(bool(terms.perpetual.netting and terms.perpetual.netting.value)),
        settlement_asset_id=terms.assets[terms.settlement].id,
    )


def _check_numbering(ids: list[int], what: str) -> None:
    if ids != list(range(1, len(ids) + 1)):
        raise CannotHoldError(what, f"ids must count from 1 in the order of the file, not {ids}")


def asset_row(terms: Terms, symbol: str) -> Asset:
    """One asset. Settlement atoms = amount_atoms * index_subticks / value_divisor."""
    asset, path = terms.assets[symbol], f"assets.{symbol}"
    is_settlement = symbol == terms.settlement
    return Asset(
        asset_id=asset.id,
        haircut_ppm=whole(asset.haircut.value * PPM, f"{path}.haircut", "ppm"),
        conversion_fee_ppm=whole(asset.conversion_fee.value * PPM, f"{path}.conversion_fee", "ppm"),
        conversion_rank=asset.conversion_rank.value,
        value_divisor=_index_divisor(asset, terms.assets[terms.settlement], path),
        is_settlement=int(is_settlement),
        stale_after_us=whole(
            asset.stale_after_s.value * MICROSECONDS, f"{path}.stale_after_s", "us"
        ),
        index_subticks=10**asset.price_decimals if is_settlement else 0,
    )


def _index_divisor(asset: AssetTerms, settlement: AssetTerms, path: str) -> int:
    power = asset.decimals + asset.price_decimals - settlement.decimals
    return whole(Decimal(1).scaleb(power), f"{path}.decimals", "settlement atoms")


def perpetual_row(terms: Terms, symbol: str, first_tier: int) -> Market:
    """One perpetual; its margin tiers start at row `first_tier` of the shared list."""
    market, path = terms.perpetuals[symbol], f"perpetuals.{symbol}"
    row = _margined_row(terms, market, path, first_tier)
    _fill_rate(row, market, path)
    return row


def future_row(terms: Terms, symbol: str, first_tier: int) -> Market:
    """One dated future, by the rules of the perpetuals without their funding."""
    market, path = terms.futures[symbol], f"futures.{symbol}"
    row = _margined_row(terms, market, path, first_tier)
    fill_calendar(row, market, path)
    return row


def _margined_row(terms: Terms, market: MarginedTerms, path: str, first_tier: int) -> Market:
    row = Market(fee_schedule_id=terms.fees.linear.id)
    _fill_units(row, terms, market, path)
    fill_worth(row, terms, market, path)
    _fill_family(row, terms.perpetual)
    _fill_liquidation(row, terms)
    fill_orders(row, terms.orders)
    row.fee_first, row.fee_count = 1, len(terms.fees.linear.tiers)
    row.tier_first, row.tier_count = first_tier, len(market.tiers)
    row.position_max_lots = _lots(market.position_max.value, market, f"{path}.position_max")
    row.impact_lots = _lots(market.impact_size.value, market, f"{path}.impact_size")
    settle = terms.assets[terms.settles_in(market)]
    impact_atoms = market.impact_notional.value.scaleb(settle.decimals)
    row.impact_atoms = whole(impact_atoms, f"{path}.impact_notional", "atoms")
    slope = market.margin_slope.value * market.lot.value * E12
    row.margin_slope_e12 = whole(slope, f"{path}.margin_slope", "1e-12 a lot")
    if row.margin_slope_e12 > 0 and row.tier_count > 1:
        raise CannotHoldError(f"{path}.margin_slope", "goes with one tier only")
    fill_method(row, market, settle.decimals)
    return row


def _fill_rate(row: Market, market: PerpetualTerms, path: str) -> None:
    """Rates are for `funding_divisor` intervals; the cap is stated for one."""
    parts = market.funding_divisor.value
    row.rate_interval_us = row.funding_interval_us * parts
    cap = whole(market.funding_cap.value * E18, f"{path}.funding_cap", "1e-18") * parts
    if cap > RATE_MAX_E18:
        raise CannotHoldError(f"{path}.funding_cap", f"times funding_divisor {parts} is above 1")
    row.rate_floor_e18, row.rate_cap_e18 = -cap, cap
    if market.rate_change is not None:
        change = whole(market.rate_change.value * E18, f"{path}.rate_change", "1e-18")
        row.rate_change_e18 = change * parts


def pair_row(terms: Terms, symbol: str) -> Market:
    """One spot pair."""
    pair, path = terms.pairs[symbol], f"pairs.{symbol}"
    row = Market(kind=MarketKind.SPOT, fee_schedule_id=terms.fees.spot.id)
    _fill_units(row, terms, pair, path)
    row.fee_first, row.fee_count = len(terms.fees.linear.tiers) + 1, len(terms.fees.spot.tiers)
    row.market_band_ppm = whole(terms.spot.market_band.value * PPM, "spot.market_band", "ppm")
    base, quote = terms.assets[pair.base], terms.assets[terms.settlement]
    value = (pair.tick.value * pair.lot.value).scaleb(quote.decimals)
    row.atoms_per_tick_lot = whole(value, f"{path}.tick", "atoms a lot")
    divisor = Decimal(1).scaleb(base.price_decimals - quote.decimals) / pair.lot.value
    row.value_divisor = whole(divisor, f"{path}.lot", "parts of a sub-tick")
    base_atoms = pair.lot.value.scaleb(base.decimals)
    row.lot_base_atoms = whole(base_atoms, f"{path}.lot", "base atoms")
    return row


def _fill_units(row: Market, terms: Terms, market: MarginedTerms | PairTerms, path: str) -> None:
    base, quote = terms.assets[market.base], terms.assets[terms.settlement]
    row.market_id, row.base_asset_id, row.quote_asset_id = market.id, base.id, quote.id
    tick = market.tick.value.scaleb(base.price_decimals)
    row.tick_subticks = whole(tick, f"{path}.tick", "sub-ticks")
    row.order_max_lots = _lots(market.order_max.value, market, f"{path}.order_max")


def _lots(size: Decimal, market: MarginedTerms | PairTerms, path: str) -> int:
    lots = whole(size / market.lot.value, path, "lots")
    if lots > QTY_MAX_LOTS:
        raise CannotHoldError(path, f"{lots} lots are above the engine's {QTY_MAX_LOTS}")
    return lots


def _fill_family(row: Market, family: PerpetualFamily) -> None:
    row.margin_basis = MarginBasis[family.margin_basis.value.upper()]
    row.tier_whole = int(family.tier_method.value == "whole")
    row.tier_unit = TierUnit.LOTS if family.tier_unit.value == "size" else TierUnit.NOTIONAL
    modes = family.position_modes.value if family.position_modes else ()
    row.hedge_allowed = int("hedge" in modes)
    row.top_up_allowed = int(family.margin_top_up.value) if family.margin_top_up else 0
    fee = family.maintenance_fee.value * PPM
    row.maintenance_fee_ppm = whole(fee, "perpetual.maintenance_fee", "ppm")
    if margin_jumps(row):
        reason = "'whole' with a margin_basis of 'mark' would make margin jump as the mark moves"
        raise CannotHoldError("perpetual.tier_method", reason)
    row.market_band_ppm = whole(family.market_band.value * PPM, "perpetual.market_band", "ppm")
    row.collar_ppm = whole(family.collar.value * PPM, "perpetual.collar", "ppm")
    row.mark_method = MarkMethod[family.mark_method.value.upper()]
    chosen = {MarkCandidate[name.upper()] for name in family.mark_candidates.value}
    row.mark_candidates = sum(chosen)
    row.mark_basis = MarkBasis[family.mark_basis.value.upper()]
    row.mark_window = family.mark_window.value
    if row.mark_window > BASES_MAX:
        raise CannotHoldError("perpetual.mark_window", f"is above the engine's {BASES_MAX}")
    row.ema_num, row.ema_den = family.mark_ema_num.value, family.mark_ema_den.value
    cap = family.mark_premium_cap.value * PPM
    row.premium_cap_ppm = whole(cap, "perpetual.mark_premium_cap", "ppm")
    if row.premium_cap_ppm > MARK_BAND_MAX_PPM:
        most = Decimal(MARK_BAND_MAX_PPM) / PPM
        raise CannotHoldError("perpetual.mark_premium_cap", f"is above the engine's {most:f}")
    row.sample_us = whole(family.sample_s.value * MICROSECONDS, "perpetual.sample_s", "us")
    if family.change_warning_s:
        warning = family.change_warning_s.value * MICROSECONDS
        row.warn_us = whole(warning, "perpetual.change_warning_s", "us")
    _fill_funding(row, family)


def _fill_funding(row: Market, family: PerpetualFamily) -> None:
    row.premium_method = PremiumMethod[family.premium_method.value.upper()]
    row.premium_linear = int(family.premium_weights.value == "linear")
    row.premium_samples_min = family.premium_samples_min.value
    interval = family.funding_interval_s.value * MICROSECONDS
    row.funding_interval_us = whole(interval, "perpetual.funding_interval_s", "us")
    row.interest_e18 = whole(family.interest.value * E18, "perpetual.interest", "1e-18")
    damper = whole(family.damper.value * E18, "perpetual.damper", "1e-18")
    row.damper_low_e18 = row.damper_high_e18 = damper
    row.rate_added_e18 = whole(family.rate_added.value * E18, "perpetual.rate_added", "1e-18")
    row.rate_share_ppm = whole(family.rate_share.value * PPM, "perpetual.rate_share", "ppm")
    row.funding_pay = FundingPay[family.funding_pay.value.upper()]
    row.funding_lag = family.funding_lag.value
    row.funding_price = FundingPrice[family.funding_price.value.upper()]
    fill_intervals(row, family)


def _fill_liquidation(row: Market, terms: Terms) -> None:
    rules = terms.liquidation
    row.partial_ppm = whole(rules.partial_share.value * PPM, "liquidation.partial_share", "ppm")
    row.partial_band_ppm = whole(rules.partial_band.value * PPM, "liquidation.partial_band", "ppm")
    row.cover_band_ppm = whole(rules.cover_band.value * PPM, "liquidation.cover_band", "ppm")
    bound = rules.cover_mark_band.value * PPM
    row.cover_mark_ppm = whole(bound, "liquidation.cover_mark_band", "ppm")
    row.assign_band_ppm = whole(rules.assign_band.value * PPM, "liquidation.assign_band", "ppm")
    row.liquidation_fee_ppm = whole(rules.fee.value * PPM, "liquidation.fee", "ppm")
    fill_ladder(row, rules)


def margin_rows(terms: Terms, market: MarginedTerms, path: str) -> list[Tier]:
    """A market's margin tiers, lowest bound first, starting at zero."""
    by_size = terms.perpetual.tier_unit.value == "size"
    decimals = terms.assets[terms.settles_in(market)].decimals

    def bound(tier: MarginTerms, place: str) -> int:
        if by_size:
            return whole(tier.bound / market.lot.value, place, "lots")
        return whole(tier.bound.scaleb(decimals), place, "atoms")

    rows = [
        Tier(
            from_size=bound(tier.value, f"{path}.{index}"),
            initial_ppm=whole(tier.value.initial * PPM, f"{path}.{index}", "ppm"),
            maintenance_ppm=whole(tier.value.maintenance * PPM, f"{path}.{index}", "ppm"),
        )
        for index, tier in enumerate(market.tiers)
    ]
    _check_ascending([row.from_size for row in rows], path)
    return rows


def fee_rows(schedule: FeeSchedule, path: str) -> list[FeeTier]:
    """A schedule's fee tiers, lowest volume first, starting at zero."""
    rows = [
        FeeTier(
            from_atoms=whole(tier.value.volume_usd.scaleb(8), f"{path}.{index}", "atoms"),
            maker_ppm=whole(tier.value.maker * PPM, f"{path}.{index}", "ppm"),
            taker_ppm=whole(tier.value.taker * PPM, f"{path}.{index}", "ppm"),
        )
        for index, tier in enumerate(schedule.tiers)
    ]
    _check_ascending([row.from_atoms for row in rows], path)
    return rows


def _check_ascending(bounds: list[int], path: str) -> None:
    if not bounds or bounds[0] != 0 or bounds != sorted(set(bounds)):
        raise CannotHoldError(path, "bounds must start at 0 and ascend")
