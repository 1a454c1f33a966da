"""The shipped scenario march-2020, told once more by the naive twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Command, Event
from longshore.journal.replay import replay
from longshore.journal.store import Journal
from longshore.world.build import build, rulebook_text
from longshore.world.headless import run_scenario
from longshore.world.scenario import parse, read
from longshore.world.world import JOURNAL_FILE
from tests.naive.venue import Twin
from tests.property.compare import differences, outcomes

EVERY = 2_000
"""Commands between two looks at all numbers; a liquidation is looked at always."""


class SideBySide:
    """Carries out a journal's commands on a plain engine and on the twin."""

    def __init__(self, setup: Setup) -> None:
        self.engine, self.twin = Engine(setup), Twin(setup)
        self.liquidations = 0

    def apply(self, commands: list[Command], _texts: dict[int, str]) -> list[Event]:
        """One row of the journal."""
        return [event for row in commands for event in self.one(row)]

    def one(self, row: Command) -> list[Event]:
        """One command: what it came to, and in its turn every number."""
        events = self.engine.apply([row])
        assert outcomes(events, self.twin.apply(row)) == [], row
        ladders = sum(e.kind == EventKind.LIQUIDATION_STARTED for e in events)
        self.liquidations += ladders
        if ladders or row.seq % EVERY == 0:
            assert differences(self.engine.view, self.twin) == [], row
        return events


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_the_twin_lives_through_march_2020(tmp_path: Path) -> None:
    """LEDG-002, FUND-006, LIQD-001: the same balances and positions to the atom."""
    text = read("march-2020")
    summary = run_scenario(text, tmp_path)
    journal = Journal.open(tmp_path / JOURNAL_FILE)
    both = SideBySide(build(text, rulebook_text(parse(text).rulebook)).setup)
    replay(journal, both.apply)
    journal.close()
    assert both.engine.digest() == summary.digest
    assert both.liquidations == len(summary.liquidations) > 0
    assert differences(both.engine.view, both.twin) == []
