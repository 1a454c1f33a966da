"""`longshore fit`: the synthetic market's settings from recorded bars."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from longshore.cli.output import CliError, Json, emit, table


def fit(
    data: Annotated[Path, Parameter(name="DATA")],
    /,
    *,
    asset: Annotated[str, Parameter(help="The coin whose usual volatility is multiplied.")] = "XBT",
    since: Annotated[str, Parameter(help="The first day or moment (UTC).")] = "",
    until: Annotated[str, Parameter(help="The day or moment to stop before.")] = "",
    out: Annotated[Path | None, Parameter(help="The preset to write.")] = None,
    json: Json = False,
) -> None:
    """Fit volatility, its two memories, jumps, weekends and drift to a file of bars.

    DATA is a compressed table with the columns time_utc and close, its name telling the length of
    its bars (…_1m_…, …_5m_…). What is printed shows the data beside a run of the fitted process.
    """
    from longshore.lab.market.fitting import fit as fit_bars
    from longshore.lab.market.fitting import preset_text
    from longshore.lab.market.recordings import DataError

    try:
        made = fit_bars(data, asset, since, until)
        if out is not None:
            out.write_text(
                preset_text(made, f"{asset}: {since or 'all'} {until}".rstrip()), "utf-8"
            )
    except DataError as error:
        raise CliError(str(error)) from error
    except OSError as error:
        raise CliError(f"the preset cannot be written: {error}") from error
    rows = [(key, f"{one:.4g}", f"{other:.4g}") for key, one, other in made.figures]
    settings = "\n".join(f"{key} = {value}" for key, value in made.settings.items())
    emit(made, json, table(f"{made.bars:,} bars of {made.name}", ("figure", "data", "fit"), rows),
         settings, *([f"Preset: {out}"] if out else []))  # fmt: skip
