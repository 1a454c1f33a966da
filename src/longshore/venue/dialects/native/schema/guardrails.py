"""What guided practice asks, and what it remembers."""

from __future__ import annotations

from typing import Literal

from longshore.practice.guardrails.log import Choice, Level, Why
from longshore.venue.dialects.native.schema.base import Body, LegName, Reply, SideName


class GuidedBody(Body):
    """Guided practice on or off, as the person at the page has it."""

    on: bool


class LimitsBody(Body):
    """The limits of a session, each or none: what it may lose, positions opened, leverage."""

    max_loss: str | None = None  # in the settlement asset
    max_trades: int | None = None
    max_leverage: str | None = None


class PauseReply(Reply):
    """New risk waits, closing and reducing do not. `asked`: its end was asked for."""

    cause: Literal["losses", "limit"]
    ends: int
    asked: bool
    text: str
    override_label: str


class GuardrailsReply(Reply):
    """Where guided practice stands for an account; a limit that is null is none.

    `fixed` says why the limits cannot be set now, and is empty where they can.
    """

    guided: bool
    pause: PauseReply | None
    max_loss: str | None
    max_trades: int | None
    max_leverage: str | None
    fixed: str
    text: list[str]


class WhyChoice(Reply):
    """Why a stop is moved away, by its code and as it is shown."""

    code: Why
    label: str


class StopMoveReply(Reply):
    """A stop at another price. `whys` is empty where nothing has to be said about it.

    `more` is what could be lost more than before, in what the market settles in; below zero: less.
    """

    widens: bool
    more: str
    text: str
    whys: list[WhyChoice]


class NearOption(Reply):
    """Something to do near liquidation, and how the position would stand then.

    `size` is what it closes, `amount` the margin it adds; `after` says why where it cannot be done.
    """

    choice: Choice
    label: str
    after: str
    buffer_pct: str | None  # null: nothing is held then, or it cannot be done
    size: str | None
    amount: str | None
    possible: bool


class NearReply(Reply):
    """How near liquidation a position is; `asked`: nothing was chosen yet at this level."""

    symbol: str
    side: LegName
    level: Level
    text: str
    asked: bool
    options: list[NearOption]


class NearBody(Body):
    """What is done, with the size or amount that it was shown with."""

    choice: Choice
    size: str | None = None
    amount: str | None = None
    leg: LegName | None = None  # in hedge mode
    client_id: str = ""


class NearDone(Reply):
    """What was done, and put on record."""

    choice: Choice
    text: str


class TradeText(Reply):
    """A trade to be passed on, as a text and as the end of an address of the screen."""

    text: str
    link: str


class CopyBody(Body):
    """Somebody's trade: its text, or a link."""

    text: str


class CopiedTrade(Reply):
    """A plan to begin from somebody's trade: why, and the most to lose, are still to be said."""

    symbol: str
    side: SideName
    stop_price: str
    target_price: str | None
    hours: str | None
    text: str
