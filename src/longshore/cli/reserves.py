"""`longshore reserves`: what the venue owes and holds, a customer's proof, and its check."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from longshore.cli.client import Client, Data, Url
from longshore.cli.output import CliError, Json, WrongUsage, emit, table
from longshore.cli.worlds import utc
from longshore.custody.reserves import (
    Proof,
    ProofError,
    Stated,
    Statement,
    check,
    compared,
    read_proof,
    read_statement,
)

US_PER_MS = 1_000


class Checked(msgspec.Struct, frozen=True):
    """What `reserves check --json` prints."""

    account: str
    balances: dict[str, str]
    statement: Statement


def show(*, url: Url = "", data: Data = None, json: Json = False) -> None:
    """What the running venue owes its customers and holds for them, in practice money."""
    statement = msgspec.convert(Client(url, data).get("/reserves"), Statement)
    emit(statement, json, _lines(statement), _totals(statement))


def proof(
    account: str,
    file: Annotated[Path, Parameter(help="Where to write it.")],
    /,
    *,
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Write an account's proof that its balances are counted in the statement that stands now."""
    found = Client(url, data).get("/reserves/proof", account=account)
    try:
        file.write_bytes(msgspec.json.format(msgspec.json.encode(found)))
    except OSError as error:
        raise WrongUsage(f"{file}: {error.strerror}") from None
    told = f"{file}: check it anywhere with `longshore reserves check {file}`"
    emit(found, json, told)


def check_proof(
    file: Path,
    /,
    *,
    against: Annotated[
        Path | None, Parameter(help="What somebody else was shown: a proof or a statement.")
    ] = None,
    json: Json = False,
) -> None:
    """Check a proof, with nothing but the file: no venue need run."""
    try:
        found = read_proof(_content(file))
        check(found)
        if against is not None:
            compared(found, read_statement(_content(against)))
    except ProofError as error:
        raise CliError(f"{file}: {error}") from None
    emit(_checked(found), json, *_told(found, against))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{file}: {error.strerror}") from None


def _checked(found: Proof) -> Checked:
    amounts = zip(found.statement.assets, found.sums, strict=True)
    balances = {asset.asset: _amount(asset, atoms) for asset, atoms in amounts}
    return Checked(found.account, balances, found.statement)


def _told(found: Proof, against: Path | None) -> list[object]:
    amounts = zip(found.statement.assets, found.sums, strict=True)
    mine = [(asset.asset, _amount(asset, atoms)) for asset, atoms in amounts if atoms]
    said = (
        f"Account {found.account} is counted with these balances, and they add up with "
        f"{len(found.path)} others on the way to what the venue says it owes."
    )
    parts: list[object] = [said, table("counted", ("asset", "balance"), mine)]
    if against is not None:
        parts.append(f"{against} shows the same statement.")
    return [*parts, _lines(found.statement), _totals(found.statement)]


def _lines(statement: Statement) -> str:
    return (
        f"{statement.world} after command {statement.seq:,}, {utc(statement.time_ms * US_PER_MS)}, "
        f"{statement.customers:,} customers, practice money\n"
        f"digest {statement.digest}: others must have been shown the same\n"
        "Balances alone: profit and loss of open positions comes on top."
    )


def _totals(statement: Statement) -> object:
    rows = [
        (each.asset, *(_amount(each, atoms) for atoms in msgspec.structs.astuple(each)[2:]))
        for each in statement.assets
    ]
    headings = ("asset", "owed to customers", "− owed by customers", "+ venue's own", "= held")
    return table("owed and held", headings, rows)


def _amount(asset: Stated, atoms: int) -> str:
    return f"{Decimal(atoms).scaleb(-asset.decimals):,f}"
