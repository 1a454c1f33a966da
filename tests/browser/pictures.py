"""Pictures of pages for the documents, taken while a test walks by; without being asked for, none.

`LONGSHORE_PICTURES=docs/onshore` names the folder.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = os.environ.get("LONGSHORE_PICTURES", "")


def picture(page: Page, name: str) -> None:
    """The whole page, where pictures are asked for."""
    if FOLDER:
        Path(FOLDER).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{FOLDER}/{name}.png", full_page=True)
