"""The report is one page that needs nothing, says what it is, and can be read without seeing it."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from longshore.practice.compare import Options, compare
from longshore.practice.compare.report import html, write_report
from longshore.practice.compare.table import lines
from tests.practice.ground import small_trade

BOOKS = ["kraken", "kraken@2025-06", "cautious"]
VOID = {"meta", "br"}


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    return compare(
        small_trade(tmp_path_factory.mktemp("report")), BOOKS, options=Options(processes=1)
    )


class Nesting(HTMLParser):
    """Elements opened and closed in order, and what they ask for."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.asked = [], [], []

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        self.asked += [value for key, value in attributes if key in ("src", "href", "srcset")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing(compared, tmp_path):
    path = write_report(compared, tmp_path / "new" / "folder")
    page = path.read_text("utf-8")
    parser = Nesting()
    parser.feed(page)
    assert (parser.open, parser.asked) == ([], [])
    assert "script" not in parser.seen and "url(" not in page and "@import" not in page
    assert "prefers-color-scheme: dark" in page
    assert "A small &lt;long&gt;" in page and "<long>" not in page
    assert "Practice money. Nothing here is real." in page
    assert "not financial advice; not connected with any venue" in page


def test_charts_have_titles_words_and_units(compared):
    found = re.findall(r"<svg.*?</svg>", html(compared), re.DOTALL)
    charts = [ET.fromstring(svg) for svg in found]  # noqa: S314 - our own text
    taken = [outcome for outcome in compared.outcomes if outcome.is_taken]
    assert len(charts) == len(taken) == 2
    for chart, outcome in zip(charts, taken, strict=True):
        title, description = chart.find("title"), chart.find("desc")
        assert chart.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert outcome.title in title.text
        assert outcome.told in description.text and "USD" in description.text
        assert {path.get("class") for path in chart.findall("path")} == {"equity", "maintenance"}
        assert any("USD" in text.text for text in chart.findall("text"))
        assert any("12 Mar 10:4" in text.text for text in chart.findall("text"))


def test_tables_have_captions_and_headed_rows_and_mark_what_is_unverified(compared):
    page = html(compared)
    assert page.count("<table>") == page.count("<caption>") == page.count("<thead>")
    assert page.count('<th scope="row">') == page.count("<tr") - page.count("<table>")
    assert '<span class="unverified">' in page
    for outcome in compared.outcomes:
        assert outcome.rulebook in page and outcome.title in page


def test_lines_that_differ_come_first_and_every_amount_has_its_unit(compared):
    shown = lines(compared)
    differs = [line.differs for line in shown]
    assert differs == sorted(differs, reverse=True) and not differs[-1]
    by_key = {line.key: line.cells for line in shown}
    assert by_key["kept"][1].endswith(" USD")
    assert by_key["liquidation_price"][0].endswith(" USD per BTC")
    assert by_key["filled"] == ["1.2500 BTC", "1.2500 BTC", "–"]
    assert {line.key for line in shown if not line.differs} >= {"start", "entry_price", "filled"}
    assert by_key["adl"] == ["no", "no", "–"]
    assert "gained" in by_key["liquidation_slippage"][0]
