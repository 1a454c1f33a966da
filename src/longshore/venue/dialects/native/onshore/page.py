"""Where an account stands, told: its checklist, what it may do, what that changes and what not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import Gate, MarketKind, Reject
from longshore.engine.units import PPM
from longshore.explain import format as fmt
from longshore.explain.outcomes import refused
from longshore.explain.sentences import say, spoken
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.errors import not_found
from longshore.venue.dialects.native.schema.onshore import (
    CaseReply,
    DocumentReply,
    GateId,
    GateReply,
    OnshoreReply,
    PaperReply,
    PersonReply,
    StepId,
    StepReply,
    StepState,
)
from longshore.venue.dialects.native.wire import Call
from longshore.venue.onshore import people
from longshore.venue.onshore.desk import gate_of
from longshore.venue.onshore.gating import GATES, Asked, Gates, gates, has_agreed, inactive_us
from longshore.venue.onshore.regimes import PRODUCTS, TIERS, Product, flag, tier_of, values

if TYPE_CHECKING:
    from longshore.venue.context import Venue
    from longshore.venue.onshore.standing import Standing

COUNTRIES = (
    "US", "DE", "NL", "FR", "IE", "IT", "ES", "AT", "BE", "PL", "SE", "GB", "CH", "AU", "CA",
    "SG", "JP", "BR", "KP",
)  # fmt: skip
"""What the page offers; every other code of two letters is taken too."""
STATES = (
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN",
    "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH",
    "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT",
    "VT", "VA", "WA", "WV", "WI", "WY",
)  # fmt: skip
CHANGES = ("who", "told", "asked", "stopped", "leverage")
STAYS = ("risk", "price", "liquidation", "loss")
KINDS: dict[Product, tuple[MarketKind, ...]] = {
    "spot": (MarketKind.SPOT,),
    "perpetual": (MarketKind.LINEAR_PERPETUAL, MarketKind.INVERSE_PERPETUAL),
    "dated": (MarketKind.LINEAR_FUTURE, MarketKind.INVERSE_FUTURE),
}


async def get_onshore(call: Call) -> OnshoreReply:
    """The gates of an account, in the order in which they are gone through."""
    onshore = call.venue.onshore
    if not onshore.is_on:
        return _everybody(call)
    asked = await onshore.asked(call.account_id)
    standing, wanted = asked.standing, gates(asked)
    limits = standing.limits
    excluded_us = standing.excluded_until_us
    tier = standing.tier(asked.now_us)
    settlement = call.venue.catalog.settlement

    def limit(atoms: int) -> str | None:
        return render.text(settlement.amount(atoms)) if atoms else None

    return OnshoreReply(
        on=True,
        note=say("onshore-note"),
        title=asked.regime.title,
        country=standing.country,
        state=standing.state,
        warning=_warning(asked),
        tier=tier,
        tier_text=say(f"onshore-tier-{tier}"),
        account_state=standing.put,
        account_state_text=say(f"onshore-state-{standing.put.replace('_', '-')}"),
        steps=_steps(call.venue, asked),
        gates=[_gate(call, asked, wanted, gate) for gate in _shown(call.venue)],
        case=case_of(standing, asked.now_us),
        countries=list(COUNTRIES),
        states=list(STATES),
        changes=[say(f"onshore-changes-{each}") for each in CHANGES],
        stays=[say(f"onshore-stays-{each}") for each in STAYS],
        deposit_limit=limit(limits.deposit_atoms) if limits else None,
        loss_limit=limit(limits.loss_atoms) if limits else None,
        excluded_ms=render.ms(excluded_us) if excluded_us > asked.now_us else None,
        unverified=_unverified(asked),
    )


def _everybody(call: Call) -> OnshoreReply:
    """A world that asks nobody anything."""
    return OnshoreReply(
        on=False,
        note=say("onshore-off"),
        title="",
        country="",
        state="",
        warning="",
        tier="unverified",
        tier_text="",
        account_state="active",
        account_state_text="",
        steps=[],
        gates=[],
        case=CaseReply(state="none", person="", tier="unverified", flaw="", text=""),
        countries=[],
        states=[],
        changes=[],
        stays=[],
        deposit_limit=None,
        loss_limit=None,
        excluded_ms=None,
        unverified="",
    )


def _warning(asked: Asked) -> str:
    return say(f"onshore-warning-{asked.jurisdiction}") if asked.rules else ""


def _unverified(asked: Asked) -> str:
    if asked.rules is None:
        return ""
    found = values(asked.rules)
    open_ones = sum(not each.is_verified for each in found)
    return say("onshore-unverified", count=str(open_ones), all=str(len(found)))


def products(venue: Venue) -> list[Product]:
    """What is traded in this world."""
    kinds = {venue.view.markets[m.market_id].kind for m in venue.catalog.markets.values()}
    return [each for each in PRODUCTS if kinds & set(KINDS[each])]


def _shown(venue: Venue) -> list[Gate]:
    return [*(GATES[each] for each in products(venue)), Gate.DEPOSIT, Gate.WITHDRAWAL]


def _gate(call: Call, asked: Asked, wanted: Gates, gate: Gate) -> GateReply:
    """As the engine holds it."""
    held = call.venue.view.accounts[call.account_id]
    reject = Reject(gate_of(held, gate))
    name: GateId = next(
        (each for each, mine in GATES.items() if mine == gate),
        "deposit" if gate == Gate.DEPOSIT else "withdrawal",
    )
    levered = gate in (Gate.PERPETUAL, Gate.DATED) and held.leverage_cap_ppm
    cap = render.text(Decimal(int(held.leverage_cap_ppm)) / PPM) if levered else None
    text = refused(reject) if reject else say("onshore-open")
    if not reject and cap is not None:
        text = say("onshore-open-to", cap=cap)
    return GateReply(
        id=name,
        title=say(f"onshore-gate-{name}"),
        open=not reject,
        code=reject.name if reject else "",
        text=text,
        cap=cap,
    )


def _steps(venue: Venue, asked: Asked) -> list[StepReply]:
    standing, rules = asked.standing, asked.rules
    made = [_residence(asked), _identity(asked)]
    for product in products(venue):
        if product != "spot" and asked.documents.current(product, asked.jurisdiction, asked.now_us):
            is_done = has_agreed(asked, product)
            made.append(_step("disclosure", "done" if is_done else "todo", product=product))
    levered = [] if rules is None else [rules.products[each] for each in PRODUCTS[1:]]
    if any(flag(each.assessed) for each in levered):
        state: StepState = "done" if standing.passed else "todo"
        if standing.answered and not standing.passed:
            state = "refused"
        made.append(_step("questions", state))
    if rules is not None and asked.now_us >= inactive_us(asked, rules):
        made.append(_step("inactive", "todo"))
    return made


def _residence(asked: Asked) -> StepReply:
    if not asked.standing.country:
        return _step("residence", "todo")
    return _step("residence", "done" if asked.rules else "refused")


def _identity(asked: Asked) -> StepReply:
    case = asked.standing.case(asked.now_us)
    states: dict[str, StepState] = {
        "none": "todo",
        "waiting": "waiting",
        "appealed": "waiting",
        "accepted": "done",
        "refused": "refused",
        "expired": "todo",
    }
    state = states[case] if asked.rules else "blocked"
    tier = asked.standing.tier(asked.now_us)
    if state == "done" and asked.rules is not None:
        needed = tier_of(asked.rules.products["perpetual"].tier)
        state = "done" if TIERS.index(tier) >= TIERS.index(needed) else "todo"
    return _step("identity", state, text=case_of(asked.standing, asked.now_us).text)


def _step(
    name: StepId, state: StepState, product: Product | None = None, text: str = ""
) -> StepReply:
    named = f"{name}-{product}" if product else name
    return StepReply(
        id=name,
        product=product,
        title=say(f"onshore-step-{named}"),
        why=say(f"onshore-why-{name}"),
        state=state,
        text=text or say(f"onshore-is-{state}"),
    )


def case_of(standing: Standing, now_us: int) -> CaseReply:
    """The newest case in words."""
    state, shown, decided = standing.case(now_us), standing.shown, standing.decided
    flaw = decided.flaw if decided else ""
    if flaw:
        text = say(f"onshore-flaw-{flaw.replace('_', '-')}")
        text = say("onshore-case-appealed") if state == "appealed" else text
    elif state == "accepted" and decided is not None:
        text = say("onshore-case-accepted", until=fmt.moment(decided.until_us))
    else:
        text = say(f"onshore-case-{state}")
    return CaseReply(
        state=state,
        person=shown.person if shown else "",
        tier=shown.tier if shown else "unverified",
        flaw=flaw,
        text=text,
    )


async def list_people(call: Call) -> list[PersonReply]:
    """The made-up people whom an account can be; their documents are drawn, and say so."""
    return [person_reply(each) for each in people.people(call.venue.now_us)]


def person_reply(person: people.Person) -> PersonReply:
    """As it is sent."""
    paper = person.document
    return PersonReply(
        id=person.id,
        name=person.name,
        born=person.born,
        country=person.country,
        state=person.state,
        paper=PaperReply(
            kind=say(f"onshore-paper-{paper.kind.replace('_', '-')}"),
            name=paper.name,
            born=paper.born,
            country=paper.country,
            number=paper.number,
            expires=paper.expires,
        ),
    )


async def get_document(call: Call) -> DocumentReply:
    """A product's disclosure as it stands where the account's owner lives."""
    product = call.path["product"]
    onshore = call.venue.onshore
    if not onshore.is_on or product not in PRODUCTS:
        raise not_found("document", "product")
    asked = await onshore.asked(call.account_id)
    found = asked.documents.current(product, asked.jurisdiction, asked.now_us, spoken()[0])
    if found is None:
        raise not_found("document", "product")
    return DocumentReply(
        product=product,
        version=found.version,
        sha256=found.sha256,
        language=found.language,
        text=found.text,
        agreed=has_agreed(asked, product),
    )
