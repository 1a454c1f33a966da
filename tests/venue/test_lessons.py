"""Lessons over the API: state from events, answers, a pass only with evidence, levels."""

from __future__ import annotations

from datetime import timedelta

import pytest

from longshore.practice.study import load
from longshore.practice.study.asked import asked
from longshore.practice.study.levels import SPACING_MS, Entry, standing
from longshore.world.scenario import shipped_names
from tests.venue.desk import desk_on, in_loop

LESSON = load("size-margin-leverage")
PATH = "/lessons/size-margin-leverage"
SYMBOL = "PF_XBTUSD"


async def say(desk, question, answer):
    return await desk.post(f"{PATH}/answers", {"question": question, "answer": answer})


@in_loop
async def test_steps_are_met_by_what_happened_and_outlive_the_process(tmp_path):
    folder = tmp_path / "world"
    async with desk_on(folder, LESSON.world_text) as desk:
        state = await desk.get(f"{PATH}/state")
        assert (state["passed"], [s["met"] for s in state["steps"]]) == (False, [False, False])
        for leverage in ("2", "5", "10"):
            mark = float((await desk.get("/markets"))[0]["mark"])
            margin = mark * 0.01 / float(leverage)
            assert (await say(desk, "margin", f"{margin:.2f}")).status_code == 200
            await desk.order(leverage=leverage)
            await desk.step(1)
            if leverage != "10":
                await desk.post(f"/positions/{SYMBOL}/close", {})
        state = await desk.get(f"{PATH}/state")
        assert state["passed"]
        assert [s["met"] for s in state["steps"]] == [True, True]
        assert state["steps"][0]["seq"] < state["steps"][1]["seq"]
        assert state["steps"][1]["right"] == LESSON.steps[1].right
    async with desk_on(folder, LESSON.world_text) as desk:
        assert await desk.get(f"{PATH}/state") == state


@in_loop
async def test_a_wrong_outcome_is_told_and_bad_answers_change_nothing(tmp_path):
    async with desk_on(tmp_path / "world", LESSON.world_text) as desk:
        await desk.order(leverage="5")
        state = await desk.get(f"{PATH}/state")
        assert (state["wrong"], state["passed"]) == ("not_said", False)
        assert state["feedback"] == {w.id: w.feedback for w in LESSON.wrong}["not_said"]
        for question, answer, field in (
            ("margin", "a lot", "answer"),
            ("margin", "9" * 300, "answer"),
            ("other", "1", "question"),
        ):
            reply = await say(desk, question, answer)
            assert (reply.status_code, reply.json()["field"]) == (400, field)
        assert (await desk.get(f"{PATH}/state")) == state
        reply = await desk.client.get("/api/v1/lessons/nothing/state")
        assert (reply.status_code, reply.json()["code"]) == (404, "UNKNOWN_LESSON")


def passed(hours, kind="passed"):
    at_ms = int(timedelta(hours=hours) / timedelta(milliseconds=1))
    return Entry(kind=kind, at_ms=at_ms, world="w", seqs=[1], free_seq=0)


@pytest.mark.parametrize(
    ("entries", "level", "evidence"),
    [
        ([], "New", 0),
        ([passed(0)], "Practised", 1),
        ([passed(0), passed(15)], "Practised", 1),
        ([passed(0), passed(16)], "Solid", 2),
        ([passed(0), passed(16), passed(31)], "Solid", 2),
        ([passed(0), passed(16), passed(32), passed(60)], "Kept", 3),
        ([passed(0), passed(16), passed(20, "lapsed")], "Practised", 2),
        ([passed(0), passed(1, "lapsed")], "New", 1),
        ([passed(0), passed(16), passed(20, "lapsed"), passed(30)], "Practised", 2),
        ([passed(0), passed(16), passed(20, "lapsed"), passed(36)], "Solid", 2),
    ],
)
def test_levels_need_time_between_and_lapse(entries, level, evidence):
    stands = standing(entries)
    assert (stands.name, len(stands.evidence)) == (level, evidence)
    if level in ("Practised", "Solid"):
        assert stands.next_ms >= entries[0].at_ms + SPACING_MS


def test_questions_are_short_and_show_what_there_is():
    names = {"", *shipped_names()}
    assert len(asked().question) == 8
    for each in asked().question:
        assert len(each.answer.split()) <= 60
        assert each.scenario in names
        assert bool(each.scenario) != bool(each.lesson)
    for name in [q.lesson for q in asked().question if q.lesson] + [
        name for item in asked().item for name in item.lessons
    ]:
        assert load(name).name == name


@in_loop
async def test_feedback_and_the_toy_wallet_speak_the_language_that_is_asked_for(tmp_path):
    toy = load("wrong-network")
    path = "/lessons/wrong-network"
    async with desk_on(tmp_path / "world", toy.world_text) as desk:
        state = await desk.get(f"{path}/state")
        [venue] = [a["address"] for a in state["toy"]["addresses"] if a["holder"] == "venue"]
        line = {"question": "toy", "answer": f"send 0.4 {venue} Lighthouse"}
        assert (await desk.post(f"{path}/answers", line)).status_code == 200
        english = await desk.get(f"{path}/state")
        german = await desk.get(f"{path}/state?lang=de")
        for told, language in ((english, "en"), (german, "de")):
            assert told["wrong"] == "the_venues"
            assert told["feedback"] == toy.languages[language].words.wrong["the_venues"]
            assert told["toy"]["in_wallet"] == "0.6"
        assert "Spielcoins" in german["toy"]["told"][0]
        for answer, reason in (
            ("send 0.1 0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe Harbour", "never a real one"),
            ("wait", "cannot be done here"),
            (f"send 9 {venue} Harbour", "there are 0.6 toy coins"),
        ):
            reply = await desk.post(f"{path}/answers", {"question": "toy", "answer": answer})
            assert (reply.status_code, reply.json()["field"]) == (400, "answer")
            assert reason in reply.json()["message"]
        reply = await desk.post(f"{path}/answers", {"question": "venues", "answer": "{}"})
        assert (reply.status_code, reply.json()["field"]) == (400, "question")
        assert await desk.get(f"{path}/state") == english
