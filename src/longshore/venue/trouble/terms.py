"""What shall go wrong, and how often."""

from __future__ import annotations

from typing import Annotated

import msgspec

Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=60_000)]
Skew = Annotated[int, msgspec.Meta(ge=-600_000, le=600_000)]
Count = Annotated[int, msgspec.Meta(ge=0)]


class TroubleTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Trouble with the imitated APIs; all zero is none. The same seed brings the same trouble.

    What befalls the first, the second, the third request or message is drawn from the seed alone.
    """

    seed: int = 1
    delay_ms: Milliseconds = 0  # each request, and each message of a socket, comes so much later
    jitter_ms: Milliseconds = 0  # and up to so much later again
    limited_percent: Percent = 0  # of requests: refused, the rate limit is full (429)
    away_percent: Percent = 0  # of requests and new sockets: the venue is away (503)
    lost_percent: Percent = 0  # of requests: carried out, and answered with an error (500)
    dropped_percent: Percent = 0  # of a socket's messages: never sent, a gap in their numbers
    repeated_percent: Percent = 0  # of a socket's messages: sent twice
    cut_after: Count = 0  # a socket is cut after so many messages; 0: it is not
    skew_ms: Skew = 0  # the venue's clock, asked for the time, is so much ahead; below zero: behind


CALM = TroubleTerms()
