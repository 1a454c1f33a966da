"""The calculator's liquidation price is the engine's: the last safe mark, to the sub-tick.

Positions are opened by real orders in a real engine, whatever they cost; the calculator is told
what is in the wallet then, and the engine's index is moved to the price it names.
"""

import random
from decimal import Decimal

import pytest

from longshore import calc
from longshore.calc.listing import Listing
from longshore.engine.codes import OrderType, Reject, Side, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.ledger import settlement_atoms
from longshore.engine.margin import position_wallet
from longshore.engine.rows import Command

XBT, ETH = "PF_XBTUSD", "PF_ETHUSD"
STEP = Decimal("1e-10")
HOUR_US = 3_600_000_000
TIERS = tuple(
    calc.Tier(Decimal(a), Decimal(i), Decimal(m))
    for a, i, m in [(0, "0.01", "0.005"), (50_000, "0.02", "0.01"), (200_000, "0.05", "0.04")]
)
COIN_TIERS = tuple(
    calc.Tier(Decimal(a), Decimal(i), Decimal(m))
    for a, i, m in [(0, "0.02", "0.01"), ("0.5", "0.04", "0.02"), (2, "0.1", "0.05")]
)
BY_MARK = calc.Contract(lot="0.0001", tick=1, tiers=TIERS, margin_on="mark", taker="0.0005")
WHOLE = calc.Contract(lot="0.0001", tick=1, tiers=TIERS, tier_method="whole", taker="0.0005")
INVERSE = calc.Contract(kind="inverse", lot=1, tiers=COIN_TIERS, margin_on="mark", taker="0.0005")
IN_CONTRACTS = calc.Contract(
    kind="inverse", lot=10, worth=1, margin_on="mark", tiers_in="contracts",
    tiers=(TIERS[0], calc.Tier(Decimal(20_000), Decimal("0.04"), Decimal("0.02"))),
)  # fmt: skip
LINEAR = (XBT, BY_MARK, WHOLE)
COUNT = 25


class Venue:
    """A real engine with a maker, a trader, and commands in decimals."""

    def __init__(self, symbols):
        self.listing = Listing("kraken", symbols)
        for market in self.listing.setup.markets:
            market.sample_us = market.sample_us or HOUR_US
            market.order_max_lots = market.order_max_lots or 10**12
            market.premium_cap_ppm = min(market.premium_cap_ppm, 10_000)
            if market.inverse_factor == 0 and market.value_divisor:
                market.atoms_per_tick_lot = market.tick_subticks // market.value_divisor
        self.engine = Engine(self.listing.setup)
        self.seq = 0
        self.events = []
        self.maker, self.trader = self.account(), self.account()
        self.index("XBT", 60_000)
        self.index("ETH", 3_000)

    def do(self, kind, **fields):
        self.seq += 1
        command = Command(kind=kind, seq=self.seq, time_us=10**15, origin=1, **fields)
        events = self.engine.apply([command])
        refused = [Reject(e.reject).name for e in events if e.kind == EventKind.REFUSED]
        assert refused == [], (kind.name, fields)
        self.events += events
        return events

    def account(self):
        return self.do(CommandKind.CREATE_ACCOUNT)[0].account_id

    def index(self, asset, price):
        self.do(
            CommandKind.PUBLISH_INDEX,
            asset_id=self.listing.asset_id(asset),
            price_subticks=int(Decimal(price) * 10**10),
            sources=1,
        )

    def wallet_kind(self, symbol):
        settle = self.listing.of(symbol).settle
        return (
            WalletKind.FLEX if settle == "USD" else WalletKind.COIN + self.listing.asset_id(settle)
        )

    def deposit(self, account_id, asset, amount, kind=WalletKind.FLEX):
        self.do(
            CommandKind.DEPOSIT,
            account_id=account_id,
            asset_id=self.listing.asset_id(asset),
            to_wallet=kind,
            amount_atoms=int(Decimal(amount) * 10**8),
        )

    def trade(self, position):
        """The trader takes what the maker offers at the entry price."""
        listed = self.listing.of(position.symbol)
        row = self.engine.view.markets[listed.market_id]
        side = Side.BUY if position.side == "long" else Side.SELL
        fields = {
            "market_id": listed.market_id,
            "price_ticks": int(Decimal(position.entry) * 10**10) // row.tick_subticks,
            "qty_lots": int(Decimal(position.qty) / listed.lot * listed.lots_per_lot),
        }
        if position.leverage:
            self.do(
                CommandKind.SET_LEVERAGE,
                account_id=self.trader,
                market_id=listed.market_id,
                leverage_ppm=int(Decimal(position.leverage) * 10**6),
            )
        for account_id, way, kind in (
            (self.maker, Side.SELL if side == Side.BUY else Side.BUY, OrderType.LIMIT),
            (self.trader, side, OrderType.IOC),
        ):
            self.do(
                CommandKind.PLACE_ORDER, account_id=account_id, side=way, type=kind, **fields
            )  # fmt: skip

    def balance(self, symbol):
        """What the wallet behind the trader's position holds of its settlement asset."""
        view, market_id = self.engine.view, self.listing.of(symbol).market_id
        wallet = position_wallet(view, self.trader, market_id)
        return Decimal(settlement_atoms(view, wallet)) / 10**8

    def liquidates_at(self, price):
        """Whether the engine liquidates the trader when the index comes to a price."""
        before = len(self.events)
        self.index("XBT", price)
        started = [e for e in self.events[before:] if e.kind == EventKind.LIQUIDATION_STARTED]
        return self.trader in [e.account_id for e in started]


def drawn(rng, symbol):
    """A position on bitcoin near its index of 60,000."""
    inverse = isinstance(symbol, calc.Contract) and symbol.kind == "inverse"
    qty = 10 * rng.randint(1, 15_000) if inverse else Decimal(rng.randint(1, 60_000)) / 10_000
    return calc.Position(
        symbol=symbol,
        side=rng.choice(["long", "short"]),
        qty=qty,
        entry=rng.randint(59_900, 60_100),
        mark=60_000,
    )


def agree(venue, found, position):
    """The price named is safe, one sub-tick on is not; or none is, far away."""
    assert Decimal(position.mark) != found.price
    if found.price is None:
        assert not venue.liquidates_at(Decimal("0.01"))
        assert not venue.liquidates_at(10**6)
        return
    assert not venue.liquidates_at(found.price)
    assert venue.liquidates_at(found.price + (STEP if found.price > position.mark else -STEP))


@pytest.mark.parametrize("seed", range(COUNT))
@pytest.mark.parametrize("symbol", [*LINEAR, INVERSE, IN_CONTRACTS], ids=range(5))
def test_isolated(symbol, seed):
    """LIQD-001, MRGN-007."""
    rng = random.Random(f"isolated {seed}")
    drew = drawn(rng, symbol)
    position = calc.Position(**{**vars(drew), "leverage": rng.choice([1, 2, 3, 5, 10, "12.5"])})
    venue = Venue([symbol])
    kind, settle = venue.wallet_kind(symbol), venue.listing.of(symbol).settle
    for account_id in (venue.maker, venue.trader):
        venue.deposit(account_id, settle, 10**7 if settle == "USD" else 10**3, kind)
    venue.trade(position)
    found = calc.liquidation_price(position=position)
    assert found.margin == venue.balance(symbol)
    agree(venue, found, position)


@pytest.mark.parametrize("seed", range(COUNT))
@pytest.mark.parametrize("symbol", [*LINEAR, INVERSE, IN_CONTRACTS], ids=range(5))
def test_cross(symbol, seed):
    """LIQD-001, MRGN-002, CONT-003: with coins, and an ether position beside it."""
    rng = random.Random(f"cross {seed}")
    position = drawn(rng, symbol)
    venue = Venue([symbol])
    kind, settle = venue.wallet_kind(symbol), venue.listing.of(symbol).settle
    venue.deposit(venue.maker, settle, 10**7 if settle == "USD" else 10**3, kind)
    asked = calc.margin(symbol=symbol, qty=position.qty, price=position.entry)
    room = asked.notional * Decimal(rng.randint(2, 60)) / 100 + asked.initial
    venue.deposit(venue.trader, settle, round(room, 8), kind)
    coins, others = {}, []
    if settle == "USD":
        others = beside(rng, venue)
        if rng.random() < 0.5:
            coins = {"XBT": str(Decimal(rng.randint(1, 20_000)) / 10_000)}
            venue.deposit(venue.trader, "XBT", coins["XBT"])
        if rng.random() < 0.5:
            coins["ETH"] = calc.Coin(quantity=rng.randint(1, 9), price=3_000)
            venue.deposit(venue.trader, "ETH", coins["ETH"].quantity)
    venue.trade(position)
    wallet = calc.Cross(balance=venue.balance(symbol), collateral=coins, others=others)
    agree(venue, calc.liquidation_price(position=position, wallet=wallet), position)


def beside(rng, venue):
    """Perhaps a position in ether, with money for it."""
    if rng.random() < 0.5:
        return []
    other = calc.Position(
        symbol=ETH, side=rng.choice(["long", "short"]), qty=rng.randint(1, 20),
        entry=rng.randint(2_990, 3_010), mark=3_000,
    )  # fmt: skip
    venue.deposit(venue.trader, "USD", 3_000)
    venue.trade(other)
    return [other]
