"""Client ids: the caller's own text for an order, and the digest the engine knows it by."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import TYPE_CHECKING

from longshore.engine.limits import CLIENT_IDS_MAX

if TYPE_CHECKING:
    from longshore.engine.rows import Order

CLIENT_ID_MAX_CHARS = 100
_HALF = (1 << 63) - 1


class ClientIds:
    """The digest of a text, and the text of a digest seen before.

    The digest is keyed by the world, so that nobody can prepare two texts that meet in one.
    """

    def __init__(self, world: str) -> None:
        """The ids of one world."""
        self._key = hashlib.blake2b(world.encode(), digest_size=32).digest()
        self._texts: OrderedDict[tuple[int, int], str] = OrderedDict()

    def digest(self, text: str) -> tuple[int, int]:
        """Two non-negative 63-bit halves of the text's keyed digest."""
        whole = hashlib.blake2b(text.encode(), digest_size=16, key=self._key).digest()
        return int.from_bytes(whole[:8]) & _HALF, int.from_bytes(whole[8:]) & _HALF

    def remember(self, text: str) -> None:
        """Keep a text for `text_of`; the oldest is forgotten when the engine forgets its own."""
        self._texts[self.digest(text)] = text
        if len(self._texts) > CLIENT_IDS_MAX:
            self._texts.popitem(last=False)

    def text(self, client_hi: int, client_lo: int) -> str:
        """The text behind a digest, empty when the order had none."""
        return self._texts.get((client_hi, client_lo), "")

    def text_of(self, order: Order) -> str:
        """The text an open order was placed with, empty when it had none."""
        return self.text(order.client_hi, order.client_lo)
