"""Other people's clients, unchanged: what each offers, and what a test has shown of it here."""

from __future__ import annotations
