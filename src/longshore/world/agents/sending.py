"""What a trader sends: commands at the end of what it has on its way, and their arrival."""

from __future__ import annotations

from longshore.engine._table import I64, NIL
from longshore.engine.codes import OrderType, Origin, Side
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.engine.units import absolute
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import SENT_MAX, Crowd
from longshore.world.agents.rows import Agent, Sent


@rule
def send(crowd: Crowd, agent: Agent, kind: I64) -> Sent:
    """One command more; what it says is filled in by the caller."""
    slot = crowd.sent_free
    if slot == NIL:
        crowd.sent_high += 1
        slot = crowd.sent_high
        assert slot < SENT_MAX
    else:
        crowd.sent_free = crowd.sent[slot].next
    if agent.first_sent == NIL:
        agent.first_sent = slot
    else:
        crowd.sent[agent.last_sent].next = slot
    agent.last_sent = slot
    agent.sent_count += 1
    made = crowd.sent[slot]
    clear_sent(made)
    made.kind = kind
    return made


@rule
def clear_sent(made: Sent) -> None:
    """Every field zero."""
    made.kind = 0
    made.market_id = 0
    made.asset_id = 0
    made.order_id = 0
    made.side = 0
    made.type = 0
    made.price_ticks = 0
    made.trigger_ticks = 0
    made.signal = 0
    made.qty_lots = 0
    made.reduce_only = 0
    made.amount_atoms = 0
    made.to_wallet = 0
    made.next = NIL


@rule
def send_take(crowd: Crowd, agent: Agent, market_id: I64, signed_lots: I64) -> Sent:
    """An order at the market: above zero buys."""
    made = send(crowd, agent, CommandKind.PLACE_ORDER)
    made.market_id = market_id
    made.side = Side.BUY if signed_lots > 0 else Side.SELL
    made.type = OrderType.MARKET
    made.qty_lots = absolute(signed_lots)
    return made


@rule
def send_close(crowd: Crowd, agent: Agent, market_id: I64, signed_lots: I64) -> None:
    """An order at the market that can only make a position smaller."""
    made = send_take(crowd, agent, market_id, signed_lots)
    made.reduce_only = 1


@rule
def send_amend(crowd: Crowd, agent: Agent, order_id: I64, price_ticks: I64, qty_lots: I64) -> None:
    """Another price or open size of an order; zero leaves it as it is."""
    made = send(crowd, agent, CommandKind.AMEND_ORDER)
    made.order_id = order_id
    made.price_ticks = price_ticks
    made.qty_lots = qty_lots


@rule
def send_cancel(crowd: Crowd, agent: Agent, order_id: I64) -> None:
    """The end of an order."""
    made = send(crowd, agent, CommandKind.CANCEL_ORDER)
    made.order_id = order_id


@rule
def send_deposit(crowd: Crowd, agent: Agent, asset_id: I64, wallet: I64, atoms: I64) -> None:
    """Practice money from outside into a wallet."""
    made = send(crowd, agent, CommandKind.DEPOSIT)
    made.asset_id = asset_id
    made.to_wallet = wallet
    made.amount_atoms = atoms


@rule
def take_sent(crowd: Crowd, agent: Agent) -> Sent:
    """The first command on its way, whose row is free from now on."""
    slot = agent.first_sent
    made = crowd.sent[slot]
    agent.first_sent = made.next
    agent.sent_count -= 1
    made.next = crowd.sent_free
    crowd.sent_free = slot
    return made


@rule
def fill_command(command: Command, made: Sent, account_id: I64) -> None:
    """A command as the engine gets it, without seq and time."""
    clear_command(command)
    command.kind = made.kind
    command.origin = Origin.AGENT
    command.account_id = account_id
    command.market_id = made.market_id
    command.asset_id = made.asset_id
    command.order_id = made.order_id
    command.side = made.side
    command.type = made.type
    command.price_ticks = made.price_ticks
    command.trigger_ticks = made.trigger_ticks
    command.signal = made.signal
    command.qty_lots = made.qty_lots
    command.reduce_only = made.reduce_only
    command.amount_atoms = made.amount_atoms
    command.to_wallet = made.to_wallet


@rule
def clear_command(command: Command) -> None:
    """Every field zero that no trader's command fills in."""
    command.linked_id = 0
    command.client_hi = 0
    command.client_lo = 0
    command.stop_ticks = 0
    command.target_ticks = 0
    command.trail_ppm = 0
    command.trail_ticks = 0
    command.rests = 0
    command.closes = 0
    command.slides = 0
    command.display_lots = 0
    command.expire_us = 0
    command.before_us = 0
    command.from_wallet = 0
    command.leverage_ppm = 0
    command.price_subticks = 0
    command.sources = 0
    command.leg = 0
    command.value = 0
    command.number = 0
    command.other_value = 0
