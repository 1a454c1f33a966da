"""What a client of other people's offers, and what a test has shown of it here.

A check is a test of one or more methods. It is run in every form the client comes in, and must
really have called the methods it stands for. The table of `docs/reference/clients.md` is written
from these same checks, so that it can say nothing that no test has shown.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, NamedTuple

PASSED, REFUSED, ABSENT = "passed", "refused", "not there"
Shown = Callable[[Any, Any], Awaitable[None]]


class Check(NamedTuple):
    """What was shown of some methods: how it ended, and why where they did not simply work."""

    methods: tuple[str, ...]
    outcome: str
    reason: str
    shown: Shown


class Client:
    """One class of a library, in the forms it comes in."""

    def __init__(self, name: str, offered: Mapping[str, Iterable[str]]) -> None:
        """`offered`: by form, the methods that the class says it has."""
        self.name = name
        self.offered = {form: frozenset(methods) for form, methods in offered.items()}
        self.checks: list[Check] = []

    @property
    def methods(self) -> list[str]:
        """Every method of any form, in order."""
        return sorted(frozenset().union(*self.offered.values()))

    def passes(self, *methods: str, reason: str = "") -> Callable[[Shown], Shown]:
        """The methods do what they do on the real venue; `reason` where that surprises."""
        return self._kept(methods, PASSED, reason)

    def refuses(self, *methods: str, reason: str) -> Callable[[Shown], Shown]:
        """The methods are refused, as the real venue refuses them."""
        return self._kept(methods, REFUSED, reason)

    def lacks(self, *methods: str, reason: str) -> Callable[[Shown], Shown]:
        """The methods are not there, for this reason; the check sees them refused by name."""
        return self._kept(methods, ABSENT, reason)

    def _kept(
        self, methods: tuple[str, ...], outcome: str, reason: str
    ) -> Callable[[Shown], Shown]:
        def keep(shown: Shown) -> Shown:
            self.checks.append(Check(methods, outcome, reason, shown))
            return shown

        return keep

    def runs(self) -> list[tuple[str, Check]]:
        """Every check in every form that offers one of its methods."""
        return [
            (form, check)
            for form, offered in self.offered.items()
            for check in self.checks
            if offered & set(check.methods)
        ]

    def of(self, method: str) -> list[Check]:
        """The checks of a method."""
        return [check for check in self.checks if method in check.methods]


class Calls:
    """A client's methods, awaited where they have to be, and noted."""

    def __init__(self, client: Any, form: str) -> None:
        self.client = client
        self.form = form
        self.made: set[str] = set()

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self.client, name)

        async def call(*arguments: Any, **named: Any) -> Any:
            self.made.add(plain(name))
            made = method(*arguments, **named)
            return await made if inspect.isawaitable(made) else made

        return call


def plain(name: str) -> str:
    """A method's name without capitals and underscores: `fetchOrder` is `fetch_order`."""
    return name.replace("_", "").lower()


def run_ids(client: Client) -> list[str]:
    """Names of the runs, for pytest."""
    return [f"{form.split()[0]}-{check.shown.__name__}" for form, check in client.runs()]


async def shown(client: Client, check: Check, calls: Calls, ground: Any) -> None:
    """Run a check; what it stands for must have been called, as far as this form offers it."""
    await check.shown(calls, ground)
    wanted = {plain(m) for m in check.methods if m in client.offered[calls.form]}
    assert wanted <= calls.made, f"never called: {sorted(wanted - calls.made)}"
