"""Replay: recorded bars published as an index, several times a bar; in a gap nothing is.

Inside a bar the path begins at its open, ends at its close and touches its high and its low; which
comes first, where, and how the way between them wobbles is drawn from (seed, bar). A path depends
on nothing else, so a replay can begin, stop and go on anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Command, Event, Market
from longshore.engine.state import State
from longshore.world.feeds.publish import publish_index
from longshore.world.feeds.recording import Bar, Recording
from longshore.world.past import MarketPast, replay_past
from longshore.world.random import PPM, normal_ppm, stream_key, uniform
from longshore.world.source import SourceState

INTERVAL_US = 5_000_000
POINTS_MIN = 4  # a bar has an open, a high, a low and a close
POINTS_MAX = 600
_DRAWS = 1_024  # steps of the stream kept for one bar: more than its points
_WOBBLE = 12  # the wobble's deviation is this part of the bar's range
_USUAL_OF_FOUR = 3  # how often the extreme against the bar's direction comes first


class ReplayFeed:
    """The bars of one recording as the index of one asset, from `start_us` to its end."""

    def __init__(
        self,
        recording: Recording,
        asset_id: int,
        *,
        seed: int,
        start_us: int,
        interval_us: int = INTERVAL_US,
    ) -> None:
        """ValueError: the interval cannot share out a minute, or the start is not recorded."""
        points, rest = divmod(recording.bar_us, interval_us)
        if rest or not POINTS_MIN <= points <= POINTS_MAX:
            raise ValueError(
                f"the interval must divide a bar of {recording.bar_us // 1_000_000} s into "
                "4 to 600 equal parts"
            )
        if not recording.start_us <= start_us < recording.end_us:
            raise ValueError(f"{recording.name} does not hold the start of this world")
        self.name = f"replay:{recording.name}"
        self.note = recording.note
        self.asset_ids: tuple[int, ...] = (asset_id,)
        self.end_us = recording.end_us
        self.recording = recording
        self._interval_us = interval_us
        self._start_us = start_us
        self._key = stream_key(seed, self.name)
        self._next_us = recording.next_us(start_us + -(start_us - recording.start_us) % interval_us)
        self._bar = -1
        self._path: list[int] = []

    def next_due_us(self) -> int:
        """When the next price is published; the end of time once the recording has ended."""
        return self._next_us if self._next_us < self.end_us else TIME_MAX_US

    def observe(self, events: Sequence[Event]) -> None:
        """What happens in the world does not change what was recorded."""

    def act(self, time_us: int, view: State) -> list[Command]:
        """Publish the price of this moment."""
        price_subticks = self.price_subticks(time_us)
        self._next_us = self.recording.next_us(time_us + self._interval_us)
        return [publish_index(time_us, self.asset_ids[0], price_subticks)]

    def price_subticks(self, time_us: int) -> int:
        """The path's price at a time, as published at or last before it."""
        bar = self.recording.bar_at(time_us)
        if bar != self._bar:
            self._bar = bar
            points = self.recording.bar_us // self._interval_us
            recorded = self.recording.bars[bar]
            assert recorded is not None, "in a gap there is no price"
            self._path = bar_path(recorded, points, self._key, bar * _DRAWS)
        since_us = (time_us - self.recording.start_us) % self.recording.bar_us
        return self._path[since_us // self._interval_us]

    def past(self, markets: Sequence[Market]) -> dict[int, MarketPast]:
        """The bars before the start."""
        return replay_past(self.recording, markets, self._start_us)

    def state(self) -> dict[str, int | list[int]]:
        """Where the replay stands; the path is made again from the seed."""
        return {"next_us": self._next_us}

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        next_us = state["next_us"]
        assert isinstance(next_us, int)
        self._next_us = next_us


def bar_path(bar: Bar, points: int, key: int, step: int) -> list[int]:
    """The bar as `points` prices: open first, close last, high and low between, none outside."""
    first, second = _turns(points, key, step)
    rising = bar.close_subticks >= bar.open_subticks
    usual = uniform(key, step + 2, 4) < _USUAL_OF_FOUR
    turns = [bar.low_subticks, bar.high_subticks] if rising == usual else [
        bar.high_subticks, bar.low_subticks
    ]  # fmt: skip
    anchors = [
        (0, bar.open_subticks),
        (first, turns[0]),
        (second, turns[1]),
        (points - 1, bar.close_subticks),
    ]
    path = _joined(anchors)
    fixed = {at for at, _ in anchors}
    return [
        price if at in fixed else _wobbled(price, bar, normal_ppm(key, step + 3 + at))
        for at, price in enumerate(path)
    ]


def _turns(points: int, key: int, step: int) -> tuple[int, int]:
    """Two different places strictly inside the path, in order."""
    inner = points - 2
    first = uniform(key, step, inner)
    second = (first + 1 + uniform(key, step + 1, inner - 1)) % inner
    return min(first, second) + 1, max(first, second) + 1


def _joined(anchors: list[tuple[int, int]]) -> list[int]:
    """Straight lines through the anchors, one price a point."""
    path = [anchors[0][1]]
    for (at, price), (next_at, next_price) in pairwise(anchors):
        span = next_at - at
        path += [price + (next_price - price) * i // span for i in range(1, span + 1)]
    return path


def _wobbled(price: int, bar: Bar, draw_ppm: int) -> int:
    """The price moved by a draw of a twelfth of the bar's range, kept inside the bar."""
    moved = price + (bar.high_subticks - bar.low_subticks) * draw_ppm // (_WOBBLE * PPM)
    return max(bar.low_subticks, min(bar.high_subticks, moved))
