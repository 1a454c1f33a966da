"""A seeded storm: commands good and bad, for some accounts in some markets, with jumping prices.

The storm looks at nothing but its own draws and a rough idea of prices and order ids, so the same
seed gives the same commands whatever the engine answers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from longshore.engine.codes import (
    MarketKind,
    MarketState,
    OrderType,
    Origin,
    SelfTrade,
    Side,
    Signal,
    System,
    Term,
    WalletKind,
)
from longshore.engine.commands import COMMAND_FIELDS, CommandKind
from longshore.engine.lifecycle import Setup
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.engine.rows import Command
from tests.property.markets import (
    DOLLAR,
    DOLLAR_SUBTICKS,
    ETH,
    FF_XBT,
    FIRST_PRICE,
    SECOND_US,
    SOL,
    START_US,
    USD,
    XBT,
)

SPOILT = [
    *("kind", "time_us", "account_id", "market_id", "asset_id", "side", "type", "price_ticks"),
    *("trail_ppm", "trail_ticks", "expire_us", "rests", "slides", "closes", "before_us"),
    *("qty_lots", "trigger_ticks", "signal", "amount_atoms", "price_subticks", "sources"),
]
"""Fields that nonsense is written into."""
DEADLINED = [kind for kind, fields in COMMAND_FIELDS.items() if "before_us" in fields]
CHANGES = {
    Term.TIER: [(20_000, 10_000), (50_000, 25_000), (200_000, 150_000), (10_000, 5_000)],
    Term.TIER_BOUND: [(0, 0)],
    Term.MARGIN_FACTOR: [(1_500_000, 1_000_000), (3_000_000, 2_000_000), (10**6, 10**6)],
    Term.FEES: [(200, 500), (-100, 700), (-700, 600), (2_000, 3_000)],
    Term.LIQUIDATION_FEE: [(0, 0), (5_000, 0)],
    Term.POSITION_MAX: [(10**7, 0), (40_000, 0), (500, 0)],
    Term.ORDER_MAX: [(10**7, 0), (20_000, 0)],
    Term.MARKET_BAND: [(10_000, 0), (2_000, 0)],
    Term.COLLAR: [(0, 0), (30_000, 0), (10_000, 0)],
    Term.FUNDING_CAP: [(5 * 10**15, 0), (10**14, 0)],
}
SOON_US = [1, 1_000, 9 * SECOND_US, 60 * SECOND_US, 300 * SECOND_US]
STATES = [state for state in MarketState if state != MarketState.AUCTION]
"""Auctions have a storm of their own, in `controls`."""
RICH = 2
"""The first accounts of a storm are rich and quote; the others are poor and take."""


class Storm:
    """Draws commands; `commands(n)` yields them with sequence number and time."""

    def __init__(self, seed: int, terms: Setup, accounts: int = 8, markets: int = 4) -> None:
        """So many dollar perpetuals are used, all that settle in coins, futures, and spot."""
        self.random = random.Random(seed)
        self.terms = terms
        self.accounts = list(range(16, 16 + accounts))
        self.markets = {m.market_id: m for m in terms.markets}
        margined = [m for m in terms.markets if m.kind != MarketKind.SPOT]
        lasting = [m for m in margined if m.market_id < FF_XBT]
        dollars = [m.market_id for m in lasting if m.settle_asset_id == USD][:markets]
        self.ending = [m.market_id for m in margined if m.market_id >= FF_XBT]
        self.margined = dollars + [m.market_id for m in lasting if m.settle_asset_id != USD]
        self.margined += self.ending
        spot = [m.market_id for m in terms.markets if m.kind == MarketKind.SPOT]
        self.traded = [*self.margined, *spot]
        first = {a: p for a, p in FIRST_PRICE.items() if a <= len(terms.assets)}
        self.price = {a: int(p * 10**6) * DOLLAR_SUBTICKS // 10**6 for a, p in first.items()}
        self.seq, self.time_us = 0, START_US
        self.limited = [m.market_id for m in margined if m.risk_base_atoms]
        self.recent: list[tuple[int, int]] = []
        self.clients = 0
        self.closed = 0  # a market that was put into another state, to be opened again soon

    def commands(self, count: int) -> Iterator[Command]:
        """Genesis, then `count` random commands."""
        yield from self.genesis()
        for _ in range(count):
            yield self.one()

    def make(self, kind: CommandKind, **fields: int) -> Command:
        """A command row at the storm's present."""
        self.seq += 1
        fields.setdefault("origin", Origin.USER)
        return Command(kind=kind, seq=self.seq, time_us=self.time_us, **fields)

    def genesis(self) -> Iterator[Command]:
        """The venue's own money, accounts, first prices and deposits."""
        yield self.deposit(System.CONVERSION, WalletKind.FLEX, USD, 10**9)
        yield self.deposit(System.POOL, WalletKind.FLEX, USD, 20_000)
        yield self.deposit(System.POOL, WalletKind.FLEX, XBT, 1)
        for number in self.accounts:
            yield self.make(CommandKind.CREATE_ACCOUNT)
            dollars = 5_000_000 if number < 16 + RICH else self.random.choice([200, 2_000, 20_000])
            yield self.deposit(number, WalletKind.FLEX, USD, dollars)
            yield self.deposit(number, WalletKind.CASH, USD, 50_000)
            yield self.deposit(number, WalletKind.CASH, XBT, 2)
            coins = self.deposit(number, WalletKind.COIN + XBT, XBT, 50)
            if number >= 16 + RICH:
                coins.amount_atoms = self.random.choice([DOLLAR // 100, DOLLAR // 5])
            yield coins
        for asset_id in self.price:
            yield self.publish(asset_id)

    def deposit(self, account_id: int, wallet: int, asset_id: int, whole: int) -> Command:
        """Whole dollars or coins from outside."""
        return self.make(
            CommandKind.DEPOSIT,
            account_id=account_id,
            asset_id=asset_id,
            to_wallet=wallet,
            amount_atoms=whole * DOLLAR,
        )

    def publish(self, asset_id: int) -> Command:
        """The storm's price of an asset."""
        price = self.price[asset_id]
        row = self.make(
            CommandKind.PUBLISH_INDEX, asset_id=asset_id, price_subticks=price, sources=3
        )
        row.origin = Origin.FEED
        return row

    def one(self) -> Command:
        """The next command."""
        draw = self.random
        if draw.random() < 0.5:
            self.time_us += draw.choice([0, 1, 1_000, SECOND_US, 7 * SECOND_US, 20 * SECOND_US])
        if draw.random() < 0.002:
            self.time_us += draw.choice([200, 500]) * SECOND_US
        if self.closed and draw.random() < 0.12:
            market_id, self.closed = self.closed, 0
            return self.make(CommandKind.SET_MARKET_STATE, market_id=market_id)
        kinds = [
            (self.feed, 22),
            (self.quote, 22),
            (self.order, 25),
            (self.waiting, 10),
            (self.cancel, 8),
            (self.amend, 8),
            (self.money, 6),
            (self.leverage, 3),
            (self.odd, 4),
            (self.tick, 2),
            (self.nonsense, 2),
            (self.risk_limit, 5 if self.limited else 0),
            (self.change, 6 if self.limited else 0),
        ]
        make = draw.choices([k for k, _ in kinds], [w for _, w in kinds])[0]
        row = make()
        if row.kind in DEADLINED and draw.random() < 0.05:
            row.before_us = self.time_us + draw.choice([-1, 0, 1])
        return row

    def feed(self) -> Command:
        """A small step, at times a jump, pulled back toward the first price."""
        draw = self.random
        asset_id = draw.choice(list(self.price))
        width = draw.choices([2_000, 10_000, 60_000, 200_000], [70, 24, 5, 1])[0]
        price = self.price[asset_id]
        home = int(FIRST_PRICE[asset_id] * 10**6) * DOLLAR_SUBTICKS // 10**6
        price += price * draw.randint(-width, width) // 10**6 + (home - price) // 40
        self.price[asset_id] = max(1, price)
        return self.publish(asset_id)

    def ticks(self, market_id: int, away_ppm: int) -> int:
        """The market's price, moved."""
        market = self.markets[market_id]
        price = self.price[market.base_asset_id]
        return max(1, (price + price * away_ppm // 10**6) // market.tick_subticks)

    def lots(self, market_id: int, dollars: int) -> int:
        """About this much value."""
        market = self.markets[market_id]
        if market.inverse_factor:
            return dollars
        worth = self.ticks(market_id, 0) * market.atoms_per_tick_lot
        if market.settle_asset_id == XBT:
            worth = worth * self.price[XBT] // DOLLAR_SUBTICKS
        return max(1, dollars * DOLLAR // worth)

    def quote(self) -> Command:
        """A rich account rests near the price."""
        draw = self.random
        side = draw.choice([Side.BUY, Side.SELL])
        away = draw.randint(0, 15_000) * (-1 if side == Side.BUY else 1)
        market_id = draw.choice(self.traded)
        kind = draw.choice([OrderType.LIMIT, OrderType.POST_ONLY])
        dollars = draw.randint(100, 20_000)
        row = self.placed(self.accounts[draw.randrange(RICH)], market_id, side, kind, away, dollars)
        if draw.random() < 0.1:
            self.protect(row)
        return row

    def order(self) -> Command:
        """Anybody, any type."""
        draw = self.random
        side = draw.choice([Side.BUY, Side.SELL])
        kind = draw.choice(
            [
                OrderType.LIMIT,
                OrderType.MARKET,
                OrderType.MARKET,
                OrderType.IOC,
                OrderType.FOK,
                OrderType.POST_ONLY,
            ]
        )
        away = draw.randint(-12_000, 12_000)
        dollars = draw.choice([10, 1_000, 5_000, 30_000, 200_000])
        row = self.placed(
            draw.choice(self.accounts), draw.choice(self.traded), side, kind, away, dollars
        )
        row.reduce_only = int(draw.random() < 0.2)
        if draw.random() < 0.1:
            self.link(row)
        if draw.random() < 0.3:
            self.protect(row)
        return row

    def protect(self, row: Command) -> None:
        """A stop, a target or both come along, most often on their sides of the price."""
        draw = self.random
        way = -1 if row.side == Side.BUY else 1
        away = draw.randint(500, 12_000) * draw.choice([way, way, way, -way])
        if draw.random() < 0.8:
            row.stop_ticks = self.ticks(row.market_id, away)
        if draw.random() < 0.6:
            row.target_ticks = self.ticks(row.market_id, -away)
        row.signal = draw.choice(list(Signal))

    def link(self, row: Command) -> None:
        """Tie an order to one of its account's last ones."""
        mine = [o for a, o in self.recent[:-1] if a == row.account_id]
        if mine:
            row.linked_id = self.random.choice(mine[-4:])

    def placed(
        self, account: int, market_id: int, side: int, kind: int, away: int, dollars: int
    ) -> Command:
        """An order command; one in eight carries a client id, sometimes a used one."""
        draw = self.random
        row = self.make(
            CommandKind.PLACE_ORDER,
            account_id=account,
            market_id=market_id,
            side=side,
            type=kind,
            price_ticks=0 if kind == OrderType.MARKET else self.ticks(market_id, away),
            qty_lots=self.lots(market_id, dollars),
        )
        if draw.random() < 0.12:
            self.clients += draw.random() < 0.9
            row.client_hi, row.client_lo = 7, self.clients
        row.slides = int(draw.random() < (0.4 if kind == OrderType.POST_ONLY else 0.01))
        if draw.random() < 0.15:
            row.expire_us = self.time_us + draw.choice([0, 1, 1_000, 9 * SECOND_US, 60 * SECOND_US])
        first = row.seq * ORDER_IDS_PER_COMMAND
        self.recent = [*self.recent[-150:], (account, first + draw.choice([0, 0, 0, 0, 1, 2]))]
        return row

    def waiting(self) -> Command:
        """A stop or take-profit, linked to another at times."""
        draw = self.random
        side = draw.choice([Side.BUY, Side.SELL])
        kind = draw.choice([OrderType.STOP, OrderType.TAKE_PROFIT])
        market_id = draw.choice(self.margined)
        row = self.placed(draw.choice(self.accounts), market_id, side, kind, 0, 3_000)
        row.price_ticks = draw.choice([0, 0, self.ticks(market_id, draw.randint(-20_000, 20_000))])
        row.trigger_ticks = self.ticks(market_id, draw.randint(-15_000, 15_000))
        row.signal = draw.choice(list(Signal))
        row.reduce_only = int(draw.random() < 0.7)
        if draw.random() < 0.4:
            self.trail(row)
        if draw.random() < 0.2:
            row.closes, row.reduce_only, row.qty_lots = 1, 1, int(draw.random() < 0.05)
            row.price_ticks *= draw.random() < 0.05
        row.rests = int(draw.random() < (0.7 if row.price_ticks else 0.05))
        if draw.random() < 0.4:
            self.link(row)
        return row

    def trail(self, row: Command) -> None:
        """A stop that follows, in either unit; seldom beside something it cannot be with."""
        draw = self.random
        if draw.random() < 0.95:
            row.type, row.price_ticks, row.trigger_ticks = OrderType.STOP, 0, 0
        if draw.random() < 0.5:
            row.trail_ppm = draw.choice([1, 500, 3_000, 10_000, 10_000, 400_000, 600_000])
        else:
            away = self.ticks(row.market_id, 0) - self.ticks(row.market_id, -draw.randint(0, 9_000))
            row.trail_ticks = draw.choice([1, away, away, -away])

    def known(self) -> tuple[int, int]:
        """An account and an order id, most often its own."""
        draw = self.random
        account_id, order_id = draw.choice(self.recent or [(16, ORDER_IDS_PER_COMMAND)])
        return (account_id if draw.random() < 0.95 else draw.choice(self.accounts)), order_id

    def cancel(self) -> Command:
        """One order, or all of an account."""
        draw = self.random
        account_id, order_id = self.known()
        if draw.random() < 0.1:
            market_id = draw.choice([0, *self.traded])
            return self.make(CommandKind.CANCEL_ALL, account_id=account_id, market_id=market_id)
        return self.make(CommandKind.CANCEL_ORDER, account_id=account_id, order_id=order_id)

    def amend(self) -> Command:
        """A new price or size, seldom a trigger, of an order whose market is guessed."""
        draw = self.random
        account_id, order_id = self.known()
        market_id = draw.choice(self.traded)
        row = self.make(CommandKind.AMEND_ORDER, account_id=account_id, order_id=order_id)
        if draw.random() < 0.7:
            row.price_ticks = self.ticks(market_id, draw.randint(-10_000, 10_000))
        if draw.random() < 0.6:
            row.qty_lots = self.lots(market_id, draw.choice([5, 500, 5_000]))
        if draw.random() < 0.15:
            row.trigger_ticks = self.ticks(market_id, draw.randint(-10_000, 10_000))
        return row

    def money(self) -> Command:
        """Deposits, withdrawals and transfers of any asset between any wallets."""
        draw = self.random
        account_id, asset_id = draw.choice(self.accounts), draw.choice([USD, USD, XBT, ETH, SOL])
        isolated = WalletKind.ISOLATED + draw.choice(self.traded)
        wallets = [WalletKind.CASH, WalletKind.FLEX, isolated, WalletKind.COIN + XBT]
        whole = draw.choice([1, 100, 1_000, 50_000]) if asset_id == USD else 1
        row = self.deposit(account_id, draw.choice(wallets), asset_id, whole)
        row.amount_atoms = row.amount_atoms // draw.choice([1, 3, 7, 1_000])
        row.kind = draw.choice([CommandKind.DEPOSIT, CommandKind.WITHDRAW, CommandKind.TRANSFER])
        if row.kind == CommandKind.DEPOSIT and row.to_wallet == isolated:
            row.to_wallet = WalletKind.FLEX
        if row.kind != CommandKind.DEPOSIT:
            row.from_wallet = draw.choice(wallets)
        if row.kind == CommandKind.WITHDRAW:
            row.to_wallet = 0
        return row

    def leverage(self) -> Command:
        """Isolated or cross."""
        draw = self.random
        lever = draw.choice(
            [0, 0, 500_000, 2_000_000, 10_000_000, 33_333_333, 50_000_000, 200_000_000]
        )
        return self.make(
            CommandKind.SET_LEVERAGE,
            account_id=draw.choice(self.accounts),
            market_id=draw.choice(self.traded),
            leverage_ppm=lever,
        )

    def risk_limit(self) -> Command:
        """A higher or a lower one, seldom in a market without."""
        draw = self.random
        market_id = draw.choice(self.limited if draw.random() < 0.95 else self.traded)
        market = self.markets[market_id]
        steps = draw.choice([-1, 0, 0, 1, 1, 2, 3, 5, 8, 20, 300])
        amount = market.risk_base_atoms + steps * market.risk_step_atoms + draw.choice([-1, 0, 1])
        return self.make(
            CommandKind.SET_RISK_LIMIT,
            account_id=draw.choice(self.accounts),
            market_id=market_id,
            amount_atoms=amount,
        )

    def change(self) -> Command:
        """Other terms, soon or at once, most often such as may be."""
        draw = self.random
        term = draw.choice([*Term, Term.TIER, Term.TIER, Term.MARGIN_FACTOR, Term.TIER_BOUND])
        market = self.markets[draw.choice(self.traded)]
        value, other = draw.choice(CHANGES[term])
        bounds = [t.from_size for t in self.terms.tiers[market.tier_first - 1 :]]
        number = draw.randrange(
            market.fee_count if term == Term.FEES else max(1, market.tier_count)
        )
        if term == Term.TIER_BOUND:
            value = bounds[number] * draw.choice([0, 1, 2, 3, 8]) // 2 if market.tier_count else 1
        if term not in (Term.TIER, Term.TIER_BOUND, Term.FEES):
            number = 0
        if draw.random() < 0.05:
            value, other = draw.choice([(-1, 0), (0, -1), (2**62, 0), (1, 2**62), (0, 1)])
        return self.make(
            CommandKind.CHANGE_TERMS,
            origin=Origin.OPERATOR,
            market_id=market.market_id if draw.random() < 0.97 else draw.choice([0, -1, 99]),
            type=term if draw.random() < 0.97 else draw.choice([0, 11, -1]),
            number=number if draw.random() < 0.97 else draw.choice([-1, 9, 2**62]),
            value=value,
            other_value=other,
            expire_us=draw.choice([0, 0, self.time_us, *(self.time_us + s for s in SOON_US)]),
        )

    def odd(self) -> Command:
        """Dead man's switch, self-trade mode, assignment, market state."""
        draw = self.random
        account_id = draw.choice(self.accounts)
        pick = draw.randrange(5)
        if self.ending and draw.random() < 0.3:
            return self.settlement()
        if pick < 2:
            delay = draw.choice([0, 1, 15 * SECOND_US, -1])
            account_id = draw.choice(self.accounts[RICH:])
            return self.make(CommandKind.CANCEL_ALL_AFTER, account_id=account_id, value=delay)
        if pick == 2:
            mode = draw.choice([*SelfTrade, SelfTrade.DECREMENT, 9])
            return self.make(CommandKind.SET_SELF_TRADE, account_id=account_id, value=mode)
        if pick == 3:
            size = draw.choice([0, 10, 1_000, 50_000])
            return self.make(CommandKind.SET_ASSIGNMENT, account_id=account_id, qty_lots=size)
        state = draw.choice([*STATES, 8])
        market_id = self.closed = self.closed or draw.choice(self.traded)
        return self.make(CommandKind.SET_MARKET_STATE, market_id=market_id, value=state)

    def settlement(self) -> Command:
        """A market is taken off, or something that cannot be."""
        draw = self.random
        market_id = draw.choice([*self.ending, 0, 99, self.traded[-1]])
        base = self.markets[market_id].base_asset_id if market_id in self.markets else XBT
        price = self.price[base] * draw.randint(900_000, 1_100_000) // 10**6
        prices = [price, price, price * 2, price // 2, 1, 0, -1, 10**18 + 1, 10**18]
        price = draw.choice(prices)
        return self.make(CommandKind.SETTLE_MARKET, market_id=market_id, price_subticks=price)

    def tick(self) -> Command:
        """Time alone."""
        return self.make(CommandKind.ADVANCE_TIME, origin=Origin.CLOCK)

    def nonsense(self) -> Command:
        """A command with one field spoilt."""
        draw = self.random
        row = draw.choice(
            [self.order, self.waiting, self.amend, self.money, self.feed, self.cancel]
        )()
        field = draw.choice(SPOILT)
        setattr(row, field, draw.choice([0, -1, 3, 99, 10**13, 2 * 10**18]))
        if field == "time_us":
            row.time_us = self.time_us - 1
        return row


def with_time_steps(commands: list[Command], seed: int) -> list[Command]:
    """The same commands with ADVANCE_TIME put between them, numbered afresh (TIME-002)."""
    draw, made, now = random.Random(seed), [], START_US
    for row in commands:
        while row.time_us > now and draw.random() < 0.6:
            now = draw.randint(now, row.time_us)
            made.append(Command(kind=CommandKind.ADVANCE_TIME, time_us=now, origin=Origin.CLOCK))
        now = max(now, row.time_us)
        made.append(row)
    return made
