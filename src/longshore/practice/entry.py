"""What a record of an account begins every entry with: where in the world's course it was made."""

from __future__ import annotations

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Something said or decided at a time of the world, after the command `seq`."""

    seq: int
    time_us: int
