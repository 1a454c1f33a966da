"""What an operator does, what comes of it, and what must hold, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from longshore.engine.codes import Term
from longshore.explain import format as fmt
from longshore.explain.changes import TIERED
from longshore.explain.sentences import say
from longshore.rulebooks import MarketInfo
from longshore.rulebooks.changing import name_of

US_PER_MS = 1_000
NOTHING = "–"
WORDS: dict[str, tuple[str, ...]] = {
    "deposit": ("account", "amount", "asset"),
    "gift": ("amount", "asset", "address", "network"),
    "recovery": ("id", "account"),
    "role": ("name", "role"),
    "ticket": ("id",),
    "approve": ("id",),
    "decline": ("id",),
    "withdraw": ("id",),
    "maintenance": ("reason",),
    "maintenance-off": ("id",),
    "notice": ("text",),
}
"""Acts whose sentence says just some of what they were asked with."""


def did(act: str, given: Mapping[str, Any]) -> str:
    """An act in a line: with the name of its sentence, what it was asked with."""
    if act == "state":
        return say(f"operator-did-state-{_dashed(given['state'])}", symbol=given["symbol"])
    if act == "index":
        return say("operator-did-index", symbol=given["symbol"], percent=_signed(given["percent"]))
    if act == "terms":
        return _did_terms(given)
    if act == "trouble":
        return _did_trouble(given)
    if act == "clock":
        return _did_clock(given)
    if act in WORDS:
        return say(f"operator-did-{act}", **{name: str(given[name]) for name in WORDS[act]})
    if act in ("account", "freeze", "key", "propose"):
        return _did_with(act, given)
    if act in ("identity", "account-state"):
        return _did_to_account(act, given)
    if act in ("alert", "ticket-state"):
        key = f"{act.removesuffix('-state')}-{given['state']}"
        return say(f"operator-did-{key}", id=str(given["id"]))
    return say(f"operator-did-{act}", name=str(_named(given)))


def _did_with(act: str, given: Mapping[str, Any]) -> str:
    """What an account begins with, what a key may do, what somebody else is to approve."""
    if act == "freeze":
        return say("operator-did-freeze" if given["frozen"] else "operator-did-thaw")
    if act == "propose":
        what = did(given["act"], given["given"])
        return say("operator-did-propose", id=str(given["id"]), what=what)
    name = str(given["name" if act == "account" else "account"])
    if act == "account" and given.get("deposits"):
        money = ", ".join(f"{amount} {asset}" for asset, amount in given["deposits"].items())
        return say("operator-did-account-with", name=name, money=money)
    if act == "key" and given.get("permissions"):
        may = ", ".join(given["permissions"])
        return say("operator-did-key-with", account=name, permissions=may)
    return say(f"operator-did-{act}", name=name, account=name)


def _did_to_account(act: str, given: Mapping[str, Any]) -> str:
    if act == "identity":
        key = "identity-accepted" if given["accept"] else "identity-refused"
        return say(f"operator-did-{key}", case=given["case"])
    return say(f"operator-did-account-{_dashed(given['state'])}", name=given["name"])


def _named(given: Mapping[str, Any]) -> object:
    """What it was about: an account, a person, a world, a file."""
    return next((given[key] for key in ("name", "world", "file") if given.get(key)), NOTHING)


def _did_terms(given: Mapping[str, Any]) -> str:
    name = say(f"term-{_dashed(given['term'])}")
    if given["term"] in {name_of(each) for each in TIERED}:
        name = say("term-of-tier", term=name, tier=str(given.get("tier", 0) + 1))
    values = " / ".join(given["values"])
    when = given.get("effective_ms")
    if when is None:
        return say("operator-did-terms", symbol=given["symbol"], term=name, values=values)
    time = fmt.moment(when * US_PER_MS)
    return say(
        "operator-did-terms-later", symbol=given["symbol"], term=name, values=values, time=time
    )


def _did_trouble(given: Mapping[str, Any]) -> str:
    """Trouble of some kinds, or of none."""
    kinds = trouble_kinds(given)
    return say("operator-did-trouble", kinds=kinds) if kinds else say("operator-did-calm")


def trouble_kinds(given: Mapping[str, Any]) -> str:
    """The kinds of trouble that are not nothing; empty: there is none."""
    on = {name: value for name, value in given.items() if value and name != "seed"}
    return "; ".join(
        say(f"operator-trouble-{_dashed(name)}", value=str(value)) for name, value in on.items()
    )


def _did_clock(given: Mapping[str, Any]) -> str:
    action = given["action"]
    if action == "speed":
        return say("operator-did-clock-speed", speed=str(given.get("speed")))
    if action == "step":
        return say("operator-did-clock-step", step=str(given.get("step_ms") or 0))
    return say(f"operator-did-clock-{action}")


def state_means(state: str) -> str:
    """What a market's state means for whoever trades there."""
    if state == "active":
        return say("operator-state-active")
    return say(f"market-state-{_dashed(state)}")


def index_means(info: MarketInfo, subticks: int) -> str:
    """What becomes of an index that an operator publishes."""
    return say("operator-index", coin=info.base.code, price=fmt.price(info, subticks))


def stands_there(orders: int, held: int) -> str:
    """How much is in a market."""
    return say("operator-stands", orders=str(orders), positions=str(held))


def comes_of_it(*, liquidated: int, fired: int, ended: int) -> list[str]:
    """What happens to anybody at once."""
    counts = {"liquidated": liquidated, "fired": fired, "ended": ended}
    told = [say(f"operator-{key}", count=str(count)) for key, count in counts.items() if count]
    return told or [say("operator-nothing")]


def means(act: str) -> str:
    """What comes of an act that is no market's: of the clock, or of a whole world."""
    return say(f"operator-means-{act}")


def reaches_sockets(count: int) -> str:
    """Whom trouble concerns, and that this page stays as it is."""
    return say("operator-sockets", count=str(count))


def law(key: str) -> str:
    """What must hold, in a line."""
    return say(f"operator-law-{key}")


def fund(name: str) -> str:
    """One of the venue's own accounts."""
    return say(f"operator-fund-{name}")


def term(number: int) -> str:
    """What a term is called."""
    return say(f"term-{_dashed(name_of(Term(number)))}")


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _signed(percent: str) -> str:
    return percent if percent.startswith(("-", "+")) else f"+{percent}"
