"""Who may trade what: the gates of an account, as the page and programs see them."""

from __future__ import annotations

from typing import Literal

from longshore.venue.dialects.native.schema.base import Body, Reply
from longshore.venue.onshore.log import Flaw, StateName
from longshore.venue.onshore.regimes import Product, Tier
from longshore.venue.onshore.standing import CaseState

StepId = Literal["residence", "identity", "disclosure", "questions", "inactive"]
StepState = Literal["done", "todo", "waiting", "refused", "blocked"]
GateId = Literal[Product, "deposit", "withdrawal"]
AskedTier = Literal["basic", "intermediate", "pro"]


class ResidenceBody(Body):
    """Where the made-up owner of an account lives; `state` where the country has them."""

    country: str
    state: str = ""


class IdentityBody(Body):
    """One of the made-up people, shown for a tier."""

    person: str
    tier: AskedTier = "intermediate"


class AppealBody(Body):
    """Why a refused case should be looked at again, by a person."""

    text: str


class DecisionBody(Body):
    """A provider's signed decision of one case. An empty verdict: nothing is wrong."""

    case: str
    verdict: str
    delivery: str
    sent_ms: int
    signature: str


class ConsentBody(Body):
    """A disclosure that was read, by version and hash."""

    product: Product
    version: str
    sha256: str


class QuestionsBody(Body):
    """Answers to an attempt's questions, by their names: a, b or c."""

    attempt: int
    answers: dict[str, str]


class ExclusionBody(Body):
    """So many days nothing can be opened. It can be made longer, and not shorter."""

    days: int


class OwnLimitsBody(Body):
    """Limits of a day, each or none, in the settlement asset."""

    deposit: str | None = None
    loss: str | None = None


class QueueBody(Body):
    """What the operator decides of a case; without a flaw the person is known."""

    accept: bool


class AccountStateBody(Body):
    """The state of an account."""

    state: StateName


class StepReply(Reply):
    """One step of the checklist."""

    id: StepId
    product: Product | None
    title: str
    why: str
    state: StepState
    text: str


class GateReply(Reply):
    """What may be opened or moved; else why not, by the code that an order is refused with."""

    id: GateId
    title: str
    open: bool
    code: str
    text: str
    cap: str | None


class PaperReply(Reply):
    """What a made-up document says."""

    kind: str
    name: str
    born: str
    country: str
    number: str
    expires: str


class PersonReply(Reply):
    """Somebody made up."""

    id: str
    name: str
    born: str
    country: str
    state: str
    paper: PaperReply


class CaseReply(Reply):
    """How the newest case stands."""

    state: CaseState
    person: str
    tier: Tier
    flaw: str
    text: str


class OnshoreReply(Reply):
    """Where an account stands; in a world without such rules `on` is false and all is open."""

    on: bool
    note: str
    title: str
    country: str
    state: str
    warning: str
    tier: Tier
    tier_text: str
    account_state: StateName
    account_state_text: str
    steps: list[StepReply]
    gates: list[GateReply]
    case: CaseReply
    countries: list[str]
    states: list[str]
    changes: list[str]
    stays: list[str]
    deposit_limit: str | None
    loss_limit: str | None
    excluded_ms: int | None
    unverified: str


class DocumentReply(Reply):
    """A disclosure as it stands, in Markdown."""

    product: Product
    version: str
    sha256: str
    language: str
    text: str
    agreed: bool


class QuestionReply(Reply):
    """One question with its choices."""

    id: str
    text: str
    choices: dict[str, str]


class QuestionsReply(Reply):
    """An attempt's questions; `again_ms`: the earliest time of the next one."""

    attempt: int
    passes: int
    questions: list[QuestionReply]
    again_ms: int | None
    text: str


class WaitingCase(Reply):
    """A case in the operator's queue, or one that has left it."""

    account: str
    case: str
    person: PersonReply
    tier: Tier
    tier_text: str
    country: str
    appeal: str
    state: CaseState
    state_text: str
    reason: str
    """Why it waits for a person; empty once it is decided."""
    found: str
    """What the practice check makes of the document."""
    since: int
    """When it was shown, appealed or decided, whichever came last."""


class Taken(Reply):
    """A decision was taken."""

    case: str
    verdict: Flaw | Literal[""]
