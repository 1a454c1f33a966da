"""A synthetic twin of a recording: its hours, with other minutes in them, made from a seed.

Within every hour the minutes' moves keep their sizes and change their order and their signs; then
the hour is bent to end where the recorded one ended. So falls are as deep and as fast by the hour
and as rough by the minute, and nobody has seen the path before.
"""

from __future__ import annotations

from dataclasses import replace

from longshore.world.feeds.recording import Bar, Recording
from longshore.world.random import bits, stream_key

E12 = 10**12
BLOCK = 60
"""Bars that are shuffled together: an hour of minutes."""
NOTE = (
    "A synthetic twin of {}: every hour ends where the recorded one ended, the minutes in between "
    "are made, from a seed. These prices were never traded."
)


def twin_of(recorded: Recording, seed: int) -> Recording:
    """The twin of this seed. Gaps stay gaps."""
    key = stream_key(seed, f"twin of {recorded.name}")
    bars: list[Bar | None] = []
    for at in range(0, len(recorded.bars), BLOCK):
        block = recorded.bars[at : at + BLOCK]
        bars += _block(block, bars, key, at)
    name, note = f"{recorded.name}-twin", NOTE.format(recorded.name)
    return replace(recorded, name=name, bars=tuple(bars), opens_clamped=0, note=note)


def _block(
    block: tuple[Bar | None, ...], made: list[Bar | None], key: int, at: int
) -> list[Bar | None]:
    """An hour's bars, from where the hour before ended."""
    whole = [bar for bar in block if bar is not None]
    if not whole:
        return list(block)
    last = next((bar for bar in reversed(made) if bar is not None), None)
    opened = whole[0].open_subticks if last is None else last.close_subticks
    order = sorted(range(len(whole)), key=lambda i: bits(key, at + i))
    path = [opened]
    for step, i in enumerate(order):
        bar = whole[i]
        move_e12 = abs(bar.close_subticks - bar.open_subticks) * E12 // bar.open_subticks
        sign = 1 if bits(key, at + step) & 1 else -1
        path.append(max(1, path[-1] + sign * path[-1] * move_e12 // E12))
    bent = _bent(path, whole[-1].close_subticks)
    new = iter(
        _dressed(whole[i], opens, closes)
        for i, opens, closes in zip(order, bent, bent[1:], strict=False)
    )
    return [None if bar is None else next(new) for bar in block]


def _bent(path: list[int], target: int) -> list[int]:
    """A path moved, more and more, so that it ends at a price; in proportion, so never below 0."""
    steps, ended = len(path) - 1, path[-1]
    return [
        price * (ended * steps + (target - ended) * i) // (ended * steps)
        for i, price in enumerate(path)
    ]


def _dressed(bar: Bar, opened: int, closed: int) -> Bar:
    """A bar's wicks and volume on another body."""
    up = bar.high_subticks - max(bar.open_subticks, bar.close_subticks)
    down = min(bar.open_subticks, bar.close_subticks) - bar.low_subticks
    high = max(opened, closed) * (bar.close_subticks + up) // bar.close_subticks
    low = min(opened, closed) * max(1, bar.close_subticks - down) // bar.close_subticks
    return bar._replace(
        open_subticks=opened, high_subticks=high, low_subticks=max(1, low), close_subticks=closed
    )
