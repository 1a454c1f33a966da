"""What the venue answers about worlds: lists, comparisons, what would have been."""

from __future__ import annotations

from longshore.venue.dialects.native.schema.base import Reply


class WorldInfo(Reply):
    """A world of this venue. Times in milliseconds; `note` says why it was ended, if unasked."""

    name: str
    scenario: str
    title: str
    path: str  # "" for the main world, else "/w/name"
    running: bool
    owner: str = ""
    parent: str = ""
    parent_seq: int = 0
    parent_time: int = 0
    seq: int = 0
    world_time: int = 0
    size_bytes: int = 0
    memory_bytes: int = 0
    viewers: int = 0
    resting: bool = False  # paused because nobody looks; goes on with the next request
    note: str = ""


class WorldGone(Reply):
    """A world that is not here any more, and the branches that were made whole."""

    name: str
    made_whole: list[str]


class WorldFile(Reply):
    """A world as a file in the venue's `exports` folder."""

    name: str
    file: str
    seq: int
    world_time: int


class AccountSide(Reply):
    """An account in one of two worlds: what it has, holds, and what happened since they parted."""

    name: str
    seq: int
    world_time: int
    equity: str
    positions: list[PositionSide]
    points: list[EquityPoint]
    events: list[EventSide]
    events_left_out: int


class PositionSide(Reply):
    """A position of one side."""

    symbol: str
    size: str
    entry: str
    mark: str
    pnl: str


class EquityPoint(Reply):
    """What the account had at a world time."""

    time: int
    equity: str


class EventSide(Reply):
    """One thing that happened to the account."""

    seq: int
    time: int
    kind: str
    symbol: str
    price: str
    size: str


class SideBySide(Reply):
    """An account in two worlds that were one until `seq`."""

    account: str
    seq: int
    time: int
    left: AccountSide
    right: AccountSide


class WhatIfEnding(Reply):
    """How it ended, one way. `kept`: all the account has; `paid_in`: of that, from outside."""

    end: str
    told: str
    entry: str
    liquidated_at: str
    ended_at: str
    kept: str
    paid_in: str
    refusals: list[str]
    digest: str


class WhatIfAnswer(Reply):
    """Both ways, and the answer in sentences. `reproduced`: unchanged it came to the same state."""

    account: str
    market: str
    change: str
    flow: str
    agents_changed: bool
    reproduced: bool | None
    before: WhatIfEnding
    after: WhatIfEnding
    told: list[str]


class ScenarioInfo(Reply):
    """A scenario that can be started; `prices` says whose they are and what of them is made."""

    name: str
    title: str
    description: str
    prices: str
    licence: str  # of what was recorded; "" where prices are made
    recorded: bool


class Worlds(Reply):
    """What runs and what could. Limits: worlds at once, in all, and the memory of each."""

    worlds: list[WorldInfo]
    scenarios: list[ScenarioInfo]
    running_max: int
    worlds_max: int
    memory_max_bytes: int
    rest_after_s: int
    end_after_s: int
