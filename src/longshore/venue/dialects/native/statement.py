"""A statement of a period, as a page to print: balances, where they went, position by position."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import resources
from string import Template
from typing import TYPE_CHECKING

from longshore.engine.codes import Reason
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.explain.venue import banner, disclaimers
from longshore.venue.dialects.native.past import PeriodQuery, folded_to, whole
from longshore.venue.dialects.native.render import cause_of
from longshore.venue.dialects.native.wire import Call, Download

if TYPE_CHECKING:
    from longshore.explain.closes import Held
    from longshore.rulebooks import AssetInfo, Catalog, MarketInfo
    from longshore.venue.projections.records import LedgerRecord

LINES: dict[Reason, str] = {
    Reason.DEPOSIT: "put-in",
    Reason.WITHDRAWAL: "put-in",
    Reason.TRADE_PNL: "profit",
    Reason.SETTLEMENT: "profit",
    Reason.FEE: "fees",
    Reason.SETTLEMENT_FEE: "fees",
    Reason.LIQUIDATION_FEE: "fees",
    Reason.FUNDING: "funding",
    Reason.SPOT_BASE: "spot",
    Reason.SPOT_QUOTE: "spot",
    Reason.CONVERSION: "converted",
}
"""Which line of the statement money belongs to; what is not named stands under `other`."""
ORDER = ("put-in", "profit", "fees", "funding", "spot", "converted", "other")


async def statement(call: Call, query: PeriodQuery) -> Download:
    """A printable page: balances before and after, what changed them, each position's result."""
    span = query.span()
    moves = await call.venue.history.ledger(call.account_id, span)
    whole(moves)
    before = await call.venue.history.held_before(call.account_id, span.after_us)
    folded = await folded_to(call, span.before_us, span.after_us)
    until_us = min(span.before_us, call.venue.now_us)
    shown = [p for p in folded.positions if not p.closed_us or p.closed_us >= span.after_us]
    catalog, rulebook = call.venue.catalog, call.venue.rulebook
    page = Template(_template()).substitute(
        title=_said("statement-title", account=call.account),
        banner=html.escape(" ".join([banner(), *disclaimers()])),
        period=_said("statement-period", since=_since(span.after_us), until=fmt.moment(until_us)),
        world=_said("statement-world", world=call.venue.world.name, rulebook=rulebook.title),
        money="".join(_money(catalog, before, moves)),
        positions=_positions(catalog, shown),
    )
    return Download(page.encode(), "text/html; charset=utf-8")


def _said(key: str, **values: str) -> str:
    return html.escape(say(key, **values))


def _since(since_us: int) -> str:
    return fmt.moment(since_us) if since_us else say("statement-beginning")


def sums(moves: Iterable[LedgerRecord]) -> dict[int, dict[str, int]]:
    """By asset: what each line of the statement adds up to."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for move in moves:
        line = LINES.get(Reason(move.reason), "other")
        found[move.asset_id][line] += move.amount_atoms
    return found


def _money(
    catalog: Catalog, before: dict[int, int], moves: Sequence[LedgerRecord]
) -> Iterable[str]:
    changed = sums(moves)
    for asset in catalog.assets.values():
        opening, lines = before.get(asset.asset_id, 0), changed.get(asset.asset_id, {})
        if opening or any(lines.values()):
            yield _asset(asset, opening, lines)


def _asset(asset: AssetInfo, opening: int, lines: dict[str, int]) -> str:
    money = fmt.Currency(asset)
    rows = [("opening", opening)]
    rows += [(line, lines[line]) for line in ORDER if lines.get(line)]
    rows.append(("closing", opening + sum(lines.values())))
    cells = "".join(_row([_said(f"statement-{k}"), money.amount(v)], k) for k, v in rows)
    return f"<h2>{html.escape(asset.code)}</h2><table>{cells}</table>"


def _positions(catalog: Catalog, positions: Sequence[Held]) -> str:
    keys = ("market", "opened", "closed", "size", "profit", "fees", "funding", "by")
    head = "".join(f"<th>{_said(f'statement-{key}')}</th>" for key in keys)
    body = "".join(_position(catalog.market(p.market_id), p) for p in positions)
    empty = f'<tr><td colspan="{len(keys)}">{_said("statement-none")}</td></tr>'
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body or empty}</tbody></table>"


def _position(market: MarketInfo, held: Held) -> str:
    last = held.closes[-1] if held.closes else None
    side = say("side-long" if held.is_long else "side-short")
    cells = [
        f"{market.symbol}, {side}",
        fmt.moment(held.opened_us),
        fmt.moment(held.closed_us) if held.closed_us else say("statement-still-open"),
        fmt.size(market, held.opened_lots),
        fmt.amount(market, held.pnl_atoms),
        fmt.amount(market, -held.fee_atoms),
        fmt.amount(market, held.funding_atoms),
        say(f"cause-{cause_of(market, last)}") if last else "",
    ]
    return _row([html.escape(cell) for cell in cells])


def _row(cells: Sequence[str], kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    return f"<tr{name}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _template() -> str:
    folder = resources.files("longshore.venue.dialects.native")
    return folder.joinpath("statement.html").read_text("utf-8")
