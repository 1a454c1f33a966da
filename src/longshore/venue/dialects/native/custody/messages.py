"""The exercise with messages: which of them are real, and what happens to whoever believes bait."""

from __future__ import annotations

from longshore.custody.messages import MESSAGES, THIEF, Message, emptied
from longshore.custody.records import Refused
from longshore.custody.wallet import address_of
from longshore.explain.sentences import say
from longshore.venue.dialects.native.custody.asking import shown, words_of
from longshore.venue.dialects.native.errors import bad_value, not_found
from longshore.venue.dialects.native.schema.custody import (
    MessageReply,
    MessageRow,
    TakenCoins,
    VerdictBody,
)
from longshore.venue.dialects.native.wire import Call

BAIT_FAMILY = "hull"
"""Whose addresses the baits name."""


async def list_messages(call: Call) -> list[MessageRow]:
    """All of them, as they would come; none says what it is."""
    address = address_of(THIEF, BAIT_FAMILY)
    return [
        MessageRow(
            id=each.name,
            sender=say(f"message-{each.name}-sender"),
            text=say(f"message-{each.name}", address=address),
            asks_words=each.asks_words,
        )
        for each in MESSAGES
    ]


async def judge_message(call: Call, body: VerdictBody) -> MessageReply:
    """Whether it was told apart, and by what. Words typed into bait take the wallet's coins."""
    message = _found(call)
    if body.words and not message.asks_words:
        raise bad_value(say("message-asks-none"), "words")
    taken = await _taken(call, words_of(body.words)) if body.words else []
    right = not body.words and (body.verdict == "bait") == message.is_bait
    return MessageReply(
        right=right,
        bait=message.is_bait,
        text=say("message-believed") if body.words else say(f"message-{message.name}-why"),
        taken=taken,
    )


def _found(call: Call) -> Message:
    for each in MESSAGES:
        if each.name == call.path["message"]:
            return each
    raise not_found("message", "message")


async def _taken(call: Call, words: str) -> list[TakenCoins]:
    """What the thief got: all that moves without a coin the wallet has not."""
    custody = call.venue.custody
    taken = []
    for asked in list(emptied((await custody.now()).house, words)):
        try:
            await custody.do(asked)
        except Refused:  # nothing there pays this chain's fee: these coins stay, for now
            continue
        amount = shown(call, asked.asset, asked.atoms)
        taken.append(TakenCoins(network=asked.network, asset=asked.asset, amount=amount))
    return taken
