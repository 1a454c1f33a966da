"""What led to a liquidation, as far as the board told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain import format as fmt
from longshore.explain.board.notice import Notice
from longshore.explain.episode import Episode
from longshore.explain.sentences import say
from longshore.rulebooks import Catalog

BEFORE_US = 900_000_000
"""So long before a liquidation begins is looked for what led to it."""


class Concern:
    """What a liquidated wallet hung on: its markets, their coins, and the coins that backed it."""

    def __init__(self, episode: Episode, events: Sequence[Event], catalog: Catalog) -> None:
        traded = (e for e in episode.of_kind(EventKind.TRADED) if e.position_lots or e.pnl_atoms)
        self.markets = {int(e.market_id) for e in traded} | {episode.market_id}
        self.is_long = episode.started.position_lots > 0
        self.coin = catalog.market(episode.market_id).base.asset_id
        self.coins = {catalog.market(each).base.asset_id for each in self.markets}
        moved = (e for e in events if e.kind == EventKind.TRANSFERRED and episode.concerns(e))
        self.collateral = {int(event.asset_id) for event in moved} - {episode.asset.asset_id}

    def includes(self, notice: Notice) -> bool:
        """Whether a notice is about something it hung on, and not good news."""
        if notice.asset_id:
            return self._includes_index(notice)
        return not notice.market_id or notice.market_id in self.markets

    def _includes_index(self, notice: Notice) -> bool:
        if notice.asset_id in self.collateral and notice.way < 0:
            return True
        against = -1 if self.is_long else 1
        if notice.asset_id == self.coin:
            return notice.way * against >= 0
        return notice.asset_id in self.coins


def causes(
    episode: Episode, events: Sequence[Event], notices: Iterable[Notice], catalog: Catalog
) -> list[Notice]:
    """The last notice of each kind and subject, from before the liquidation until its end."""
    concern = Concern(episode, events, catalog)
    since_us = int(episode.started.time_us) - BEFORE_US
    found: dict[tuple[str, int, int], Notice] = {}
    for notice in notices:
        if since_us <= notice.time_us <= episode.ended.time_us and concern.includes(notice):
            key = notice.code, notice.market_id, notice.asset_id
            found.pop(key, None)
            found[key] = notice
    return list(found.values())


def sentence(notice: Notice, episode: Episode, catalog: Catalog) -> str:
    """A cause with its time; of a coin that is only collateral, that it is."""
    coin = catalog.market(episode.market_id).base.asset_id
    time = fmt.moment(notice.time_us)
    if not notice.asset_id or notice.asset_id == coin:
        return say("told-at", time=time, told=notice.text)
    code = catalog.asset(notice.asset_id).code
    return say("told-collateral", time=time, coin=code, told=notice.text)
