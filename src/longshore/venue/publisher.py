"""What happens to a batch once it is durable: history and streams are told, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.commands import CommandKind

if TYPE_CHECKING:
    from longshore.journal.batch import Batch
    from longshore.venue.client_ids import ClientIds
    from longshore.venue.projections.projector import Projector
    from longshore.venue.streams import Hub


class Publisher:
    """Called by the sequencer in the loop, in seq order. Never waits."""

    def __init__(self, projector: Projector, hub: Hub, client_ids: ClientIds) -> None:
        """Tells these three."""
        self._projector = projector
        self._hub = hub
        self._client_ids = client_ids

    def on_commit(self, batch: Batch) -> None:
        """One durable batch."""
        if batch.texts:
            self._remember_client_ids(batch)
        self._projector.publish(batch)
        self._hub.publish(batch.events, batch.last_seq, batch.time_us)

    def _remember_client_ids(self, batch: Batch) -> None:
        for command in batch.commands:
            if command.kind == CommandKind.PLACE_ORDER and command.seq in batch.texts:
                self._client_ids.remember(batch.texts[command.seq])
