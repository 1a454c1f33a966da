"""The catalogue: complete in every language and voice, plain, and never with a gap."""

import ast as python
import re
from itertools import chain
from pathlib import Path

import pytest
from fluent.syntax import ast, parse

import longshore
from longshore.engine.codes import Reason, Reject, Step
from longshore.explain.outcomes import ended, refused
from longshore.explain.sentences import (
    LANGUAGES,
    Fact,
    SentenceError,
    facts,
    files,
    listening,
    say,
    speaking,
    use,
    wished,
)
from longshore.explain.timeline import MOVES, PAYERS, TAKEN
from longshore.practice.receipt import cost

PACKAGE = Path(longshore.__file__).parent
MESSAGES = {
    language: {
        entry.id.name: entry
        for text in files(language)
        for entry in parse(text).body
        if isinstance(entry, ast.Message)
    }
    for language in LANGUAGES
}
TREES = [python.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")]
KEY = r"[a-z]+(-[a-z]+)+"
BANNED = {
    "en": r"!|\b(guaranteed|buying power|ROE|margin call|risk-free|rekt|moon|safe)\b",
    "de": r"!|\b(garantiert|Kaufkraft|ROE|Margin Call|risikofrei|risikolos|rekt|sicher)\b",
}
TEMPLATES = {
    1: ["before-long"],
    2: ["before-short"],
    3: ["at-stake-isolated"],
    4: ["at-stake-cross"],
    5: ["liquidation-long", "liquidation-moves"],
    6: ["liquidation-short"],
    7: ["liquidation-days"],
    8: ["liquidation-range"],
    9: ["liquidation-none"],
    10: ["funding-pay"],
    11: ["funding-receive"],
    13: ["fee-base"],
    12: ["break-even-long", "break-even-short"],
    14: ["profit-up", "profit-down"],
    15: ["added-margin"],
    16: ["stop-beyond"],
    17: ["mark-vs-last"],
    18: ["size-after-loss"],
    19: ["liquidated", "liquidated-where"],
    20: ["deleveraged"],
}
"""The messages of the twenty templates."""


def patterns(message):
    """The value and the attributes of a message, by name; the value's is empty."""
    named = [(attribute.id.name, attribute.value) for attribute in message.attributes]
    return dict([("", message.value), *named] if message.value else named)


def variables(pattern):
    """What a pattern must be given."""
    parts = (e.expression for e in pattern.elements if isinstance(e, ast.Placeable))
    return {part.id.name for part in parts}


def words(pattern):
    return "".join(e.value for e in pattern.elements if isinstance(e, ast.TextElement))


def said_in_code():
    """The constants of the package's code, and the beginnings of what is put together."""
    whole, begun = set(), set()
    for node in chain(*map(python.walk, TREES)):
        if isinstance(node, python.Constant) and isinstance(node.value, str):
            whole.add(node.value)
        elif isinstance(node, python.JoinedStr) and isinstance(node.values[0], python.Constant):
            begun.add(node.values[0].value)
    return whole, {start for start in begun if re.fullmatch(r"[a-z]+(-[a-z]+)*-", start)}


def test_the_languages_have_the_same_messages_voices_and_variables():
    shapes = {
        language: {
            name: {part: variables(pattern) for part, pattern in patterns(message).items()}
            for name, message in found.items()
        }
        for language, found in MESSAGES.items()
    }
    for language in LANGUAGES:
        assert shapes[language].keys() == shapes["en"].keys(), language
        different = [n for n, shape in shapes[language].items() if shape != shapes["en"][n]]
        assert different == [], language


def test_a_sentence_with_numbers_has_a_pro_voice_with_no_other_numbers():
    """A whole sentence ends with a full stop; a label is the same in both voices."""
    for name, message in MESSAGES["en"].items():
        said = patterns(message)
        if "" not in said or not variables(said[""]):
            continue
        if words(said[""]).endswith("."):
            assert "pro" in said, name
        assert variables(said.get("pro", said[""])) <= variables(said[""]), name


def test_every_message_is_said_somewhere():
    whole, begun = said_in_code()
    silent = [n for n in MESSAGES["en"] if n not in whole and not n.startswith(tuple(begun))]
    assert silent == []


def test_every_key_in_the_code_is_in_the_catalogue():
    calls = (n for n in chain(*map(python.walk, TREES)) if isinstance(n, python.Call))
    said = [c for c in calls if isinstance(c.func, python.Name) and c.func.id.startswith("say")]
    keys = {str(part.value) for call in said for part in python.walk(call.args[0]) if is_key(part)}
    assert len(keys) > 100
    assert keys <= MESSAGES["en"].keys()


def is_key(node):
    """Whether a node is a whole key: what is put together is looked up when it is said."""
    return isinstance(node, python.Constant) and re.fullmatch(KEY, str(node.value))


def test_all_twenty_templates_are_there():
    assert set(TEMPLATES) == set(range(1, 21))
    assert set(chain(*TEMPLATES.values())) <= MESSAGES["en"].keys()


def test_every_refusal_has_words():
    for language in LANGUAGES:
        with speaking(language):
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


def test_the_files_have_no_junk_and_no_message_twice():
    for language in LANGUAGES:
        entries = [entry for text in files(language) for entry in parse(text).body]
        assert not [entry for entry in entries if isinstance(entry, ast.Junk)]
        names = [entry.id.name for entry in entries if isinstance(entry, ast.Message)]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_wording(language):
    """UX-57: no exclamation mark, no promise, no jargon for what has a plain word."""
    for name, message in MESSAGES[language].items():
        for pattern in patterns(message).values():
            assert not re.search(BANNED[language], words(pattern)), name


def test_a_missing_number_or_sentence_is_an_error_and_not_a_gap():
    with pytest.raises(SentenceError, match="stop-beyond"):
        say("stop-beyond", stop="58,000")
    with pytest.raises(SentenceError, match="no sentence"):
        say("buy-now")


def test_a_sentence_is_the_same_fact_in_every_language_and_voice():
    with listening() as heard:
        plain = say("funding-zero", countdown="5 min")
        with speaking("de", "pro"):
            short = say("funding-zero", countdown="5 min")
    assert plain == "No funding is due in 5 min: the rate is zero now."
    assert short == "Kein Funding in 5 min"
    one, other = facts(heard, [plain, short])
    assert one == Fact("funding-zero", {"countdown": "5 min"}, plain)
    assert (other.key, other.params) == (one.key, one.params)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de", "de"),
        ("de-AT, en;q=0.5", "de"),
        ("fr, en;q=0.3, de;q=0.4", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("de;q=0, en;q=0.1", "en"),
        ("de;q=much", None),
        ("fr", None),
        ("", None),
    ],
)
def test_accept_language_is_read_with_its_weights(header, language):
    assert wished(header) == language


def test_a_language_that_is_not_here_is_refused_by_the_name_of_the_setting():
    with pytest.raises(ValueError, match="LONGSHORE_LANGUAGE is 'fr', not one of en, de"):
        use("fr")
