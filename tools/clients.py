"""What other people's clients can do here, from the tests' own checks."""

from __future__ import annotations

from collections.abc import Iterator

from tests.clients.covering import ABSENT, PASSED, REFUSED, Check, Client
from tests.clients.shelf import CLIENTS

ABOUT = f"""Each method below is called by the library's own class on a venue of the tests, and what
comes back is compared with what must be (`tests/clients`). The table is written from those tests.

- **{PASSED}**: it does what it does on the real venue.
- **{REFUSED}**: it is refused here as the real venue refuses it.
- **{ABSENT}**: it is refused by name, for the reason beside it.

A form that does not offer a method has a dash.
"""


def page() -> str:
    """The body of the page."""
    return "\n".join([ABOUT, *(section(client) for client in CLIENTS)])


def section(client: Client) -> str:
    """One client: how many methods there are, and a row for each."""
    forms = list(client.offered)
    lines = [["method", *forms, "remark"], ["---"] * (len(forms) + 2)]
    lines += [list(row(client, method)) for method in client.methods]
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"## {client.name}\n\n{counted(client)}\n\n{table}\n"


def row(client: Client, method: str) -> Iterator[str]:
    """A method, how it ended in each form, and why."""
    check = shown(client, method)
    yield f"`{method}`"
    for offered in client.offered.values():
        yield check.outcome if method in offered else "–"
    yield check.reason


def shown(client: Client, method: str) -> Check:
    """What was shown of a method: the least of its checks. Raises LookupError: nothing was."""
    checks = client.of(method)
    if not checks:
        raise LookupError(f"{client.name}: no test calls {method}")
    return max(checks, key=lambda check: (PASSED, REFUSED, ABSENT).index(check.outcome))


def counted(client: Client) -> str:
    """How many methods ended in which way."""
    outcomes = [shown(client, method).outcome for method in client.methods]
    kinds = ((kind, outcomes.count(kind)) for kind in (PASSED, REFUSED, ABSENT))
    ended = ", ".join(f"{count} {kind}" for kind, count in kinds if count)
    return f"{len(outcomes)} methods: {ended}."
