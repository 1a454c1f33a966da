"""A market: its state, its auctions, its funding, its end, and closings that nobody could pay."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from longshore.engine.codes import MarketState, Phase, Side
from longshore.engine.rows import Event, Market
from longshore.explain import format as fmt
from longshore.explain.board.books import BookWatch
from longshore.explain.board.notice import Notice, at, change_ppm, index_text, moved
from longshore.explain.downtimes import KEYS
from longshore.rulebooks import Catalog, MarketInfo

DAY_US = 86_400_000_000
E18 = 10**18
DEAR_OF = 1_000
"""A funding rate is told where a day of it costs one part in so many of the value."""
STATES = {
    MarketState.HALTED: "halted",
    MarketState.AUCTION: "auction",
    MarketState.POST_ONLY: "post-only",
    MarketState.CANCEL_ONLY: "cancel-only",
}
UNDER_WAY = (Phase.CLOSING, Phase.DOWN, Phase.OPENING)
"""Phases of a maintenance in which markets change their states together."""
STOPPED = (MarketState.HALTED, MarketState.AUCTION, MarketState.EXPIRED)


class MarketWatch(msgspec.Struct):
    """What is remembered of one market."""

    book: BookWatch = msgspec.field(default_factory=BookWatch)
    state: int = MarketState.ACTIVE
    stopped_us: int = 0
    """Since when nothing was matched; 0: it is."""
    stopped_subticks: int = 0
    """The index then."""

    def state_set(
        self, event: Event, info: MarketInfo, catalog: Catalog, index: int
    ) -> Iterator[Notice]:
        """It takes other orders than before."""
        if event.flag == self.state:
            return
        self.state = int(event.flag)
        if self.state in STATES:
            code = STATES[MarketState(self.state)]
            yield at(event, code, info.market_id, symbol=info.symbol)
        if self.state in STOPPED and not self.stopped_us:
            self.book.forget()
            self.stopped_us, self.stopped_subticks = int(event.time_us), index
        elif self.state not in STOPPED and self.stopped_us:
            yield self._goes_on(event, info, catalog, index)
            self.stopped_us = 0

    def _goes_on(self, event: Event, info: MarketInfo, catalog: Catalog, index: int) -> Notice:
        """How long it stood, and where the index went meanwhile."""
        ppm, went = change_ppm(self.stopped_subticks, index), moved(self.stopped_subticks, index)
        ends = {"from": self.stopped_subticks, "to": index}
        texts = {k: index_text(catalog, info.base.asset_id, each) for k, each in ends.items()}
        since, stood = fmt.moment(self.stopped_us), fmt.span(int(event.time_us) - self.stopped_us)
        values = {"symbol": info.symbol, "since": since, "span": stood, **went}
        return at(event, "goes-on", info.market_id, 0, ppm, **values, **texts)

    def settled(self, event: Event, info: MarketInfo) -> Notice:
        """It has ended, by command or at its expiry."""
        self.state = MarketState.EXPIRED
        code = "delisted" if event.flag else "expired"
        px = fmt.price(info, event.mark_subticks)
        return at(event, code, info.market_id, symbol=info.symbol, px=px)


def downtime(event: Event) -> Notice:
    """A maintenance of the venue, at the beginning of one of its phases."""
    times = {"down": event.value_atoms, "up": event.amount_atoms, "next": event.expire_us}
    values = {key: fmt.moment(int(each)) for key, each in times.items() if each}
    return at(event, f"downtime-{KEYS[Phase(event.flag)]}", **values)


def crossed(event: Event, info: MarketInfo) -> Notice:
    """An auction is over."""
    if not event.qty_lots:
        return at(event, "crossed-nothing", info.market_id, symbol=info.symbol)
    size, px = fmt.size(info, event.qty_lots), f"{info.price(int(event.price_ticks)):,f}"
    return at(event, "crossed", info.market_id, symbol=info.symbol, size=size, px=px)


def funding(event: Event, info: MarketInfo, market: Market) -> Iterator[Notice]:
    """A rate that is dear."""
    rate, interval_us = int(event.rate_e18), int(market.funding_interval_us)
    if abs(rate) * DAY_US * DEAR_OF < E18 * interval_us:
        return
    payer = "longs" if rate > 0 else "shorts"
    apart = moved(int(event.index_subticks), int(event.mark_subticks))
    values = {"payer": payer, "rate": fmt.percent(abs(rate), E18), "span": fmt.span(interval_us)}
    yield at(event, "funding", info.market_id, symbol=info.symbol, **values, **apart)


def unwound(event: Event, info: MarketInfo, funds: dict[str, str]) -> Notice:
    """Nobody could pay for a liquidation, so the other side was closed for it."""
    side = "long" if event.side == Side.SELL else "short"
    values = {"side": side, "size": fmt.size(info, event.qty_lots)}
    return at(event, "unwound", info.market_id, symbol=info.symbol, **values, **funds)
