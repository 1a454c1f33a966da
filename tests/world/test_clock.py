import pytest
from hypothesis import given
from hypothesis import strategies as st

from longshore.engine.limits import TIME_MAX_US
from longshore.world.clock import FLAT_OUT, PPM, Clock, ClockError

START_US = 1_600_000_000_000_000


class Wall:
    """A monotonic clock that stands where it is put."""

    ns = 5_000_000_000

    def __call__(self):
        return self.ns

    def pass_s(self, seconds):
        self.ns += int(seconds * 1e9)


@pytest.fixture
def wall():
    return Wall()


def test_world_time_is_anchor_plus_speed_times_real_time(wall):
    clock = Clock(START_US, 10 * PPM, monotonic_ns=wall)
    wall.pass_s(2)
    assert clock.now_us() == START_US + 20_000_000
    assert clock.wall_s_until(START_US + 30_000_000) == 1.0
    clock.set_speed(PPM)
    wall.pass_s(1)
    assert clock.now_us() == START_US + 21_000_000


def test_it_stands_still_while_paused_and_is_stepped_only_then(wall):
    clock = Clock(START_US, monotonic_ns=wall)
    with pytest.raises(ClockError, match="only a paused clock"):
        clock.step(1)
    clock.pause()
    wall.pass_s(100)
    assert clock.now_us() == START_US
    assert clock.wall_s_until(START_US + 1) is None
    clock.step(250_000)
    assert clock.now_us() == START_US + 250_000
    with pytest.raises(ClockError, match="forward only"):
        clock.step(0)
    with pytest.raises(ClockError, match="end of time"):
        clock.step(TIME_MAX_US)
    clock.resume()
    wall.pass_s(1)
    assert clock.now_us() == START_US + 1_250_000


def test_flat_out_has_no_speed_of_its_own(wall):
    clock = Clock(START_US, FLAT_OUT, monotonic_ns=wall)
    assert clock.target_us() == TIME_MAX_US
    clock.slip(START_US + 77)
    assert (clock.now_us(), clock.wall_s_until(TIME_MAX_US)) == (START_US + 77, 0.0)
    with pytest.raises(ClockError, match="speed"):
        clock.set_speed(-1)


ACTS = st.one_of(
    st.tuples(st.just("pass"), st.floats(0, 100)),
    st.tuples(st.just("speed"), st.integers(0, 1_000 * PPM)),
    st.tuples(st.just("slip"), st.integers(-(10**9), 10**9)),
    st.tuples(st.sampled_from(["pause", "resume", "step"]), st.just(0)),
)


@given(st.lists(ACTS, max_size=30))
def test_whatever_is_done_to_it_it_never_goes_back(acts):
    wall = Wall()
    clock = Clock(START_US, monotonic_ns=wall)
    before = clock.now_us()
    for act, value in acts:
        if act == "pass":
            wall.pass_s(value)
        elif act == "speed":
            clock.set_speed(value)
        elif act == "slip":
            clock.slip(START_US + value)
        elif act == "step" and clock.paused:
            clock.step(1_000)
        elif act in {"pause", "resume"}:
            getattr(clock, act)()
        assert clock.now_us() >= before
        before = clock.now_us()
