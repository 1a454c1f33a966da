"""Nothing on the screen or in its words celebrates, shames, ranks people or asks to be shared."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCREEN = sorted(
    path for path in (ROOT / "ui/src").rglob("*") if path.suffix in (".svelte", ".ts", ".css")
)
TOLD = ("title", "about", "action", "ask", "right", "feedback")
"""The keys of a lesson's file that people read."""
PARTS = {
    "a celebration": r"confetti|fireworks|trophy|medal",
    "a sound": r"new Audio|AudioContext|<audio|\.play\(\)",
    "sharing": r"navigator\.share|clipboard\.write\(|share ?card|twitter\.com|x\.com/intent",
    "a ranking of people": r"leader ?board|rank(ing)? by (profit|return)|top traders",
    "a notification that was not asked for": r"new Notification\(|pushManager",
    "a vibration": r"navigator\.vibrate",
}
"""What the program of the screen may not contain."""
SAID = {
    "an exclamation": r"[a-zäöüß]!(?!=)",
    "praise of winning": r"congratulations|well done|you won\b|glückwunsch|bravo",
    "shame": r"\brekt\b|stupid|foolish|you failed|versager|\bdumm",
    "a streak": r"streak|serie von (gewinn|verlust)",
    "urgency": r"hurry|act now|last chance|don't miss|jetzt zuschlagen|letzte chance",
    "hype": r"\bmoon\b|\blambo\b|easy money|guaranteed|garantiert",
}
"""What no sentence may say."""


def spoken() -> dict[Path, str]:
    """Everything that is said: the catalogues, and what lessons and drills tell."""
    said = {path: path.read_text("utf-8") for path in ROOT.glob("src/longshore/explain/*.ftl")}
    for path in ROOT.glob("src/longshore/practice/*/*/*"):
        if path.suffix == ".md":
            said[path] = path.read_text("utf-8")
        elif path.name.startswith("lesson") and path.suffix == ".toml":
            said[path] = "\n".join(told(tomllib.loads(path.read_text("utf-8"))))
    return said


def told(value: object) -> Iterator[str]:
    """The texts of a lesson's file, however deep they lie."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in TOLD and isinstance(inner, str):
                yield inner
            yield from told(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from told(inner)


@pytest.mark.parametrize("what", PARTS)
def test_the_screen_has_no_part_that_is(what: str) -> None:
    """UX-56."""
    for path in SCREEN:
        found = re.search(PARTS[what], path.read_text("utf-8"), re.IGNORECASE)
        assert found is None, f"{path.relative_to(ROOT)} holds {what}: {found[0]}"


@pytest.mark.parametrize("what", SAID)
def test_no_sentence_holds(what: str) -> None:
    """UX-56, UX-57: in any language."""
    said = spoken()
    assert len(said) > 50
    for path, text in said.items():
        found = re.search(SAID[what], text, re.IGNORECASE)
        assert found is None, f"{path.relative_to(ROOT)} holds {what}: {found[0]}"
