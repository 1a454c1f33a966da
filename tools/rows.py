"""Write the golden file of the row layouts: a changed field becomes a visible difference."""

from __future__ import annotations

from pathlib import Path

from longshore.engine import rows
from longshore.engine._table import Row
from longshore.engine.state import State

GOLDEN = Path(__file__).parents[1] / "tests" / "golden" / "rows.txt"


def row_types() -> list[type[Row]]:
    """Every row, in the order they are declared."""
    kinds = [v for v in vars(rows).values() if isinstance(v, type) and issubclass(v, Row)]
    return [kind for kind in kinds if kind is not Row]


def layout() -> str:
    """Every row's fields in order, then the state's scalars and tables."""
    lines = []
    for kind in row_types():
        lines += [kind.__name__, *(f"  {field_text(kind, name)}" for name in kind.FIELDS)]
    lines += ["State", *(f"  {name}" for name in State.SCALARS)]
    lines += [f"  {n}: {t.row.__name__}[{t.capacity}]" for n, t in State.TABLES.items()]
    return "\n".join(lines) + "\n"


def field_text(kind: type[Row], name: str) -> str:
    """A field, marked when it is bookkeeping and no part of a digest."""
    return f"{name} (slot)" if name in kind.SLOTS else name


if __name__ == "__main__":
    GOLDEN.write_text(layout(), encoding="utf-8")
