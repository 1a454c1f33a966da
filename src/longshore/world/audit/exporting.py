"""A world's folder replayed, checked, and written down line by line."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import msgspec

from longshore.engine._compile import Mode
from longshore.engine.codes import Origin
from longshore.engine.commands import COMMAND_FIELDS, CommandKind
from longshore.engine.events import EVENT_FIELDS, EventKind
from longshore.engine.rows import Command, Event
from longshore.journal.batch import Batch
from longshore.journal.errors import JournalError
from longshore.journal.replay import replay_start
from longshore.journal.store import Journal
from longshore.rulebooks import AssetInfo, MarketInfo
from longshore.world.audit.checking import Audited, check_audit
from longshore.world.audit.lines import BEGINNING, Foot, Head, Line, Row, Unit, sealed
from longshore.world.build import build
from longshore.world.replaying import replay_folder
from longshore.world.world import JOURNAL_FILE


def export_audit(
    folder: Path,
    path: Path,
    mode: Mode = "plain",
    progress: Callable[[float], None] | None = None,
) -> Audited:
    """Replay a world, check every row and invariant, and write all of it to a file.

    Raises JournalError, also where the invariants do not hold: then there is no file.
    """
    draft = path.with_name(f"{path.name}.new")
    try:
        with draft.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
            sealing = _Sealing(packed)
            sealing.add(_head(folder))
            report = replay_folder(folder, mode, progress=progress, on_batch=sealing.add_batch)
            if report.broken:
                raise JournalError("money or contracts are not conserved: " + report.broken[0])
            sealing.add(Foot(last_seq=report.seq, rows=sealing.rows, chain=report.chain))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return check_audit(path)


def _head(folder: Path) -> Head:
    journal = Journal.open(folder / JOURNAL_FILE)
    try:
        version, start = journal.version(), replay_start(journal)
        parts = build(version.world, version.rulebook)
    finally:
        journal.close()
    return Head(
        world=parts.scenario.name,
        engine=version.engine,
        after_seq=0 if start is None else start.seq,
        assets=[_asset(each) for each in parts.catalog.assets.values()],
        markets=[_market(each) for each in parts.catalog.markets.values()],
        rulebook=version.rulebook,
        scenario=version.world,
    )


def _asset(asset: AssetInfo) -> Unit:
    atom = f"{asset.amount(1):f}"
    return Unit(number=asset.asset_id, symbol=asset.symbol, atom=atom)


def _market(market: MarketInfo) -> Unit:
    tick, lot = f"{market.tick_size:f}", f"{market.lot_size:f}"
    return Unit(number=market.market_id, symbol=market.symbol, tick=tick, lot=lot)


class _Sealing:
    """Lines, each with the digits that follow from those before and from itself."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self._seal = BEGINNING
        self.rows = 0

    def add(self, line: Head | Line | Foot) -> None:
        """Write one line."""
        content = msgspec.json.encode(line)
        self._seal = sealed(self._seal, content)
        self._file.write(b"%s %s\n" % (self._seal.encode(), content))

    def add_batch(self, batch: Batch) -> None:
        """Write a line for each command, with the events that name it."""
        caused: dict[int, list[Row]] = {}
        for event in batch.events:
            caused.setdefault(int(event.seq), []).append(_event(event))
        for command in batch.commands:
            seq = int(command.seq)
            row = _command(command)
            if seq in batch.texts:
                row["text"] = batch.texts[seq]
            self.add(
                Line(
                    seq=seq,
                    time_us=int(command.time_us),
                    command=row,
                    events=caused.get(seq, []),
                )
            )
            self.rows += 1


def _command(command: Command) -> Row:
    kind = CommandKind(command.kind)
    named: Row = {"kind": kind.name, "origin": Origin(command.origin).name}
    return named | {name: int(getattr(command, name)) for name in COMMAND_FIELDS[kind]}


def _event(event: Event) -> Row:
    kind = EventKind(event.kind)
    _, names = EVENT_FIELDS[kind]
    named: Row = {"kind": kind.name}
    return named | {name: int(getattr(event, name)) for name in names}
