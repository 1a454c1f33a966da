"""A ladder of quotes: where its rungs should stand, and the fewest changes that bring it there."""

from __future__ import annotations

from typing import NamedTuple

from longshore.engine.codes import OrderType, Side
from longshore.engine.rows import Command
from longshore.world.agents.moves import PPM, Quote, amend, cancel, place

SIZE_PART = 2  # a rung is filled up again when less than this part of its size is left


class Rung(NamedTuple):
    """A price to be quoted, how far off an order may stand and still do, and its size."""

    price_ticks: int
    slack_ticks: int
    qty_lots: int


class Shape(NamedTuple):
    """Distances from the view in ppm, and sizes in atoms, from the touch outward."""

    offsets_ppm: tuple[int, ...]
    sizes_atoms: tuple[int, ...]


def shape(levels: int, step_ppm: int, growth_ppm: int, size_atoms: int) -> Shape:
    """Gaps that grow from `step_ppm` by `growth_ppm` a level; sizes grow by half of that."""
    offsets, sizes = [0], [size_atoms]
    gap_ppm = step_ppm
    for _ in range(levels - 1):
        offsets.append(offsets[-1] + gap_ppm)
        sizes.append(sizes[-1] + sizes[-1] * growth_ppm // (2 * PPM))
        gap_ppm += gap_ppm * growth_ppm // PPM
    return Shape(tuple(offsets), tuple(sizes))


def rungs(
    side: int, touch_ticks: int, offsets_ticks: list[int], sizes_lots: list[int]
) -> list[Rung]:
    """A side's rungs from the touch outward, each at a price of its own."""
    away = -1 if side == Side.BUY else 1
    made: list[Rung] = []
    distance = -1
    for offset, qty in zip(offsets_ticks, sizes_lots, strict=True):
        gap = offset - distance
        distance = max(offset, distance + 1)
        price = touch_ticks + away * distance
        if price > 0:
            made.append(Rung(price, max(0, gap) // 2 if distance else 0, qty))
    return made


class Changes(NamedTuple):
    """What has to change on one side: orders out of place, rungs without one, sizes run low."""

    spare: list[Quote]
    empty: list[Rung]
    low: list[tuple[Quote, Rung]]


def compare(side: int, own: list[Quote], wanted: list[Rung]) -> Changes:
    """Pair orders and rungs, both best first; what finds no partner has to change."""
    away = -1 if side == Side.BUY else 1
    spare: list[Quote] = []
    empty: list[Rung] = []
    low: list[tuple[Quote, Rung]] = []
    at = 0
    for rung in wanted:
        while at < len(own) and (own[at].price_ticks - rung.price_ticks) * away < -rung.slack_ticks:
            spare.append(own[at])
            at += 1
        if at < len(own) and (own[at].price_ticks - rung.price_ticks) * away <= rung.slack_ticks:
            if own[at].qty_lots * SIZE_PART < rung.qty_lots:
                low.append((own[at], rung))
            at += 1
        else:
            empty.append(rung)
    return Changes(spare + own[at:], empty, low)


def commands(account_id: int, market_id: int, side: int, changes: Changes) -> list[Command]:
    """Orders out of place go to the rungs without one, nearest the touch first."""
    spare, empty, low = changes
    made = [
        amend(account_id, quote.order_id, rung.price_ticks, rung.qty_lots)
        for quote, rung in zip(spare, empty, strict=False)
    ]
    made += [
        place(account_id, market_id, side, OrderType.POST_ONLY, rung.price_ticks, rung.qty_lots)
        for rung in empty[len(spare) :]
    ]
    made += [cancel(account_id, quote.order_id) for quote in spare[len(empty) :]]
    made += [amend(account_id, quote.order_id, 0, rung.qty_lots) for quote, rung in low]
    return made
