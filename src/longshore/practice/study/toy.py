"""A toy wallet: coins that are none, on networks that are none, for mistakes that cost nothing.

It is played by what is said to it, one line an act; the same lines come to the same end. No address
that could be real is taken.

    send 0.05 toy-3f9a-61c2-b07e Harbour    withdraw 0.5    keep paper    wait    restore
    recover Tideway                         tell            ignore
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from hashlib import blake2b
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from longshore.practice.study.rows import ZERO

Do = Literal["send", "recover", "withdraw", "keep", "wait", "restore", "tell", "ignore"]
Holder = Literal["you", "venue", "nobody"]
Words = Literal["nowhere", "paper", "cloud"]
Happening = Literal["frozen", "phone_lost", "message", "cloud_opened", "nothing"]
Outcome = Literal[
    "credited", "yours", "held", "lost", "back", "not_yours", "arrived", "frozen", "kept",
    "happened", "unreachable", "stolen", "ignored",
]  # fmt: skip
AtVenue = Literal["credits", "holds", "nobody"]
ADDRESS = re.compile(r"toy(-[0-9a-f]{4}){3}")
ACT_CHARS_MAX = 100
TEST_SHARE = Decimal("0.1")
COINS_MAX = Decimal(1_000_000)
DIGITS_MAX = 8
Sizes = dict[str, Decimal]


class ToyError(ValueError):
    """An act that cannot be; the message says why, in words."""


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file."""


class Network(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A network, and what stands at the venue's address on it.

    `credits`: an account at the venue. `holds`: the venue has the key and credits nothing.
    """

    name: str
    venue: AtVenue


class ToySpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What there is at the beginning, what can be done, and what `wait` brings, in order."""

    acts: list[Do]
    in_wallet: Decimal = ZERO
    at_venue: Decimal = ZERO
    network: list[Network] = []
    happens: list[Happening] = []


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One act in the toy wallet, and what came of it."""

    do: Annotated[Do, Meta(description="What was done.")]
    outcome: Annotated[Outcome, Meta(description="What came of it.")]
    coins: Annotated[Decimal, Meta(description="How many toy coins it was about.")] = ZERO
    network: Annotated[str, Meta(description="The network it went over; empty: none.")] = ""
    holder: Annotated[Holder, Meta(description="Who has the key where the coins are after it.")] = (
        "you"
    )
    tested: Annotated[
        bool,
        Meta(description="At most a tenth had gone the same way before, and had been credited."),
    ] = False
    happening: Annotated[Happening, Meta(description="What `wait` brought.")] = "nothing"
    words: Annotated[Words, Meta(description="Where the recovery words are after it.")] = "nowhere"
    in_wallet_coins: Annotated[Decimal, Meta(description="Coins within your reach after it.")]
    at_venue_coins: Annotated[Decimal, Meta(description="Coins in the venue's books after it.")]
    share_percent: Annotated[
        Decimal, Meta(description="How much of what was within reach before it was sent.")
    ] = ZERO

    seq: int


class Toy:
    """A wallet as it stands. `act` takes one line on."""

    def __init__(self, spec: ToySpec, salt: str) -> None:
        """From the beginning; the salt makes the addresses."""
        self.spec = spec
        self.in_wallet, self.at_venue = spec.in_wallet, spec.at_venue
        self.elsewhere: Sizes = {}
        self.frozen = self.phone_lost = False
        self.words: Words = "nowhere"
        self.happened: list[Happening] = []
        self.acts: list[Act] = []
        first, own, venue, last = (_part(salt, at) for at in range(4))
        self.own_address = f"toy-{first}-{own}-{last}"
        self.venue_address = f"toy-{first}-{venue}-{last}"

    def act(self, line: str, seq: int) -> Act:
        """Do it. Raises ToyError; then nothing is changed."""
        name, *terms = line.split()[:4] or [""]
        if name not in self.spec.acts or len(line) > ACT_CHARS_MAX:
            known = ", ".join(self.spec.acts)
            raise ToyError(f"{line[:ACT_CHARS_MAX]!r} cannot be done here; there are {known}")
        before = self.in_wallet
        found = getattr(self, f"_{name}")(*_terms(name, terms, line))
        share = found.get("coins", ZERO) * 100 / before if before else ZERO
        made = Act(
            do=name,
            seq=seq,
            words=self.words,
            in_wallet_coins=ZERO if self.phone_lost else self.in_wallet,
            at_venue_coins=self.at_venue,
            share_percent=share if name == "send" else ZERO,
            **found,
        )
        self.acts.append(made)
        return made

    def _send(self, amount: str, address: str, network: str) -> dict[str, object]:
        coins, over = self._coins(amount, self.in_wallet), self._network(network)
        if not ADDRESS.fullmatch(address):
            reason = "only toy-… addresses are taken here, never a real one"
            raise ToyError(f"{address!r} is no toy address: {reason}")
        outcome, holder = self._where(address, over)
        tested = any(
            each.outcome == "credited"
            and each.network == over.name
            and each.share_percent <= TEST_SHARE * 100
            for each in self.acts
        )
        self.in_wallet -= coins
        if outcome == "credited":
            self.at_venue += coins
        elif outcome == "yours":
            self.elsewhere[over.name] = self.elsewhere.get(over.name, ZERO) + coins
        return {
            "outcome": outcome, "holder": holder, "coins": coins, "network": over.name,
            "tested": tested,
        }  # fmt: skip

    def _where(self, address: str, over: Network) -> tuple[Outcome, Holder]:
        if address == self.own_address:
            return "yours", "you"
        if address != self.venue_address or over.venue == "nobody":
            return "lost", "nobody"
        return ("credited" if over.venue == "credits" else "held"), "venue"

    def _recover(self, network: str) -> dict[str, object]:
        over = self._network(network)
        coins = self.elsewhere.pop(over.name, ZERO)
        self.in_wallet += coins
        if coins:
            return {"outcome": "back", "coins": coins, "network": over.name}
        holder: Holder = "venue" if over.venue == "holds" else "nobody"
        return {"outcome": "not_yours", "holder": holder, "network": over.name}

    def _withdraw(self, amount: str) -> dict[str, object]:
        coins = self._coins(amount, self.at_venue)
        if self.frozen:
            return {"outcome": "frozen", "holder": "venue", "coins": coins}
        self._needs_phone()
        self.at_venue -= coins
        self.in_wallet += coins
        return {"outcome": "arrived", "coins": coins}

    def _keep(self, where: str) -> dict[str, object]:
        if where not in ("paper", "cloud"):
            raise ToyError(f"recovery words are kept on paper or in the cloud, not {where!r}")
        self._needs_phone()
        self.words = "paper" if where == "paper" else "cloud"
        return {"outcome": "kept"}

    def _wait(self) -> dict[str, object]:
        left = self.spec.happens[len(self.happened) :]
        happening: Happening = left[0] if left else "nothing"
        self.happened.append(happening)
        self.frozen = self.frozen or happening == "frozen"
        self.phone_lost = self.phone_lost or happening == "phone_lost"
        if happening == "cloud_opened" and self.words == "cloud" and self.in_wallet:
            coins, self.in_wallet = self.in_wallet, ZERO
            return {
                "outcome": "stolen", "holder": "nobody", "coins": coins, "happening": happening,
            }  # fmt: skip
        return {"outcome": "happened", "happening": happening}

    def _restore(self) -> dict[str, object]:
        if not self.phone_lost:
            raise ToyError("the phone is not lost: nothing has to be restored")
        if self.words == "nowhere":
            return {"outcome": "unreachable", "holder": "nobody", "coins": self.in_wallet}
        self.phone_lost = False
        return {"outcome": "back", "coins": self.in_wallet}

    def _tell(self) -> dict[str, object]:
        self._needs_message()
        coins, self.in_wallet = self.in_wallet, ZERO
        return {"outcome": "stolen", "holder": "nobody", "coins": coins}

    def _ignore(self) -> dict[str, object]:
        self._needs_message()
        return {"outcome": "ignored"}

    def _needs_message(self) -> None:
        if "message" not in self.happened:
            raise ToyError("nobody has written: there is no message to answer or to ignore")

    def _needs_phone(self) -> None:
        if self.phone_lost:
            raise ToyError("the phone with the wallet is lost: restore it first")

    def _network(self, name: str) -> Network:
        for each in self.spec.network:
            if each.name == name:
                return each
        known = ", ".join(each.name for each in self.spec.network)
        raise ToyError(f"there is no network {name!r}; there are {known}")

    def _coins(self, amount: str, held: Decimal) -> Decimal:
        try:
            coins = Decimal(amount)
        except InvalidOperation:
            raise ToyError(f"{amount!r} is not a number of coins") from None
        if not coins.is_finite() or not 0 < coins <= COINS_MAX:
            raise ToyError(f"{amount!r} is not a number of coins above zero")
        if coins > held:
            raise ToyError(f"there are {held:f} toy coins, not {coins:f}")
        if coins != coins.quantize(Decimal(1).scaleb(-DIGITS_MAX)):
            raise ToyError(f"a toy coin has {DIGITS_MAX} decimals")
        return coins


COUNTS: dict[str, int] = {"send": 3, "recover": 1, "withdraw": 1, "keep": 1}


def _terms(name: str, terms: list[str], line: str) -> list[str]:
    if len(terms) != COUNTS.get(name, 0) or len(line.split()) != len(terms) + 1:
        raise ToyError(f"{line!r}: `{name}` is followed by {COUNTS.get(name, 0)} words")
    return terms


def _part(salt: str, at: int) -> str:
    return blake2b(f"{salt}/{at}".encode(), digest_size=2).hexdigest()
