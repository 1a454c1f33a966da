"""The canonical flow sent by a strategy of `nautilus_trader` in its backtest engine.

One command a quote. The peer has one account, and its orders meet the quote, so an order that takes
fills at once and one that rests stays; the flow's cancels and amendments of what is not open there
are left out and not counted.
"""

from __future__ import annotations

import time
from decimal import Decimal

from nautilus_trader.backtest.engine import BacktestEngine, BacktestEngineConfig
from nautilus_trader.config import LoggingConfig
from nautilus_trader.model.currencies import USDT
from nautilus_trader.model.data import QuoteTick
from nautilus_trader.model.enums import AccountType, OmsType, OrderSide
from nautilus_trader.model.identifiers import Venue
from nautilus_trader.model.objects import Money
from nautilus_trader.test_kit.providers import TestInstrumentProvider
from nautilus_trader.trading.strategy import Strategy

from benchmarks import flow
from longshore.engine.codes import Side
from longshore.engine.commands import CommandKind
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.engine.rows import Command

STEP_NS = 20_000_000  # the peer lets a hundred orders a second through
LOTS = 1_000  # in one contract of the peer's instrument


class Sender(Strategy):  # type: ignore[misc]
    """Sends the next command at each quote; the clock runs from the first measured one."""

    def __init__(self, instrument: object, commands: list[Command], measured: int) -> None:
        super().__init__()
        self.instrument, self.rows, self.measured = instrument, commands, measured
        self.placed: dict[int, object] = {}
        self.at = self.sent = 0
        self.started = self.ended = 0.0

    def on_start(self) -> None:
        """Listen to the quotes."""
        self.subscribe_quote_ticks(self.instrument.id)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        """One command."""
        if self.at == self.measured:
            self.started, self.sent = time.perf_counter(), 0
        if self.at < len(self.rows):
            self.sent += self.send(self.rows[self.at])
        self.at += 1
        self.ended = time.perf_counter()

    def send(self, command: Command) -> bool:
        """Send one, if it can be."""
        if command.kind == CommandKind.PLACE_ORDER:
            side = OrderSide.BUY if command.side == Side.BUY else OrderSide.SELL
            order = self.order_factory.limit(self.instrument.id, side, *self.terms(command))
            self.placed[command.seq * ORDER_IDS_PER_COMMAND] = order
            self.submit_order(order)
            return True
        order = self.placed.get(command.order_id)
        if order is None or not order.is_open:
            return False
        if command.kind == CommandKind.CANCEL_ORDER:
            self.cancel_order(order)
        else:
            qty, price = self.terms(command)
            self.modify_order(order, quantity=qty, price=price)
        return True

    def terms(self, command: Command) -> tuple[object, object]:
        """Size and price as the peer writes them."""
        of = self.instrument
        return of.make_qty(Decimal(command.qty_lots) / LOTS), of.make_price(command.price_ticks)


def backtest_s(made: flow.Flow) -> tuple[float, int]:
    """Seconds for the measured commands, and how many of them could be sent."""
    kinds = (CommandKind.PLACE_ORDER, CommandKind.CANCEL_ORDER, CommandKind.AMEND_ORDER)
    opening = [c for c in made.opening if c.kind in kinds]
    commands = [*opening, *(c for c in made.commands if c.kind in kinds)]
    quiet = BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True))
    engine = BacktestEngine(config=quiet)
    instrument = TestInstrumentProvider.btcusdt_perp_binance()
    engine.add_venue(
        venue=Venue("BINANCE"), oms_type=OmsType.NETTING, account_type=AccountType.MARGIN,
        base_currency=None, starting_balances=[Money(10_000_000, USDT)],
    )  # fmt: skip
    engine.add_instrument(instrument)
    sender = Sender(instrument, commands, len(opening))
    engine.add_strategy(sender)
    engine.add_data([quote(instrument, at) for at in range(len(commands))])
    engine.run()
    engine.dispose()
    return sender.ended - sender.started, sender.sent


def quote(instrument: object, at: int) -> QuoteTick:
    """A dollar on each side of the flow's middle, deep enough for any order."""
    bid, ask = (instrument.make_price(flow.PRICE_USD + off) for off in (-1, 1))
    size = instrument.make_qty(1_000)
    time_ns = flow.START_US * 1_000 + at * STEP_NS
    return QuoteTick(instrument.id, bid, ask, size, size, time_ns, time_ns)
