"""Practice coins over made-up chains: addresses, deposits, the book, withdrawals, a wallet.

Every address and transaction begins with `practice-`: no real wallet takes one.
"""

from __future__ import annotations

from typing import Literal

from longshore.venue.dialects.native.schema.base import Body, Reply

DepositStage = Literal["seen", "confirming", "held", "credited", "unclaimed", "gone"]
WithdrawalStage = Literal["asked", "waiting", "sent", "done", "cancelled", "refused"]


class NetworkRow(Reply):
    """One asset over one made-up chain."""

    network: str
    title: str
    asset: str
    like: str  # whose ways it has
    block_s: int  # on average
    confirmations: int
    final: int  # blocks after which nothing is undone
    needs_memo: bool
    deposit_min: str
    withdrawal_min: str
    withdrawal_fee: str
    network_fee: str  # of a payment now
    fee_asset: str
    left_today: str | None  # what may still be withdrawn in this day; none: there is no limit
    text: str


class PlaceRow(Reply):
    """Where the account's deposits over one network go."""

    network: str
    address: str
    memo: str
    text: str


class ChainDepositRow(Reply):
    """Coins that came to an address of the account's."""

    id: int
    network: str
    asset: str
    amount: str
    address: str
    memo: str
    txid: str
    stage: DepositStage
    confirmations: int
    needed: int
    seen_ms: int
    text: str


class EntryRow(Reply):
    """An address of the account's book."""

    name: str
    network: str
    address: str
    memo: str
    usable: bool
    usable_ms: int
    text: str


class ChainWithdrawalRow(Reply):
    """Coins on their way out."""

    id: int
    network: str
    asset: str
    amount: str
    fee: str
    arrives: str
    name: str
    address: str
    memo: str
    txid: str
    stage: WithdrawalStage
    confirmations: int
    final: int
    asked_ms: int
    text: str


class CodeMessage(Reply):
    """A practice message with a one-time code."""

    message: str
    code: str


class CustodyLine(Reply):
    """What one book of an asset holds."""

    book: str
    amount: str
    text: str


class HoldingRow(Reply):
    """Of one asset what the chains hold for the venue, and whose it is."""

    asset: str
    on_chains: str
    hot: str
    cold: str
    frozen: bool
    books: list[CustodyLine]


class WalletCoin(Reply):
    """What an address of a practice wallet holds."""

    network: str
    address: str
    asset: str
    amount: str


class WalletReply(Reply):
    """A practice wallet of one's own: its words are told once and kept nowhere."""

    words: str
    coins: list[WalletCoin]
    text: str


class SentReply(Reply):
    """A payment that was sent."""

    txid: str
    text: str


class MessageRow(Reply):
    """A message that is real, or bait."""

    id: str
    sender: str
    text: str
    asks_words: bool  # whether it has a field for the words of a wallet


class TakenCoins(Reply):
    """What went to whoever laid the bait."""

    network: str
    asset: str
    amount: str


class MessageReply(Reply):
    """Whether a message was told apart, and by what."""

    right: bool
    bait: bool
    text: str
    taken: list[TakenCoins]


class PlaceBody(Body):
    """Which network a deposit will come over."""

    network: str


class EntryBody(Body):
    """An address to keep."""

    name: str
    network: str
    address: str
    memo: str = ""


class ChainCodeBody(Body):
    """A withdrawal to come, to an address of the book."""

    name: str
    asset: str
    amount: str
    wallet: Literal["cash", "flex"] = "cash"


class ChainWithdrawalBody(ChainCodeBody):
    """A withdrawal, with the one-time code that was told for it."""

    code: str = ""


class WalletBody(Body):
    """The words of a wallet; without any, a new one is made."""

    words: str = ""


class VerdictBody(Body):
    """What somebody takes a message for; with words, that it was believed."""

    verdict: Literal["real", "bait"]
    words: str = ""


class SendBody(Body):
    """A payment out of a practice wallet."""

    words: str
    network: str
    asset: str
    address: str
    amount: str
    memo: str = ""


class GiftBody(Body):
    """Made-up coins for any address."""

    network: str
    asset: str
    address: str
    amount: str
    memo: str = ""


class FreezeBody(Body):
    """Whether withdrawals over chains stand still."""

    frozen: bool


class RecoveryBody(Body):
    """A deposit that came wrongly, and whose it is."""

    id: int
    account: str
