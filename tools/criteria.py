"""The criteria of the screen, and the tests that carry their ids: `docs/reference/ux.md`."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
NONE = "no test yet"
_ID = re.compile(r"UX-(\d{2})")

CRITERIA: dict[str, dict[str, str]] = {
    "Trust": {
        "01": "Every page says that the money is practice money, and asks for nothing real.",
        "02": "Each number is the venue's; without its answer there is none, and no order.",
        "03": "One value reads the same wherever it stands.",
        "04": "A liquidation happens inside the range that was shown last.",
        "05": "Prices that are seconds old are called old, and nothing is sent on them.",
        "06": "Live, replay or paused is always said, as the clock has it.",
        "07": "A stranger gets one sentence and three ways to begin, and may go back.",
        "08": "What practice leaves out is one click away, in the venue's words.",
        "09": "With nothing left there is a fresh start, which is counted.",
    },
    "Trade and understand": {
        "10": "In guided practice a plan (reason, wrong at, most to lose, exit) comes first.",
        "11": "What an order would do is said above its numbers, at once, and spoken politely.",
        "12": "What is held is said in the words of `/explain`.",
        "13": "Before and after stand side by side for add, reduce and flip.",
        "14": "Sliders for price, time and funding show what would become of a position.",
        "15": "A size follows from the most that may be lost at a stop.",
        "16": "The safety buffer is a meter with words, shape and distance.",
        "17": "Lines on the chart can be read off screen, and moved without dragging.",
        "18": "Funding is told in money and by whom to whom, and comes as told.",
        "19": "All costs are shown in money before, and are those that are paid.",
        "20": "Closing takes two actions, can only reduce, and never happens twice.",
        "21": "Stop and target end each other; nothing is left behind a closed position.",
        "22": "Spot and a perpetual stand side by side on the same money.",
        "23": "A term opens by click, Enter and focus, and holds the reader's own number.",
        "24": "Simple asks at most six things; Pro has the rest; switching keeps the draft.",
        "25": "Each close says by whom or what.",
    },
    "Debrief": {
        "30": "After flat: plan beside what happened, and parts that add up to the result.",
        "31": "The reader chooses before the outcome is shown.",
        "32": "A liquidation is told as a timeline with what would have survived.",
        "33": "From any moment a branch can be tried, and compared.",
        "34": "The score counts whether the plan was kept, not what was won.",
    },
    "Replay, drills, lessons": {
        "40": "Time can be stepped, sped, sought and rewound by keyboard.",
        "41": "Crashes have sources, gaps told, a hidden future, and run offline.",
        "42": "A drill has a goal that only events can meet, and starts from an address.",
        "43": "A lesson passes by events; no button completes it.",
        "44": "A position is explained back from chips, slot by slot.",
        "45": "Levels rise with time between, and fall with a reason.",
        "46": "Hedging a holding is an exercise over a week.",
        "47": "The wrong network is met with a toy wallet.",
        "48": "One trade runs under several rulebooks, differences first.",
    },
    "Guardrails": {
        "50": "After losses there is a pause for new risk; reducing is always possible.",
        "51": "A size far above the usual after a loss is told with both numbers.",
        "52": "A stop that is widened is asked about and remembered.",
        "53": "Limits of a session are set while flat and calm.",
        "54": "What is copied needs a reason and a limit of one's own.",
        "55": "Near liquidation there are four choices, each with its buffer, none preset.",
        "56": "Nothing celebrates, shames, ranks by profit or asks to be shared.",
        "57": "Losses are told without exclamation, cause first.",
    },
    "For everyone, fast, anywhere": {
        "60": "Axe finds nothing on any route, dark and light; 320 pixels need no sideways scroll.",
        "61": "All can be done by keyboard, with a focus that can be seen.",
        "62": "A screen reader has tables, a summary on a key, and is not flooded.",
        "63": "Without colour every state can still be read.",
        "64": "Who wants less motion gets two paints a second and no transitions.",
        "65": "Nothing to press is smaller than 24 pixels; order actions on touch are 44.",
        "66": "At most ten paints a second, at most 150 KB of program.",
        "67": "A phone shows strip, sentence and close in two taps.",
        "68": "Longer words and other numbers do not break the page.",
        "69": "One command comes from nothing to a first price, without a network.",
    },
}  # fmt: skip


def carriers() -> dict[str, list[str]]:
    """By criterion: the tests whose words carry its id, as file and function."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        text = path.read_text("utf-8")
        for name, words in _tests(text) if "UX-" in text else ():
            for number in sorted(set(_ID.findall(words))):
                found[number].append(f"`{path.relative_to(TESTS).as_posix()}` {name}")
    return found


def _tests(text: str) -> Iterator[tuple[str, str]]:
    """Every test of a file's text, in plain words, and its docstring."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name.removeprefix("test_").replace("_", " "), ast.get_docstring(node) or ""


def page() -> str:
    """The body of the page: a table for each group, and how many criteria have a test."""
    found = carriers()
    numbers = [number for group in CRITERIA.values() for number in group]
    tested = sum(number in found for number in numbers)
    head = (
        "What the screen promises, each with an id, and the tests whose docstring carries it: "
        f"{tested} of {len(numbers)} have one.\n"
    )
    return "\n".join([head, *(_group(title, group, found) for title, group in CRITERIA.items())])


def _group(title: str, group: dict[str, str], found: dict[str, list[str]]) -> str:
    lines = [f"## {title}", "", "| id | promise | tests |", "| --- | --- | --- |"]
    for number, words in group.items():
        tests = "; ".join(found.get(number, [])) or NONE
        lines.append(f"| UX-{number} | {words} | {tests} |")
    return "\n".join([*lines, ""])
