"""Where people share the room for worlds, one that nobody sees makes way."""

from __future__ import annotations

from typing import Any, cast

import pytest

from longshore.venue.dialects.native.errors import ApiError
from longshore.venue.room import check_room, to_end
from longshore.venue.workers import Worker


class Running:
    """As much of a process as is asked whether it has ended."""

    def __init__(self, returncode: int | None) -> None:
        self.returncode = returncode


def worker(used_s: float, sockets: int = 0, returncode: int | None = None) -> Worker:
    made = Worker(cast("Any", Running(returncode)))
    made.used_s, made.sockets = used_s, sockets
    return made


def test_the_longest_unused_that_nobody_sees_makes_way() -> None:
    workers = {
        "seen": worker(1, sockets=1),
        "older": worker(2),
        "newer": worker(3),
        "ended": worker(0, returncode=0),
    }
    assert to_end(workers, 4) == []
    assert to_end(workers, 3) == ["older"]
    assert to_end(workers, 2) == ["older", "newer"]
    assert to_end(workers, 1) == ["older", "newer"]  # what somebody sees stays


def test_no_room_is_said() -> None:
    check_room({"a": worker(1)}, 2)
    with pytest.raises(ApiError, match="end one first"):
        check_room({"a": worker(1), "b": worker(2)}, 2)
