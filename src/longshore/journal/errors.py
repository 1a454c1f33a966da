"""Why a journal is not taken as it is. Each message names the row and what is still good."""

from __future__ import annotations


class JournalError(Exception):
    """A journal cannot be used as asked."""


class JournalDamagedError(JournalError):
    """A row is not what was written: damaged, edited, missing or out of order."""

    def __init__(self, row: int, last_good_seq: int, what: str) -> None:
        self.row = row
        self.last_good_seq = last_good_seq
        super().__init__(f"journal row {row} {what}; the last good seq is {last_good_seq}")


class JournalDivergedError(JournalError):
    """A row is intact, but carrying out its commands gave other events than were recorded."""

    def __init__(self, row: int, last_good_seq: int) -> None:
        self.row = row
        self.last_good_seq = last_good_seq
        super().__init__(
            f"replaying journal row {row} gave other events than recorded; "
            f"the last good seq is {last_good_seq}"
        )


class OtherEngineError(JournalError):
    """The journal was written by an engine with other rules than this one."""

    def __init__(self, journal_digest: str, engine_digest: str) -> None:
        self.journal_digest = journal_digest
        self.engine_digest = engine_digest
        super().__init__(
            f"the journal was written by engine {journal_digest}, this is engine {engine_digest}; "
            "ask for another engine explicitly (--any-engine) to replay it all the same"
        )


class JournalHaltedError(JournalError):
    """The last batch stopped the engine with an error of its own; it was never acknowledged."""

    def __init__(self, first_seq: int, last_seq: int, why: str) -> None:
        self.first_seq = first_seq
        self.last_seq = last_seq
        super().__init__(
            f"the engine stopped in the batch of seq {first_seq} to {last_seq} ({why}); nothing of "
            f"it was acknowledged. `longshore replay DIR --void {first_seq}` voids the batch"
        )
