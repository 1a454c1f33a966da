"""The articles' codes, and who cites them: `python -m tools.articles` prints the coverage."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEFINED = re.compile(r"\*\*([A-Z]{4}-\d{3})\*\*")
CITED = re.compile(r"\b[A-Z]{4}-\d{3}\b")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def article_files() -> list[Path]:
    """The articles, in reading order."""
    return sorted((ROOT / "articles").glob("*.md"))


def codes() -> dict[str, Path]:
    """Every code and the article that defines it; a code defined twice is refused."""
    found: dict[str, Path] = {}
    for path in article_files():
        for code in DEFINED.findall(path.read_text(encoding="utf-8")):
            assert code not in found, f"{code} is defined twice"
            found[code] = path
    return found


def citing_tests() -> dict[str, list[str]]:
    """Every code cited in a test's docstring, with the tests (pytest's names) that cite it."""
    found = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for owner, function in test_functions(ast.parse(path.read_text(encoding="utf-8"))):
            name = "::".join([path.relative_to(ROOT).as_posix(), *owner, function.name])
            for code in cited_in(function):
                found[code].append(name)
    return dict(found)


def test_functions(tree: ast.Module) -> Iterator[tuple[list[str], Function]]:
    """The tests of a file, each with the class it stands in, if any."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        owner = [node.name] if isinstance(node, ast.ClassDef) else []
        for child in inside:
            if isinstance(child, Function) and child.name.startswith("test_"):
                yield owner, child


def naming_rules() -> dict[str, list[str]]:
    """Every code named in the first paragraph of a rule's docstring, with those rules."""
    found = defaultdict(list)
    for path in sorted((ROOT / "src/longshore/engine").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and is_rule(node):
                for code in cited_in(node, paragraphs=1):
                    found[code].append(node.name)
    return dict(found)


def is_rule(node: ast.FunctionDef) -> bool:
    """Whether a function is marked `@rule`."""
    return any(isinstance(d, ast.Name) and d.id == "rule" for d in node.decorator_list)


def cited_in(node: Function | ast.Module, paragraphs: int | None = None) -> list[str]:
    """The codes in a docstring, or in its first paragraphs, each once."""
    text = ast.get_docstring(node) or ""
    return list(dict.fromkeys(CITED.findall("\n\n".join(text.split("\n\n")[:paragraphs]))))


def main() -> int:
    """Print how many codes of each article are cited; 1 if one is not, or is unknown."""
    defined, cited = codes(), citing_tests()
    for path in article_files():
        own = [code for code, home in defined.items() if home == path]
        missing = [code for code in own if code not in cited]
        print(f"{path.stem:<16} {len(own) - len(missing):>3} of {len(own):>3}", *missing)
    named = set(naming_rules())
    unknown = sorted((set(cited) | named) - set(defined))
    print(f"cited: {len(set(defined) & set(cited))} of {len(defined)}", *unknown)
    return int(set(defined) != set(cited) or bool(unknown))


if __name__ == "__main__":
    sys.exit(main())
