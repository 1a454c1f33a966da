"""Why was I liquidated: one liquidation told from its events, with parts that add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from longshore.engine.codes import MarginBasis, Reason, Side
from longshore.engine.events import EventKind
from longshore.engine.rows import Event, Market
from longshore.engine.units import mul_div_floor
from longshore.explain import format as fmt
from longshore.explain.board import Notice
from longshore.explain.board.causes import causes, sentence
from longshore.explain.episode import Episode, opens
from longshore.explain.losses import Losses, losses
from longshore.explain.sentences import say
from longshore.explain.timeline import Moment, average_px, timeline
from longshore.rulebooks import MarketInfo, Rulebook

PUT_KEYS = {
    Reason.ISOLATED_MARGIN: "put-margin",
    Reason.MARGIN_TOP_UP: "put-top-up",
    Reason.DEPOSIT: "put-deposit",
    Reason.CONVERSION: "put-collateral",
}

MARGIN_MOVES = (Reason.ISOLATED_MARGIN, Reason.MARGIN_TOP_UP, Reason.TRANSFER)


class Part(msgspec.Struct, frozen=True):
    """One part of the loss: what took it, how much. `amount` parts add up as they are shown."""

    key: str
    label: str
    amount: str
    amount_atoms: int


class LiquidationStory(msgspec.Struct):
    """One liquidation. The parts add up to `lost`, `start` less `end`, shown and to the atom.

    Money is that of the wallet: dollars, or the coin that `unit` names.
    """

    account_id: int
    symbol: str
    side: str
    mode: str
    unit: str
    time: str
    time_ms: int
    mark: str
    index: str
    equity: str
    maintenance: str
    size: str
    start: str
    end: str
    lost: str
    start_atoms: int
    end_atoms: int
    lost_atoms: int
    parts: list[Part]
    put_in: list[Part]
    causes: list[str]
    """What befell its market, its index or its collateral before, and what the venue did."""
    timeline: list[Moment]
    sentences: list[str]


def liquidation(
    events: Sequence[Event],
    rulebook: Rulebook,
    last_ticks: int = 0,
    notices: Iterable[Notice] = (),
) -> LiquidationStory:
    """The last liquidation among an account's events, and those before it of the same position.

    `last_ticks` is the last trade when it began, if known; `notices` are the board's, from which
    come the causes. Raises NoLiquidationError.
    """
    markets = {int(row.market_id): row for row in rulebook.setup().markets}
    episode = Episode(events, rulebook.catalog)
    lost = losses(episode, markets)
    story = _story(episode, lost, rulebook)
    found = causes(episode, events, notices, rulebook.catalog)
    story.causes = [sentence(each, episode, rulebook.catalog) for each in found]
    story.timeline = with_notices(story.timeline, found)
    story.sentences = _sentences(story, episode, markets[episode.market_id], rulebook, last_ticks)
    return story


def with_notices(timeline: list[Moment], notices: Sequence[Notice]) -> list[Moment]:
    """The wallet's moments and what befell around it, in order of time."""
    told = [
        Moment(time=fmt.moment(n.time_us), time_ms=n.time_us // 1000, text=n.text, seq=n.seq)
        for n in notices
    ]
    return sorted([*told, *timeline], key=lambda each: (each.time_ms, each.seq))


def _story(episode: Episode, lost: Losses, rulebook: Rulebook) -> LiquidationStory:
    """All but causes and sentences."""
    info = rulebook.catalog.market(episode.market_id)
    started = episode.started
    currency = fmt.Currency(episode.asset)
    [start], gone = currency.shown([lost.start_atoms]), sum(currency.shown(lost.parts_atoms))
    is_long = started.position_lots > 0
    return LiquidationStory(
        account_id=episode.account_id,
        symbol=info.symbol,
        side="long" if is_long else "short",
        mode="isolated" if episode.is_isolated else "cross",
        unit=episode.asset.code,
        time=fmt.moment(started.time_us),
        time_ms=int(started.time_us) // 1000,
        mark=fmt.price(info, started.mark_subticks),
        index=fmt.price(info, started.index_subticks),
        equity=currency.amount(started.equity_atoms),
        maintenance=currency.amount(started.margin_atoms),
        size=fmt.size(info, started.position_lots),
        start=currency.amount(start),
        end=currency.amount(start - gone),
        lost=currency.amount(gone),
        start_atoms=lost.start_atoms,
        end_atoms=lost.end_atoms,
        lost_atoms=lost.lost_atoms,
        parts=loss_parts(lost, rulebook, currency),
        put_in=put_in_parts(lost, currency),
        causes=[],
        timeline=timeline(episode, rulebook),
        sentences=[],
    )


def loss_parts(lost: Losses, rulebook: Rulebook, currency: fmt.Currency) -> list[Part]:
    """The parts, which add up as they are shown; parts of nothing are left out."""
    several = len(lost.price_atoms) > 1
    labels = []
    for market_id in lost.price_atoms:
        coin = rulebook.catalog.market(market_id).base.code
        labels.append(say("part-price-of", coin=coin) if several else say("part-price"))
    keys = ["price"] * len(labels) + ["funding", "fees", "liquidation", "others"]
    labels += [say(f"part-{key}") for key in ("funding", "fees", "liquidation", "others")]
    amounts = map(currency.amount, currency.shown(lost.parts_atoms))
    rows = zip(keys, labels, amounts, lost.parts_atoms, strict=True)
    return [Part(key, label, amount, atoms) for key, label, amount, atoms in rows if atoms]


def put_in_parts(lost: Losses, currency: fmt.Currency) -> list[Part]:
    """What the start consisted of."""
    rows = [("put-balance", lost.before_atoms)]
    rows += [(PUT_KEYS.get(reason, "put-other"), put) for reason, put in lost.put_in_atoms.items()]
    return [Part(key, say(key), currency.amount(atoms), atoms) for key, atoms in rows if atoms]


def _sentences(
    story: LiquidationStory, episode: Episode, market: Market, rulebook: Rulebook, last_ticks: int
) -> list[str]:
    info = rulebook.catalog.market(episode.market_id)
    listed = ", ".join(part_words(part) for part in story.parts)
    return [
        *closed_sentences(story, episode, rulebook),
        *story.causes,
        say("liquidated-where", lost=story.lost, parts=listed),
        say(end_key(story, episode), start=story.start, end=story.end, unit=wallet_unit(episode)),
        *moved_sentence(episode, market, info),
        mark_sentence(story, info, last_ticks),
    ]


def end_key(story: LiquidationStory, episode: Episode) -> str:
    """Whether something is left in the position, came back, or nothing did."""
    if not episode.is_isolated:
        return "liquidated-wallet"
    if episode.ended.flag == 0:
        return "liquidated-left"
    if story.end_atoms > 0 and story.end == fmt.money(0):
        return "liquidated-less-than-a-cent"
    return "liquidated-back" if story.end_atoms > 0 else "liquidated-nothing-back"


def wallet_unit(episode: Episode) -> str:
    """What a shared wallet's account is kept in."""
    return say("unit-dollars") if episode.asset.is_settlement else episode.asset.code


def part_words(part: Part) -> str:
    """A part as words: what it took, or that it gave."""
    if part.amount_atoms >= 0:
        return say("liquidated-list", label=part.label, amount=part.amount)
    gained = say("part-gained", label=part.label)
    return say("liquidated-list", label=gained, amount=part.amount.removeprefix("-"))


def closed_sentences(story: LiquidationStory, episode: Episode, rulebook: Rulebook) -> list[str]:
    """T19: when and why, what was closed at which price, and what stays open."""
    fills = [e for e in episode.of_kind(EventKind.TRADED) if episode.in_ladder(e)]
    common = {"time": story.time, "equity": story.equity, "maint": story.maintenance}
    if not fills:
        return [say("liquidated-orders", **common)]
    closed, left = _closed(fills, rulebook), _left(fills, rulebook)
    count = len(episode.ladders)
    if count == 1 and not left:
        return [say("liquidated", closed=closed, **common)]
    if count == 1:
        return [say("liquidated-part", closed=closed, left=left, **common)]
    series = {"count": str(count), "until": fmt.moment(episode.ended.time_us), "closed": closed}
    first = say("liquidated-first", **common)
    if not left:
        return [first, say("liquidated-series", **series)]
    return [first, say("liquidated-series-part", left=left, **series)]


def _closed(fills: list[Event], rulebook: Rulebook) -> str:
    """Size and average price of what was closed, market by market."""
    told = []
    for market_id in dict.fromkeys(int(event.market_id) for event in fills):
        market = rulebook.catalog.market(market_id)
        group = [event for event in fills if event.market_id == market_id]
        lots = sum(int(event.qty_lots) for event in group)
        px = average_px(market, group)
        told.append(say("closed-at", size=fmt.size(market, lots), px=px))
    return " and ".join(told)


def _left(fills: list[Event], rulebook: Rulebook) -> str:
    """What stays open in the markets where something was closed."""
    last = {int(event.market_id): int(event.position_lots) for event in fills}
    sizes = [fmt.size(rulebook.catalog.market(m), lots) for m, lots in last.items() if lots]
    return " and ".join(sizes)


def moved_sentence(episode: Episode, market: Market, info: MarketInfo) -> list[str]:
    """How costs moved an isolated position's liquidation price since it was opened.

    Only where size and margin stayed: then the price that emptied the buffer is
    mark - (equity - maintenance) * value_divisor / lots, at the opening and at the end.
    """
    started = episode.started
    trades = [e for e in episode.of_kind(EventKind.TRADED) if e.seq < started.seq]
    seqs = {int(event.seq) for event in trades}
    simple = len(seqs) == 1 and opens(trades[0]) and market.margin_basis == MarginBasis.ENTRY
    simple = simple and market.inverse_factor == 0
    if not simple or not episode.is_isolated or _margin_moved_later(episode, max(seqs)):
        return []
    moved = [f for f in episode.flows if episode.events[f.place].seq in seqs]
    lots = int(started.position_lots)
    entry = int(trades[-1].value_atoms)
    old = _price_of(market, int(started.margin_atoms) - moved[-1].balance_atoms + entry, lots)
    spare = int(started.equity_atoms) - int(started.margin_atoms)
    new = int(started.mark_subticks) - _price_of(market, spare, lots)
    texts = fmt.price(info, old), fmt.price(info, new)
    if texts[0] == texts[1]:
        return []
    return [say("liquidated-moved", liq_old=texts[0], liq_new=texts[1])]


def _margin_moved_later(episode: Episode, seq: int) -> bool:
    """Whether the owner moved margin between the opening and the first liquidation."""
    moves = [f for f in episode.flows if f.reason in MARGIN_MOVES]
    seqs = [episode.events[flow.place].seq for flow in moves]
    return any(seq < at < episode.started.seq for at in seqs)


def _price_of(market: Market, value_atoms: int, lots: int) -> int:
    sign = 1 if lots > 0 else -1
    return mul_div_floor(sign * value_atoms, market.value_divisor, abs(lots))


def mark_sentence(story: LiquidationStory, info: MarketInfo, last_ticks: int) -> str:
    """T17: the mark closed it, not the last trade."""
    if last_ticks == 0:
        return say("mark-only", mark=story.mark)
    return say("mark-vs-last", mark=story.mark, last=f"{info.price(last_ticks):,f}")


def deleveraged(event: Event, rulebook: Rulebook) -> str:
    """T20: a profitable position that was reduced to close another's (auto-deleveraging)."""
    info = rulebook.catalog.market(int(event.market_id))
    was_long = event.side == Side.SELL
    return say(
        "deleveraged",
        side=say("side-long") if was_long else say("side-short"),
        size=fmt.size(info, event.qty_lots),
        px=f"{info.price(int(event.price_ticks)):,f}",
        kept=fmt.amount(info, event.pnl_atoms),
    )
