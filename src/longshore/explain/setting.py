"""The environment's word for the language; here alone, so that reading it imports no catalogue."""

from __future__ import annotations

import os

SETTING = "LONGSHORE_LANGUAGE"


def wanted_language() -> str:
    """The code of a language, empty when the environment names none."""
    return os.environ.get(SETTING, "")
