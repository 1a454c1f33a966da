"""One run of a trade: the world, its trader's few commands, and how the position fared.

Nothing is journalled. The feed, the seed and the agents are the scenario's; the trader's commands
are the same under every rulebook: the margin mode, then the entry with its stop and target.
"""

from __future__ import annotations

from longshore.engine._compile import Mode
from longshore.engine.codes import OrderType, Origin, Reject, Side, Signal, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.ledger import balance_atoms
from longshore.engine.margin import (
    accrued_atoms,
    equity_atoms,
    maintenance_atoms,
    position_wallet,
    unrealised_atoms,
)
from longshore.engine.rows import Command, Event
from longshore.engine.state import State, position_slot, wallet_slot
from longshore.explain.figures import Figures, figures
from longshore.practice.compare.ground import TRADER
from longshore.practice.compare.outcome import Point
from longshore.practice.compare.trade import Trade
from longshore.practice.trial import refusal_of
from longshore.rulebooks import MarketInfo
from longshore.world.build import Parts
from longshore.world.stepper import Stepper

SLICE_US = 60_000_000
"""How often the position is looked at."""
PPM = 1_000_000
US_PER_MS = 1_000


class Course:
    """A trade carried through a world; what is read from it afterwards are its attributes."""

    def __init__(self, parts: Parts, trade: Trade, mode: Mode) -> None:
        self.parts = parts
        self.trade = trade
        self.market: MarketInfo = next(iter(parts.catalog.markets.values()))
        self.account_id = parts.accounts[TRADER]
        self.stepper = Stepper(Engine(parts.setup, mode=mode), parts.cast, parts.scenario.start_us)
        self.events: list[Event] = []
        self.points: list[Point] = []
        self.reject = Reject.NONE
        self.mode_refused = False
        self.opened: Figures | None = None
        self.entry_indexes: dict[int, int] = {}
        """The index of each coin when the entry was placed."""

    @property
    def view(self) -> State:
        """The state as it stands."""
        return self.stepper.engine.view

    @property
    def qty_lots(self) -> int:
        """What the trader holds now."""
        position = self.view.positions[position_slot(self.account_id, self.market.market_id)]
        return int(position.qty_lots)

    def enter(self) -> bool:
        """Go on to the entry and place it; whether the venue took it.

        Raises ConversionError for a size or price that is no multiple of the market's steps.
        """
        commands = [self._margin_mode(), self._entry()]
        for command in self.parts.genesis:
            command.time_us = self.parts.scenario.start_us
        self.stepper.carry_out(self.parts.genesis)
        self.stepper.advance(self.trade.at_us)
        ids = [asset.asset_id for asset in self.parts.catalog.assets.values()]
        self.entry_indexes = {i: int(self.view.assets[i].index_subticks) for i in ids}
        for command in commands:
            command.time_us = self.stepper.reached_us
            self.reject = refusal_of(self._told(self.stepper.carry_out([command])))
            if self.reject != Reject.NONE:
                self.mode_refused = command.kind == CommandKind.SET_LEVERAGE
                return False
        self.stepper.take_batch()
        self.opened = figures(self.view, self.account_id, self.market.market_id)
        self._look()
        return self.qty_lots != 0

    def follow(self, until_us: int) -> None:
        """Go on until nothing is open any more, or that time."""
        stepper = self.stepper
        while self.qty_lots != 0 and stepper.reached_us < until_us:
            stepper.advance(min(until_us, stepper.reached_us + SLICE_US))
            batch = stepper.take_batch()
            self._told(batch.events if batch is not None else [])
            self._look()

    def worth_atoms(self) -> int:
        """All the trader has, in settlement atoms: money, coins at index, what is not realised."""
        view, market_id = self.view, self.market.market_id
        total = 0
        for kind in (WalletKind.CASH, WalletKind.FLEX, WalletKind.ISOLATED + market_id):
            wallet = wallet_slot(self.account_id, kind)
            for asset in self.parts.catalog.assets.values():
                held = int(balance_atoms(view, wallet, asset.asset_id))
                row = view.assets[asset.asset_id]
                if asset.is_settlement or held == 0:
                    total += held
                else:
                    total += held * int(row.index_subticks) // int(row.value_divisor)
        return total + self.open_atoms()

    def open_atoms(self) -> int:
        """Profit at mark and funding accrued of what is still open."""
        market = self.view.markets[self.market.market_id]
        position = self.view.positions[position_slot(self.account_id, self.market.market_id)]
        if position.qty_lots == 0:
            return 0
        return int(unrealised_atoms(market, position)) + self.accrued_atoms()

    def accrued_atoms(self) -> int:
        """Funding accrued of what is still open."""
        market = self.view.markets[self.market.market_id]
        position = self.view.positions[position_slot(self.account_id, self.market.market_id)]
        return int(accrued_atoms(self.view, market, position)) if position.qty_lots else 0

    def _told(self, events: list[Event]) -> list[Event]:
        """Keep what names the trader."""
        mine = self.account_id
        self.events += [e for e in events if mine in (e.account_id, e.other_account_id)]
        return events

    def _look(self) -> None:
        view, market_id = self.view, self.market.market_id
        wallet = position_wallet(view, self.account_id, market_id)
        unit = 10**self.market.quote.decimals
        self.points.append(
            Point(
                time_ms=self.stepper.reached_us // US_PER_MS,
                equity=int(equity_atoms(view, wallet)) / unit,
                maintenance=int(maintenance_atoms(view, wallet)) / unit,
                mark=float(self.market.mark(int(view.markets[market_id].mark_subticks))),
            )
        )

    def _margin_mode(self) -> Command:
        return Command(
            kind=CommandKind.SET_LEVERAGE,
            origin=Origin.USER,
            account_id=self.account_id,
            market_id=self.market.market_id,
            leverage_ppm=int((self.trade.leverage or 0) * PPM),
        )

    def _entry(self) -> Command:
        trade, market = self.trade, self.market
        stop = 0 if trade.stop is None else market.price_ticks(trade.stop)
        target = 0 if trade.target is None else market.price_ticks(trade.target)
        return Command(
            kind=CommandKind.PLACE_ORDER,
            origin=Origin.USER,
            account_id=self.account_id,
            market_id=market.market_id,
            side=Side.BUY if trade.side == "long" else Side.SELL,
            type=OrderType.MARKET,
            qty_lots=market.qty_lots(trade.size / market.contract_value),
            stop_ticks=stop,
            target_ticks=target,
            signal=Signal.MARK if stop or target else 0,
        )
