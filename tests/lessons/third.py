"""Scripts of lessons 9 to 12."""

from __future__ import annotations

from decimal import Decimal

from longshore.engine.codes import Reject

FEES = Decimal("0.001")


def sized(me, loss, percent):
    """The size that loses so much at a stop so many percent below, both fees counted."""
    mark = me.mark()
    stop = me.level(-percent)
    return round(Decimal(loss) / (mark - stop + mark * FEES), 4), stop


def three_risks(said="50", factor=1, stop=True, move=None, orphan=False):
    """A long before each dip, sized from a stated loss."""

    def script(me):
        for until in (170, 330, 490):
            if said is not None:
                me.say(risk=said)
            size, level = sized(me, 50 * factor, 1)
            opened = me.buy(size, **({"stop": level} if stop else {}))
            if move is not None:
                me.cancel(opened.order_id + 1)
                me.sell(size, "stop", trigger=me.level(move), reduce_only=True)
            if orphan:
                me.sell(size, "limit", price=me.level(3))
            yield until
            if me.held() is not None:
                me.close()
            yield until + 20

    return script


def unwound(side="sell", leverage=20, close=False, **said):
    """A position over the fall by a quarter, and what was said after it."""
    answers = {"queue": "the one with most profit and leverage", "fault": "no"} | said

    def script(me):
        me.leverage(leverage)
        me.trade(side, "0.0100")
        yield 50
        if close:
            me.close()
        yield 120
        me.say(**answers)

    return script


CAUTIOUS = {"identity": "changes", "disclosures": "changes", "loss": "stays", "funding": "stays"}


def under_caution(ask=True, close=False, **said):
    """Refused as a stranger, then at 10 times; opened at 2, through the fall, then answered."""

    def script(me):
        me.leverage(2)
        me.gate(Reject.NOT_IDENTIFIED)
        assert not me.trade("buy", "0.0200").ok
        me.gate(Reject.NONE)
        me.cap(2)
        if ask:
            me.refused_leverage(10)
        me.buy("0.0200")
        yield 100
        if close:
            me.close()
        yield 250
        me.say(**(CAUTIOUS | said))

    return script


def plans(loss=35, stop=True, by_hand=False, move=None, turns=14):
    """Long and short in turn, each left to its stop or target, until five in a row and two lost."""

    def script(me):
        for turn in range(turns):
            side, way = ("buy", 1) if turn % 3 else ("sell", -1)
            size = round(Decimal(loss) / (me.mark() * Decimal("0.006")), 4)
            terms = {"target": me.level(0.5 * way)}
            if stop:
                terms["stop"] = me.level(-0.5 * way)
            opened = me.trade(side, size, **terms)
            assert opened.ok, opened
            if move is not None:
                me.cancel(opened.order_id + 1)
                closing = "sell" if side == "buy" else "buy"
                me.trade(closing, size, "stop", trigger=me.level(-move * way), reduce_only=True)
            yield me.now + 2
            if by_hand:
                me.close()
            while me.held() is not None and me.now < 880:
                yield me.now + 5
            if me.now > 840 or me.study.result.passed:
                return
            yield me.now + 1

    return script


SCRIPTS = {
    "define-the-risk": {
        "learner": three_risks(),
        "not_stated": three_risks(said=None),
        "no_stop": three_risks(stop=False),
        "moved_away": three_risks(move=-1.6),
        "too_large": three_risks(factor=2),
        "orphan": three_risks(orphan=True),
    },
    "insurance-and-unwinding": {
        "learner": unwound(),
        "long": unwound(side="buy"),
        "low_leverage": unwound(leverage=2),
        "closed_before": unwound(close=True),
        "queue_by_age": unwound(queue="the newest"),
        "own_fault": unwound(fault="yes"),
    },
    "platform-rules": {
        "learner": under_caution(),
        "never_asked": under_caution(ask=False),
        "closed_early": under_caution(close=True),
        "onshore_is_harmless": under_caution(loss="changes"),
        "identity_same": under_caution(identity="stays"),
        "funding_goes": under_caution(funding="changes"),
    },
    "under-stress": {
        "learner": plans(),
        "by_hand": plans(by_hand=True, turns=3),
        "moved_away": plans(move=0.9, turns=4),
        "larger_after_loss": plans(loss=90, turns=4),
        "no_stop": plans(stop=False, turns=2),
    },
}
