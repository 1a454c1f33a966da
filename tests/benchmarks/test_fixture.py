"""The benchmark of a venue in a test opens what it says it opens, and closes it."""

from __future__ import annotations

import json
import socket

import pytest

from benchmarks import fixture


def test_the_bare_server_listens_until_it_is_closed():
    with fixture.bare_server() as port, socket.create_connection(("127.0.0.1", port)):
        pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_each_is_opened_several_times(monkeypatch, capsys):
    monkeypatch.setattr(fixture, "OPENED", 2)
    fixture.tell()
    told = json.loads(capsys.readouterr().out)
    assert {name: len(times) for name, times in told.items()} == {
        "import": 1,
        "load": 1,
        "venue": 2,
        "bare": 2,
    }
    assert min(told["venue"]) > min(told["bare"])
