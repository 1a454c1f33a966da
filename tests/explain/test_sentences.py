"""The catalogue: complete, plain, and never with a gap."""

import re
from importlib import resources

import pytest
from fluent.syntax import ast, parse

from longshore.engine.codes import Reason, Reject, Step
from longshore.explain.outcomes import ended, refused
from longshore.explain.sentences import SentenceError, say
from longshore.explain.timeline import MOVES, PAYERS, TAKEN
from longshore.practice.receipt import cost

TEXT = resources.files("longshore.explain").joinpath("en.ftl").read_text("utf-8")
MESSAGES = [entry for entry in parse(TEXT).body if isinstance(entry, ast.Message)]
BANNED = re.compile(
    r"!|\b(guaranteed|buying power|ROE|margin call|risk-free|rekt|moon|safe)\b", re.IGNORECASE
)


def test_every_refusal_has_words():
    for reject in Reject:
        if reject is not Reject.NONE:
            assert refused(reject).endswith(".")


def test_every_end_of_an_order_has_words():
    money = (
        *(Reason.SETTLEMENT, Reason.SETTLEMENT_FEE, Reason.SETTLEMENT_RESIDUE),
        *(Reason.SHARED_LOSS, Reason.MARGIN_TOP_UP),
    )
    ends = [reason for reason in Reason if reason >= Reason.BY_USER and reason not in money]
    assert all(ended(reason).endswith(".") for reason in ends)
    assert ended(Reason.TRIGGER_REFUSED, Reject.NO_PRICE) == refused(Reject.NO_PRICE)
    assert ended(Reason.NONE) == ""


def test_what_is_received_is_said_in_words_and_not_by_a_sign():
    assert cost("funding", -51 * 10**6).amount == "$0.51 received"
    assert cost("funding", 51 * 10**6).amount == "$0.51"


def test_every_step_and_payer_of_a_liquidation_has_words():
    for step in set(Step) - {Step.NONE, Step.CANCEL_ORDERS, Step.DONE}:
        assert say(f"step-{step.name.lower().replace('_', '-')}")
    assert all(say(key) for key in [*PAYERS.values(), *MOVES.values(), *TAKEN.values()])


def test_the_file_has_no_junk_and_no_message_twice():
    assert not [entry for entry in parse(TEXT).body if isinstance(entry, ast.Junk)]
    names = [message.id.name for message in MESSAGES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.id.name)
def test_wording(message):
    """UX-57: no exclamation mark, no promise, no jargon for what has a plain word."""
    text = "".join(
        part.value for part in message.value.elements if isinstance(part, ast.TextElement)
    )
    assert not BANNED.search(text)


def test_a_missing_number_or_sentence_is_an_error_and_not_a_gap():
    with pytest.raises(SentenceError, match="stop-beyond"):
        say("stop-beyond", stop="58,000")
    with pytest.raises(SentenceError, match="no sentence"):
        say("buy-now")
