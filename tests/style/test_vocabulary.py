"""Every code, event and command is documented, and names only fields that exist."""

from __future__ import annotations

from longshore.engine.codes import Reject
from longshore.engine.commands import COMMAND_FIELDS, COMMAND_MEANINGS, CommandKind
from longshore.engine.events import EVENT_FIELDS, EventKind
from longshore.engine.meanings import MEANINGS
from longshore.engine.rows import Command, Event


def test_every_reject_has_a_meaning():
    named = {f"Reject.{r.name}" for r in Reject if r is not Reject.NONE}
    assert {key for key in MEANINGS if key.startswith("Reject.")} == named


def test_every_command_is_documented():
    assert set(COMMAND_FIELDS) == set(CommandKind) == set(COMMAND_MEANINGS)
    unknown = {k.name: set(f) - set(Command.FIELDS) for k, f in COMMAND_FIELDS.items()}
    assert {kind: fields for kind, fields in unknown.items() if fields} == {}


def test_every_event_is_documented():
    assert set(EVENT_FIELDS) == set(EventKind)
    unknown = {k.name: set(f) - set(Event.FIELDS) for k, (_, f) in EVENT_FIELDS.items()}
    assert {kind: fields for kind, fields in unknown.items() if fields} == {}


def test_codes_are_numbered_once():
    for vocabulary in (Reject, CommandKind, EventKind):
        numbers = [int(member) for member in vocabulary.__members__.values()]
        assert len(numbers) == len(set(numbers))
