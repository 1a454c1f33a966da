"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# on a machine with other work one example may take long, which is no failure
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")
