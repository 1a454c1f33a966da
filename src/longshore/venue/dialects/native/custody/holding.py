"""What the venue holds and whose it is; the practice wallet; what the operator does."""

from __future__ import annotations

import secrets

from longshore.custody.addresses import AddressError, check_address
from longshore.custody.books import BOOKS
from longshore.custody.inputs import Froze, Gave, Recovered, Sent
from longshore.custody.records import Refused
from longshore.custody.wallet import CHECKED, address_of, make_words
from longshore.explain.sentences import say
from longshore.venue.dialects.native.custody.asking import (
    asked_atoms,
    done,
    network_of,
    refusal,
    shown,
    words_of,
)
from longshore.venue.dialects.native.errors import not_found
from longshore.venue.dialects.native.schema.console import Done
from longshore.venue.dialects.native.schema.custody import (
    CustodyLine,
    FreezeBody,
    GiftBody,
    HoldingRow,
    RecoveryBody,
    SendBody,
    SentReply,
    WalletBody,
    WalletCoin,
    WalletReply,
)
from longshore.venue.dialects.native.wire import Call


async def list_holdings(call: Call) -> list[HoldingRow]:
    """Of each asset what the chains hold for the venue, and whose that is: the sums are equal."""
    desk = await call.venue.custody.now()
    house, held = desk.house, desk.house.on_chains()
    house.books.balanced(held)
    rows = []
    for asset, on_chains in held.items():
        hot = cold = 0
        for chain in house.chains.values():
            hot += chain.balances[house.hot(chain.network), asset]
            cold += chain.balances[house.cold(chain.network), asset]
        lines = [
            CustodyLine(
                book=book,
                amount=shown(call, asset, house.books.atoms(book, asset)),
                text=say(f"custody-book-{book}"),
            )
            for book in BOOKS
        ]
        rows.append(
            HoldingRow(
                asset=asset,
                on_chains=shown(call, asset, on_chains),
                hot=shown(call, asset, hot),
                cold=shown(call, asset, cold),
                frozen=desk.withdrawals.frozen_us is not None,
                books=lines,
            )
        )
    return rows


async def open_wallet(call: Call, body: WalletBody) -> WalletReply:
    """A practice wallet by its words, or a new one; the venue keeps neither words nor wallet."""
    words = words_of(body.words) if body.words else make_words(secrets.token_bytes(CHECKED))
    house = (await call.venue.custody.now()).house
    coins = [
        WalletCoin(
            network=network.name,
            address=address_of(words, network.family),
            asset=listed.asset,
            amount=shown(
                call,
                listed.asset,
                house.chains[network.name].balances[
                    address_of(words, network.family), listed.asset
                ],
            ),
        )
        for network in house.networks.values()
        for listed in network.listed
    ]
    return WalletReply(words=words, coins=coins, text=say("custody-wallet"))


async def send(call: Call, body: SendBody) -> SentReply:
    """Coins of a practice wallet to any address, over the network that is chosen."""
    network = network_of(call, body.network)
    sender = address_of(words_of(body.words), network.family)
    atoms = asked_atoms(call, body.asset, body.amount)
    house = call.venue.custody.desk.house
    _check_address(body.address, network.family)
    assert sender not in house.own, "nobody has words for the venue's own addresses"
    asked = Sent(network.name, sender, body.asset, body.address, body.memo, atoms)
    return SentReply(txid=await done(call, asked), text=say("custody-sent"))


async def give(call: Call, body: GiftBody) -> SentReply:
    """Made-up coins for any address, from somebody outside."""
    network = network_of(call, body.network)
    atoms = asked_atoms(call, body.asset, body.amount)
    _check_address(body.address, network.family)
    asked = Gave(network.name, body.asset, body.address, body.memo, atoms)
    return SentReply(txid=await done(call, asked), text=say("custody-sent"))


async def freeze(call: Call, body: FreezeBody) -> Done:
    """Stop all withdrawals over chains that have not left, or let them go again."""
    await done(call, Froze(body.frozen))
    return Done(text=say("custody-frozen" if body.frozen else "custody-thawed"))


async def recover(call: Call, body: RecoveryBody) -> Done:
    """A deposit that came wrongly, credited to whoever showed that it is theirs, less a fee."""
    account_id = call.venue.accounts.account_id(body.account)
    if account_id is None:
        raise not_found("account", "account")
    await done(call, Recovered(body.id, account_id))
    await call.venue.custody.now()
    return Done(text=say("custody-recovered"))


def _check_address(address: str, family: str) -> None:
    try:
        check_address(address, family)
    except AddressError:
        raise refusal(Refused("BAD_ADDRESS", "address")) from None
