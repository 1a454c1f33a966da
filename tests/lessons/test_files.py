"""A lesson's folder: what is refused, with file, line and reason; the commands that show it."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from longshore.cli.app import run_app
from longshore.explain.sentences import LANGUAGES
from longshore.practice.study import LessonError, check, library, load, names
from longshore.practice.study.asked import in_language
from longshore.practice.study.lesson import read
from tests.style.parse import ROOT

TEMPLATE = ROOT / "docs" / "lesson-template"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(TEMPLATE, tmp_path / "mine")


@pytest.fixture
def call(capsys):
    def run(*arguments):
        try:
            code = run_app(["lesson", *arguments])
        except SystemExit as leaving:
            code = leaving.code
        return code, *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "reason"),
    [
        ("lesson.toml", "minutes = 4", "minuts = 4", "lesson.toml:1", "unknown field `minuts`"),
        ("lesson.toml", "minutes = 4", "minutes = 0", "lesson.toml:*", "minutes: at least 1"),
        ("lesson.toml", 'unit = "usd"', 'unit = "eur"', "lesson.toml:*", "question.0.unit"),
        ("lesson.toml", "orders_open == 0", "order_open == 0", "lesson.toml:*", "no fact"),
        ("lesson.toml", 'asks = ["stop"]', 'asks = ["go"]', "lesson.toml:*", "no question go"),
        ("lesson.toml", 'id = "moved"', 'id = "no_stop"', "lesson.toml:*", "two named"),
        ("lesson.toml", 'id = "moved"', 'id = "no stop"', "lesson.toml:*", "is no name"),
        ("lesson.toml", "taken off.", "taken off!", "lesson.toml:*", "no exclamation"),
        ("lesson.toml", '"world.toml"', '"nowhere"', "lesson.toml:5", "no scenario 'nowhere'"),
        ("lesson.toml", "title =", "title", "lesson.toml:", "Expected"),
        ("world.toml", "seed = 7", "sead = 7", "lesson.toml:5", "unknown field `sead`"),
        ("world.toml", "[[agent]]", '[[account]]\nname = "learner"\n[[agent]]', "lesson.toml:5",
         "the account 'learner' is the lesson's"),
        ("text.md", "## Let it be hit", "Let it be hit", "text.md:1", "1 headings"),
        ("lesson.de.toml", "by_hand =", "by_had =", "lesson.de.toml:15", "nothing for by_hand"),
        ("lesson.de.toml", "stop =", "stopp =", "lesson.de.toml:4", "nothing for stop"),
        ("lesson.de.toml", "title =", "titel =", "lesson.de.toml:1", "unknown field `titel`"),
        ("lesson.de.toml", "entfernt.", "entfernt!", "lesson.de.toml:*", "no exclamation"),
        ("text.de.md", "## Auslösen lassen", "Auslösen lassen", "text.de.md:1", "1 headings"),
        ("text.md", "Then open", "word " * 130 + "Then open", "text.md:3", "more than 120"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_line_and_reason(folder, file, old, new, place, reason):
    text = (folder / file).read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    (folder / file).write_text(text, "utf-8")
    place = place.replace("*", str(text[: text.rindex(new)].count("\n") + 1))
    with pytest.raises(LessonError) as refused:
        read(folder)
    assert str(refused.value).startswith(f"{folder}/{place}"), refused.value
    assert reason in str(refused.value)


def test_a_broken_lesson_is_listed_with_its_error_and_others_work(folder, call):
    shutil.copytree(folder, folder.parent / "other")
    (folder / "text.md").unlink()
    (folder.parent / "other" / "text.de.md").unlink()
    by_name = {each.name: each for each in check(folder.parent)}
    assert "text.md: No such file" in by_name["mine"].problem
    assert "text.de.md: No such file" in by_name["other"].problem
    (folder.parent / "other" / "lesson.de.toml").unlink()
    code, out, _ = call("check", str(folder.parent))
    assert code == 1
    assert "text.md: No such file" in out
    assert "other: 2 steps, 3 wrong outcomes; en" in out.splitlines()


def test_a_lesson_of_the_package_in_one_language_only_is_a_problem(monkeypatch, folder):
    (folder / "lesson.de.toml").unlink()
    (folder / "text.de.md").unlink()
    monkeypatch.setattr(library, "_folders", lambda path: [folder])
    assert check()[0].problem == f"{folder}: lesson.de.toml is missing"
    assert check(folder)[0].problem == ""


def test_the_commands(call, folder):
    code, out, _ = call("list", "--json")
    listed = json.loads(out)
    assert (code, [each["name"] for each in listed]) == (0, names())
    assert [each["number"] for each in listed if each["kind"] == "lesson"] == list(range(1, 13))
    code, out, _ = call("check", "--json")
    checked = json.loads(out)
    assert (code, {each["problem"] for each in checked}) == (0, {""})
    assert {tuple(each["languages"]) for each in checked} == {("en", "de")}
    code, out, _ = call("show", "define-the-risk", "--json")
    shown = json.loads(out)
    assert (code, len(shown["steps"])) == (0, 2)
    assert "streak" not in shown["steps"][1]["when"]
    code, out, _ = call("show", str(folder))
    assert (code, "A first stop" in out) == (0, True)
    code, _, err = call("show", "nothing")
    assert (code, "no lesson 'nothing'" in err) == (1, True)
    code, _, err = call("check", str(folder / "none"))
    assert (code, "is no folder" in err) == (1, True)


WORDS = re.compile(
    r"\b(rekt|moon|ape|risk-free|guaranteed|buying power|ROE|safe|sicher|risikolos|garantiert)\b",
    re.IGNORECASE,
)
SENTENCE_WORDS = 26


@pytest.mark.parametrize("name", names())
def test_what_is_said_keeps_to_the_rules_in_every_language(name):
    lesson = load(name)
    assert 1 <= lesson.file.minutes <= 15
    assert set(lesson.languages) == set(LANGUAGES)
    for told in lesson.languages.values():
        texts = [text for _, text in told.words.sentences()]
        texts += [p for page in told.pages for p in page.paragraphs if isinstance(p, str)]
        for text in texts:
            assert not WORDS.search(text), text
            for sentence in re.split(r"(?<=[.?:;])\s", text):
                assert len(sentence.split()) <= SENTENCE_WORDS, sentence


def test_what_is_asked_in_general_is_there_in_every_language():
    found = {language: in_language(language) for language in LANGUAGES}
    for asked in found.values():
        assert len(asked.question) == 8
        assert all(len(each.answer.split()) <= 60 for each in asked.question)
    texts = [{q.ask for q in a.question} | {i.title for i in a.item} for a in found.values()]
    assert not set.intersection(*texts)


def test_the_guide_runs(capsys, monkeypatch):
    """The template is passed by the guide's own script."""
    guide = (ROOT / "docs/how-to/write-a-lesson.md").read_text("utf-8")
    [code] = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(code, {})  # noqa: S102 - the page's own example
    assert capsys.readouterr().out == "True \n"
