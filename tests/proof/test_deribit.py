"""Deribit's own form, max(d, P) + min(-d, P), is the damped one without interest: RATE-008."""

from __future__ import annotations

from random import Random

import pytest

from longshore.engine.rates import RATE_MAX_E18, damped_e18

BP = 10**14
WIDTHS = (0, 1, BP, 5 * BP // 2, 10 * BP, RATE_MAX_E18)


@pytest.mark.parametrize("count", [10_000, pytest.param(1_000_000, marks=pytest.mark.long)])
def test_both_forms_are_one_number(count):
    chance = Random(count)
    equal = 0
    for _ in range(count):
        damper = chance.choice(WIDTHS)
        reach = min(RATE_MAX_E18, 3 * damper + 3)
        premium = chance.randint(-reach, reach)
        damped = damped_e18(premium, 0, damper, damper, 0)
        equal += damped == max(damper, premium) + min(-damper, premium)
    print(f"equal: {equal} of {count}")
    assert equal == count
