"""States of worlds from when each trader was a source of its own, taken over into the crowd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from longshore.world.agents.building import TABLES
from longshore.world.agents.crowd import PURSES_PER_AGENT
from longshore.world.agents.kinds import Kind
from longshore.world.agents.memory import KEPT, Memory, take_turns
from longshore.world.agents.rows import Purse
from longshore.world.source import SourceState

OWN = {
    Kind.MAKER: "maker",
    Kind.TREND: "averages",
    Kind.REVERTING: "averages",
    Kind.METAORDER: "left_atoms",
    Kind.HEDGER: "strike",
    Kind.HUNTER: "hunt",
    Kind.RETAIL: "retail",
}
"""Under what a kind kept what it remembered, in the order of its fields now."""


def take_over(memory: Memory, names: Sequence[str], states: Mapping[str, SourceState]) -> None:
    """Every trader that has a state of its own goes on from it; what was on its way is lost."""
    for slot, name in enumerate(names, 1):
        if name in states:
            _take_one(memory, slot, states[name])
    take_turns(memory)


def _take_one(memory: Memory, slot: int, state: SourceState) -> None:
    purse = cast("list[int]", state["purse"])
    width = len(Purse.FIELDS)
    for field in ("step", "next_us"):
        memory.set_cell("agents", slot, field, cast("int", state[field]))
    memory.set_cell("agents", slot, "purse_count", len(purse) // width)
    for at, value in enumerate(purse):
        line, place = divmod(at, width)
        row = slot * PURSES_PER_AGENT + line
        memory.set_cell("purses", row, Purse.FIELDS[place], value)
    kind = Kind(memory.cell("agents", slot, "kind"))
    if kind in OWN:
        own, table = state[OWN[kind]], TABLES[kind]
        values = own if isinstance(own, list) else [own]
        for field, value in zip(KEPT[table], values, strict=False):
            memory.set_cell(table, memory.cell("agents", slot, "place"), field, value)
