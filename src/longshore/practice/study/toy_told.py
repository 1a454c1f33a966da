"""What came of an act in the toy wallet, in a sentence."""

from __future__ import annotations

from longshore.explain.sentences import say
from longshore.practice.study.toy import Act, Toy


def told(toy: Toy) -> list[str]:
    """A sentence an act, in their order."""
    return [tell(act) for act in toy.acts]


def tell(act: Act) -> str:
    """One act: what became of the coins, and who holds the key to them."""
    coins = f"{act.coins.normalize():f}"
    if act.do == "wait" and act.outcome == "happened":
        return say(f"toy-wait-{act.happening.replace('_', '-')}")
    key = f"toy-{act.do}-{act.outcome.replace('_', '-')}"
    if act.do == "keep":
        return say(f"{key}-{act.words}")
    if act.do == "recover" and act.outcome == "not_yours":
        return say(f"{key}-{act.holder}", network=act.network)
    return say(key, coins=coins, network=act.network)
