"""One-time codes that change every half minute, as authenticator programs make them."""

from __future__ import annotations

import time

import pyotp
import segno

STEP_S = 30
ISSUER = "Longshore practice"
STEPS_ASIDE = 1
"""A clock may be half a minute off, either way."""


def new_secret() -> str:
    """A random secret."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """The secret as authenticator programs take it."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def picture(uri: str) -> str:
    """The address as a picture to photograph: an SVG as a data address."""
    made: str = segno.make(uri, error="m").svg_data_uri(scale=4, border=4, light="white")
    return made


def step_of(secret: str, code: str, last_step: int) -> int | None:
    """The step a code belongs to; None when it is wrong, or no newer than the last one taken."""
    now = int(time.time()) // STEP_S
    for step in range(now - STEPS_ASIDE, now + STEPS_ASIDE + 1):
        made = pyotp.TOTP(secret).at(step * STEP_S)
        if pyotp.utils.strings_equal(made, code) and step > last_step:
            return step
    return None
