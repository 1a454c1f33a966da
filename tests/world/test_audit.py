"""A world's past as a sealed file: complete, the same each time, and checked without the world."""

import gzip
import io
import json
from pathlib import Path

import pytest

from longshore.cli.app import run_app
from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.journal.errors import JournalError
from longshore.journal.store import Journal
from longshore.world.audit import AuditError, check_audit, export_audit
from longshore.world.audit.lines import BEGINNING, Foot, Head, Line, sealed
from longshore.world.headless import run_scenario
from longshore.world.world import JOURNAL_FILE

PAGE = Path(__file__).parents[2] / "docs/how-to/audit-a-world.md"
CALM = """
name = "calm"
markets = ["PF_XBTUSD"]
start = 2026-01-05T12:00:00Z
end = 2026-01-05T12:02:00Z
tick_s = 60
[feed]
kind = "sim"
interval_s = 30
[[agent]]
kind = "maker"
settings = { slower = 20, levels = 3 }
[[agent]]
kind = "noise"
settings = { slower = 10 }
[[account]]
name = "learner"
deposit = { USD = "10000" }
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A world's folder, what came of it, and its audit export."""
    folder = tmp_path_factory.mktemp("audited") / "calm"
    summary = run_scenario(CALM, folder)
    export_audit(folder, folder / "audit.gz")
    return folder, summary


def packed(content):
    """As an export is."""
    into = io.BytesIO()
    with gzip.GzipFile("", "wb", fileobj=into, mtime=0) as file:
        file.write(content)
    return into.getvalue()


def lines_of(folder):
    return gzip.decompress((folder / "audit.gz").read_bytes()).splitlines()


def objects(lines):
    return [json.loads(line.partition(b" ")[2]) for line in lines]


def test_every_command_and_every_event_is_in_it_by_name(ran):
    folder, summary = ran
    head, *rows, foot = objects(lines_of(folder))
    assert [row["seq"] for row in rows] == list(range(1, summary.seq + 1))
    assert sum(len(row["events"]) for row in rows) == summary.events
    assert head["world"] == "calm" and "PF_XBTUSD" in head["scenario"]
    assert {"number": 1, "symbol": "USD", "atom": "0.00000001"}.items() <= head["assets"][0].items()
    deposits = [row["command"] for row in rows if row["command"]["kind"] == "DEPOSIT"]
    assert {each["amount_atoms"] for each in deposits} >= {10_000 * 10**8}
    assert {"learner"} <= {row["command"].get("text") for row in rows}
    assert {row["command"]["kind"] for row in rows} <= set(CommandKind.__members__)
    assert {row["command"]["origin"] for row in rows} <= set(Origin.__members__)
    fills = [each for row in rows for each in row["events"] if each["kind"] == "FILLED"]
    assert fills and all(each["qty_lots"] > 0 for each in fills)
    journal = Journal.open(folder / JOURNAL_FILE)
    assert foot["chain"] == journal.chain.hex()
    journal.close()


def test_it_is_the_same_file_each_time_and_says_what_it_holds(ran, tmp_path, capsys):
    folder, summary = ran
    assert run_app(["audit", "export", str(folder), str(tmp_path / "again.gz"), "--json"]) == 0
    exported = json.loads(capsys.readouterr().out)
    assert (tmp_path / "again.gz").read_bytes() == (folder / "audit.gz").read_bytes()
    assert run_app(["audit", "check", str(tmp_path / "again.gz"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == exported
    assert (exported["last_seq"], exported["events"]) == (summary.seq, summary.events)
    assert run_app(["audit", "check", str(tmp_path / "again.gz")]) == 0
    assert exported["seal"] in capsys.readouterr().out


def written(path, lines):
    path.write_bytes(packed(b"".join(line + b"\n" for line in lines)))
    return path


def test_one_changed_byte_of_any_line_is_found_at_that_line(ran, tmp_path):
    lines = lines_of(ran[0])
    for at in range(0, len(lines), max(1, len(lines) // 40)):
        for place in (0, 63, 64, 65, len(lines[at]) // 2, len(lines[at]) - 1):
            changed = bytearray(lines[at])
            changed[place] ^= 1
            file = written(tmp_path / "changed.gz", [*lines[:at], bytes(changed), *lines[at + 1 :]])
            with pytest.raises(AuditError, match=rf"^line {at + 1:,} is not as it was written$"):
                check_audit(file)


def test_one_changed_byte_of_the_packed_file_is_found(ran, tmp_path):
    content = (ran[0] / "audit.gz").read_bytes()
    for at in [*range(40), *range(40, len(content), len(content) // 150), len(content) - 1]:
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        (tmp_path / "changed.gz").write_bytes(changed)
        with pytest.raises(AuditError):
            check_audit(tmp_path / "changed.gz")


def resealed(contents):
    """Lines as somebody writes them who knows how they are sealed."""
    seal, lines = BEGINNING, []
    for content in contents:
        seal = sealed(seal, content)
        lines.append(seal.encode() + b" " + content)
    return lines


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (lambda lines: lines[:-1], "its last line is missing"),
        (lambda lines: lines[:40], "its last line is missing"),
        (lambda lines: [], "its last line is missing"),
        (lambda lines: lines[1:], "line 1 is not where it belongs"),
        (lambda lines: [*lines[:9], *lines[10:]], "line 10: command 10 after 8"),
        (lambda lines: [*lines[:9], lines[10], lines[9], *lines[11:]], "line 10: command 10 after"),
        (lambda lines: [*lines, lines[-1]], "is not where it belongs"),
        (lambda lines: [*lines[:-2], lines[-1]], "tells of other commands than there are"),
        (lambda lines: [lines[0].replace(b'"format":1', b'"format":2'), *lines[1:]], "of format 2"),
        (lambda lines: [lines[0], b"{}", *lines[2:]], "line 2: "),
        (lambda lines: [lines[0], b"[" * 100_000, *lines[2:]], "line 2: "),
    ],
)
def test_a_file_forged_with_right_seals_is_named_or_ends_in_another_seal(ran, tmp_path, forge, why):
    contents = [line.partition(b" ")[2] for line in lines_of(ran[0])]
    with pytest.raises(AuditError, match=why):
        check_audit(written(tmp_path / "forged.gz", resealed(forge(contents))))


def test_a_whole_forgery_has_another_seal_than_the_one_that_was_given(ran, tmp_path):
    contents = [line.partition(b" ")[2] for line in lines_of(ran[0])]
    forged = [
        each.replace(b'"amount_atoms":1000000000000', b'"amount_atoms":9') for each in contents
    ]
    assert forged != contents
    found = check_audit(written(tmp_path / "forged.gz", resealed(forged)))
    assert found.seal != check_audit(ran[0] / "audit.gz").seal


def test_a_damaged_journal_gives_no_file(tmp_path):
    run_scenario(CALM, tmp_path / "calm")
    journal = Journal.open(tmp_path / "calm" / JOURNAL_FILE)
    journal.db.execute(
        "UPDATE entries SET events = zeroblob(16) WHERE row = (SELECT max(row) FROM entries)"
    )
    journal.close()
    with pytest.raises(JournalError):
        export_audit(tmp_path / "calm", tmp_path / "audit.gz")
    assert list(tmp_path.glob("audit*")) == []


def test_the_page_says_what_there_is(capsys):
    page = PAGE.read_text("utf-8")
    lines = [line.split() for line in page.splitlines() if line.startswith("    longshore")]
    assert [line[1:3] for line in lines] == [["audit", "export"], ["audit", "check"]]
    for line in lines:
        assert run_app([*line[1:3], "--help"]) == 0
    assert all(f"| `{kind.__struct_config__.tag}` |" in page for kind in (Head, Line, Foot))
    assert all(f"`{name}`" in page for name in ("seq", "time_us", "after_seq"))


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (None, 2, "No such file"),
        (b"", 1, "its last line is missing"),
        (b"plain", 1, "packed by another program"),
        (packed(b"no line of it"), 1, "no audit export"),
        (packed(b"no line of it\n"), 1, "line 1 is not as it was written"),
    ],
    ids=["none", "empty", "not packed", "cut short", "another text"],
)
def test_what_is_no_export_says_so(tmp_path, capsys, content, code, words):
    file = tmp_path / "file.gz"
    if content is not None:
        file.write_bytes(content)
    assert run_app(["audit", "check", str(file)]) == code
    assert words in capsys.readouterr().err
