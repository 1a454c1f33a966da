"""A desk to try rules on: one small venue, people by name, prices in ticks, money in dollars.

BTC: tick 1 USD, lot 0.0001 BTC (so `lots(1.5)` is 15,000). Fees 0.02 % / 0.05 %, margin 1 % / 0.5 %
on entry, 2 % / 1 % above a million. Spot BTC/USD beside it, and a second
perpetual that is sampled once a minute only. No funding flows unless the book makes a premium.
"""

from __future__ import annotations

from dataclasses import replace

from longshore.engine.codes import MarketKind, OrderType, Origin, Reject, Side, Step, System
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.invariants import at_risk, broken
from longshore.engine.ledger import settlement_atoms
from longshore.engine.lifecycle import Setup
from longshore.engine.margin import equity_atoms, maintenance_atoms
from longshore.engine.rows import Asset, Command, Event, FeeTier, Market, Order, Position, Tier
from longshore.engine.state import balance_slot, position_slot, wallet_slot

ATOMS = 10**8
DOLLAR_SUBTICKS = 10**10
HOUR_US = 3_600_000_000
START_US = 1_600_000_000_000_000 // HOUR_US * HOUR_US
USD, BTC = 1, 2
PERP, SPOT, SECOND = 1, 2, 3
CASH, FLEX = 0, 1
LADDER = [Step.CANCEL_ORDERS, Step.PARTIAL, Step.FULL, Step.ASSIGN, Step.COVERED, Step.UNWIND]


def perp(market_id: int, sample_us: int = 1_000_000) -> Market:
    """A linear perpetual on BTC as Kraken runs it."""
    return Market(
        market_id=market_id, kind=MarketKind.LINEAR_PERPETUAL, base_asset_id=BTC,
        quote_asset_id=USD, tick_subticks=DOLLAR_SUBTICKS, atoms_per_tick_lot=10**4,
        value_divisor=10**6, order_max_lots=10**7, position_max_lots=10**7, market_band_ppm=10_000,
        fee_first=1, fee_count=2, tier_first=1, tier_count=2, impact_lots=1_000, ema_num=2,
        ema_den=31, premium_cap_ppm=10_000, sample_us=sample_us, funding_interval_us=HOUR_US,
        rate_interval_us=8 * HOUR_US, rate_cap_e18=4 * 10**16, partial_ppm=100_000,
        partial_band_ppm=10_000, cover_band_ppm=50_000, assign_band_ppm=25_000,
    )  # fmt: skip


def spot() -> Market:
    """Spot BTC/USD."""
    return Market(
        market_id=SPOT, kind=MarketKind.SPOT, base_asset_id=BTC, quote_asset_id=USD,
        tick_subticks=DOLLAR_SUBTICKS, atoms_per_tick_lot=10**4, lot_base_atoms=10**4,
        value_divisor=10**6, order_max_lots=10**7, position_max_lots=10**7, market_band_ppm=10_000,
        fee_first=3, fee_count=1,
    )  # fmt: skip


def setup() -> Setup:
    """The desk's venue."""
    return Setup(
        assets=[
            Asset(asset_id=USD, is_settlement=1, value_divisor=1),
            Asset(
                asset_id=BTC, haircut_ppm=10_000, conversion_fee_ppm=5_000, conversion_rank=1,
                value_divisor=10**10,
            ),
        ],
        markets=[perp(PERP), spot(), perp(SECOND, 60_000_000)],
        tiers=[
            Tier(from_size=0, initial_ppm=10_000, maintenance_ppm=5_000),
            Tier(from_size=10**6 * ATOMS, initial_ppm=20_000, maintenance_ppm=10_000),
        ],
        fee_tiers=[
            FeeTier(from_atoms=0, maker_ppm=200, taker_ppm=500),
            FeeTier(from_atoms=5 * 10**6 * ATOMS, maker_ppm=175, taker_ppm=450),
            FeeTier(from_atoms=0, maker_ppm=2_500, taker_ppm=4_000),
        ],
        ladder=[int(step) for step in LADDER],
    )  # fmt: skip


def lots(coins: float) -> int:
    """Lots in an amount of BTC."""
    return round(coins * 10_000)


class Desk:
    """A venue with named people. Every command is followed by all invariants."""

    def __init__(self, made: Setup | None = None, checking: bool = True) -> None:
        self.engine = Engine(made or setup())
        self.checking = checking
        self.people: dict[str, int] = {}
        self.seq = 0
        self.time_us = START_US
        self.events: list[Event] = []
        for account, asset in ((System.CONVERSION, USD), (System.INSURANCE, USD)):
            self.do(
                CommandKind.DEPOSIT, account_id=account, asset_id=asset, to_wallet=FLEX,
                amount_atoms=10**6 * ATOMS,
            )  # fmt: skip

    def do(self, kind: CommandKind, **fields: int) -> list[Event]:
        """One command; its events."""
        self.seq += 1
        usual = {"time_us": self.time_us, "origin": Origin.USER}
        command = Command(kind=kind, seq=self.seq, **usual | fields)
        events = self.engine.apply([command])
        self.events += events
        if self.checking:
            assert broken(self.engine.view) == []
            assert at_risk(self.engine.view) == []
        return events

    def person(self, name: str, dollars: float = 0, wallet: int = FLEX, coins: float = 0) -> int:
        """An account with money."""
        (made,) = self.do(CommandKind.CREATE_ACCOUNT)
        self.people[name] = made.account_id
        for asset, amount in ((USD, dollars), (BTC, coins)):
            if amount:
                self.deposit(name, amount, asset, wallet)
        return made.account_id

    def deposit(
        self, name: str, amount: float, asset: int = USD, wallet: int = FLEX
    ) -> list[Event]:
        """Practice money from outside."""
        return self.do(
            CommandKind.DEPOSIT, account_id=self.people[name], asset_id=asset, to_wallet=wallet,
            amount_atoms=round(amount * ATOMS),
        )  # fmt: skip

    def index(self, dollars: float, sources: int = 1) -> list[Event]:
        """Publish the index."""
        price = round(dollars * DOLLAR_SUBTICKS)
        return self.do(
            CommandKind.PUBLISH_INDEX, asset_id=BTC, price_subticks=price, sources=sources
        )

    def wait(self, us: int) -> list[Event]:
        """Let time pass."""
        self.time_us += us
        return self.do(CommandKind.ADVANCE_TIME)

    def order(
        self, name: str, side: int, qty_lots: int, price: int = 0, type: int = 0, **fields: int
    ) -> list[Event]:
        """Place an order: limit with a price, market without, unless told."""
        chosen = type or (OrderType.LIMIT if price else OrderType.MARKET)
        return self.do(
            CommandKind.PLACE_ORDER, account_id=self.people[name], side=side, qty_lots=qty_lots,
            price_ticks=price, type=chosen, **{"market_id": PERP, **fields},
        )  # fmt: skip

    def buy(self, name: str, qty_lots: int, price: int = 0, **fields: int) -> list[Event]:
        """Place a buy."""
        return self.order(name, Side.BUY, qty_lots, price, **fields)

    def sell(self, name: str, qty_lots: int, price: int = 0, **fields: int) -> list[Event]:
        """Place a sell."""
        return self.order(name, Side.SELL, qty_lots, price, **fields)

    def trade(self, buyer: str, seller: str, qty_lots: int, price: int, **fields: int) -> None:
        """The seller rests, the buyer takes."""
        self.sell(seller, qty_lots, price, **fields)
        assert any(e.kind == EventKind.FILLED for e in self.buy(buyer, qty_lots, price, **fields))

    def cancel(self, name: str, order_id: int) -> list[Event]:
        """Cancel one order."""
        return self.do(CommandKind.CANCEL_ORDER, account_id=self.people[name], order_id=order_id)

    def isolate(self, name: str, leverage: float, market: int = PERP) -> list[Event]:
        """Margin mode isolated at a leverage; 0 for cross."""
        return self.do(
            CommandKind.SET_LEVERAGE, account_id=self.people[name], market_id=market,
            leverage_ppm=round(leverage * 10**6),
        )  # fmt: skip

    def position(self, name: str, market: int = PERP) -> Position:
        """A position's row."""
        return self.engine.view.positions[position_slot(self.people[name], market)]

    def wallet(self, name: str, kind: int = FLEX) -> int:
        """A wallet's slot."""
        return wallet_slot(self.people[name], kind)

    def usd(self, name: str, kind: int = FLEX) -> int:
        """Settlement balance in atoms."""
        return settlement_atoms(self.engine.view, self.wallet(name, kind))

    def coins(self, name: str, kind: int = FLEX) -> int:
        """BTC balance in atoms."""
        return self.engine.view.balances[balance_slot(self.wallet(name, kind), BTC)].amount_atoms

    def equity(self, name: str, kind: int = FLEX) -> int:
        """Equity in atoms."""
        return equity_atoms(self.engine.view, self.wallet(name, kind))

    def maintenance(self, name: str, kind: int = FLEX) -> int:
        """Maintenance margin in atoms."""
        return maintenance_atoms(self.engine.view, self.wallet(name, kind))

    def orders(self, name: str) -> list[Order]:
        """Open orders, oldest first."""
        view = self.engine.view
        slot = view.accounts[self.people[name]].first_order
        found = []
        while slot:
            found.append(view.orders[slot])
            slot = view.orders[slot].account_next
        return found[::-1]


def refusal(events: list[Event]) -> Reject:
    """The refusal of a command; NONE when it was accepted."""
    refused = [e.reject for e in events if e.kind == EventKind.REFUSED]
    assert len(refused) <= 1
    return Reject(refused[0]) if refused else Reject.NONE


def of(events: list[Event], kind: EventKind) -> list[Event]:
    """The events of one kind."""
    return [e for e in events if e.kind == kind]


def placed(events: list[Event]) -> int:
    """The id of the order a command placed."""
    return of(events, EventKind.ORDER_PLACED)[0].order_id


def changed(made: Setup, market: int = PERP, **fields: int) -> Setup:
    """A setup with some terms of one market changed."""
    copy = replace(made, markets=[Market.of(m.values()) for m in made.markets])
    for name, value in fields.items():
        setattr(copy.markets[market - 1], name, value)
    return copy
