"""Commands for the operator of the running venue: accounts, practice money, API keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import quote

from cyclopts import Parameter

from longshore.cli.client import Client, Data, Url, Why
from longshore.cli.output import Json, WrongUsage, emit, table

Amounts = Annotated[
    list[str] | None,
    Parameter(name="--deposit", negative=(), help="Practice money, such as USD=10000."),
]
Permission = Literal["read", "trade", "transfer"]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Gift:
    """Where the money goes, and why."""

    wallet: Literal["flex", "cash"] = "flex"
    why: Why = ""


def create_account(
    name: str,
    /,
    *,
    deposit: Amounts = None,
    why: Why = "",
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Make an account, with practice money in its multi-collateral wallet."""
    body = {"name": name, "deposits": dict(map(amount, deposit or []))}
    made = Client(url, data).post("/operator/accounts", body, why=why)
    emit(made, json, f"account {made['name']} (number {made['account_id']})")


def deposit(
    name: str,
    amounts: Annotated[list[str], Parameter(help="Such as USD=500 or XBT=0.1.")],
    /,
    *,
    gift: Gift = Gift(),
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Give an account practice money."""
    client = Client(url, data)
    balances = []
    for asset, value in map(amount, amounts):
        body = {"account": name, "asset": asset, "amount": value, "wallet": gift.wallet}
        balances.append(client.post("/operator/deposits", body, why=gift.why))
    lines = [f"{b['account']}: {b['balance']} {b['asset']} in {b['wallet']}" for b in balances]
    emit(balances, json, *lines)


def show_account(name: str, /, *, url: Url = "", data: Data = None, json: Json = False) -> None:
    """Wallets, positions and orders of an account."""
    shown = Client(url, data).get("/account", account=name)
    emit(shown, json, *_tables(name, shown))


def set_state(
    name: str,
    state: Literal["active", "close-only", "frozen", "closed"],
    /,
    *,
    why: Why,
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Let an account trade, close only, freeze it, or close it where nothing is open."""
    path = f"/operator/accounts/{quote(name, safe='')}/state"
    done = Client(url, data).put(path, {"state": state.replace("-", "_")}, why=why)
    emit(done, json, done["text"])


def _tables(name: str, shown: dict[str, Any]) -> list[object]:
    """Every list of the answer as a table, everything single as one."""
    single = [(key, value) for key, value in shown.items() if not isinstance(value, list | dict)]
    parts: list[object] = [table(name, ("", ""), single)]
    for key, value in shown.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            headings = tuple(k for k, v in value[0].items() if not isinstance(v, list | dict))
            rows = [tuple(row.get(heading, "") for heading in headings) for row in value]
            parts.append(table(key, headings, rows))
    return parts


def create_key(
    name: str,
    /,
    *,
    permissions: Annotated[
        list[Permission] | None, Parameter(negative=(), help="Without it, all of them.")
    ] = None,
    why: Why = "",
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Make an API key for an account. Its secret is shown this once."""
    body: dict[str, object] = {"account": name}
    if permissions:
        body["permissions"] = permissions
    made = Client(url, data).post("/operator/keys", body, why=why)
    document = {"key": made["key"], "secret": made["secret"]}
    emit(document, json, f"key    {made['key']}", f"secret {made['secret']}")


def amount(text: str) -> tuple[str, str]:
    """`USD=100` as asset and amount. Raises WrongUsage."""
    asset, equals, value = text.partition("=")
    if not (asset and equals and value):
        raise WrongUsage(f"{text!r} is no amount; write it as USD=100")
    return asset.upper(), value
