"""What the twin remembers: dictionaries, and nothing that could be worked out from them."""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from longshore.engine.codes import Leg, MarketKind, OrderState, WalletKind
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.engine.rows import Market

PPM = 10**6
SHORT = 100
OUTSIDE = 0


def up(number: int, divisor: int) -> int:
    """A quotient rounded toward plus infinity."""
    return -(-number // divisor)


def toward_zero(number: int, divisor: int) -> int:
    """A quotient rounded toward zero."""
    return number // divisor if number >= 0 else -(-number // divisor)


def nearest(number: int, divisor: int) -> int:
    """A quotient to the nearest whole number, halves away from zero."""
    size = (2 * abs(number) + divisor) // (2 * divisor)
    return size if number >= 0 else -size


@dataclass
class Account:
    """A customer or one of the venue's own."""

    self_trade: int = 0
    dead_man_us: int = 0
    assign_max_lots: int = 0
    leverage_ppm: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    risk_steps: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    isolated: set[int] = field(default_factory=set)
    topped_up: set[int] = field(default_factory=set)
    hedged: int = 0
    state: int = 0
    cap_ppm: int = 0
    gates: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    clients: dict[tuple[int, int], int] = field(default_factory=dict)
    volume: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))


@dataclass
class Position:
    """One account in one market."""

    qty_lots: int = 0
    entry_atoms: int = 0
    funding_index: int = 0
    order_margin_atoms: int = 0


@dataclass
class Order:
    """Resting, waiting, or about to take."""

    order_id: int
    account_id: int
    market_id: int
    side: int
    type: int
    price_ticks: int
    qty_lots: int
    reduce_only: int = 0
    trigger_ticks: int = 0
    signal: int = 0
    trail_ppm: int = 0
    trail_ticks: int = 0
    rests: int = 0
    slides: int = 0
    closes: int = 0
    display_lots: int = 0
    held_us: int = 0
    shown_lots: int = 0
    expire_us: int = 0
    linked_id: int = 0
    state: int = OrderState.TAKING
    priority: int = 0
    filled_lots: int = 0
    hold_atoms: int = 0
    stopped: bool = False
    halted: bool = False
    spent: bool = False
    stop_ticks: int = 0
    target_ticks: int = 0
    parent_id: int = 0
    leg: int = 0
    brackets: list[int] = field(default_factory=list)

    @property
    def where(self) -> int:
        """The market whose position it is about: its own, or its short leg."""
        return self.market_id + (SHORT if self.leg == Leg.SHORT else 0)


class ShortLeg:
    """A market as its short legs see it: all but where positions are is the market's (MODE-004)."""

    def __init__(self, market: Market) -> None:
        """Of this market."""
        self.__dict__.update(market=market, market_id=market.market_id + SHORT)

    def __getattr__(self, name: str) -> Any:
        """The market's own."""
        return getattr(self.__dict__["market"], name)

    def __setattr__(self, name: str, value: int) -> None:
        """The market's own."""
        setattr(self.market, name, value)


class Markets(dict):
    """Markets by id; short legs are not counted among them but found."""

    def __init__(self, markets: list[Market]) -> None:
        """Each with its short leg."""
        super().__init__({m.market_id: copy.copy(m) for m in markets})
        self.legs = {m.market_id + SHORT: ShortLeg(m) for m in self.values()}

    def __missing__(self, key: int) -> ShortLeg:
        """A short leg."""
        return self.legs[key]


class State:
    """The twin's whole memory."""

    def __init__(self, setup: Any) -> None:
        """A venue without customers, prices or money. Tiers are counted from 1 as in the tables."""
        assets, markets = setup.assets, setup.markets
        tiers, fee_tiers = copy.deepcopy(setup.tiers), copy.deepcopy(setup.fee_tiers)
        self.assets = {a.asset_id: copy.copy(a) for a in assets}
        self.markets = Markets(markets)
        self.tiers = {
            m.market_id: tiers[m.tier_first - 1 : m.tier_first - 1 + m.tier_count] for m in markets
        }
        self.linear = [m for m in self.markets.values() if m.kind != MarketKind.SPOT]
        self.fee_tiers = {
            m.market_id: fee_tiers[m.fee_first - 1 : m.fee_first - 1 + m.fee_count] for m in markets
        }
        for table in (self.tiers, self.fee_tiers):
            table.update({number + SHORT: rows for number, rows in table.items()})
        self.ladder = list(setup.ladder)
        self.settlement = setup.settlement_asset_id
        self.cancel_on_initial = setup.cancel_on_initial
        self.netting = setup.netting
        self.time_us = 0
        self.seq = 0
        self.orders_made = 0
        self.priority = 0
        self.accounts: dict[int, Account] = {}
        self.balances: dict[tuple[int, int, int], int] = defaultdict(int)
        self.positions: dict[tuple[int, int], Position] = defaultdict(Position)
        self.orders: dict[int, Order] = {}
        self.premiums: dict[int, list[int]] = {}
        self.bases: dict[int, list[int]] = defaultdict(list)
        self.sample_next: dict[int, int] = {}
        self.funding_next: dict[int, int] = {}
        self.halt_due: dict[int, int] = {}
        self.calendar: list[tuple[int, int, int]] = []
        self.changes: dict[int, Any] = {}
        self.downtimes: dict[int, Any] = {}
        self.venue_state = 0
        self.own_states: dict[int, int] = {}
        self.window: dict[int, list[int]] = defaultdict(list)
        self.partial_us: dict[tuple[int, int], int] = {}
        self.paused: dict[tuple[int, int], int] = {}
        self.shared: dict[tuple[int, int], Market] = {}
        self.mark_before: dict[int, int] = defaultdict(int)
        self.fund_levels: list[tuple[int, int, int]] = []
        self.ended: list[tuple[int, int]] = []
        self.ladders: list[tuple[int, int]] = []

    def perpetuals(self) -> list[Market]:
        """All markets with margin, by id."""
        return self.linear

    def index_of(self, market: Market) -> int:
        """The index price a market stands on: its base asset's."""
        return self.assets[market.base_asset_id].index_subticks

    def leverage(self, account_id: int, market_id: int) -> int:
        """The leverage chosen, in ppm; zero is none (MODE-001)."""
        return self.accounts[account_id].leverage_ppm[market_id % SHORT]

    def isolated(self, account_id: int, market_id: int) -> bool:
        """Whether a position there has a wallet of its own."""
        return market_id % SHORT in self.accounts[account_id].isolated

    def hedged(self, account_id: int, market_id: int) -> bool:
        """Whether there are two legs (MODE-004)."""
        allowed = self.markets[market_id].hedge_allowed
        return bool(self.accounts[account_id].hedged and allowed)

    def leg(self, account_id: int, market: Market, lots: int) -> Market:
        """The market, or its short leg, where a position of this sign lies."""
        number = market.market_id % SHORT
        short = lots < 0 and self.hedged(account_id, number)
        return self.markets[number + SHORT * short]

    def margined(self, account_id: int) -> list[Market]:
        """All where an account may have a position, short legs last."""
        legs = [self.markets.legs[m.market_id + SHORT] for m in self.linear]
        return self.linear + (legs if self.accounts[account_id].hedged else [])

    def margin_wallet(self, account_id: int, market_id: int) -> int:
        """The wallet a perpetual position of this account hangs on."""
        if self.isolated(account_id, market_id):
            return WalletKind.ISOLATED + market_id
        return self.cross_kind(market_id)

    def cross_kind(self, market_id: int) -> int:
        """CONT-003: the flex wallet, or the wallet of the coin the market settles in."""
        settles_in = self.markets[market_id].settle_asset_id
        if settles_in == self.settlement:
            return WalletKind.FLEX
        return WalletKind.COIN + settles_in

    def unit(self, kind: int) -> int:
        """The asset a wallet counts in."""
        if kind >= WalletKind.COIN:
            return kind - WalletKind.COIN
        if kind >= WalletKind.ISOLATED:
            return self.markets[kind - WalletKind.ISOLATED].settle_asset_id
        return self.settlement

    def newest_first(self, account_id: int) -> list[Order]:
        """All orders of an account."""
        return [o for o in reversed(self.orders.values()) if o.account_id == account_id]

    def new_order_id(self) -> int:
        """Sequence number x 1,048,576 + place in the command (ORDR-015)."""
        self.orders_made += 1
        return self.seq * ORDER_IDS_PER_COMMAND + self.orders_made - 1
