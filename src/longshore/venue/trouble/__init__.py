"""Trouble on demand: what goes wrong between a client and a venue, made to order and repeatable."""

from longshore.venue.trouble.between import Trouble, troubled
from longshore.venue.trouble.terms import CALM, TroubleTerms

__all__ = ["CALM", "Trouble", "TroubleTerms", "troubled"]
