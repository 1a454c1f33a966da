"""From a standing and the rules of where somebody lives: which gates are shut, and by what name.

The order is that of the account page: residence, who it is, how much is known, the disclosure, the
questions; before all of them what shuts an account whoever its owner is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from longshore.engine.codes import AccountState, Gate, Reject
from longshore.engine.units import PPM
from longshore.venue.onshore.regimes import (
    NOWHERE,
    PRODUCTS,
    TIERS,
    Product,
    flag,
    number,
    tier_of,
)

if TYPE_CHECKING:
    from longshore.venue.onshore.documents import Documents
    from longshore.venue.onshore.regimes import Jurisdiction, Regime, Value
    from longshore.venue.onshore.standing import Standing

US_PER_DAY = 86_400_000_000
GATES: dict[Product, Gate] = {
    "spot": Gate.SPOT,
    "perpetual": Gate.PERPETUAL,
    "dated": Gate.DATED,
}
STATES = {
    "active": AccountState.ACTIVE,
    "close_only": AccountState.CLOSE_ONLY,
    "frozen": AccountState.FROZEN,
    "closed": AccountState.CLOSED,
}


@dataclass(frozen=True)
class Today:
    """What an account came to in the last day, in atoms of the settlement asset."""

    deposited_atoms: int = 0
    """Since the account's owner set a limit."""
    lost_atoms: int = 0
    deposited_as_known_atoms: int = 0
    """Since the owner was identified."""


@dataclass(frozen=True)
class Gates:
    """What the engine is to hold for one account."""

    shut: dict[Gate, Reject]
    state: AccountState = AccountState.ACTIVE
    cap_ppm: int = 0


@dataclass(frozen=True)
class Asked:
    """Everything that decides: rules, texts, where an account stands, the present."""

    regime: Regime
    documents: Documents
    standing: Standing
    now_us: int
    last_used_us: int
    today: Today
    deposit_day_atoms: int = 0
    """The most that comes in within a day by the owner's tier; 0: no limit."""

    @property
    def jurisdiction(self) -> str:
        """Whose rules count; empty where nobody knows."""
        if not self.standing.country:
            return ""
        return self.regime.jurisdiction_of(self.standing.country, self.standing.state)

    @property
    def rules(self) -> Jurisdiction | None:
        """These rules; None where there are none to ask."""
        return self.regime.jurisdictions.get(self.jurisdiction)


def gates(asked: Asked) -> Gates:
    """All five gates, state and cap."""
    shut = {GATES[product]: product_gate(asked, product) for product in PRODUCTS}
    shut[Gate.DEPOSIT] = money_gate(asked, Gate.DEPOSIT)
    shut[Gate.WITHDRAWAL] = money_gate(asked, Gate.WITHDRAWAL)
    return Gates(shut, STATES[asked.standing.put], cap_ppm(asked))


def product_gate(asked: Asked, product: Product) -> Reject:
    """Why a product may not be opened."""
    rules = asked.rules
    if rules is None:
        return place_gate(asked)
    terms = rules.products[product]
    if not flag(terms.offered):
        return Reject.NOT_OFFERED_HERE
    refused = _personal(asked, rules) or _known(asked, terms.tier)
    if refused or product == "spot":
        return refused
    if not has_agreed(asked, product):
        return Reject.NOT_DISCLOSED
    if flag(terms.assessed) and not asked.standing.answered:
        return Reject.NOT_ASSESSED
    limits = asked.standing.limits
    over = limits and limits.loss_atoms and asked.today.lost_atoms >= limits.loss_atoms
    return Reject.OVER_LIMIT if over else Reject.NONE


def money_gate(asked: Asked, gate: Gate) -> Reject:
    """Why money may not come in, or go out."""
    rules = asked.rules
    if gate == Gate.WITHDRAWAL:
        # What somebody has, they may take home: a word of theirs or an old account is no reason.
        return place_gate(asked) if rules is None else _known(asked, rules.withdrawal_tier)
    if rules is None:
        return place_gate(asked)
    refused = _personal(asked, rules) or _known(asked, rules.deposit_tier)
    return refused or (Reject.OVER_LIMIT if _has_deposited_enough(asked) else Reject.NONE)


def _has_deposited_enough(asked: Asked) -> bool:
    """Whether as much came in today as the owner allows, or the tier."""
    limits, today = asked.standing.limits, asked.today
    own_atoms = limits.deposit_atoms if limits else 0
    return (
        0 < own_atoms <= today.deposited_atoms
        or 0 < asked.deposit_day_atoms <= today.deposited_as_known_atoms
    )


def place_gate(asked: Asked) -> Reject:
    """Nobody knows where the owner lives, or nobody is served there."""
    return Reject.NOT_OFFERED_HERE if asked.jurisdiction == NOWHERE else Reject.COUNTRY_NOT_KNOWN


def _personal(asked: Asked, rules: Jurisdiction) -> Reject:
    """What shuts an account whoever its owner is."""
    if asked.now_us < asked.standing.excluded_until_us:
        return Reject.SELF_EXCLUDED
    return Reject.INACTIVE if asked.now_us >= inactive_us(asked, rules) else Reject.NONE


def inactive_us(asked: Asked, rules: Jurisdiction) -> int:
    """When an account that nobody uses is to be confirmed."""
    used_us = max(asked.last_used_us, asked.standing.seen_us)
    return used_us + number(rules.inactive_days) * US_PER_DAY


def _known(asked: Asked, needed: Value) -> Reject:
    """Whether as much is known of the owner as is needed."""
    standing = asked.standing
    tier = standing.tier(asked.now_us)
    if TIERS.index(tier) >= TIERS.index(tier_of(needed)):
        return Reject.NONE
    if standing.known_until_us and asked.now_us >= standing.known_until_us:
        return Reject.IDENTITY_EXPIRED
    return Reject.NOT_IDENTIFIED if tier == "unverified" else Reject.TIER_TOO_LOW


def has_agreed(asked: Asked, product: Product) -> bool:
    """Whether a product's disclosure was accepted as it stands, or has none."""
    current = asked.documents.current(product, asked.jurisdiction, asked.now_us)
    agreed = asked.standing.agreed.get(product)
    if current is None:
        return True
    hashes = asked.documents.hashes(product, asked.jurisdiction, current.version)
    return agreed is not None and agreed.sha256 in hashes


def cap_ppm(asked: Asked) -> int:
    """The lowest cap of what may be opened at leverage; 0: none."""
    rules = asked.rules
    if rules is None:
        return 0
    standing = asked.standing
    caps = []
    for product in PRODUCTS[1:]:
        terms = rules.products[product]
        cap = terms.cap
        if standing.tier(asked.now_us) == "pro":
            cap = terms.cap_pro
        elif flag(terms.assessed) and standing.answered and not standing.passed:
            cap = terms.cap_failed
        caps.append(number(cap))
    return min((each for each in caps if each), default=0) * PPM


def next_us(asked: Asked) -> int | None:
    """When time alone may change a gate; None: it does not."""
    standing, rules = asked.standing, asked.rules
    times = [standing.known_until_us, standing.excluded_until_us]
    if rules is not None:
        times.append(inactive_us(asked, rules))
    if asked.today != Today():
        times.append((asked.now_us // US_PER_DAY + 1) * US_PER_DAY)
    text_us = asked.documents.next_us(asked.now_us)
    ahead = [each for each in (*times, text_us or 0) if each > asked.now_us]
    return min(ahead, default=None)
