"""What a what-if may be told besides its change."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from longshore.practice.counterfactual import Flow


class Asked(TypedDict, total=False):
    """More of a what-if: from when on, under which rulebook, in which market, until when, how."""

    at: int | datetime | None
    rulebook: str
    market: str
    until: datetime | None
    flow: Flow
