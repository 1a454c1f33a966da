"""One rich day at the desk as a list of commands: the same for every engine, and each run of it.

It is made by driving a plain engine, so that it can name orders that are there, and recorded.
"""

from __future__ import annotations

from functools import cache
from random import Random

from longshore.engine.codes import (
    FundingPay,
    MarkBasis,
    MarkCandidate,
    MarketKind,
    MarketState,
    MarkMethod,
    OrderType,
    SelfTrade,
    Side,
    Signal,
    System,
)
from longshore.engine.commands import CommandKind
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Command, Event
from tests.engine.desk import (
    ATOMS,
    BTC,
    CASH,
    DOLLAR_SUBTICKS,
    FLEX,
    HOUR_US,
    PERP,
    SECOND,
    SPOT,
    START_US,
    USD,
    Desk,
    changed,
    lots,
    perp,
    setup,
)

SECOND_US = 1_000_000
SAMPLE_US = 20 * SECOND_US  # hours pass between two commands, in every run of the day
DATED = 4
EXPIRY_US = START_US + 6 * 3_600 * SECOND_US
DATES = {
    "kind": MarketKind.LINEAR_FUTURE,
    "funding_interval_us": 0,
    "listed_us": START_US + SECOND_US,
    "expiry_us": EXPIRY_US,
    "settle_window_us": 1_800 * SECOND_US,
    "settle_sample_us": 60 * SECOND_US,
    "settle_fee_ppm": 500,
}
TRADERS = (*(f"trader {n}" for n in range(8)), "coins")
ALONE = ("alone 1", "alone 2")
TAKING = (OrderType.MARKET, OrderType.IOC, OrderType.FOK, OrderType.LIMIT, OrderType.POST_ONLY)


def terms() -> Setup:
    """The desk's venue and a dated future; a liquidation fee, an index at times old, a premium.

    The second market is marked by the median of last, a window's basis and the rate; it charges at
    once, more often at its cap. The first one's cash moves every other hour.
    """
    made = setup()
    made.markets.append(perp(DATED))
    made = changed(made, DATED, **DATES)
    for market in (PERP, SECOND):
        made = changed(made, market, liquidation_fee_ppm=300, rate_interval_us=2 * HOUR_US)
    for market in (PERP, SECOND, DATED):
        made = changed(made, market, sample_us=SAMPLE_US)
    of = MarkCandidate
    made = changed(
        made,
        SECOND,
        mark_method=MarkMethod.MEDIAN,
        mark_candidates=of.LAST + of.SMOOTHED + of.FUNDED,
        mark_basis=MarkBasis.MID,
        mark_window=30,
        funding_pay=FundingPay.AT_ONCE,
        rate_cap_e18=10**13,
        rate_floor_e18=-(10**13),
        funding_short_us=HOUR_US // 4,
        funding_calm_after=1,
    )
    made = changed(made, PERP, funding_cash_us=2 * HOUR_US)
    made.assets[BTC - 1].stale_after_us = 1_200 * SECOND_US
    return made


class Recorder(Desk):
    """A desk that keeps its commands."""

    def __init__(self, made: Setup | None = None) -> None:
        self.commands: list[Command] = []
        self.terms = made or setup()
        super().__init__(self.terms, checking=False)

    def do(self, kind: CommandKind, **fields: int) -> list[Event]:
        self.commands.append(
            Command(kind=kind, seq=self.seq + 1, origin=1, **{"time_us": self.time_us, **fields})
        )
        return super().do(kind, **fields)


class Day(Recorder):
    """Does what comes to its mind."""

    def __init__(self, seed: int) -> None:
        super().__init__(terms())
        self.random = Random(seed)
        self.dollars = 84_000
        self.open()

    def open(self) -> None:
        """Everybody comes in with money."""
        fund = {"asset_id": USD, "to_wallet": FLEX}
        self.do(CommandKind.DEPOSIT, account_id=System.POOL, amount_atoms=900 * ATOMS, **fund)
        self.index(self.dollars)
        for name, dollars, coins in (
            ("maker", 10**7, 0),
            ("deep", 10**7, 0),
            ("provider", 10**6, 0),
        ):
            self.person(name, dollars, coins=coins)
        for at, name in enumerate(TRADERS[:-1]):
            self.person(name, 1_500 + 700 * at, coins=0.02 * (at % 3))
        self.person("coins", 10, coins=0.5)
        for name in ALONE:
            self.person(name, 20_000)
            self.isolate(name, 20)
        for name in ("cash 1", "cash 2"):
            self.person(name, 50_000, wallet=CASH)
            self.deposit(name, 1, BTC, CASH)
        self.assign("provider", lots(2))

    def assign(self, name: str, room: int) -> None:
        self.do(CommandKind.SET_ASSIGNMENT, account_id=self.people[name], qty_lots=room)

    def anyone(self) -> str:
        return self.random.choice([*TRADERS, *ALONE])

    def any_order(self) -> tuple[str, int] | None:
        """Somebody and one of their open orders."""
        name = self.anyone()
        found = self.orders(name)
        return (name, self.random.choice(found).order_id) if found else None

    def quote(self) -> None:
        """The makers put up the book anew, a little above the index."""
        middle = self.dollars + self.random.randint(-20, 120)
        for name, gap, step in (("maker", 5, 15), ("deep", 400, 900)):
            self.do(CommandKind.CANCEL_ALL, account_id=self.people[name])
            for rung in range(3):
                away = gap + rung * step
                size = lots(self.random.choice([0.1, 0.5, 2]))
                market = self.random.choice([PERP, PERP, SECOND])
                self.buy(name, size, middle - away, market_id=market)
                self.sell(name, size, middle + away, market_id=market)

    def move(self) -> None:
        """The index moves; seldom far."""
        far = 40 if self.random.random() < 0.15 else 5
        self.dollars += self.dollars * self.random.randint(-far, far) // 1_000
        self.index(self.dollars)

    def pause(self) -> None:
        self.wait(
            self.random.choice([1, 30, 30, 400]) * SECOND_US + self.random.randrange(SECOND_US)
        )

    def trade_some(self) -> None:
        """Somebody takes or rests, of every type."""
        name, side = self.anyone(), self.random.choice(list(Side))
        price = self.dollars + self.random.randint(-300, 300)
        kind = self.random.choice(TAKING)
        fields = {
            "market_id": self.random.choice([PERP, PERP, PERP, SECOND]),
            "reduce_only": int(self.random.random() < 0.2),
            "client_hi": self.random.choice([0, 0, 7]),
            "client_lo": self.random.randint(0, 40),
        }
        size = lots(self.random.choice([0.01, 0.1, 0.5, 1.5]))
        given = 0 if kind == OrderType.MARKET else price
        self.order(name, side, size, given, type=kind, **fields)

    def protect(self) -> None:
        """A stop and a take-profit on what somebody holds, linked."""
        name = self.anyone()
        held = self.position(name).qty_lots
        side = Side.SELL if held >= 0 else Side.BUY
        below, above = self.dollars - 250, self.dollars + 250
        stop, profit = (below, above) if side == Side.SELL else (above, below)
        signal = self.random.choice(list(Signal))
        common = {"signal": signal, "reduce_only": 1}
        size = abs(held) or 10
        self.order(name, side, size, type=OrderType.STOP, trigger_ticks=stop, **common)
        linked = self.orders(name)[-1].order_id if self.orders(name) else 0
        self.order(
            name, side, size, above, type=OrderType.TAKE_PROFIT, trigger_ticks=profit,
            linked_id=linked, **common,
        )  # fmt: skip

    def change_order(self) -> None:
        """Somebody amends or cancels."""
        found = self.any_order()
        if found is None:
            return
        name, order_id = found
        if self.random.random() < 0.4:
            self.cancel(name, order_id)
            return
        self.do(
            CommandKind.AMEND_ORDER, account_id=self.people[name], order_id=order_id,
            price_ticks=self.random.choice([0, self.dollars + self.random.randint(-200, 200)]),
            qty_lots=self.random.choice([0, lots(0.05), lots(0.3)]),
        )  # fmt: skip

    def move_money(self) -> None:
        """Deposits, withdrawals, transfers, between all wallets."""
        name = self.anyone()
        fields = {
            "account_id": self.people[name],
            "asset_id": self.random.choice([USD, USD, BTC]),
            "amount_atoms": self.random.randint(1, 900 * ATOMS),
        }
        wallets = [CASH, FLEX, FLEX, 2 + PERP]
        source, target = self.random.choice(wallets), self.random.choice(wallets)
        kind = self.random.choice(
            [CommandKind.DEPOSIT, CommandKind.WITHDRAW, CommandKind.TRANSFER, CommandKind.TRANSFER]
        )
        if kind != CommandKind.DEPOSIT:
            fields["from_wallet"] = source
        if kind != CommandKind.WITHDRAW:
            fields["to_wallet"] = target
        self.do(kind, **fields)

    def trade_coins(self) -> None:
        """The spot market."""
        name, side = self.random.choice(["cash 1", "cash 2"]), self.random.choice(list(Side))
        price = self.dollars + self.random.randint(-30, 30)
        size = lots(self.random.choice([0.01, 0.07]))
        self.order(name, side, size, price, market_id=SPOT)

    def set_leverage(self) -> None:
        leverage = self.random.choice([0, 5, 50])
        self.isolate(self.anyone(), leverage, self.random.choice([PERP, SECOND]))

    def meet_oneself(self) -> None:
        """A self-trade mode, and an order that meets one of its own behind a better one."""
        name, mode = self.anyone(), self.random.choice(list(SelfTrade))
        self.do(CommandKind.SET_SELF_TRADE, account_id=self.people[name], value=mode)
        price = self.dollars + 2
        self.sell(name, 20, price)
        self.sell("maker", 10, price)
        self.buy(name, 25, price)

    def arm_switch(self) -> None:
        """A dead man's switch, most often left to itself."""
        name = self.anyone()
        self.buy(name, 5, self.dollars - 900)
        for wait in (60, self.random.choice([0, 60, 60])):
            self.do(
                CommandKind.CANCEL_ALL_AFTER,
                account_id=self.people[name],
                value=wait * SECOND_US,
            )
        self.wait(61 * SECOND_US)

    def close_market(self) -> None:
        """A market's state for one order's time."""
        for state in (self.random.choice(list(MarketState)[:4]), MarketState.ACTIVE):
            self.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=state)
            self.trade_some()

    def storm(self, per_mille: int) -> None:
        """Newcomers with all they have on one side, then a thin book and a jump against them."""
        side = Side.BUY if per_mille < 0 else Side.SELL
        who = [f"bold {self.seq}", f"bold alone {self.seq}", f"bold order {self.seq}"]
        for name in who:
            self.person(name, 2_200)
        self.isolate(who[1], 60)
        self.quote()
        for name in who[:2]:
            price = self.dollars + (400 if side == Side.BUY else -400)
            self.order(name, side, lots(1), price, type=OrderType.IOC)
        for market in (PERP, SECOND):
            away = 500 if side == Side.SELL else -500
            self.order(who[2], side, lots(0.9), self.dollars + away, market_id=market)
        for name in ("maker", "deep"):
            self.do(CommandKind.CANCEL_ALL, account_id=self.people[name])
        self.do(CommandKind.SET_MARKET_STATE, market_id=SECOND, value=MarketState.HALTED)
        for share in (per_mille // 2, per_mille):
            there = self.dollars + self.dollars * (share + share // 2) // 1_000
            self.order("deep", Side.BUY if side == Side.BUY else Side.SELL, lots(0.3), there)
            self.index(self.dollars + self.dollars * share // 1_000)
        self.do(CommandKind.SET_MARKET_STATE, market_id=SECOND, value=MarketState.ACTIVE)
        self.dollars += self.dollars * per_mille // 1_000
        self.pause()

    def end(self) -> None:
        """The future expires with a debtor in it; then the perpetual is taken off."""
        self.wait(3 * 3_600 * SECOND_US)
        self.index(self.dollars)
        self.person("short", 300)
        self.trade("maker", "short", lots(0.2), self.dollars, market_id=DATED)
        self.buy("deep", lots(0.1), self.dollars - 500, market_id=DATED)
        self.wait(EXPIRY_US - 1_700 * SECOND_US - self.time_us)
        self.index(self.dollars + 1_000)
        self.wait(900 * SECOND_US)
        self.do(CommandKind.SET_MARKET_STATE, market_id=DATED, value=MarketState.HALTED)
        self.index(self.dollars + 9_000)
        self.wait(900 * SECOND_US)
        price = (self.dollars - 700) * DOLLAR_SUBTICKS + 333_333
        self.do(CommandKind.SETTLE_MARKET, market_id=PERP, price_subticks=price)

    def step(self) -> None:
        """One thing, the usual ones more often."""
        usual = [self.trade_some] * 6 + [self.move] * 4 + [self.pause] * 2 + [self.quote] * 2
        seldom = [self.protect, self.protect, self.change_order, self.change_order]
        money = [self.move_money, self.move_money, self.trade_coins, self.trade_coins]
        settings = [self.set_leverage, self.meet_oneself, self.arm_switch, self.close_market]
        self.random.choice([*usual, *seldom, *money, *settings])()


@cache
def day(seed: int = 8, commands: int = 600) -> tuple[Command, ...]:
    """The commands of one day."""
    made = Day(seed)
    for part, jump in enumerate((-22, 60, -70, 24), 1):
        while len(made.commands) < commands * part // 4:
            made.step()
        made.storm(jump)
    made.end()
    return tuple(made.commands)
