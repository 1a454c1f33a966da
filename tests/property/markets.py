"""A small venue by hand: four perpetuals, one spot market, five assets."""

from __future__ import annotations

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
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Asset, FeeTier, Market, Tier

USD, XBT, ETH, SOL, DOGE = 1, 2, 3, 4, 5
PF_XBT, PF_ETH, PF_SOL, PF_DOGE, SPOT_XBT, PI_XBT, QUANTO_ETH = range(1, 8)
FF_XBT, FI_XBT, FF_ETH, PF_GONE = range(8, 12)
PERPETUALS = (PF_XBT, PF_ETH, PF_SOL, PF_DOGE)
IN_COINS = (PI_XBT, QUANTO_ETH)
SECOND_US = 1_000_000
HOUR_US = 3_600 * SECOND_US
START_US = 1_000_000 * SECOND_US
DOLLAR_SUBTICKS = 10**10
DOLLAR = 10**8
XBT_ELSEWHERE = 6
FIRST_PRICE = {XBT: 84_000, ETH: 3_000, SOL: 150, DOGE: 0.2, XBT_ELSEWHERE: 84_100}

KRAKEN_LADDER = [
    Step.CANCEL_ORDERS,
    Step.PARTIAL,
    Step.FULL,
    Step.ASSIGN,
    Step.COVERED,
    Step.UNWIND,
]


def assets(stale_after_us: int) -> list[Asset]:
    """Dollars and four coins; the last is no collateral."""
    coins = [(XBT, 10_000, 5_000, 2), (ETH, 10_000, 5_000, 3), (SOL, 75_000, 5_000, 4)]
    rows = [Asset(asset_id=USD, is_settlement=1, conversion_rank=1, value_divisor=DOLLAR_SUBTICKS)]
    for asset_id, haircut, fee, rank in [*coins, (DOGE, 1_000_000, 5_000, 0)]:
        rows.append(
            Asset(
                asset_id=asset_id,
                haircut_ppm=haircut,
                conversion_fee_ppm=fee,
                conversion_rank=rank,
                value_divisor=DOLLAR_SUBTICKS,
                stale_after_us=stale_after_us,
            )
        )
    return rows


def perpetual(market_id: int, asset_id: int, tick_subticks: int, tick_lot: int) -> Market:
    """A linear perpetual; tick_lot is the value in atoms of one lot at one tick."""
    return Market(
        market_id=market_id,
        kind=MarketKind.LINEAR_PERPETUAL,
        base_asset_id=asset_id,
        quote_asset_id=USD,
        tick_subticks=tick_subticks,
        atoms_per_tick_lot=tick_lot,
        value_divisor=tick_subticks // tick_lot,
        order_max_lots=10**7,
        position_max_lots=10**7,
        market_band_ppm=10_000,
        fee_schedule_id=1,
        fee_first=1,
        fee_count=2,
        tier_first=1,
        tier_count=3,
        margin_basis=MarginBasis.ENTRY,
        impact_lots=50,
        ema_num=2,
        ema_den=31,
        premium_cap_ppm=10_000,
        sample_us=SECOND_US,
        funding_interval_us=HOUR_US,
        rate_interval_us=8 * HOUR_US,
        rate_cap_e18=4 * 10**16,
        partial_ppm=100_000,
        partial_band_ppm=10_000,
        cover_band_ppm=50_000,
        assign_band_ppm=25_000,
        liquidation_fee_ppm=0,
    )


def inverse(market_id: int) -> Market:
    """A contract of one dollar, settled in XBT: tick 0.5 USD, tiers by contracts."""
    row = perpetual(market_id, XBT, 10**10, 10**4)
    row.kind, row.settle_asset_id = MarketKind.INVERSE_PERPETUAL, XBT
    row.tick_subticks, row.atoms_per_tick_lot, row.value_divisor = 5 * 10**9, 0, 0
    row.inverse_factor, row.atom_parts = 10**18, 10**12
    row.margin_basis, row.tier_unit = MarginBasis.MARK, TierUnit.LOTS
    row.impact_lots, row.tier_first, row.tier_count = 100, 6, 3
    return row


def quanto(market_id: int) -> Market:
    """On ETH, settled in XBT: 100 satoshi for each dollar of the price; tick 0.05 USD."""
    row = perpetual(market_id, ETH, 5 * 10**8, 5)
    row.settle_asset_id, row.impact_lots = XBT, 20
    row.atom_parts, row.margin_basis = 10**9, MarginBasis.MARK
    row.tier_first, row.tier_count = 9, 2
    return row


def future(row: Market, kind: MarketKind, lives_s: int) -> Market:
    """A perpetual made to expire, so many seconds from the storm's start; a minute's window."""
    row.kind, row.expiry_us = kind, START_US + lives_s * SECOND_US
    row.settle_window_us, row.settle_sample_us = 60 * SECOND_US, 10 * SECOND_US
    row.settle_fee_ppm, row.funding_interval_us = 500, 0
    return row


def dated() -> list[Market]:
    """A linear and an inverse future, one that is listed late, and a perpetual to be taken off."""
    linear, inversely = MarketKind.LINEAR_FUTURE, MarketKind.INVERSE_FUTURE
    late = future(perpetual(FF_ETH, ETH, 10**9, 10**4), linear, 1_300)
    late.listed_us = START_US + 100 * SECOND_US
    late.post_only_until_us = late.listed_us + 60 * SECOND_US
    return [
        future(perpetual(FF_XBT, XBT, 10**10, 10**4), linear, 500),
        future(inverse(FI_XBT), inversely, 900),
        late,
        perpetual(PF_GONE, SOL, 10**8, 10**4),
    ]


def spot(market_id: int, asset_id: int) -> Market:
    """XBT/USD: tick 0.1 USD, lot 0.0001 XBT."""
    return Market(
        market_id=market_id,
        kind=MarketKind.SPOT,
        base_asset_id=asset_id,
        quote_asset_id=USD,
        tick_subticks=10**9,
        atoms_per_tick_lot=10**3,
        lot_base_atoms=10**4,
        value_divisor=10**6,
        order_max_lots=10**7,
        market_band_ppm=10_000,
        fee_schedule_id=2,
        fee_first=3,
        fee_count=2,
    )


def terms(stale_after_us: int = 0) -> Setup:
    """The venue of the tests, with Kraken's numbers where a test relies on them."""
    markets = [
        perpetual(PF_XBT, XBT, 10**10, 10**4),
        perpetual(PF_ETH, ETH, 10**9, 10**4),
        perpetual(PF_SOL, SOL, 10**8, 10**4),
        perpetual(PF_DOGE, DOGE, 10**5, 10**3),
        spot(SPOT_XBT, XBT),
        inverse(PI_XBT),
        quanto(QUANTO_ETH),
    ]
    tiers = [
        (0, 10_000, 5_000),
        (10**6 * DOLLAR, 20_000, 10_000),
        (3 * 10**6 * DOLLAR, 40_000, 20_000),
    ]
    steep = [(0, 20_000, 10_000), (10_000 * DOLLAR, 50_000, 25_000)]
    by_lots = [(0, 20_000, 10_000), (5_000, 40_000, 20_000), (50_000, 100_000, 50_000)]
    in_xbt = [(0, 20_000, 10_000), (DOLLAR // 10, 50_000, 25_000)]
    markets[PF_SOL - 1].tier_first, markets[PF_SOL - 1].tier_count = 4, 2
    markets[PF_DOGE - 1].tier_first, markets[PF_DOGE - 1].tier_count = 4, 2
    all_tiers = [*tiers, *steep, *by_lots, *in_xbt]
    fees = [
        (0, 200, 500),
        (5 * 10**6 * DOLLAR, 150, 450),
        (0, 2_500, 4_000),
        (10_000 * DOLLAR, -200, 3_500),
    ]
    return Setup(
        assets(stale_after_us),
        markets,
        [Tier(from_size=f, initial_ppm=i, maintenance_ppm=m) for f, i, m in all_tiers],
        [FeeTier(from_atoms=f, maker_ppm=m, taker_ppm=t) for f, m, t in fees],
        list(KRAKEN_LADDER),
    )


def takeover_terms() -> Setup:
    """Stormy terms of venues where the insurance fund takes over, with other margins besides."""
    made = stormy_terms()
    made.ladder = [Step.CANCEL_ORDERS, Step.PARTIAL, Step.TAKEOVER, Step.UNWIND]
    made.cancel_on_initial = 0
    made.markets[PF_XBT - 1].margin_slope_e12 = 3_000_000
    made.markets[PF_ETH - 1].maintenance_fee_ppm = 500
    made.markets[PI_XBT - 1].maintenance_fee_ppm = 500
    doge = made.markets[PF_DOGE - 1]
    doge.margin_slope_e12, doge.tier_count = 1_000, 1
    return made


def margin_terms() -> Setup:
    """Stormy terms with margins that others, or the size's root, decide."""
    made = stormy_terms()
    made.cancel_on_initial = 0
    xbt, eth, sol, doge = (made.markets[m - 1] for m in (PF_XBT, PF_ETH, PF_SOL, PF_DOGE))
    xbt.margin_root_e12, xbt.tier_count = 4 * 10**8, 1
    eth.interest_low_atoms, eth.interest_high_atoms = 20_000 * DOLLAR, 300_000 * DOLLAR
    sol.interest_low_atoms, sol.interest_high_atoms = 0, 500_000 * DOLLAR
    doge.interest_high_atoms = 200_000 * DOLLAR
    quanto_eth = made.markets[QUANTO_ETH - 1]
    quanto_eth.margin_root_e12, quanto_eth.tier_count = 2 * 10**9, 1
    made.markets[PI_XBT - 1].interest_high_atoms = DOLLAR
    for market_id, base, step in ((PF_XBT, 20_000, 15_000), (PF_ETH, 5_000, 3_000)):
        limited = made.markets[market_id - 1]
        limited.risk_base_atoms, limited.risk_step_atoms = base * DOLLAR, step * DOLLAR
    for market in made.markets:
        market.warn_us = 20 * SECOND_US
    coins = made.markets[QUANTO_ETH - 1]
    coins.risk_base_atoms, coins.risk_step_atoms = DOLLAR // 5, DOLLAR // 10
    coins.margin_basis = MarginBasis.ENTRY
    return made


def hedging_terms() -> Setup:
    """Stormy terms where most markets allow a long and a short leg."""
    made = stormy_terms()
    for number in (PF_XBT, PF_SOL, PF_DOGE, PI_XBT, FF_XBT, FI_XBT, PF_GONE):
        made.markets[number - 1].hedge_allowed = 1
    return made


def netted_terms() -> Setup:
    """Stormy terms where the sides of a coin are netted, legs and dated contracts among them."""
    made = hedging_terms()
    made.netting = 1
    for market in made.markets:
        market.partial_to_initial = market.market_id % 2
        if market.market_id in (FF_XBT, FI_XBT):
            market.expiry_us = START_US + 3_000 * SECOND_US
    return made


def topping_terms() -> Setup:
    """Stormy terms where isolated margin may be topped up, in all markets but one."""
    made = stormy_terms()
    for market in made.markets:
        market.top_up_allowed = int(market.market_id not in (SPOT_XBT, PF_DOGE))
    return made


def patient_terms() -> Setup:
    """Stormy terms where intervals shorten at the cap, and cash moves later than it is owed."""
    made = stormy_terms()
    xbt, eth, sol, doge, coins = (
        made.markets[m - 1] for m in (PF_XBT, PF_ETH, PF_SOL, PF_DOGE, PI_XBT)
    )
    eth.rate_cap_e18, eth.rate_floor_e18 = 4 * 10**14, -4 * 10**14
    eth.funding_short_us, eth.funding_long_us = 20 * SECOND_US, 120 * SECOND_US
    eth.funding_calm_after, eth.funding_at_us = 2, 7 * SECOND_US
    sol.funding_cash_us = 60 * SECOND_US
    xbt.funding_cash_us, xbt.funding_cash_at_us = 180 * SECOND_US, 60 * SECOND_US
    coins.funding_cash_us, doge.funding_cash_us = 240 * SECOND_US, 120 * SECOND_US
    coins.funding_at_us, coins.funding_cash_at_us = 25 * SECOND_US, 85 * SECOND_US
    return made


def varied_funding(made: Setup) -> None:
    """Three more ways to sample and to charge, after those of Binance, Coinbase and BitMEX."""
    eth, sol, doge = (made.markets[m - 1] for m in (PF_ETH, PF_SOL, PF_DOGE))
    eth.premium_method, eth.premium_linear = PremiumMethod.IMPACT_INDEX, 1
    eth.funding_pay, eth.funding_price = FundingPay.AT_ONCE, FundingPrice.MARK
    eth.interest_e18, eth.damper_low_e18, eth.damper_high_e18 = 10**14, 5 * 10**14, 5 * 10**14
    eth.rate_interval_us, eth.premium_samples_min = 90 * SECOND_US, 30
    sol.premium_method, sol.rate_share_ppm = PremiumMethod.MARK, 750_000
    sol.rate_added_e18, sol.rate_change_e18 = 10**14, 10**15
    doge.premium_method, doge.impact_atoms = PremiumMethod.IMPACT_MARK, 400 * DOLLAR
    doge.funding_pay, doge.funding_lag, doge.funding_price = FundingPay.AT_ONCE, 1, 1
    quanto = made.markets[QUANTO_ETH - 1]
    quanto.premium_method, quanto.impact_atoms = PremiumMethod.IMPACT_INDEX, DOLLAR // 50


def stormy_terms() -> Setup:
    """The same with futures, short intervals, high funding, small tiers, a collar, stale prices."""
    made = terms(stale_after_us=300 * SECOND_US)
    made.markets += dated()
    for market in made.markets:
        market.settle_asset_id = market.settle_asset_id or USD
        market.atom_parts = market.atom_parts or 10**6
        market.sample_us = 10 * SECOND_US
        if not market.expiry_us:
            market.funding_interval_us = 60 * SECOND_US
        market.impact_lots = 5
        market.rate_interval_us, market.rate_cap_e18 = 60 * SECOND_US, 5 * 10**15
        market.liquidation_fee_ppm = 1_000
    for tier in made.tiers:
        tier.from_size //= 50
    made.fee_tiers[1].from_atoms //= 50
    sol, doge = made.markets[PF_SOL - 1], made.markets[PF_DOGE - 1]
    sol.cover_mark_ppm = 50_000
    varied_funding(made)
    sol.tier_whole, doge.margin_basis = 1, MarginBasis.MARK
    doge.collar_ppm = 30_000
    give_marks(made)
    made.markets[PF_ETH - 1].position_max_lots = 40_000
    return made


def give_marks(made: Setup) -> None:
    """Each market another mark; the first keeps index + smoothed premium."""
    of = MarkCandidate
    made.assets.append(
        Asset(
            asset_id=XBT_ELSEWHERE,
            haircut_ppm=1_000_000,
            value_divisor=DOLLAR_SUBTICKS,
            stale_after_us=200 * SECOND_US,
        )
    )
    eth, sol, doge = (made.markets[number - 1] for number in (PF_ETH, PF_SOL, PF_DOGE))
    eth.mark_method, eth.mark_candidates = MarkMethod.MEDIAN, of.SMOOTHED | of.FUNDED | of.LAST
    eth.mark_basis, eth.mark_window = MarkBasis.MID, 7
    sol.mark_candidates, sol.premium_cap_ppm = of.MID | of.LAST | of.SMOOTHED, 40_000
    doge.mark_window = 3
    coins, quanto_eth = made.markets[PI_XBT - 1], made.markets[QUANTO_ETH - 1]
    coins.mark_method, coins.mark_candidates = MarkMethod.MEDIAN, of.INDEX | of.QUOTES | of.EXTERNAL
    coins.external_asset_id = XBT_ELSEWHERE
    quanto_eth.mark_candidates, quanto_eth.mark_basis = of.FUNDED | of.SMOOTHED, MarkBasis.MID
    quanto_eth.mark_method = MarkMethod.MEDIAN
