"""The wire types of `/api/v1`, from which the OpenAPI document and the screen's types are made.

Numbers are decimal strings; times are epoch milliseconds of world time unless named `_wall`.
Sentences come ready to show: the screen does no arithmetic and writes no sentence. Beside an exact
amount in a list stands its `_text`: money as sentences write it, rounded to the cent.
"""

from types import ModuleType

from longshore.venue.dialects.native.schema import (
    account,
    base,
    bodies,
    classes,
    clock,
    console,
    custody,
    explain,
    guardrails,
    lessons,
    markets,
    onshore,
    people,
    practice,
    proposals,
    queues,
    status,
    stream,
    support,
    terms,
    worlds,
)

MODULES: tuple[ModuleType, ...] = (
    base,
    bodies,
    clock,
    worlds,
    markets,
    account,
    explain,
    lessons,
    practice,
    guardrails,
    terms,
    stream,
    people,
    classes,
    console,
    proposals,
    onshore,
    custody,
    support,
    queues,
    status,
)
