"""A market's numbers: mark, index, last trade, the funding rate and who pays whom how much."""

from __future__ import annotations

from longshore.engine.codes import FundingPay, MarkCandidate, MarketKind, MarkMethod, Side
from longshore.engine.funding import mean_of_samples_e18, next_rate_e18
from longshore.engine.marking import best_subticks, external_subticks
from longshore.engine.rows import Market
from longshore.engine.units import PPM, mul_div_floor
from longshore.engine.value import has_funding
from longshore.engine.window import settlement_mean_subticks
from longshore.explain.sentences import say
from longshore.explain.trees.ground import COUNT, E18, PPM_SHARE, RATE, TIME, Ground, given, made
from longshore.explain.trees.node import Why
from longshore.explain.venue import TEN_THOUSAND_USD_ATOMS

KEYS = ("mark", "index", "last", "rate", "funding-line")
"""The numbers of a market; `rate` and `funding-line` only of one that has funding."""


def trees(ground: Ground, market_id: int) -> list[Why]:
    """All numbers of a market that it has now."""
    row = ground.market(market_id)
    found = [index(ground, row), last(ground, row)]
    if row.kind != MarketKind.SPOT:
        found.insert(0, mark(ground, row))
    if has_funding(row):
        found += [rate(ground, row), funding_line(ground, row)]
    return found


def index(ground: Ground, row: Market) -> Why:
    """The price of the coin outside, which a feed publishes (PRIC-001)."""
    asset_id = int(row.base_asset_id)
    exact = int(ground.view.assets[asset_id].index_subticks)
    return given("index", exact, ground.price(row), article="PRIC-001")


def last(ground: Ground, row: Market) -> Why:
    """What just traded: ticks times what a tick is."""
    tick = given(
        "tick", int(row.tick_subticks), ground.price(row), source=ground.own_source(row, "tick")
    )
    ticks = given("ticks", int(row.last_ticks), COUNT, article="ORDR-001")
    return made("last", ground.price(row), "product_down", [ticks, tick], article="PRIC-003")


def mark(ground: Ground, row: Market) -> Why:
    """The mark from its candidates, within its band around the index (PRIC-003, MARK-007).

    Where they have moved since it was last set, it is told as it was set.
    """
    if row.mark_subticks == 0:
        return given("mark", 0, ground.price(row), article="PRIC-003")
    found = _in_window(ground, row, _held(ground, row))
    if found.exact == row.mark_subticks:
        found.formula, found.article = say("why-mark"), "PRIC-003"
        return found
    stands = given("mark", int(row.mark_subticks), ground.price(row), article="MARK-007")
    stands.formula = say("why-mark-set")
    return stands


def _held(ground: Ground, row: Market) -> Why:
    """The chosen candidate, held to within the band (MARK-002, MARK-006)."""
    unit, base = ground.price(row), index(ground, row)
    share = given(
        "band-share", int(row.premium_cap_ppm), PPM_SHARE,
        source=ground.family_source("mark_premium_cap"),
    )  # fmt: skip
    band = made("band", unit, "product_down", [base, share], per=PPM)
    low, high = (made(f"band-{end}", unit, how, [base, band]) for end, how in _ENDS)
    found = _candidates(ground, row)
    how = "median" if row.mark_method == MarkMethod.MEDIAN else "first"
    source = ground.family_source("mark_candidates")
    chosen = (
        made("candidate", unit, how, found, article="MARK-002", source=source) if found else base
    )
    return made("mark", unit, "between", [chosen, low, high], article="MARK-006")


_ENDS = (("low", "less"), ("high", "sum"))


def _in_window(ground: Ground, row: Market, found: Why) -> Why:
    """On its way to the settlement price before expiry (LIFE-003)."""
    taken = int(row.settle_count)
    if taken == 0:
        return found
    unit = ground.price(row)
    mean = given("settle-mean", int(settlement_mean_subticks(row)), unit, article="LIFE-002")
    away = made("settle-away", unit, "less", [mean, found])
    samples = given("settle-taken", taken, COUNT, article="LIFE-002")
    every = given("settle-all", taken + int(row.settle_left), COUNT, article="LIFE-002")
    moved = made("settle-moved", unit, "part_down", [away, samples, every])
    return made("mark", unit, "sum", [found, moved], article="LIFE-003")


def _candidates(ground: Ground, row: Market) -> list[Why]:
    """The candidates that are there, in the engine's order (MARK-001)."""
    wanted = [each for each in MarkCandidate if int(row.mark_candidates) & each]
    found = (_CANDIDATES[each](ground, row) for each in sorted(wanted))
    return [each for each in found if each is not None and each.exact > 0]


def _book(ground: Ground, row: Market) -> list[Why]:
    unit = ground.price(row)
    best = [int(best_subticks(ground.view, row, side)) for side in (Side.BUY, Side.SELL)]
    return [
        given(key, exact, unit, article="MARK-001")
        for key, exact in zip(("best-bid", "best-ask"), best, strict=True)
    ]


def _quotes(ground: Ground, row: Market) -> Why | None:
    three = [*_book(ground, row), last(ground, row)]
    if not all(each.exact for each in three):
        return None
    return made("candidate-quotes", ground.price(row), "median", three, article="INDX-001")


def _mid(ground: Ground, row: Market) -> Why | None:
    two = _book(ground, row)
    if not all(each.exact for each in two):
        return None
    return made("candidate-mid", ground.price(row), "median", two, article="INDX-001")


def _smoothed(ground: Ground, row: Market) -> Why:
    unit = ground.price(row)
    basis = given(
        "smoothed-basis", int(row.ema_subticks), unit,
        article="MARK-004", source=ground.family_source("mark_ema_den"),
    )  # fmt: skip
    return made("candidate-smoothed", unit, "sum", [index(ground, row), basis], article="PRIC-003")


def _funded(ground: Ground, row: Market) -> Why:
    """The index and the part of the rate that is still to be paid (MARK-005)."""
    unit, base = ground.price(row), index(ground, row)
    interval = max(1, int(row.funding_interval_us))
    left = min(max(int(row.funding_next_us - ground.view.time_us), 0), interval)
    parts = [
        given("rate", int(row.funding_rate_e18), RATE, article="FUND-002"),
        given("time-left", left, TIME, article="FUND-004"),
        given("interval", interval, TIME, source=ground.family_source("funding_interval_s")),
    ]
    share = made("rate-left", RATE, "part_down", parts, article="MARK-005")
    still = made("funding-left", unit, "product_down", [base, share], per=E18)
    return made("candidate-funded", unit, "sum", [base, still], article="MARK-005")


def _external(ground: Ground, row: Market) -> Why:
    exact = int(external_subticks(ground.view, row))
    return given("candidate-external", exact, ground.price(row), article="MARK-008")


_CANDIDATES = {
    MarkCandidate.QUOTES: _quotes,
    MarkCandidate.MID: _mid,
    MarkCandidate.LAST: last,
    MarkCandidate.SMOOTHED: _smoothed,
    MarkCandidate.FUNDED: _funded,
    MarkCandidate.INDEX: index,
    MarkCandidate.EXTERNAL: _external,
}


def rate(ground: Ground, row: Market) -> Why:
    """The rate that the interval in hand pays (FUND-002, FUND-009)."""
    exact = int(next_rate_e18(row))
    if row.funding_pay != FundingPay.AT_ONCE or row.funding_lag:
        stands = given("rate", exact, RATE, article="FUND-002", source=_cap_source(ground, row))
        stands.formula = say("why-rate-set")
        return stands
    inputs = [
        rate_now(ground, row),
        given("interval", int(row.funding_interval_us), TIME,
              source=ground.family_source("funding_interval_s")),
        given("rate-interval", int(row.rate_interval_us), TIME,
              source=ground.own_source(row, "funding_divisor")),
    ]  # fmt: skip
    formula = say("why-rate")
    return made("rate", RATE, "nearest", inputs, exact=exact, formula=formula, article="RATE-011")


def _cap_source(ground: Ground, row: Market) -> str:
    return ground.own_source(row, "funding_cap")


def rate_now(ground: Ground, row: Market) -> Why:
    """The rate if the samples ended here: damped, smoothed, held back (RATE-012)."""
    premium = given("premium", int(mean_of_samples_e18(row)), RATE, article="FUND-001")
    interest = given(
        "interest", int(row.interest_e18), RATE, source=ground.family_source("interest")
    )
    damper = ground.family_source("damper")
    low = given("damper-low", -int(row.damper_low_e18), RATE, source=damper)
    high = given("damper-high", int(row.damper_high_e18), RATE, source=damper)
    toward = made("toward-interest", RATE, "less", [interest, premium])
    drawn = made("drawn", RATE, "between", [toward, low, high], article="RATE-008")
    added = given(
        "rate-added", int(row.rate_added_e18), RATE, source=ground.family_source("rate_added")
    )
    raw = made("rate-raw", RATE, "sum", [premium, drawn, added], article="RATE-008")
    return _held_back(ground, row, raw)


def _held_back(ground: Ground, row: Market, raw: Why) -> Why:
    """A share of the new rate on the last one, then the caps (RATE-009, RATE-010)."""
    before = given("rate-before", int(row.rate_e18), RATE, article="RATE-009")
    share = given(
        "rate-share", int(row.rate_share_ppm), PPM_SHARE, source=ground.family_source("rate_share")
    )
    every = given("whole", PPM, PPM_SHARE, article="RATE-009")
    change = made("rate-new", RATE, "less", [raw, before])
    step = made("rate-step", RATE, "nearest", [change, share, every], article="RATE-009")
    smooth = made("rate-smoothed", RATE, "sum", [before, step], article="RATE-009")
    most = given("rate-change-most", int(row.rate_change_e18), RATE, article="RATE-010")
    low = made("rate-change-low", RATE, "less", [before, most])
    high = made("rate-change-high", RATE, "sum", [before, most])
    near = made("rate-near", RATE, "between", [smooth, low, high], article="RATE-010")
    cap = _cap_source(ground, row)
    floor = given("rate-floor", int(row.rate_floor_e18), RATE, source=cap)
    top = given("rate-cap", int(row.rate_cap_e18), RATE, source=cap)
    return made("rate-whole", RATE, "between", [near, floor, top], article="RATE-010")


def funding_line(ground: Ground, row: Market) -> Why:
    """What $10,000 of position value pays at the end of the interval, without sign."""
    money = ground.money(ground.catalog.settlement.asset_id)
    of = rate(ground, row)
    size = made("rate-plain", RATE, "absolute", [of])
    value = given("ten-thousand", TEN_THOUSAND_USD_ATOMS, money, article="FUND-004")
    exact = mul_div_floor(abs(of.exact), TEN_THOUSAND_USD_ATOMS, E18)
    formula = say("why-funding-line")
    return made(
        "funding-line", money, "product_down", [size, value],
        per=E18, exact=exact, formula=formula, article="FUND-004",
    )  # fmt: skip
