"""The steps through the gates; each is put on record, and the engine is told what comes of it."""

from __future__ import annotations

import re
from decimal import Decimal

from longshore.explain import format as fmt
from longshore.explain.outcomes import refused
from longshore.explain.sentences import say
from longshore.venue.dialects.native import draft, render
from longshore.venue.dialects.native.errors import (
    CONFLICT,
    FORBIDDEN,
    REFUSED,
    ApiError,
    bad_value,
    not_found,
)
from longshore.venue.dialects.native.onshore.page import get_onshore
from longshore.venue.dialects.native.schema.onshore import (
    AppealBody,
    ConsentBody,
    DecisionBody,
    ExclusionBody,
    IdentityBody,
    OnshoreReply,
    OwnLimitsBody,
    QuestionReply,
    QuestionsBody,
    QuestionsReply,
    ResidenceBody,
    Taken,
)
from longshore.venue.dialects.native.wire import Call, decimal
from longshore.venue.onshore import people, questions
from longshore.venue.onshore.desk import Onshore
from longshore.venue.onshore.gating import US_PER_DAY, Asked, place_gate
from longshore.venue.onshore.identity import Decision, DecisionError, Webhook
from longshore.venue.onshore.log import (
    Agreed,
    Answered,
    Appealed,
    Confirmed,
    Excluded,
    Limited,
    Lives,
)
from longshore.venue.onshore.regimes import number

COUNTRY = re.compile(r"[A-Z]{2}")
TEXT_MAX = 500
DAYS_MAX = 365
US_PER_HOUR = 3_600_000_000


def _on(call: Call) -> Onshore:
    """Raises ApiError in a world without such rules."""
    onshore = call.venue.onshore
    if not onshore.is_on:
        raise ApiError(REFUSED, "NOT_ONSHORE", say("onshore-off"))
    return onshore


async def _asked(call: Call) -> Asked:
    """Raises ApiError where nobody knows whose rules count."""
    asked = await _on(call).asked(call.account_id)
    if asked.rules is None:
        found = place_gate(asked)
        raise ApiError(REFUSED, found.name, refused(found), "country")
    return asked


async def set_residence(call: Call, body: ResidenceBody) -> OnshoreReply:
    """Where the owner lives; what was decided of who they are is asked anew in another country."""
    onshore = _on(call)
    if COUNTRY.fullmatch(body.country) is None:
        raise bad_value("A country is two capital letters (ISO 3166).", "country")
    if body.state and COUNTRY.fullmatch(body.state) is None:
        raise bad_value("A state is two capital letters.", "state")
    assert onshore.regime is not None
    name = onshore.regime.jurisdiction_of(body.country, body.state)
    rules = onshore.regime.jurisdictions.get(name)
    if rules is not None and rules.needs_state and not body.state:
        raise bad_value("This country's rules differ by state.", "state")
    entry = Lives(**call.venue.stamp(), country=body.country, state=body.state)
    await onshore.note(call.account_id, entry)
    return await get_onshore(call)


async def show_identity(call: Call, body: IdentityBody) -> OnshoreReply:
    """Show one of the made-up people for a tier."""
    asked, onshore = await _asked(call), _on(call)
    if people.person(body.person, asked.now_us) is None:
        raise not_found("person", "person")
    if asked.standing.case(asked.now_us) in ("waiting", "appealed"):
        raise ApiError(CONFLICT, "CASE_WAITS", say("onshore-case-waiting"), "person")
    await onshore.show(call.account_id, body.person, body.tier)
    return await get_onshore(call)


async def appeal(call: Call, body: AppealBody) -> OnshoreReply:
    """Have a refused case looked at by a person: it goes into the operator's queue."""
    asked, onshore = await _asked(call), _on(call)
    shown = asked.standing.shown
    if shown is None or asked.standing.case(asked.now_us) != "refused":
        raise ApiError(CONFLICT, "NOTHING_TO_APPEAL", say("onshore-no-appeal"))
    text = body.text.strip()
    if not text or len(text) > TEXT_MAX or not text.isprintable():
        raise bad_value(f"One line of at most {TEXT_MAX} characters.", "text")
    await onshore.note(call.account_id, Appealed(**call.venue.stamp(), case=shown.case, text=text))
    return await get_onshore(call)


async def take_decision(call: Call, body: DecisionBody) -> Taken:
    """A decision of the provider elsewhere. Whatever is forged, old or sent twice is refused."""
    onshore = _on(call)
    provider = onshore.provider
    if not isinstance(provider, Webhook):
        raise ApiError(REFUSED, "NO_PROVIDER", say("onshore-no-provider"))
    sent = Decision(body.case, body.verdict, body.delivery, body.sent_ms, body.signature)
    try:
        verdict = provider.checked(sent, onshore.delivered())
    except DecisionError as error:
        status = CONFLICT if error.code == "REPLAYED" else FORBIDDEN
        text = say(f"onshore-decision-{error.code.lower().replace('_', '-')}")
        raise ApiError(status, error.code, text) from None
    owner = onshore.owner_of(body.case)
    if owner is None:
        raise not_found("case", "case")
    if onshore.standing(owner).decided is not None:
        raise ApiError(CONFLICT, "DECIDED", say("onshore-decision-decided"), "case")
    await onshore.note(owner, onshore.decision(owner, body.case, verdict, body.delivery))
    return Taken(case=body.case, verdict=verdict)


async def agree(call: Call, body: ConsentBody) -> OnshoreReply:
    """Accept a disclosure, in the version that counts now and with the hash of its text."""
    asked, onshore = await _asked(call), _on(call)
    current = asked.documents.current(body.product, asked.jurisdiction, asked.now_us)
    if current is None:
        raise not_found("document", "product")
    if body.version != current.version:
        text = say("onshore-wrong-version", version=current.version)
        raise ApiError(REFUSED, "WRONG_VERSION", text, "version")
    if body.sha256 not in asked.documents.hashes(body.product, asked.jurisdiction, body.version):
        raise ApiError(REFUSED, "WRONG_HASH", say("onshore-wrong-hash"), "sha256")
    agreed = Agreed(
        **call.venue.stamp(), product=body.product, version=body.version, sha256=body.sha256
    )
    await onshore.note(call.account_id, agreed)
    return await get_onshore(call)


async def get_questions(call: Call) -> QuestionsReply:
    """The questions of the next attempt, and how the last one went."""
    asked = await _asked(call)
    answered = asked.standing.answered
    attempt = len(answered) + 1
    again_us = _again_us(asked)
    text = say("onshore-questions-none", passes=str(questions.PASS), of=str(questions.DRAWN))
    if answered:
        last = answered[-1]
        key = "onshore-questions-passed" if last.passed else "onshore-questions-failed"
        text = say(key, right=str(last.right), of=str(last.asked), again=fmt.moment(again_us or 0))
    return QuestionsReply(
        attempt=attempt,
        passes=questions.PASS,
        questions=[_question(each) for each in questions.drawn(call.account_id, attempt)],
        again_ms=render.ms(again_us) if again_us else None,
        text=text,
    )


def _question(name: str) -> QuestionReply:
    key = f"onshore-question-{name}"
    choices = {each: say(f"{key}-{each}") for each in questions.CHOICES}
    return QuestionReply(id=name, text=say(key), choices=choices)


def _again_us(asked: Asked) -> int | None:
    """When a failed set may be followed by another; None: now."""
    answered, rules = asked.standing.answered, asked.rules
    if not answered or answered[-1].passed or rules is None:
        return None
    again_us = answered[-1].time_us + number(rules.retry_hours) * US_PER_HOUR
    return again_us if again_us > asked.now_us else None


async def answer(call: Call, body: QuestionsBody) -> QuestionsReply:
    """Answer an attempt's questions, all of them."""
    asked, onshore = await _asked(call), _on(call)
    again_us, attempt = _again_us(asked), len(asked.standing.answered) + 1
    if asked.standing.passed:
        raise ApiError(CONFLICT, "PASSED", say("onshore-is-done"))
    if again_us is not None:
        text = say("onshore-questions-wait", again=fmt.moment(again_us))
        raise ApiError(REFUSED, "TOO_SOON", text)
    if body.attempt != attempt:
        raise ApiError(CONFLICT, "OTHER_ATTEMPT", say("onshore-other-attempt"), "attempt")
    wanted = set(questions.drawn(call.account_id, attempt))
    if set(body.answers) != wanted or not set(body.answers.values()) <= set(questions.CHOICES):
        raise bad_value("Each question of the attempt has one answer: a, b or c.", "answers")
    right = questions.right(body.answers, call.account_id, attempt)
    entry = Answered(
        **call.venue.stamp(),
        attempt=attempt,
        right=right,
        asked=len(wanted),
        passed=right >= questions.PASS,
    )
    await onshore.note(call.account_id, entry)
    return await get_questions(call)


async def exclude(call: Call, body: ExclusionBody) -> OnshoreReply:
    """Shut oneself out for some days of the world. It ends later than before, or not at all."""
    asked, onshore = await _asked(call), _on(call)
    if not 1 <= body.days <= DAYS_MAX:
        raise bad_value(f"From 1 to {DAYS_MAX} days.", "days")
    until_us = asked.now_us + body.days * US_PER_DAY
    if until_us < asked.standing.excluded_until_us:
        raise ApiError(REFUSED, "SELF_EXCLUDED", say("onshore-not-shorter"), "days")
    await onshore.note(call.account_id, Excluded(**call.venue.stamp(), until_us=until_us))
    return await get_onshore(call)


async def set_own_limits(call: Call, body: OwnLimitsBody) -> OnshoreReply:
    """Limits of a day. One that is reached today cannot be raised today."""
    asked, onshore = await _asked(call), _on(call)
    entry = Limited(
        **call.venue.stamp(),
        deposit_atoms=_atoms(call, body.deposit, "deposit"),
        loss_atoms=_atoms(call, body.loss, "loss"),
    )
    before, today = asked.standing.limits, asked.today
    if before is not None:
        for name, reached in (
            ("deposit", today.deposited_atoms), ("loss", today.lost_atoms),
        ):  # fmt: skip
            old, new = getattr(before, f"{name}_atoms"), getattr(entry, f"{name}_atoms")
            if old and reached >= old and (new == 0 or new > old):
                raise ApiError(REFUSED, "OVER_LIMIT", say("onshore-not-raised"), name)
    await onshore.note(call.account_id, entry)
    return await get_onshore(call)


def _atoms(call: Call, value: str | None, field: str) -> int:
    if value is None:
        return 0
    amount: Decimal = decimal(value, field)
    if amount <= 0:
        raise bad_value("A limit is above zero; absent, there is none.", field)
    return draft.atoms(call.venue.catalog.settlement, amount)


async def confirm(call: Call) -> OnshoreReply:
    """The account is still its owner's, though it was not used for long."""
    onshore = _on(call)
    await onshore.note(call.account_id, Confirmed(**call.venue.stamp()))
    return await get_onshore(call)
