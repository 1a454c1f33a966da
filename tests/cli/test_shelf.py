"""`longshore world`: list, branch, export, import, delete, what-if, on folders."""

import json

import pytest

from longshore.cli.app import run_app
from longshore.venue.locking import locked
from longshore.world.shelf import Shelf
from tests.world.small import MINUTE_US, make_world


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    world = make_world(folder / "worlds" / "main")
    world.run(world.scenario.start_us + MINUTE_US)
    world.save()
    world.close()
    return folder


def said(capsys, *arguments):
    """The exit code and what was printed as JSON."""
    code = run_app([*map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_world_is_branched_carried_and_deleted(data, tmp_path, capsys):
    at = ("--at", "2020-03-12T10:40:30Z", "--data", data)
    code, made = said(capsys, "world", "branch", "main", "other", *at)
    assert (code, made["name"], made["time_us"] % MINUTE_US) == (0, "other", 30 * 10**6)
    assert said(capsys, "world", "export", "other", tmp_path / "o.world", "--data", data)[0] == 0
    code, came = said(capsys, "world", "import", tmp_path / "o.world", "--data", data)
    assert (code, came["name"], came["seq"]) == (0, "other-2", made["seq"])
    _, listed = said(capsys, "world", "list", "--data", data)
    assert [(each["name"], each["parent"]) for each in listed] == [
        ("main", ""),
        ("other", "main"),
        ("other-2", ""),
    ]
    code, gone = said(capsys, "world", "delete", "other", "--data", data)
    assert (code, gone) == (0, {"name": "other", "made_whole": []})
    assert Shelf(data / "worlds").names() == ["main", "other-2"]
    assert run_app(["world", "list", "--data", str(data)]) == 0
    assert "other-2" in capsys.readouterr().out


def test_what_if_says_it_in_sentences(data, capsys):
    asked = ("world", "what-if", data / "worlds" / "main", "long")
    code, answer = said(capsys, *asked)
    assert (code, answer["reproduced"]) == (0, True)
    assert run_app([*map(str, asked), "--change", "leverage 2x", "--flow", "frozen"]) == 0
    assert "With leverage 2x" in capsys.readouterr().out


def test_what_is_refused(data, tmp_path, capsys):
    (tmp_path / "bad.world").write_bytes(b"no world")
    with locked(data / "worlds" / "main" / "serving.lock"):
        for arguments, why in (
            (("branch", "none", "x"), "no world 'none'"),
            (("branch", "main", "No"), "small letters"),
            (("branch", "main", "x", "--seq", "100000000"), "is not from 1"),
            (("import", str(tmp_path / "bad.world")), "no exported world"),
            (("delete", "main"), "is running"),
            (("what-if", "main", "long", "--change", "pray"), "a change is one of"),
            (("what-if", "main", "nobody"), "no account"),
        ):
            assert run_app(["world", *arguments, "--data", str(data)]) == 1, arguments
            assert why in capsys.readouterr().err
    both = ["world", "branch", "main", "x", "--seq", "5", "--at", "2020-03-12T10:40Z"]
    assert run_app([*both, "--data", str(data)]) == 2
