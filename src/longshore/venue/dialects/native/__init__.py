"""Longshore's own API under `/api/v1`."""

from longshore.venue.dialects.native.routes import routes

__all__ = ["routes"]
