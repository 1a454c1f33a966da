"""What a branch has from its parent on the air: history and plans until then, accounts' keys."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
from sqlalchemy import text

from longshore.engine.engine import Engine
from longshore.engine.snapshot import Snapshot
from longshore.venue.accounts import cut_accounts
from longshore.venue.alerts import ALERTS
from longshore.venue.custody_log import CUSTODY
from longshore.venue.database import cut_after
from longshore.venue.guardrails import GUARDRAILS
from longshore.venue.onshore.log import ONSHORE
from longshore.venue.operator_log import OPERATOR_LOG
from longshore.venue.plans import CHOICES, PLANS
from longshore.venue.projections.projector import (
    connect,
    layout,
    market_units,
    read_cursor,
    write_cursor,
)
from longshore.venue.projections.truncated import copy_file, cut_back
from longshore.venue.proposals import PROPOSALS
from longshore.venue.reserves import RESERVES
from longshore.venue.support.log import SUPPORT
from longshore.world.moment import parent_of
from longshore.world.world import World, WorldState

WAIT_S = 2.0
PAUSE_S = 0.02
SINCE = (
    *(PLANS, CHOICES, GUARDRAILS, RESERVES, OPERATOR_LOG, ONSHORE, CUSTODY, ALERTS, SUPPORT),
    *(PROPOSALS,),
)
"""Tables beside names and keys whose rows say after which command they came."""


def inherit(world: World, history: Path, accounts: Path) -> None:
    """Copy the parent's files to a branch that has none yet, cut back to where it begins.

    Where the parent has no history that reaches so far, the branch begins with an empty one.
    """
    parent = parent_of(world.journal)
    if parent is None or history.exists():
        return
    home = history.parent.parent / parent.name
    if (home / accounts.name).exists() and not accounts.exists():
        _copied(home / accounts.name, accounts, world)
    draft = history.with_name(f"{history.name}.new")
    if _copy_when_written(home / history.name, draft, world.journal.begin().seq):
        _cut(world, draft)
        draft.replace(history)
    draft.unlink(missing_ok=True)


def _copied(source: Path, target: Path, world: World) -> None:
    draft = target.with_name(f"{target.name}.new")
    copy_file(source, draft)
    cut_accounts(draft, world.accounts)
    cut_after(draft, SINCE, world.journal.begin().seq)
    draft.replace(target)


def _copy_when_written(source: Path, draft: Path, seq: int) -> bool:
    """Whether the parent's history reaches a seq: of a running world it comes a moment later."""
    give_up_s = time.monotonic() + WAIT_S
    while source.exists() and time.monotonic() < give_up_s:
        draft.unlink(missing_ok=True)
        copy_file(source, draft)
        engine = connect(draft)
        with engine.connect() as connection:
            known = connection.execute(text("PRAGMA user_version")).scalar() == layout()
            reached = read_cursor(connection)[0] if known else -1
        engine.dispose()
        if reached >= seq or not known:
            return reached >= seq
        time.sleep(PAUSE_S)
    return False


def _cut(world: World, draft: Path) -> None:
    begin = world.journal.begin()
    kept = world.journal.snapshots.at_row(begin.row)
    assert kept is not None, "a branch begins with a state"
    state = msgspec.msgpack.decode(kept.state, type=WorldState)
    view = Engine.restore(Snapshot.from_bytes(state.engine)).view
    engine = connect(draft)
    with engine.begin() as connection:
        cut_back(connection, view, market_units(view), (begin.seq, begin.time_us))
        write_cursor(connection, begin.seq, begin.time_us)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA journal_mode=DELETE"))
    engine.dispose()
