"""Small files, short functions: the proportions the house holds itself to."""

from __future__ import annotations

from statistics import median

from tests.style.parse import ENGINE, PACKAGE, ROOT, functions, sources

FILE_MEDIAN_LINES = 160
ENGINE_FILE_LINES = 500
FUNCTION_MEDIAN_LINES = 10
FUNCTION_LINES = 60


def line_count(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_median_file_is_small():
    assert median(line_count(path) for path in sources(PACKAGE)) <= FILE_MEDIAN_LINES


def test_no_engine_file_is_large():
    large = {p.name: line_count(p) for p in sources(ENGINE) if line_count(p) > ENGINE_FILE_LINES}
    assert large == {}


def test_the_median_function_is_short():
    lengths = [(f.end_lineno or 0) - f.lineno + 1 for p in sources(PACKAGE) for f in functions(p)]
    assert median(lengths) <= FUNCTION_MEDIAN_LINES


def test_no_function_is_long():
    long = {
        f"{path.relative_to(ROOT)}:{f.lineno} {f.name}": length
        for path in sources(PACKAGE)
        for f in functions(path)
        if (length := (f.end_lineno or 0) - f.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}
