"""One world is made for all tests of the venue; each test opens its own copy."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.venue.desk import desk_on


@pytest.fixture(scope="session")
def born(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world whose book is quoted, closed."""
    folder = tmp_path_factory.mktemp("born")

    async def be_born() -> None:
        async with desk_on(folder):
            pass

    asyncio.run(be_born())
    return folder


@pytest.fixture
def folder(born: Path, tmp_path: Path) -> Path:
    """A copy of that world."""
    shutil.copytree(born, tmp_path / "world")
    return tmp_path / "world"
