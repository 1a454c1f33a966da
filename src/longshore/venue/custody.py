"""Custody in a venue: a desk over made-up chains, moved by world time, and the engine's money.

A withdrawal is written down as asked, then the engine takes the money, then it is written down as
taken; a deposit that has its confirmations is credited by the engine, then written down as
credited. The engine's command carries a text that names what it is for, and the journal keeps the
text with the command. So whatever a power cut falls between, the next start finds in the journal
whether the engine did its part, and writes down what is missing: nothing is lost and nothing is
done twice. Custody does one thing at a time, so that no more than one can be under way.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from longshore.custody.desk import Desk
from longshore.custody.inputs import Asked, Credited, NotTaken, Placed, Taken, carry_out
from longshore.custody.networks import NETWORKS, Network
from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command
from longshore.venue.custody_codes import Codes
from longshore.venue.custody_log import CustodyLog
from longshore.venue.custody_terms import TERMS
from longshore.world.sequencer import StoppedError

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sqlalchemy import Engine

    from longshore.custody.deposits import Place
    from longshore.custody.inputs import Input
    from longshore.custody.records import Payment, Withdrawal
    from longshore.engine.rows import Event
    from longshore.journal.batch import Batch
    from longshore.rulebooks import Catalog
    from longshore.venue.history import History
    from longshore.world.sequencer import Sequencer
    from longshore.world.world import World

LOG = structlog.get_logger()
AGAIN_US = 3_600_000_000
DECIMALS = 8
"""The made-up chains count in the same atoms as the engine."""
OURS = "custody:"
"""How the texts beside custody's commands begin."""


class TakenError(Exception):
    """The engine took nothing for a withdrawal; its events say why."""

    def __init__(self, events: list[Event]) -> None:
        """With the refusal in them."""
        super().__init__("the engine refused a withdrawal")
        self.events = events


class Custody:
    """The desk of one world, its log, and what it asks of the engine."""

    def __init__(self, engine: Engine, world: World, sequencer: Sequencer) -> None:
        """As the log says; the table must exist (`open_accounts`). `recover` before it is used."""
        self._log = CustodyLog(engine)
        self._world = world
        self._sequencer = sequencer
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.codes = Codes()
        self.seqs: dict[str, int] = {}
        """By a payment's id, or a withdrawal's with a `t` before it, the engine's command."""
        self.last_seq = 0
        self._done: dict[str, int] = {}
        """What the engine did before the last cut and is not written down yet."""
        self._refused_us: dict[str, int] = {}
        """When the engine refused a payment, which waits."""
        self.desk = self._worked_out()

    def on_commit(self, batch: Batch) -> None:
        """World time has passed: see to what is due, if anything is."""
        due_us = self.desk.next_us()
        is_due = due_us is not None and due_us <= batch.time_us
        if is_due and not self._lock.locked():
            self._started(self._catch_up_quietly())

    async def now(self) -> Desk:
        """The desk, come to the present, with everything due credited."""
        await self._whole(self._catch_up())
        return self.desk

    async def do(self, asked: Input) -> Any:
        """Carry out an input. Refused: nothing was changed."""
        return await self._whole(self._do(asked))

    async def place(self, account_id: int, network: str) -> Place:
        """Where an account's deposits go; a new address is written down. Refused: no network."""
        found = self.desk.deposits.known(account_id, network)
        made: Place = found or await self.do(Placed(account_id, network))
        return made

    async def withdraw(self, asked: Asked) -> Withdrawal:
        """Coins out of a balance. Refused: by custody; TakenError: by the engine."""
        made: Withdrawal = await self._whole(self._withdraw(asked))
        return made

    async def stop(self) -> None:
        """Finish what is under way."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def recover(self, history: History) -> None:
        """Write down what the engine did when the venue was last cut off, and custody could not.

        World time may go on from a little before what was credited; so that is written down when
        it is due again, and the engine is not asked a second time.
        """
        asked = [each for each in self.desk.withdrawals.all.values() if each.stage == "asked"]
        if not asked and not self.desk.due and self.desk.next_us() is None:
            return
        texts = self._world.journal.texts(self.last_seq)
        named = {text: seq for seq, text in texts.items() if text.startswith(OURS)}
        moved = await history.moved_at(list(named.values()))
        self._done = {text: seq for text, seq in named.items() if seq in moved}
        for each in asked:
            seq = self._done.pop(_taking(each.id), None)
            self._note(NotTaken(each.id) if seq is None else Taken(each.id), seq)

    def _worked_out(self) -> Desk:
        """The desk from the beginning, by what was asked of it."""
        scenario = self._world.scenario
        networks = listed_in(self._world.catalog)
        desk = Desk(scenario.seed, scenario.start_us, TERMS, networks)
        for line in self._log.lines():
            carry_out(desk, line.time_us, line.input)
            self._remember(line.input, line.seq)
        return desk

    def _remember(self, asked: Input, seq: int) -> None:
        self.last_seq = max(self.last_seq, seq)
        if isinstance(asked, Taken):
            self.seqs[f"t{asked.id}"] = seq
        elif isinstance(asked, Credited):
            self.seqs[asked.payment_id] = seq

    def _note(self, asked: Input, seq: int | None = None) -> Any:
        """Do it and write it down, both or neither."""
        at_seq = self._world.journal.seq if seq is None else seq
        time_us = max(self.desk.now_us, self._world.clock.now_us())
        done: list[Any] = []
        try:
            self._log.note(
                at_seq, time_us, asked, lambda: done.append(carry_out(self.desk, time_us, asked))
            )
        except Exception:
            if done:  # it is done and not written: back to what is written
                self.desk = self._worked_out()
            raise
        self._remember(asked, at_seq)
        return done[0]

    async def _do(self, asked: Input) -> Any:
        await self._catch_up()
        return self._note(asked)

    async def _withdraw(self, asked: Asked) -> Withdrawal:
        await self._catch_up()
        made: Withdrawal = self._note(asked)
        command = Command(
            kind=CommandKind.WITHDRAW,
            origin=Origin.USER,
            account_id=made.account_id,
            asset_id=self._world.catalog.asset(made.asset).asset_id,
            from_wallet=made.wallet,
            amount_atoms=made.atoms,
        )
        [events] = await self._sequencer.submit([command], {0: _taking(made.id)})
        if not _moved(events):
            self._note(NotTaken(made.id))
            raise TakenError(events)
        self._note(Taken(made.id), int(events[0].seq))
        return made

    async def _catch_up(self) -> None:
        """Come to the present; what is due is credited, once each."""
        self.desk.come_to(self._world.clock.now_us())
        for payment in list(self.desk.due.values()):
            seq = self._done.pop(_crediting(payment.id), None)
            if seq is not None:
                self._note(Credited(payment.id), seq)
        due = [each for each in self.desk.due.values() if self._is_to_credit(each)]
        texts = {at: _crediting(each.id) for at, each in enumerate(due)}
        commands = [self._deposit(each) for each in due]
        told = await self._sequencer.submit(commands, texts)
        for payment, events in zip(due, told, strict=True):
            if _moved(events):
                self._note(Credited(payment.id), int(events[0].seq))
            else:
                self._refused_us[payment.id] = self.desk.now_us
                LOG.info("deposit_held", payment=payment.id, account=payment.account_id)

    def _is_to_credit(self, payment: Payment) -> bool:
        """What the engine refused, as a gate of the account's may, it is asked again in an hour."""
        refused_us = self._refused_us.get(payment.id)
        return refused_us is None or self.desk.now_us >= refused_us + AGAIN_US

    def _deposit(self, payment: Payment) -> Command:
        return Command(
            kind=CommandKind.DEPOSIT,
            origin=Origin.OPERATOR,
            account_id=payment.account_id,
            asset_id=self._world.catalog.asset(payment.asset).asset_id,
            to_wallet=payment.wallet,
            amount_atoms=payment.atoms,
        )

    async def _catch_up_quietly(self) -> None:
        try:
            async with self._lock:
                await self._catch_up()
        except StoppedError:
            LOG.info("custody_stopped_with_its_world")
        except Exception:
            LOG.exception("custody_did_not_catch_up")

    def _started(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _whole(self, work: Coroutine[Any, Any, Any]) -> Any:
        """One thing at a time, and to its end though whoever asked goes away."""

        async def alone() -> Any:
            async with self._lock:
                return await work

        return await asyncio.shield(self._started(alone()))


def listed_in(catalog: Catalog) -> list[Network]:
    """The networks whose coins the venue trades, without what it does not."""
    known = {each.symbol for each in catalog.assets.values() if each.decimals == DECIMALS}
    made = []
    for network in NETWORKS:
        listed = tuple(each for each in network.listed if each.asset in known)
        if listed and network.fee_asset in known:
            made.append(msgspec.structs.replace(network, listed=listed))
    return made


def _taking(number: int) -> str:
    return f"{OURS}w{number}"


def _crediting(payment_id: str) -> str:
    return f"{OURS}{payment_id}:credit"


def _moved(events: list[Event]) -> bool:
    return all(each.kind != EventKind.REFUSED for each in events)
