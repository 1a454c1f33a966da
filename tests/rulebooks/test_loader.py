"""A rulebook file is refused, with the place, unless every value says where it was read."""

import py_compile
import re
from importlib import resources

import pytest

from longshore import rulebooks
from longshore.rulebooks import loader

KRAKEN = resources.files("longshore.rulebooks").joinpath("kraken_2026_09.toml").read_text("utf-8")


def edited(old: str, new: str) -> str:
    assert old in KRAKEN
    return KRAKEN.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("funding_divisor =", "funding_diviser =", r"PF_XBTUSD\.funding_diviser: unknown key"),
        ('0.0001, source = "S7"', '0.0001, sauce = "S7"', r"PF_XBTUSD\.lot\.sauce: unknown key"),
        ('value = "slice"', 'value = "sliced"', r"tier_method\.value: unknown method 'sliced'"),
        (
            "value = 1200,",
            'value = "many",',
            r"line \d+: perpetuals\.PF_XBTUSD\.position_max\.value: a number belongs",
        ),
        ("id = ", "id == ", "line"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused_with_its_path(old, new, message):
    with pytest.raises(rulebooks.RulebookError, match=message):
        rulebooks.parse(edited(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('value = 0.0001, source = "S7", date = 2026-09-25', "value = 0.0001", "PF_XBTUSD.lot: no"),
        ('0.0001, source = "S7", date = 2026-09-25', '0.0001, source = "S7"', "PF_XBTUSD.lot: no"),
        ('0.0001, source = "S7"', '0.0001, source = "S99"', "source S99 is not in"),
        (', note = "from an older page"', "", "mark_premium_cap: unverified without a note"),
        ('[0, 0.01, 0.005], source = "S7", ', "[0, 0.01, 0.005], ", r"PF_XBTUSD.tiers.0: no"),
    ],
)
def test_a_value_without_provenance_is_refused_by_name(old, new, message):
    with pytest.raises(rulebooks.RulebookError, match=message):
        rulebooks.parse(edited(old, new))


def test_an_unknown_rulebook_names_those_there_are():
    with pytest.raises(rulebooks.RulebookError, match=r"kraken-2026-09"):
        rulebooks.load("krakken")


def test_a_rulebook_is_found_by_venue_and_by_id():
    listed = rulebooks.available()
    assert listed.index("kraken-2025-06") < listed.index("kraken-2026-09")
    assert {"cautious-2018-08", "kraken-2025-06", "kraken-2026-09"} <= set(listed)
    by_name, by_id = rulebooks.load("kraken"), rulebooks.load("kraken-2026-09")
    assert by_name.id == by_id.id
    assert by_name.title == "Kraken Futures, outside the US, September 2026"


@pytest.mark.parametrize("name", rulebooks.available())
def test_a_shipped_file_has_no_problem_and_every_unverified_value_says_why(name):
    rulebook, file = rulebooks.load(name), rulebooks.shipped(name)
    report = rulebooks.check(file.text, file.file)
    assert report.problems == []
    assert all(re.search(r"\w{3}", rulebook.value(path).note) for path in report.unverified)
    assert 0 < len(report.unverified) < report.values_count


def test_what_python_keeps_beside_the_rulebooks_is_passed_by():
    kept = py_compile.compile(loader.__file__)
    assert kept is not None and resources.files("longshore.rulebooks").joinpath(kept).is_file()
    assert loader.all_shipped.__wrapped__() == loader.all_shipped()


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A folder of one's own rulebooks, read anew whenever it is asked for."""
    monkeypatch.setenv(loader.OWN_FOLDER, str(tmp_path))
    monkeypatch.setattr(loader, "all_shipped", loader.all_shipped.__wrapped__)
    return tmp_path


def test_a_folder_of_ones_own_counts_as_the_package_does(own_folder):
    own = edited('id = "kraken-2026-09"', 'id = "ours-2026-11"')
    (own_folder / "ours.toml").write_text(own.replace('name = "kraken"', 'name = "ours"', 1))
    assert rulebooks.load("ours").terms.id == "ours-2026-11"
    assert "kraken-2026-09" in rulebooks.available()


def test_a_bad_file_of_ones_own_is_named(own_folder):
    (own_folder / "bad.toml").write_text('id = "bad"')
    with pytest.raises(rulebooks.RulebookError, match=r"^bad\.toml: "):
        rulebooks.available()


def test_a_folder_that_is_not_there_is_named(own_folder, monkeypatch):
    monkeypatch.setenv(loader.OWN_FOLDER, str(own_folder / "nowhere"))
    with pytest.raises(rulebooks.RulebookError, match=r"LONGSHORE_RULEBOOKS: .*nowhere"):
        rulebooks.available()


def test_an_id_is_there_once(own_folder):
    (own_folder / "again.toml").write_text(KRAKEN)
    with pytest.raises(rulebooks.RulebookError, match="kraken-2026-09 is there twice"):
        rulebooks.available()
