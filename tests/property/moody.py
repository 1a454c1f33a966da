"""A storm whose accounts change their minds: margin modes and leverages with open risk."""

from __future__ import annotations

from collections.abc import Iterator

from longshore.engine.codes import Leg, MarginMode, Side
from longshore.engine.commands import CommandKind
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Command
from tests.property.markets import FF_XBT, FI_XBT, PF_ETH, PF_SOL, PF_XBT, PI_XBT
from tests.property.rough import RoughStorm
from tests.property.storm import RICH, Storm


class Moody(Storm):
    """A storm with one command in eight about a mode."""

    modes = 0.12

    def one(self) -> Command:
        """The next command."""
        return self.mode() if self.random.random() < self.modes else super().one()

    def mode(self) -> Command:
        """Cross or isolated, each at a leverage."""
        draw = self.random
        row = self.leverage()
        row.value = draw.choice([*MarginMode, *MarginMode, MarginMode.CROSS, 3])
        row.leverage_ppm = draw.choice([0, 1_000_000, 3_000_000, 10_000_000, 20_000_000])
        return row


class ToppedUp(Moody, RoughStorm):
    """A rough storm where the poor are isolated at first, and most of them topped up."""

    modes = 0.06

    def genesis(self) -> Iterator[Command]:
        """Isolated at 20x to 50x."""
        yield from super().genesis()
        for number in self.accounts[RICH:]:
            for market_id in self.margined:
                row = self.make(CommandKind.SET_LEVERAGE, account_id=number, market_id=market_id)
                row.leverage_ppm, row.value = self.random.randint(20, 50) * 10**6, 2
                yield row
                yield self.topping(number, market_id, int(self.random.random() < 0.8))

    def topping(self, account_id: int, market_id: int, value: int) -> Command:
        """Topped up, or not."""
        fields = {"account_id": account_id, "market_id": market_id, "value": value}
        return self.make(CommandKind.SET_TOP_UP, **fields)

    def mode(self) -> Command:
        """A leverage, or a top-up."""
        draw = self.random
        if draw.random() < 0.5:
            return super().mode()
        who, where = draw.choice([*self.accounts, 99]), draw.choice(self.traded)
        return self.topping(who, where, draw.choice([0, 1, 1, 2]))


class Hedger(Moody):
    """A storm in which most accounts hold long and short legs."""

    modes = 0.02

    def __init__(self, seed: int, terms: Setup) -> None:
        """In few markets, so that legs meet."""
        super().__init__(seed, terms)
        self.traded = self.margined = [PF_XBT, PF_XBT, PF_ETH, PF_SOL, PI_XBT, FF_XBT]

    def genesis(self) -> Iterator[Command]:
        """Three accounts of four are in hedge mode from the start."""
        yield from super().genesis()
        for number in self.accounts:
            if number % 4:
                yield self.hedging(number, 1)

    def hedging(self, account_id: int, value: int) -> Command:
        """A position mode."""
        return self.make(CommandKind.SET_POSITION_MODE, account_id=account_id, value=value)

    def one(self) -> Command:
        """The next command; orders name a leg, most often where they should."""
        draw = self.random
        if draw.random() < 0.01:
            return self.hedging(draw.choice([*self.accounts, 99]), draw.choice([0, 1, 1, 2]))
        row = super().one()
        if row.kind == CommandKind.PLACE_ORDER:
            row.reduce_only *= draw.random() < 0.3
            row.leg = self.leg(row) if draw.random() < 0.98 else draw.choice([*Leg, 3])
        return row

    def leg(self, row: Command) -> int:
        """The leg that an order of an account opens, or closes at times; none where it has none."""
        market = self.markets.get(row.market_id)
        if row.account_id % 4 == 0 or market is None or not market.hedge_allowed:
            return Leg.ONE_WAY
        opens = self.random.random() < 0.7
        return Leg.LONG if opens == (row.side == Side.BUY) else Leg.SHORT


class RoughHedger(Hedger, RoughStorm):
    """The same where many are liquidated."""


class Netted(RoughHedger):
    """The same in perpetual and dated contracts of one coin."""

    def __init__(self, seed: int, terms: Setup) -> None:
        """Dollar contracts in one wallet, inverse ones in another, another coin beside them."""
        super().__init__(seed, terms)
        self.traded = self.margined = [PF_XBT, FF_XBT, FF_XBT, PI_XBT, FI_XBT, PF_ETH]
