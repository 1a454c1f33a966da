"""Every key of a TOML text is found on the line it stands on."""

import tomllib
from importlib import resources

import pytest

from longshore.rulebooks.lines import line_of, lines

TRICKY = """\
# [not.a.table] = 1
name = "a # b = [c" # said

[one.two]
bare = 1.5
'quoted.no/dot' = { x = 1, y = [1, 2], "z" = { deep = 2021-01-01 10:00:00 } }
text = \"\"\"
fake = 1
[fake]
""\"\"\"\"
raw = '''
also = "fake"
'''
list = [ # first
  { a = 1 },

  { a = 2, b = "]" },
  [3,
   4],
]
dotted . "key" = true

[[rows]]
n = 1
[[rows]]
n = 2
"""


def paths(value, path=""):
    """The path of every key and every place in a list of what tomllib read."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else []
    items = enumerate(value) if isinstance(value, list) else items
    for key, part in items:
        yield from paths(part, f"{path}.{key}" if path else str(key))


def test_lines_of_tricky_text():
    found = lines(TRICKY)
    assert {path: found[path] for path in ("name", "one.two", "one.two.bare")} == {
        "name": 2,
        "one.two": 4,
        "one.two.bare": 5,
    }
    assert found["one.two.quoted.no/dot.z.deep"] == 6
    assert (found["one.two.text"], found["one.two.raw"], found["one.two.list"]) == (7, 11, 14)
    assert [found[f"one.two.list.{index}"] for index in range(3)] == [15, 17, 18]
    assert (found["one.two.list.1.b"], found["one.two.list.2.1"]) == (17, 19)
    assert (found["one.two.dotted.key"], found["rows.0.n"], found["rows.1.n"]) == (21, 24, 26)
    assert not [path for path in found if "fake" in path or "also" in path or "not" in path]


def files():
    folder = resources.files("longshore.rulebooks")
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml"))


@pytest.mark.parametrize("name", files())
def test_every_key_of_a_shipped_file_is_found_and_nothing_else(name):
    text = resources.files("longshore.rulebooks").joinpath(name).read_text("utf-8")
    found = lines(text)
    assert set(found) == set(paths(tomllib.loads(text)))
    rows = text.splitlines()
    for path, line in found.items():
        last = path.rpartition(".")[2]
        assert last.isdigit() or last in rows[line - 1], path


def test_the_nearest_part_there_is():
    assert line_of(TRICKY, "one.two.missing") == 4
    assert line_of(TRICKY, "nothing") == 1
