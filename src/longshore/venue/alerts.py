"""The watch over one world's market while it runs: its alerts are kept for the operator.

They are the operator's papers and no projection: what was made of an alert is nowhere else. They
lie in `accounts.sqlite`. The watch begins anew with each start; see docs/surveillance.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import msgspec
import structlog
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    String,
    Table,
    func,
    insert,
    select,
    update,
)

from longshore.surveillance.alert import Alert
from longshore.surveillance.watch import Watch
from longshore.venue.accounts import METADATA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from longshore.journal.batch import Batch
    from longshore.rulebooks import Catalog

AlertState = Literal["open", "dismissed", "escalated"]
STATES: tuple[AlertState, ...] = get_args(AlertState)
LOG = structlog.get_logger()

ALERTS = Table(
    "alerts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("entry", String, nullable=False),
)


class Filed(NamedTuple):
    """An alert with its number, and what was made of it."""

    id: int
    state: AlertState
    alert: Alert


class Alerts:
    """Of one world. Writes block for one small commit; alerts are few."""

    def __init__(self, engine: Engine, catalog: Catalog) -> None:
        """The table must exist (`open_accounts`)."""
        self._engine = engine
        self._watch: Watch | None = Watch(catalog)

    @property
    def is_watching(self) -> bool:
        """False once an error of our own has stopped the watch; the venue goes on."""
        return self._watch is not None

    def on_commit(self, batch: Batch) -> None:
        """One durable batch."""
        if self._watch is None:
            return
        try:
            for made in self._watch.see(batch):
                self.file(made)
        except Exception:
            LOG.exception("watch_stopped")
            self._watch = None

    def file(self, alert: Alert) -> None:
        """Keep an alert, open."""
        text = msgspec.json.encode(alert).decode()
        row = {"seq": alert.to_seq, "state": "open", "entry": text}
        with self._engine.begin() as connection:
            connection.execute(insert(ALERTS).values(**row))

    def newest(
        self,
        limit: int,
        before: int | None = None,
        states: Sequence[AlertState] = STATES,
        after: int | None = None,
    ) -> list[Filed]:
        """Alerts in these states, newest first; with `before` those that are older.

        With `after`, a number, those that are newer, oldest first.
        """
        by = ALERTS.c.id.desc() if after is None else ALERTS.c.id
        wanted = select(ALERTS).where(ALERTS.c.state.in_(states)).order_by(by).limit(limit)
        if before is not None:
            wanted = wanted.where(ALERTS.c.id < before)
        if after is not None:
            wanted = wanted.where(ALERTS.c.id > after)
        with self._engine.connect() as connection:
            return [_filed(row) for row in connection.execute(wanted).mappings()]

    def count_open(self) -> int:
        """How many wait for the operator."""
        wanted = select(func.count()).select_from(ALERTS).where(ALERTS.c.state == "open")
        with self._engine.connect() as connection:
            return int(connection.execute(wanted).scalar_one())

    def get(self, number: int) -> Filed | None:
        """One of them."""
        wanted = select(ALERTS).where(ALERTS.c.id == number)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).mappings().first()
        return None if row is None else _filed(row)

    def set_state(self, number: int, state: AlertState) -> None:
        """What was made of it; why is in the operator's log."""
        with self._engine.begin() as connection:
            connection.execute(update(ALERTS).where(ALERTS.c.id == number).values(state=state))


def _filed(row: object) -> Filed:
    found = dict(row)  # type: ignore[call-overload]
    return Filed(found["id"], found["state"], msgspec.json.decode(found["entry"], type=Alert))
