"""World time: anchor + speed × monotonic time. It stands still while paused and while down."""

from __future__ import annotations

import time
from collections.abc import Callable

from longshore.engine.limits import TIME_MAX_US

PPM = 1_000_000
NS_PER_US = 1_000
SPEED_MAX_PPM = 100_000 * PPM
FLAT_OUT = 0
"""The speed that means: as fast as the world can go."""


class ClockError(ValueError):
    """The clock cannot do what was asked."""


class Clock:
    """One world's clock. It never goes back, whatever is done to it."""

    def __init__(
        self,
        time_us: int,
        speed_ppm: int = PPM,
        paused: bool = False,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._monotonic_ns = monotonic_ns
        self._anchor_us = time_us
        self._anchor_ns = monotonic_ns()
        self._told_us = time_us
        self.put_us = time_us
        """Where it was last put, by a start or a step: the world comes there before users act."""
        self.speed_ppm = speed_ppm
        self.paused = paused

    def now_us(self) -> int:
        """World time now; never below what it said before."""
        self._told_us = max(self._told_us, self._computed_us())
        return self._told_us

    def target_us(self) -> int:
        """How far the world may be moved on now: to this moment, or flat out to the end of time."""
        return TIME_MAX_US if self._is_flat_out() else self.now_us()

    def wall_s_until(self, time_us: int) -> float | None:
        """Real seconds until the clock reaches a time; None while it is paused."""
        if self.paused:
            return None
        if self._is_flat_out():
            return 0.0
        return max(0, time_us - self.now_us()) / self.speed_ppm

    def pause(self) -> None:
        """Stop here."""
        self._anchor(self.now_us())
        self.paused = True

    def resume(self) -> None:
        """Go on from here."""
        self._anchor(self.now_us())
        self.paused = False

    def set_speed(self, speed_ppm: int) -> None:
        """Run at this many millionths of real time from now on, or FLAT_OUT."""
        if not 0 <= speed_ppm <= SPEED_MAX_PPM:
            raise ClockError(f"the speed must be from 0 (flat out) to {SPEED_MAX_PPM // PPM:,}")
        self._anchor(self.now_us())
        self.speed_ppm = speed_ppm

    def step(self, step_us: int) -> None:
        """Move a paused clock forward."""
        if not self.paused:
            raise ClockError("only a paused clock is stepped")
        if step_us <= 0:
            raise ClockError("time goes forward only")
        if self._anchor_us + step_us > TIME_MAX_US:
            raise ClockError("that is beyond the end of time")
        self._anchor(self.now_us() + step_us)
        self.put_us = self._anchor_us

    def put(self, time_us: int) -> None:
        """Let a paused clock stand at a later time, which the world has reached."""
        assert self.paused, "a clock that runs is not put anywhere"
        self._anchor(max(time_us, self.now_us()))
        self.put_us = self._anchor_us

    def slip(self, reached_us: int) -> None:
        """The world has only come this far: go on from there, at the same speed.

        A paused clock stays where it is, and so does one that was stepped: the world comes after.
        """
        if not self.paused:
            self._anchor(max(reached_us, self.put_us))

    def _computed_us(self) -> int:
        if self.paused or self._is_flat_out():
            return self._anchor_us
        past_ns = self._monotonic_ns() - self._anchor_ns
        return self._anchor_us + past_ns * self.speed_ppm // (PPM * NS_PER_US)

    def _is_flat_out(self) -> bool:
        return self.speed_ppm == FLAT_OUT and not self.paused

    def _anchor(self, time_us: int) -> None:
        self._anchor_us = time_us
        self._anchor_ns = self._monotonic_ns()
