"""The operator's console: markets, checks, rules, cast, effects and the log."""

from __future__ import annotations

from typing import Literal

from longshore.venue.alerts import AlertState
from longshore.venue.dialects.native.schema.base import Body, MarketKindName, MarketStateName, Reply
from longshore.venue.dialects.native.schema.bodies import ClockBody, TermsBody
from longshore.venue.dialects.native.schema.queues import (
    AlertAct,
    AnswerAct,
    CaseAct,
    TicketAct,
)
from longshore.venue.dialects.native.schema.status import MaintenanceBody, NoticeBody
from longshore.venue.trouble.terms import TroubleTerms


class StateBody(Body):
    """What a market is to accept from now on."""

    symbol: str
    state: Literal["active", "post_only", "cancel_only", "halted"]


class IndexBody(Body):
    """One index price of a market's coin, so many percent from the present one."""

    symbol: str
    percent: str


class EffectBody(Body):
    """What would be done: one of these, as its own route takes it."""

    state: StateBody | None = None
    index: IndexBody | None = None
    terms: TermsBody | None = None
    maintenance: MaintenanceBody | None = None
    maintenance_off: int = 0  # by its number
    notice: NoticeBody | None = None
    trouble: TroubleTerms | None = None
    clock: ClockBody | None = None
    cut: bool = False
    identity: CaseAct | None = None
    ticket: AnswerAct | None = None
    ticket_state: TicketAct | None = None
    alert: AlertAct | None = None
    rest: str = ""  # a world by name
    export: str = ""  # a world by name
    proposal: int = 0  # one that waits, by its number


class Effect(Reply):
    """What would be done and what would come of it at once; nothing has been done."""

    text: str
    effects: list[str]
    refused: str  # why it cannot be done; empty where it can


class Done(Reply):
    """What has been done."""

    text: str


class AlertBody(Body):
    """What was made of an alert."""

    state: AlertState


class AlertLine(Reply):
    """Something that looked like abuse of the market."""

    id: int
    state: AlertState
    state_text: str
    pattern: str
    pattern_text: str
    accounts: list[str]
    symbol: str  # empty: no single market
    from_time: int
    to_time: int
    from_seq: int
    to_seq: int
    text: str


class AlertsPage(Reply):
    """Alerts, and whether the watch goes on: an error of our own stops it, not the venue."""

    watching: bool
    alerts: list[AlertLine]


class AlertEvidence(Reply):
    """An event of the journal, and what it is to the alert."""

    seq: int
    index: int
    time: int
    text: str


class AlertFigure(Reply):
    """What was measured, in words."""

    title: str
    text: str


class AlertPage(Reply):
    """An alert with what was measured, in the unit each name ends with, and the newest evidence."""

    alert: AlertLine
    figures: dict[str, int]
    told_figures: list[AlertFigure]
    evidence: list[AlertEvidence]


class ReportedPosition(Reply):
    """One leg of one account, beside what is open in its market."""

    account: str
    symbol: str
    side: Literal["long", "short"]
    size: str
    share_pct: str  # of the contracts that are open in the market
    value: str  # at the mark price, in dollars; of the quote where that is none
    large: bool
    opened: int


class PositionReport(Reply):
    """Who holds what, and from where on it is large."""

    seq: int
    world_time: int
    large_share_pct: int
    large_value: int
    positions: list[ReportedPosition]


class ConsoleMarket(Reply):
    """A market as its operator sees it."""

    symbol: str
    title: str
    kind: MarketKindName
    state: MarketStateName
    state_text: str
    mark: str | None
    index: str | None
    orders: int
    positions: int
    open_interest: str


Law = Literal["conservation", "clearing", "holds"]
FundName = Literal["insurance", "pool", "conversion", "venue"]


class ConsoleCheck(Reply):
    """A law of the engine, and whether it holds."""

    key: Law
    title: str
    holds: bool
    text: str


class Fund(Reply):
    """What one of the venue's own accounts has of an asset."""

    account: FundName
    title: str
    asset: str
    amount: str


class Checks(Reply):
    """All that must hold, looked at in this moment."""

    seq: int
    checks: list[ConsoleCheck]
    funds: list[Fund]


class TermNow(Reply):
    """A term that may change: what it is, and what the rulebook's file says."""

    term: str
    title: str
    tier: int
    now: list[str]
    file: list[str]


class RuleDifference(Reply):
    """A value that is not the same in two rulebooks; empty where one does not have it."""

    path: str
    left: str
    left_source: str
    right: str
    right_source: str


class Rules(Reply):
    """The rules of a market in force, and how another rulebook differs from this world's."""

    symbol: str
    rulebook: str
    terms: list[TermNow]
    rulebooks: list[str]
    against: str
    differences: list[RuleDifference]


class CastRow(Reply):
    """Built-in traders of one kind."""

    kind: str
    count: int  # on each of its markets
    markets: list[str]


class Cast(Reply):
    """What moves this world, and who is connected."""

    feed: str
    feed_text: str
    seed: int
    agents: list[CastRow]
    accounts: int
    sockets: int  # of the imitated APIs
    screens: int  # subscriptions of screens and sockets together


class LoggedDeed(Reply):
    """What an operator did, and why."""

    id: int
    who: str  # empty: the holder of the operator's token
    wall_ms: int
    world_time: int
    seq: int
    text: str
    why: str
    approved_by: str  # the second person, where it took two
