"""Customers ask, operators answer: tickets with what they are about."""
