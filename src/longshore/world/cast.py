"""All sources of a world, stepped in one fixed order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from longshore.engine.codes import Origin
from longshore.engine.engine import Engine
from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Command, Event
from longshore.engine.state import State
from longshore.world.agents.source import CrowdSource
from longshore.world.source import Source, SourceState

FROM_SOURCES = frozenset({Origin.FEED, Origin.AGENT, Origin.CLOCK})
"""Who makes commands by itself: re-simulated, they make the same ones again."""


class Cast:
    """The sources by rank: at one time, the earlier in the list acts first.

    The built-in traders are one of them, the crowd, which may act several times at one time.
    """

    def __init__(self, sources: Sequence[Source], makes: frozenset[Origin] = FROM_SOURCES) -> None:
        """`makes`: the origins of what they make; a live feed's commands come from outside."""
        names = [source.name for source in sources]
        assert len(set(names)) == len(names), f"two sources have one name: {sorted(names)}"
        crowds = [at for at, source in enumerate(sources) if isinstance(source, CrowdSource)]
        assert len(crowds) <= 1, "a world has one crowd"
        rank = crowds[0] if crowds else len(sources)
        self.sources = tuple(sources)
        self.crowd = next((s for s in sources if isinstance(s, CrowdSource)), None)
        self._before, self._after = self.sources[:rank], self.sources[rank + 1 :]
        self.makes = makes
        self.listens = any(getattr(source, "listens", False) for source in sources)
        """Whether somebody has to be told of everything at once, because of it he may act."""

    def next_due_us(self) -> int:
        """When the next of them acts."""
        return min((source.next_due_us() for source in self.sources), default=TIME_MAX_US)

    def free_until_us(self) -> int:
        """Until when nobody but the crowd is due, or a later one at the same time."""
        before_us = (source.next_due_us() - 1 for source in self._before)
        after_us = (source.next_due_us() for source in self._after)
        return min((*before_us, *after_us), default=TIME_MAX_US)

    def act(self, time_us: int, view: State) -> list[Command]:
        """The commands of the first source that is due at this time, with that time on them."""
        source = next(s for s in self.sources if s.next_due_us() == time_us)
        commands = source.act(time_us, view)
        again = source.next_due_us() <= time_us and source is not self.crowd
        assert not again, f"{source.name} is due at {time_us} again"
        for command in commands:
            command.time_us = time_us
        return commands

    def bind(self, engine: Engine) -> None:
        """The crowd goes on beside this engine."""
        if self.crowd is not None:
            self.crowd.bind(engine)

    def observe(self, events: Sequence[Event]) -> None:
        """Tell all of them what happened."""
        for source in self.sources:
            source.observe(events)

    def states(self) -> dict[str, dict[str, int | list[int]]]:
        """The state of each, by name."""
        return {source.name: source.state() for source in self.sources}

    def restore(self, states: Mapping[str, SourceState]) -> None:
        """Go on from such states; a source that has none begins as it was made."""
        for source in self.sources:
            if source.name in states:
                source.restore(states[source.name])
            elif source is self.crowd:
                self.crowd.take_over(states)
