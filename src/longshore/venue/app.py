"""The server's routes, top to bottom. Everything passes `SameSite` first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Mount, Route, Router

from longshore.venue import pages
from longshore.venue.auth import OperatorToken, SameSite
from longshore.venue.dialects import native
from longshore.venue.dialects.binance_usdm import routes as binance_usdm
from longshore.venue.dialects.binance_usdm.errors import TROUBLE as USDM_TROUBLE
from longshore.venue.dialects.kraken_futures import routes as kraken_futures
from longshore.venue.dialects.kraken_futures.errors import TROUBLE as FUTURES_TROUBLE
from longshore.venue.dialects.kraken_spot import routes as kraken_spot
from longshore.venue.dialects.kraken_spot.errors import TROUBLE as SPOT_TROUBLE
from longshore.venue.trouble import troubled

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from longshore.venue.caller import Door
    from longshore.venue.dialects.native.wire import Operation
    from longshore.venue.people.people import People
    from longshore.venue.station import Station
    from longshore.venue.worlds import Worlds


def build(
    station: Station,
    token: OperatorToken,
    hosts: Sequence[str] = (),
    worlds: Worlds | None = None,
    people: People | None = None,
) -> ASGIApp:
    """The application for one world, for those it hosts beside it, and for people who sign in."""
    venue = station.venue
    health = pages.Health(venue, station.projector)
    metrics = pages.Metrics(venue, station.projector)
    venue.sequencer.on_commit(metrics.on_commit)
    door: Door = token if people is None else people.door
    screen = pages.Screen(token, people)
    further: tuple[Operation, ...] = () if worlds is None else worlds.operations()
    further += () if people is None else people.operations()
    docs = pages.Docs(further)
    routes: list[BaseRoute] = [  # tried in this order
        *troubled(kraken_futures.routes(venue), venue.trouble, FUTURES_TROUBLE),
        *troubled(kraken_spot.routes(venue), venue.trouble, SPOT_TROUBLE),
        *troubled(binance_usdm.routes(venue), venue.trouble, USDM_TROUBLE),
        *native.routes(venue, door, further),
        Route("/health", health.get),
        Route("/metrics", metrics.get),
        Route("/api/docs", docs.get_page),
        Route("/api/openapi.json", docs.get_document),
    ]
    if worlds is not None:
        routes.append(Mount("/w/{world}", worlds.proxy))
    routes.append(Route("/{path:path}", screen.get))
    app: ASGIApp = Router(routes)
    return SameSite(app if people is None else people.guarded(app), hosts)
