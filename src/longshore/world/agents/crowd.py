"""All built-in traders of a world, in tables like the engine's own.

Row 0 of a table is never used, except where a table says so. Tables of scratch mean nothing between
two decisions.
"""

from __future__ import annotations

from longshore.engine import rows as engine_rows
from longshore.engine._table import I64, Root, Slot, Table, table
from longshore.engine.limits import COMMANDS_MAX, MARKETS_MAX
from longshore.world.agents import rows

AGENTS_MAX = 4_096
PURSES_PER_AGENT = 16  # cash and cross wallet, a coin to sell and a coin wallet for each asset
SENT_MAX = 262_144
STEPS_MAX = 65_536
LEVELS_MAX = 128  # of one maker's ladder, a side
QUOTES_MAX = 8_192
HEARD_MAX = 256


class Crowd(Root):
    """The traders, what they remember, and whose turn it is."""

    first_account_id: I64  # the first trader's; the others' follow in order
    agents_count: I64
    leaves: I64  # of the tree of turns: a power of two
    sent_high: Slot
    sent_free: Slot
    steps_count: I64
    makers_count: I64
    noises_count: I64
    trends_count: I64
    arbitrages_count: I64
    providers_count: I64
    metaorders_count: I64
    hedgers_count: I64
    retails_count: I64
    hunters_count: I64
    asked: I64  # what the entry is called for: Ask
    until_us: I64  # nobody acts later than this
    commands_most: I64  # after so many commands a moment is the last
    acted_us: I64  # when somebody acted last
    commands_count: I64  # in the engine's inbox, or in `out`
    events_heeded: I64  # of the engine's events
    heard_count: I64
    quotes_count: I64
    bids_first: Slot
    asks_first: Slot
    wanted_count: I64
    spare_count: I64
    empty_count: I64
    low_count: I64

    agents: Table[rows.Agent] = table(rows.Agent, AGENTS_MAX + 1, "agents_count")
    places: Table[rows.Place] = table(
        rows.Place, (AGENTS_MAX + 1) * MARKETS_MAX, "agents_count", MARKETS_MAX
    )
    purses: Table[rows.Purse] = table(
        rows.Purse, (AGENTS_MAX + 1) * PURSES_PER_AGENT, "agents_count", PURSES_PER_AGENT
    )
    sent: Table[rows.Sent] = table(rows.Sent, SENT_MAX, "sent_high")
    turns: Table[rows.Turn] = table(rows.Turn, 2 * AGENTS_MAX)
    makers: Table[rows.Maker] = table(rows.Maker, AGENTS_MAX + 1, "makers_count")
    steps: Table[rows.Step] = table(rows.Step, STEPS_MAX, "steps_count")
    noises: Table[rows.Noise] = table(rows.Noise, AGENTS_MAX + 1, "noises_count")
    trends: Table[rows.Trend] = table(rows.Trend, AGENTS_MAX + 1, "trends_count")
    arbitrages: Table[rows.Arbitrage] = table(rows.Arbitrage, AGENTS_MAX + 1, "arbitrages_count")
    providers: Table[rows.Provider] = table(rows.Provider, AGENTS_MAX + 1, "providers_count")
    metaorders: Table[rows.Metaorder] = table(rows.Metaorder, AGENTS_MAX + 1, "metaorders_count")
    hedgers: Table[rows.Hedger] = table(rows.Hedger, AGENTS_MAX + 1, "hedgers_count")
    retails: Table[rows.Retail] = table(rows.Retail, AGENTS_MAX + 1, "retails_count")
    hunters: Table[rows.Hunter] = table(rows.Hunter, AGENTS_MAX + 1, "hunters_count")
    words: Table[rows.Word] = table(rows.Word, 1)
    quotes: Table[rows.Quote] = table(rows.Quote, QUOTES_MAX)
    wanted: Table[rows.Rung] = table(rows.Rung, LEVELS_MAX)
    changes: Table[rows.Change] = table(rows.Change, QUOTES_MAX)
    heard: Table[engine_rows.Event] = table(engine_rows.Event, HEARD_MAX)
    out: Table[engine_rows.Command] = table(engine_rows.Command, COMMANDS_MAX)
