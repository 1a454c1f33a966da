"""nautilus_trader at a busy market of Kraken's rules: it holds books, and they are ours."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tools.bots.agreement import Line
from tools.bots.environments import NAUTILUS
from tools.bots.venue import served

HERE = Path(__file__).parent
WORLD = "live"
BOOKS = {
    "PF_XBTUSD.KRAKEN": "PF_XBTUSD",
    "PF_ETHUSD.KRAKEN": "PF_ETHUSD",
    "PF_SOLUSD.KRAKEN": "PF_SOLUSD",
    "BTC/USD.KRAKEN": "XBT/USD",
    "ETH/USD.KRAKEN": "ETH/USD",
}
"""By nautilus_trader's name the venue's own."""
QUIET_S = 30  # a book that says nothing for longer than this is not held


def hold(folder: Path, minutes: float) -> dict[str, Any]:
    """Let it hold the books for so long; what it found. Raises CalledProcessError."""
    with served(folder / "venue", WORLD, "jit") as venue:
        settings = {
            "url": venue.url,
            "token": venue.token,
            "books": BOOKS,
            "seconds": minutes * 60,
            "result": str(folder / "books.json"),
        }
        path = folder / "settings.json"
        path.write_text(json.dumps(settings))
        command = [str(NAUTILUS.program("python")), str(HERE / "book_holder.py"), str(path)]
        with (folder / "nautilus.log").open("w") as log:
            subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=True)
    found: dict[str, Any] = json.loads((folder / "books.json").read_text())
    return found


def lines(found: dict[str, Any]) -> list[Line]:
    """What must hold of the books."""
    books: dict[str, dict[str, Any]] = found["books"]
    whole = Line("changes that a connection's numbers say are missing")
    once = Line("one snapshot, no silence")
    same = Line("the book is the venue's at moments sampled")
    whole.true(f"{found['missing']} missing", found["missing"] == 0)
    for name, book in books.items():
        once.true(f"{name}: {book['snapshots']} snapshots", book["snapshots"] == 1)
        once.true(f"{name}: silent {book['quietest_s']:.0f} s", book["quietest_s"] < QUIET_S)
        same.compared += book["compared"]
        missed = book["compared"] - book["equal"]
        if missed or not book["compared"]:
            same.different.append(f"{name}: {missed} of {book['compared']}")
    return [whole, once, same]
