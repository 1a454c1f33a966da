"""The numbers of one position, each with its tree."""

from __future__ import annotations

from typing import Unpack

from longshore.engine.codes import FundingPay
from longshore.engine.funding import paid_on_subticks
from longshore.engine.ledger import settlement_atoms
from longshore.engine.rows import Market
from longshore.engine.units import PPM
from longshore.engine.value import has_funding
from longshore.explain.figures import DAY_US, Figures, lot_parts_to_end
from longshore.explain.format import percent
from longshore.explain.sentences import say
from longshore.explain.trees.fees import taker_rate
from longshore.explain.trees.ground import (
    E18,
    PPM_SHARE,
    TIME,
    TIMES,
    Ground,
    Said,
    Unit,
    given,
    made,
)
from longshore.explain.trees.margins import worth
from longshore.explain.trees.markets import rate
from longshore.explain.trees.node import Why
from longshore.explain.trees.wallets import Wallet
from longshore.explain.words import buffer_text

KEYS = (
    "size", "value", "entry", "margin", "leverage", "liquidation", "buffer", "unrealised",
    "pct-margin", "pct-price", "realised", "fees", "funding-so-far", "funding", "funding-day",
    "break-even", "mark",
)  # fmt: skip
FACE = Unit("inverse factor", lambda factor: f"{factor:,}")


class Held:
    """Trees about one position, from the figures that a card shows."""

    def __init__(self, ground: Ground, held: Figures, place: int) -> None:
        """`place`: the market's id, or that of a short leg."""
        self.ground = ground
        self.held = held
        self.wallet = Wallet(ground, held.wallet)
        self.market: Market = ground.market(place)
        self.position = ground.position(held.account_id, place)
        self.place = place
        self.money = ground.money(int(self.market.settle_asset_id))
        self.price = ground.price(self.market)

    def tree(self, key: str) -> Why:
        """One number by its key, one of KEYS."""
        tree: Why = getattr(self, key.replace("-", "_"))()
        tree.key = key
        return tree

    def trees(self) -> list[Why]:
        """All of them."""
        return [self.tree(key) for key in KEYS]

    def size(self) -> Why:
        """What is held: above zero long, below zero short."""
        lots = self.held.qty_lots
        return given("size", lots, self.ground.lots(self.market), article="CONT-001")

    def value(self) -> Why:
        """What the position is worth at the mark."""
        of = worth(self.ground, self.market, self.held.qty_lots)
        return self._made("position-value", "absolute", [of], exact=self.held.value_atoms)

    def entry(self) -> Why:
        """The average entry price."""
        lots, value = self._lots(), self._entry_value()
        if self.market.inverse_factor:
            inputs, per = [lots, value], int(self.market.inverse_factor)
        else:
            inputs, per = [value, lots], int(self.market.value_divisor)
        return made(
            "entry-price", self.price, "ratio_down", inputs, per=per,
            exact=self.held.entry_subticks, formula=say("why-entry-price"), article="MRGN-010",
        )  # fmt: skip

    def mark(self) -> Why:
        """The mark price."""
        return given("mark", self.held.mark_subticks, self.price, article="PRIC-003")

    def margin(self) -> Why:
        """Isolated: what the position's wallet holds for it. Cross: the initial margin it uses."""
        if not self.held.is_isolated:
            asked = self.wallet.initial_alone(self.place)
            more = Said(exact=self.held.margin_atoms, article="MRGN-007")
            more["formula"] = say("why-margin-cross")
            return self._made("margin", "sum", [asked], **more)
        held = int(settlement_atoms(self.ground.view, self.held.wallet))
        label = say("label-balance-of", coin=self.ground.asset(self.wallet.asset_id).code)
        balance = given("balance", held, self.money, label=label, article="LEDG-001")
        put = given("margin-put", int(self.position.margin_atoms), self.money, article="MRGN-007")
        more = Said(exact=self.held.margin_atoms, article="MRGN-007")
        more["formula"] = say("why-margin-isolated")
        return self._made("margin", "smaller", [balance, put], **more)

    def leverage(self) -> Why:
        """Value over margin."""
        inputs = [self.value(), self.margin()]
        if not self.held.margin_atoms:
            return given("leverage", 0, TIMES, article="MRGN-007")
        formula, article = say("why-leverage"), "MRGN-007"
        return made(
            "leverage", TIMES, "ratio_down", inputs, per=PPM, formula=formula, article=article
        )

    def liquidation(self) -> Why:
        """The mark at which equity is below maintenance margin, a step nearer not yet."""
        found, unit = self.held.liquidation, self.price
        formula, article = say("why-liquidation"), "LIQD-001"
        if found.state != "price":
            text = say("no-liquidation" if found.state == "none" else "unknown")
            unit = Unit(unit.name, lambda _: text)
            return given("liquidation", 0, unit, article=article)
        inputs = [self._spare_at(found.subticks)]
        if found.subticks != self.held.mark_subticks:
            step = 1 if found.subticks < self.held.mark_subticks else -1
            inputs.append(self._spare_at(found.subticks + step))
        return made(
            "liquidation", unit, "edge", inputs,
            exact=found.subticks, formula=formula, article=article,
        )  # fmt: skip

    def buffer(self) -> Why:
        """What is left of the spare margin there was after the owner's last change."""
        full = int(self.ground.view.wallets[self.held.wallet].buffer_full_atoms)
        inputs = [self.wallet.spare(), given("spare-full", full, self.money, article="LIQD-001")]
        unit = Unit(PPM_SHARE.name, lambda _: buffer_text(self.held))
        return made(
            "buffer", unit, "share", inputs,
            exact=self.held.buffer_ppm, formula=say("why-buffer"), article="LIQD-001",
        )  # fmt: skip

    def unrealised(self) -> Why:
        """Profit or loss at the mark."""
        return self.wallet.unrealised(self.market, self.position)

    def pct_margin(self) -> Why:
        """Profit or loss as a share of the margin."""
        return self._share("pct-margin", self.margin())

    def pct_price(self) -> Why:
        """Profit or loss as a share of the entry value: what the price moved."""
        return self._share("pct-price", self._entry_value())

    def realised(self) -> Why:
        """What closing parts of the position has brought."""
        return given("realised", self.held.realised_atoms, self.money, article="MRGN-010")

    def fees(self) -> Why:
        """What the position has paid in fees."""
        return given("fees-paid", self.held.fees_atoms, self.money, article="FEES-001")

    def funding_so_far(self) -> Why:
        """Funding received, less paid, since it was opened: what moved and what has accrued."""
        moved = given(
            "funding-moved", int(self.position.funding_atoms), self.money, article="FUND-006"
        )
        inputs = [moved, self.wallet.accrued(self.market, self.position)]
        return self._made("funding-so-far", "sum", inputs, exact=self.held.funding_atoms)

    def funding(self) -> Why:
        """The next funding: below zero it is paid."""
        end = made(
            "lot-by-end", self.ground.parts(self.market), "sum",
            [self._lot("lot-paid-all", int(self.market.funding_index_parts)), self._to_end()],
        )  # fmt: skip
        before = self._lot("lot-paid-before", int(self.position.funding_index_parts))
        due = made("lot-due", self.ground.parts(self.market), "less", [end, before])
        return self._paid("funding", due, self.held.next_funding_atoms)

    def funding_day(self) -> Why:
        """Funding of a day at the rate of this interval."""
        parts = self.ground.parts(self.market)
        if not has_funding(self.market):
            due = self._lot("lot-day", 0)
            return self._paid("funding-day", due, self.held.day_funding_atoms)
        interval = int(self.market.funding_interval_us)
        if self.market.funding_pay == FundingPay.AT_ONCE:
            of = self._to_end()
        else:
            of = self._interval_lot()
        inputs = [of, given("day", DAY_US, TIME, article="FUND-004"), self._interval(interval)]
        due = made("lot-day", parts, "part_down", inputs, article="FUND-004")
        return self._paid("funding-day", due, self.held.day_funding_atoms)

    def break_even(self) -> Why:
        """The price at which closing all ends at zero."""
        held, long = self.held, self.held.is_long
        costs = self._made("costs", "less", [self.fees(), self.funding_so_far(), self.realised()])
        every = given("whole", PPM, PPM_SHARE, article="FEES-001")
        fee = taker_rate(self.ground, held.account_id, self.market)
        if held.break_even_subticks == 0:
            unit = Unit(self.price.name, lambda _: say("no-liquidation"))
            return given("break-even", 0, unit, article="FEES-001")
        value, lots = self._entry_value(), self._lots()
        if self.market.inverse_factor:
            return self._inverse_break_even(value, costs, (every, fee), lots)
        how = "ratio_up" if long else "ratio_down"
        needed = self._made("needed", "sum" if long else "less", [value, costs])
        left = made("kept", PPM_SHARE, "less" if long else "sum", [every, fee])
        gross = made("gross", self.money, how, [needed, left], per=PPM, article="FEES-001")
        return made(
            "break-even", self.price, how, [gross, lots], per=int(self.market.value_divisor),
            exact=held.break_even_subticks, formula=say("why-break-even"), article="FEES-001",
        )  # fmt: skip

    def _inverse_break_even(
        self, value: Why, costs: Why, shares: tuple[Why, Why], lots: Why
    ) -> Why:
        """Of an inverse contract: V * (1 + f) = E - costs, of a short V * (1 - f) = E + costs."""
        long = self.held.is_long
        needed = self._made("needed", "less" if long else "sum", [value, costs])
        share = made("kept", PPM_SHARE, "sum" if long else "less", list(shares))
        factor = int(self.market.inverse_factor)
        face = given("inverse-factor", factor, FACE, article="CONT-002")
        grown = made("inverse-grown", FACE, "product_down", [face, share], per=PPM)
        return made(
            "break-even", self.price, "part_up" if long else "part_down", [lots, grown, needed],
            exact=self.held.break_even_subticks, formula=say("why-break-even"), article="FEES-001",
        )  # fmt: skip

    def _made(self, key: str, how: str, inputs: list[Why], **said: Unpack[Said]) -> Why:
        """A number in the money that the market settles in."""
        return made(key, self.money, how, inputs, **said)

    def _share(self, key: str, of: Why) -> Why:
        pnl = self.unrealised()
        if of.exact == 0:
            return given(key, 0, Unit(PPM_SHARE.name, lambda _: percent(0, 0)), article="MRGN-002")
        unit = Unit(PPM_SHARE.name, lambda _: percent(pnl.exact, of.exact))
        return made(key, unit, "ratio_down", [pnl, of], per=PPM, formula=say(f"why-{key}"))

    def _lots(self) -> Why:
        return made("size-plain", self.ground.lots(self.market), "absolute", [self.size()])

    def _entry_value(self) -> Why:
        signed = given("entry-value", self.held.entry_value_atoms, self.money, article="MRGN-010")
        return self._made("entry-value-plain", "absolute", [signed])

    def _spare_at(self, mark_subticks: int) -> Why:
        tried = self.wallet.trying(int(self.market.market_id), mark_subticks)
        at = self.price.write(mark_subticks)
        near = mark_subticks != self.held.liquidation.subticks
        label = say("label-spare-near" if near else "label-spare-at", mark=at)
        return tried.spare("spare-at", label)

    def _lot(self, key: str, parts: int) -> Why:
        return given(key, parts, self.ground.parts(self.market), article="FUND-004")

    def _interval(self, interval_us: int) -> Why:
        return given(
            "interval", interval_us, TIME, source=self.ground.family_source("funding_interval_s")
        )

    def _interval_lot(self) -> Why:
        """What a lot pays over the interval in hand, at the rate that was set for it."""
        return self._lot("lot-interval", int(self.market.funding_lot_parts))

    def _paid(self, key: str, due: Why, exact: int) -> Why:
        inputs = [due, self.size()]
        return made(
            key, self.money, "paid", inputs, per=int(self.market.atom_parts),
            exact=exact, formula=say("why-funding"), article="FUND-004",
        )  # fmt: skip

    def _to_end(self) -> Why:
        """What a long lot still pays until the interval ends."""
        market, parts = self.market, self.ground.parts(self.market)
        exact = lot_parts_to_end(self.ground.view, market)
        if not has_funding(market):
            return self._lot("lot-to-end", 0)
        if market.funding_pay == FundingPay.AT_ONCE:
            return self._at_once(exact)
        left = int(market.funding_next_us - market.funding_from_us)
        interval = int(market.funding_interval_us)
        inputs = [
            self._interval_lot(), given("time-left", left, TIME, article="FUND-004"),
            self._interval(interval),
        ]  # fmt: skip
        return made("lot-to-end", parts, "part_down", inputs, exact=exact, article="FUND-005")

    def _at_once(self, exact: int) -> Why:
        """The rate, on the price it is charged on (FUND-004, CONT-005)."""
        market, parts = self.market, self.ground.parts(self.market)
        subticks = int(paid_on_subticks(self.ground.view, market))
        source = self.ground.family_source("funding_price")
        price = given("charged-price", subticks, self.price, source=source)
        share = rate(self.ground, market)
        if market.inverse_factor == 0:
            per = E18 // int(market.atom_parts) * int(market.value_divisor)
            how, inputs = "product_down", [share, price]
        else:
            face = given(
                "inverse-factor",
                int(market.inverse_factor),
                Unit("inverse factor", str),
                article="CONT-002",
            )
            lot = made("lot-value", parts, "ratio_down", [face, price], per=int(market.atom_parts))
            how, inputs, per = "product_down", [share, lot], E18
        return made("lot-to-end", parts, how, inputs, per=per, exact=exact, article="FUND-004")
