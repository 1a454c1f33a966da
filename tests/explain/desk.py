"""A small venue for these tests: an engine under the Kraken rulebook, with commands in decimals."""

from decimal import Decimal

from longshore import rulebooks
from longshore.engine.codes import OrderType, Side, System, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.rows import Command

SECOND = 1_000_000
HOUR = 3_600 * SECOND
PERP, ETHER, SPOT = "PF_XBTUSD", "PF_ETHUSD", "XBT/USD"
RULEBOOK = rulebooks.load("kraken").only([PERP, ETHER, SPOT])
FLEX, CASH = WalletKind.FLEX, WalletKind.CASH


class Desk:
    """Places commands and keeps every event."""

    def __init__(self, mode="plain"):
        self.engine = Engine(RULEBOOK.setup(), mode=mode)
        self.catalog = RULEBOOK.catalog
        self.time_us = 1_584_000_000 * SECOND
        self.seq = 0
        self.events = []
        for account in (System.CONVERSION, System.POOL):
            self.deposit(account, "USD", "1000000")
        self.maker = self.account("100000000")
        self.index("XBT", "60000")
        self.index("ETH", "3000")

    @property
    def view(self):
        return self.engine.view

    def run(self, kind, **fields):
        self.seq += 1
        command = Command(kind=kind, seq=self.seq, time_us=self.time_us, origin=1, **fields)
        events = self.engine.apply([command])
        self.events += events
        return events

    def account(self, dollars="0"):
        [event] = self.run(CommandKind.CREATE_ACCOUNT)
        if Decimal(dollars):
            self.deposit(event.account_id, "USD", dollars)
        return event.account_id

    def deposit(self, account_id, asset, amount, wallet=FLEX):
        info = self.catalog.asset(asset)
        self.run(
            CommandKind.DEPOSIT,
            account_id=account_id,
            asset_id=info.asset_id,
            to_wallet=wallet,
            amount_atoms=info.atoms(Decimal(amount)),
        )

    def index(self, asset, price, seconds=0):
        """An index price; the venue goes on by some seconds first."""
        self.time_us += seconds * SECOND
        info = self.catalog.asset(asset)
        return self.run(
            CommandKind.PUBLISH_INDEX,
            asset_id=info.asset_id,
            price_subticks=info.subticks(Decimal(price)),
            sources=1,
        )

    def leverage(self, account_id, leverage, symbol=PERP):
        return self.run(
            CommandKind.SET_LEVERAGE,
            account_id=account_id,
            market_id=self.catalog.market(symbol).market_id,
            leverage_ppm=leverage * 1_000_000,
        )

    def order_fields(self, account_id, side, size, price=None, symbol=PERP, **more):
        market = self.catalog.market(symbol)
        kind = OrderType.LIMIT if price else OrderType.MARKET
        fields = {
            "account_id": account_id,
            "market_id": market.market_id,
            "side": Side[side.upper()],
            "type": kind,
            "qty_lots": market.qty_lots(Decimal(size)),
            "price_ticks": market.price_ticks(Decimal(price)) if price else 0,
        }
        return {**fields, **more}

    def order(self, *args, **more):
        return self.run(CommandKind.PLACE_ORDER, **self.order_fields(*args, **more))

    def quote(self, bid, ask, size="10", symbol=PERP):
        self.order(self.maker, "buy", size, bid, symbol=symbol)
        self.order(self.maker, "sell", size, ask, symbol=symbol)

    def withdraw_quotes(self):
        self.run(CommandKind.CANCEL_ALL, account_id=self.maker)

    def events_of(self, account_id):
        """All that an account's own event stream would hold."""
        return [e for e in self.events if account_id in (e.account_id, e.other_account_id)]

    def liquidated(self, account_id):
        return any(
            e.kind == EventKind.LIQUIDATION_STARTED and e.account_id == account_id
            for e in self.events
        )
