"""Measure a folder of recordings and keep the figures in the package: what reports stand beside."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from longshore.lab.market.recordings import tapes
from longshore.lab.market.report import KEPT, Kept, figures

FILE = Path(__file__).parents[1] / "src" / "longshore" / "lab" / "market" / KEPT
SOURCE = (
    "Figures measured with tools/recorded_figures.py on recordings that others made: order books "
    "and trades of Binance (hftbacktest) and Kraken (python-kraken-sdk), one- and five-minute "
    "bars of Binance and BitMEX, premiums of Hyperliquid, liquidations of Drift v1; docs/market.md "
    "names the files."
)


def main() -> None:
    """Write the figures, four digits each."""
    found = figures(tapes(Path(sys.argv[1])))
    kept = {key: [float(f"{value:.4g}") for value in values] for key, values in found.items()}
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(Kept(SOURCE, kept)), indent=1) + b"\n")


if __name__ == "__main__":
    main()
