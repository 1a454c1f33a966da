"""Mirror: a venue's book as one account's orders, and the commands that a quote becomes.

The account is no source: it acts on what comes from outside, so its commands are given to the
world, as a user's are. Its orders end by its dead man's switch when no quote comes any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from longshore.engine.codes import MarketState, Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.engine.state import State
from longshore.rulebooks import MarketInfo
from longshore.world.agents.moves import PPM
from longshore.world.agents.resting import Levels, brought_to
from longshore.world.feeds.imported import ATOM_DECIMALS
from longshore.world.feeds.live import LiveTerms, set_state
from longshore.world.feeds.publish import publish_index
from longshore.world.live.quotes import Quote

DEPOSIT_USD = 1_000_000_000
TAKES_ORDERS = frozenset({MarketState.ACTIVE, MarketState.POST_ONLY, MarketState.AUCTION})
US_PER_MS = 1_000


def account_name(symbol: str) -> str:
    """What the account that mirrors a market's book is called."""
    return f"live book {symbol}"


def mirrored(markets: Sequence[MarketInfo]) -> list[MarketInfo]:
    """Of each asset the first linear perpetual: whose book is mirrored, and whose index is told.

    ValueError: an asset has none.
    """
    made: dict[int, MarketInfo] = {}
    for market in markets:
        if market.is_dollar_perpetual:
            made.setdefault(market.base.asset_id, market)
    for asset in (asset for market in markets for asset in market.priced_by):
        if asset.asset_id not in made:
            raise ValueError(f"live prices need a linear perpetual on {asset.symbol} in the world")
    return list(made.values())


class Mirror:
    """One market's mirrored book, and the index of its asset."""

    def __init__(self, market: MarketInfo, account_id: int, terms: LiveTerms, levels: int) -> None:
        """`levels` is how many a side, from the best outward."""
        self.market = market
        self.account_id = account_id
        self._terms = terms
        self._levels = levels

    def commands(self, view: State, quote: Quote) -> list[Command]:
        """The index, the switch wound up again, and what brings the orders to the quote's."""
        asset = self.market.base
        index_subticks = subticks(quote.index, asset.price_decimals)
        made = [
            publish_index(0, asset.asset_id, index_subticks),
            self._switch(self._terms.quote_ms * US_PER_MS),
        ]
        row = view.markets[self.market.market_id]
        if row.state in TAKES_ORDERS:
            bids, asks = self._mirrored(quote.bids), self._mirrored(quote.asks)
            made += brought_to(view, self.account_id, row, bids, asks)
        return [_given(command) for command in made]

    def stop(self, view: State) -> list[Command]:
        """Nothing is known any more: orders end, and the market waits for the next price."""
        row = view.markets[self.market.market_id]
        made = [Command(kind=CommandKind.CANCEL_ALL, account_id=self.account_id)]
        if row.state in {MarketState.ACTIVE, MarketState.POST_ONLY}:
            made.append(set_state(row, MarketState.AUCTION, Origin.FEED))
        return [_given(command) for command in made]

    def _mirrored(self, levels: list[tuple[Decimal, Decimal]]) -> Levels:
        """The best levels, each no larger than it may be."""
        made = []
        for price, size in levels[: self._levels]:
            price_subticks = subticks(price, self.market.base.price_decimals)
            atoms = int(size.scaleb(ATOM_DECIMALS)) * self._terms.scale_ppm // PPM
            made.append((price_subticks, min(atoms, self._most_atoms(price_subticks))))
        return made

    def _most_atoms(self, price_subticks: int) -> int:
        """What the most dollars buy at a price."""
        scale = int(10 ** (self.market.base.price_decimals + ATOM_DECIMALS))
        return self._terms.level_usd * scale // max(1, price_subticks)

    def _switch(self, wait_us: int) -> Command:
        return Command(kind=CommandKind.CANCEL_ALL_AFTER, account_id=self.account_id, value=wait_us)


def subticks(price: Decimal, decimals: int) -> int:
    """A told price in sub-ticks, what is finer cut off."""
    return int(price.scaleb(decimals))


def _given(command: Command) -> Command:
    command.origin = Origin.FEED
    return command
