"""Peers that are not there are named; a revision is laid out, or refused if git knows none."""

from __future__ import annotations

import pytest

from benchmarks import against, flow, peers
from benchmarks.bare_book import BareBook
from tests.benchmarks.test_flow import SMALL


def test_a_peer_that_is_not_installed_is_named_and_left_out(monkeypatch):
    monkeypatch.setattr(peers, "is_there", lambda _module: False)
    lines = peers.measure(flow.Shape(commands=10, accounts=10, resting=5)).lines
    assert [line.measured for line in lines] == ["left out", "left out"]
    assert "limit_order_book" in lines[0].what and "nautilus_trader" in lines[1].what


def test_the_peers_book_ends_as_the_bare_book_does():
    pytest.importorskip("limit_order_book")
    made, book, peer = flow.make(SMALL), BareBook(), peers.PeerBook()
    flow.run_bare(book, [*made.opening, *made.commands])
    peer.run([*made.opening, *made.commands])
    assert peer.book.count() == len(book.places)


def test_another_revision_is_laid_out_and_taken_away_again():
    with against.laid_out("HEAD") as tree:
        assert (tree / "benchmarks" / "flow.py").is_file()
    assert not tree.exists()
    assert str(tree) not in against.git("worktree", "list")


def test_an_unknown_revision_is_refused():
    with pytest.raises(against.UnknownRevision), against.laid_out("no-such-revision"):
        pass


def test_a_worker_that_cannot_run_the_flow_says_so(tmp_path):
    with pytest.raises(AssertionError, match="cannot be run"), against.worker(tmp_path, 10):
        pass
