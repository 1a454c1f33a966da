"""What one position asks for: its notional, maintenance and initial margin, term by term."""

from __future__ import annotations

from collections.abc import Iterator

from longshore.engine.codes import MarginBasis, TierUnit
from longshore.engine.margin import (
    buy_side_atoms,
    requirement_with_orders,
    sell_side_atoms,
    tier_top,
)
from longshore.engine.methods import root_rate_e12, sloped_rate_e12, with_factor
from longshore.engine.rows import Market, Position
from longshore.engine.units import E12, PPM
from longshore.engine.value import value_at
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.explain.trees.ground import (
    E12_SHARE,
    PPM_SHARE,
    TIMES,
    Ground,
    given,
    made,
)
from longshore.explain.trees.node import Why


def worth(ground: Ground, market: Market, qty_lots: int) -> Why:
    """The signed value of a size at the mark (CONT-001, CONT-002)."""
    money = ground.money(int(market.settle_asset_id))
    size = given("size", qty_lots, ground.lots(market), article="CONT-001")
    price = given("mark", int(market.mark_subticks), ground.price(market), article="PRIC-003")
    formula = say("why-value")
    if market.inverse_factor == 0:
        inputs = [price, size]
        how, per = "product_down", int(market.value_divisor)
    elif market.mark_subticks == 0:
        return given("value", 0, money, article="CONT-002")
    else:
        inputs, how, per = [size, price], "inverse_worth", int(market.inverse_factor)
        formula = say("why-value-inverse")
    return made(
        "value", money, how, inputs, per=per, formula=formula, article="CONT-001",
        exact=value_at(market, market.mark_subticks, qty_lots),
    )  # fmt: skip


def notional(ground: Ground, market: Market, position: Position) -> Why:
    """What margin is charged on: entry value or value at mark, without sign."""
    money = ground.money(int(market.settle_asset_id))
    if market.margin_basis == MarginBasis.ENTRY:
        of = given("entry-value", int(position.entry_value_atoms), money, article="MRGN-010")
    else:
        of = worth(ground, market, int(position.qty_lots))
    source = ground.family_source("margin_basis")
    return made("notional", money, "absolute", [of], source=source)


class Asked:
    """What is asked of one position in a market: its method's terms."""

    def __init__(self, ground: Ground, market: Market, initial: bool) -> None:
        """Initial or maintenance margin."""
        self.ground = ground
        self.market = market
        self.initial = initial
        self.money = ground.money(int(market.settle_asset_id))
        self.symbol = ground.info(market).symbol

    def maintenance(self, position: Position) -> Why:
        """Maintenance margin of a position (MRGN-014, MRGN-017)."""
        charged = notional(self.ground, self.market, position)
        lots = abs(int(position.qty_lots))
        parts = [*self._closing(charged), *self._method(charged, lots)]
        return self._summed("maintenance-of", [*parts, *self._risk(position, charged)])

    def initially(self, position: Position, charged: Why, lots: int, exact: int) -> Why:
        """Initial margin on a notional (MRGN-007, MRGN-015, MRGN-017)."""
        method = self._with_interest(charged, self._method(charged, lots))
        asked = self._summed("initial-by-method", [method, *self._risk(position, charged)])
        label = say("label-initial-of", symbol=self.symbol)
        inputs = [asked]
        if position.leverage_ppm:
            leverage = given(
                "leverage-chosen", int(position.leverage_ppm), TIMES, article="MRGN-007"
            )
            how = "ratio_up"
            inputs.append(made("value-by-leverage", self.money, how, [charged, leverage], per=PPM))
        return made(
            "initial-of", self.money, "larger", inputs, label=label, article="MRGN-007", exact=exact
        )

    def with_orders(self, position: Position) -> Why:
        """Initial margin of a position with its open orders: on the larger side (MRGN-003)."""
        market, money = self.market, self.money
        buys, sells = int(buy_side_atoms(market, position)), int(sell_side_atoms(market, position))
        sides = [
            given("side-buys", buys, money, article="MRGN-003"),
            given("side-sells", sells, money, article="MRGN-003"),
        ]
        charged = made("notional-orders", money, "larger", sides, article="MRGN-003")
        lots = int(position.qty_lots + position.buy_lots)
        if sells > buys:
            lots = int(position.sell_lots - position.qty_lots)
        exact = int(requirement_with_orders(self.ground.view, market, position))
        return self.initially(position, charged, max(abs(int(position.qty_lots)), lots), exact)

    def _summed(self, key: str, parts: list[Why]) -> Why:
        label = say(f"label-{key}", symbol=self.symbol)
        return made(key, self.money, "sum", parts, label=label, article="MRGN-001")

    def _closing(self, charged: Why) -> Iterator[Why]:
        if self.market.maintenance_fee_ppm:
            source = self.ground.family_source("maintenance_fee")
            ppm = int(self.market.maintenance_fee_ppm)
            rate = given("closing-rate", ppm, PPM_SHARE, source=source)
            inputs = [charged, rate]
            yield made("closing-fee", self.money, "product_up", inputs, per=PPM, article="MRGN-014")

    def _risk(self, position: Position, charged: Why) -> Iterator[Why]:
        if position.risk_steps:
            first = self.ground.view.tiers[self.market.tier_first]
            rate = given(
                "risk-rate", int(position.risk_steps * first.maintenance_ppm), PPM_SHARE,
                source=self.ground.own_source(self.market, "risk_limit_step"),
            )  # fmt: skip
            inputs = [charged, rate]
            yield made("risk-margin", self.money, "product_up", inputs, per=PPM, article="MRGN-017")

    def _with_interest(self, charged: Why, method: list[Why]) -> Why:
        """Drawn toward all of the notional by open interest (MRGN-015)."""
        asked = self._summed("initial-by-tiers", method)
        market, low = self.market, int(self.market.interest_low_atoms)
        if not market.interest_high_atoms:
            return asked
        span = int(market.interest_high_atoms) - low
        open_worth = abs(int(value_at(market, market.mark_subticks, market.open_lots)))
        source = self.ground.own_source(market, "open_interest_high")
        above = min(max(open_worth - low, 0), span)
        inputs = [
            made("rest-of-notional", self.money, "not_below_zero",
                 [made("rest", self.money, "less", [charged, asked])]),
            given("interest-above", above, self.money, source=source),
        ]  # fmt: skip
        more = made(
            "interest-margin", self.money, "product_up", inputs, per=span, article="MRGN-015"
        )
        return self._summed("initial-with-interest", [asked, more])

    def _method(self, charged: Why, lots: int) -> list[Why]:
        """By size, by its root, or by tiers (MRGN-001, MRGN-013, MRGN-016)."""
        if self.market.margin_slope_e12 or self.market.margin_root_e12:
            return [self._sized(charged, lots)]
        return list(self._tiers(charged, lots))

    def _sized(self, charged: Why, lots: int) -> Why:
        market, view = self.market, self.ground.view
        by_root = market.margin_root_e12 > 0
        rule = root_rate_e12 if by_root else sloped_rate_e12
        rate = int(with_factor(market, rule(view, market, lots, self.initial), E12, self.initial))
        source = self.ground.own_source(market, "margin_root" if by_root else "margin_slope")
        article = "MRGN-016" if by_root else "MRGN-013"
        inputs = [charged, given("margin-rate", rate, E12_SHARE, source=source)]
        return made("margin-by-size", self.money, "product_up", inputs, per=E12, article=article)

    def _tiers(self, charged: Why, lots: int) -> Iterator[Why]:
        """Each tier that is reached, with the part of the notional it charges."""
        by_lots = self.market.tier_unit == TierUnit.LOTS
        size = lots if by_lots else charged.exact
        tiers = [
            (number, self.ground.view.tiers[self.market.tier_first + number])
            for number in range(self.market.tier_count)
        ]
        reached = [(n, tier) for n, tier in tiers if size >= tier.from_size]
        if self.market.tier_whole == 1:
            [(number, _)] = reached[-1:]
            yield self._tier(number, charged)
            return
        for number, tier in reached:
            top = int(tier_top(self.ground.view, self.market, number, size))
            if number == 0 or top > tier.from_size:
                yield self._tier(number, self._inside(number, top, charged, lots))

    def _inside(self, number: int, top: int, charged: Why, lots: int) -> Why:
        """The part of a notional that lies inside a tier."""
        bound = int(self.ground.view.tiers[self.market.tier_first + number].from_size)
        by_lots = self.market.tier_unit == TierUnit.LOTS
        unit = self.ground.lots(self.market) if by_lots else self.money
        source = self._bound_source(number)
        low = given("tier-bound", bound, unit, source=source)
        high = given("tier-top", top, unit, article="MRGN-001")
        if not by_lots:
            return made("tier-part", self.money, "less", [high, low])
        inside = made("tier-part", unit, "less", [high, low])
        if lots == 0:
            return inside
        inputs = [charged, inside, given("size", lots, unit, article="CONT-004")]
        return made("tier-part", self.money, "part_up", inputs, article="CONT-004")

    def _tier(self, number: int, part: Why) -> Why:
        tier = self.ground.view.tiers[self.market.tier_first + number]
        stated = int(tier.initial_ppm if self.initial else tier.maintenance_ppm)
        ppm = int(with_factor(self.market, stated, PPM, self.initial))
        rate = given("tier-rate", ppm, PPM_SHARE, source=self._rate_source(number, ppm))
        return made(
            "tier", self.money, "product_up", [part, rate], per=PPM, article="MRGN-001",
            label=say("label-tier", symbol=self.symbol, bound=self._bound(int(tier.from_size))),
            formula=f"{rate.value} × {part.value}",
            source=self._bound_source(number),
        )  # fmt: skip

    def _bound(self, size: int) -> str:
        if self.market.tier_unit == TierUnit.LOTS:
            return fmt.size(self.ground.info(self.market), size)
        return self.money.write(size)

    def _rate_source(self, number: int, ppm: int) -> str:
        """Where the rate was read; a rate that has changed since was set in this world."""
        read = self.ground.rulebook.margin_tiers(self.symbol)[number]
        rate = read.initial if self.initial else read.maintenance
        if round(rate * PPM) != ppm:
            return say("source-changed", path=f"tiers.{number}")
        return self._bound_source(number)

    def _bound_source(self, number: int) -> str:
        return self.ground.own_source(self.market, f"tiers.{number}")
