"""Chance is a function of (seed, name, step)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from longshore.world.random import PPM, bits, normal_ppm, stream_key, uniform


def test_known_numbers_do_not_change() -> None:
    """A world's file must mean the same world for ever."""
    assert [bits(0, step) for step in (1, 2, 3)] == [
        0xE220A8397B1DCDAF,  # splitmix64 from zero, as its author publishes it
        0x6E789E6AA1B965F4,
        0x06C45D188009454F,
    ]
    assert stream_key(7, "sim") == 841_890_684_274_406_910


def test_streams_of_other_names_and_seeds_are_others() -> None:
    keys = {stream_key(seed, name) for seed in range(50) for name in ("a", "b", "sim")}
    assert len(keys) == 150


@pytest.mark.parametrize("bound", [1, 2, 7, 1_000, 2**62])
def test_uniform_stays_below_its_bound_and_fills_it(bound: int) -> None:
    drawn = [uniform(3, step, bound) for step in range(2_000)]
    assert all(0 <= value < bound for value in drawn)
    assert len(set(drawn)) == min(bound, 2_000) or bound == 1_000
    assert abs(sum(drawn) * 2 // 2_000 - (bound - 1)) <= bound // 20 + 1


def test_normal_has_mean_zero_and_deviation_one() -> None:
    drawn = [normal_ppm(11, step) for step in range(20_000)]
    mean = sum(drawn) // len(drawn)
    square = sum(value * value for value in drawn) // len(drawn)
    assert abs(mean) < PPM // 50
    assert abs(square - PPM * PPM) < PPM * PPM // 30
    assert max(map(abs, drawn)) <= 3_470_000


def test_neighbouring_steps_are_unrelated() -> None:
    drawn = [normal_ppm(5, step) for step in range(20_000)]
    product = sum(a * b for a, b in pairwise(drawn)) // len(drawn)
    assert abs(product) < PPM * PPM // 40
