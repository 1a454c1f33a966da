"""Who looks at an identity: a seam with three providers. None of them is shown anything real.

`practice` decides at once by what a made-up document says; `manual` leaves it to the operator; an
address is a provider elsewhere, who is told of the case and sends a decision back. Both ways are
signed with one secret, and each message has a number that is taken once.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from typing import TYPE_CHECKING, Literal, Protocol, get_args

import httpx
import msgspec
import structlog

from longshore.venue.onshore.checking import flaw_of
from longshore.venue.onshore.log import Flaw
from longshore.venue.onshore.people import day_of
from longshore.venue.private_files import write_private
from longshore.world.scenario import ScenarioError

if TYPE_CHECKING:
    from pathlib import Path

    from longshore.venue.onshore.people import Person
    from longshore.venue.onshore.regimes import Tier

LOG = structlog.get_logger()
FRESH_MS = 300_000
"""How old a signed decision may be, and how far ahead, by the wall clock."""
TRIES_S = (0.0, 1.0, 4.0, 16.0, 60.0)
"""Waits before each try of telling a provider of a case."""
TIMEOUT_S = 5.0
SIGNING_FILE = "identity.secret"
SECRET_BYTES = 32
Verdict = Flaw | Literal[""]


class Case(msgspec.Struct, frozen=True):
    """One look at one person, for one tier."""

    id: str
    person: Person
    tier: Tier
    country: str


class Provider(Protocol):
    """Looks at a case: a verdict at once, or None where one comes later."""

    name: str

    def look(self, case: Case, now_us: int) -> Verdict | None:
        """The verdict; empty where nothing is wrong."""
        ...


class Practice:
    """Decides at once, by what the made-up document says."""

    name = "practice"

    def look(self, case: Case, now_us: int) -> Verdict | None:
        """See `checking`."""
        return flaw_of(case.person, case.country, day_of(now_us)) or ""


class Manual:
    """Leaves every case in the operator's queue."""

    name = "manual"

    def look(self, case: Case, now_us: int) -> Verdict | None:
        """Later."""
        return None


class Decision(msgspec.Struct, frozen=True):
    """What a provider elsewhere sends."""

    case: str
    verdict: str
    delivery: str
    sent_ms: int
    signature: str


class DecisionError(Exception):
    """A decision that is not taken, by name."""

    def __init__(self, code: str) -> None:
        """FORGED, TOO_OLD or REPLAYED."""
        super().__init__(code)
        self.code = code


def signature(secret: str, *parts: str) -> str:
    """HMAC-SHA256 over the parts, a line each."""
    return hmac.new(secret.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


class Webhook:
    """A provider elsewhere, told of each case by a signed POST until it answers that it has it."""

    name = "webhook"

    def __init__(self, url: str, secret: str, client: httpx.AsyncClient | None = None) -> None:
        """Told at this address; `client` speaks to it."""
        self.url = url
        self._secret = secret
        self._client = client or httpx.AsyncClient(timeout=TIMEOUT_S)
        self._telling: set[asyncio.Task[None]] = set()

    def look(self, case: Case, now_us: int) -> Verdict | None:
        """Tell of the case; the verdict comes when it comes."""
        task = asyncio.get_running_loop().create_task(self._tell(case))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)
        return None

    async def _tell(self, case: Case) -> None:
        body = msgspec.json.encode(case)
        headers = {
            "content-type": "application/json",
            "idempotency-key": case.id,
            "x-longshore-signature": signature(self._secret, case.id, body.decode()),
        }
        for wait_s in TRIES_S:
            await asyncio.sleep(wait_s)
            try:
                reply = await self._client.post(self.url, content=body, headers=headers)
            except httpx.HTTPError as error:
                LOG.info("identity_not_told", case=case.id, problem=str(error))
                continue
            if reply.is_success:
                return
        LOG.warning("identity_given_up", case=case.id)

    def checked(self, decision: Decision, seen: set[str]) -> Verdict:
        """The verdict of a decision that is theirs, new and fresh. Raises DecisionError."""
        parts = decision.case, decision.verdict, decision.delivery, str(decision.sent_ms)
        if not hmac.compare_digest(signature(self._secret, *parts), decision.signature):
            raise DecisionError("FORGED")
        if abs(time.time() * 1_000 - decision.sent_ms) > FRESH_MS:
            raise DecisionError("TOO_OLD")
        if decision.delivery in seen:
            raise DecisionError("REPLAYED")
        if decision.verdict not in ("", *get_args(Flaw)):
            raise DecisionError("UNKNOWN_VERDICT")
        verdict: Verdict = msgspec.convert(decision.verdict, Verdict)
        return verdict

    async def close(self) -> None:
        """Tell nobody any more; what was not told is told again at the next start."""
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)
        await self._client.aclose()


def provider_of(setting: str, folder: Path) -> Practice | Manual | Webhook:
    """The provider that a world names; the secret of one elsewhere is made once, in its folder.

    Raises ScenarioError: there is no such provider.
    """
    if setting == "manual":
        return Manual()
    if setting.startswith(("http://", "https://")):
        return Webhook(setting, _secret(folder))
    if setting != "practice":
        raise ScenarioError(f"identity: practice, manual or an address, not {setting!r}")
    return Practice()


def _secret(folder: Path) -> str:
    path = folder / SIGNING_FILE
    if not path.exists():
        # Never seen half written: whoever knows an empty secret signs decisions.
        write_private(path, secrets.token_hex(SECRET_BYTES).encode())
    return path.read_text("utf-8").strip()


def new_case_id() -> str:
    """A number that nobody can guess."""
    return secrets.token_hex(8)
