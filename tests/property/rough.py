"""A storm in which many are liquidated: prices jump, and the poor trade as much as they can."""

from __future__ import annotations

from collections.abc import Iterator

from longshore.engine.codes import OrderType, Side, System, WalletKind
from longshore.engine.rows import Command
from tests.property.markets import DOLLAR_SUBTICKS, FIRST_PRICE, SECOND_US, USD
from tests.property.storm import RICH, Storm


class RoughStorm(Storm):
    """Half of it are jumps of prices, quotes of the rich and market orders of the poor."""

    def genesis(self) -> Iterator[Command]:
        """The insurance account has something, too."""
        yield from super().genesis()
        yield self.deposit(System.INSURANCE, WalletKind.FLEX, USD, 3_000)

    def one(self) -> Command:
        """A jump, a quote, an order of the poor, or what any storm has."""
        kinds = [self.jump, self.wall, self.wall, self.poor, self.poor, self.wait, super().one]
        make = self.random.choice(kinds)
        return make()

    def jump(self) -> Command:
        """A price moves by up to a fiftieth, pulled back toward the first one."""
        asset_id = self.random.choice(list(self.price))
        price = self.price[asset_id]
        home = int(FIRST_PRICE[asset_id] * 10**6) * DOLLAR_SUBTICKS // 10**6
        price += price * self.random.randint(-20_000, 20_000) // 10**6 + (home - price) // 20
        self.price[asset_id] = max(1, price)
        return self.publish(asset_id)

    def wall(self) -> Command:
        """A rich account offers much near the price."""
        draw = self.random
        side, market_id = draw.choice([Side.BUY, Side.SELL]), draw.choice(self.margined)
        away = draw.randint(0, 8_000) * (-1 if side == Side.BUY else 1)
        account_id = self.accounts[draw.randrange(RICH)]
        return self.placed(account_id, market_id, side, OrderType.LIMIT, away, 20_000)

    def wait(self) -> Command:
        """Time passes."""
        self.time_us += self.random.choice([1, 1_000, SECOND_US, SECOND_US, 31 * SECOND_US])
        return self.tick()

    def poor(self) -> Command:
        """Somebody who is not rich takes a size."""
        draw = self.random
        account_id = self.accounts[draw.randrange(RICH, len(self.accounts))]
        side, market_id = draw.choice([Side.BUY, Side.SELL]), draw.choice(self.margined)
        away = 10_000 if side == Side.BUY else -10_000
        dollars = draw.choice([3_000, 8_000, 20_000, 60_000])
        return self.placed(account_id, market_id, side, OrderType.IOC, away, dollars)
