"""The examples in the articles are executed: words and rules cannot drift apart."""

from __future__ import annotations

import doctest

import pytest

from tools.articles import article_files


@pytest.mark.parametrize("path", article_files(), ids=lambda path: path.stem)
def test_examples_of_an_article_hold(path):
    report = []
    text = path.read_text(encoding="utf-8").replace("```", "")
    test = doctest.DocTestParser().get_doctest(text, {}, path.name, str(path), 0)
    failed, _ = doctest.DocTestRunner().run(test, out=report.append)
    assert not failed, "".join(report)


def test_there_are_examples():
    texts = [path.read_text(encoding="utf-8") for path in article_files()]
    assert sum(text.count(">>> ") for text in texts) > 0
