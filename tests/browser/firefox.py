"""A Firefox of the machine, driven through Mozilla's own driver: what the tests need of it.

Playwright drives only a Firefox that it has built itself, or one newer than the long-term release.
"""

from __future__ import annotations

import socket
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the driver's own parts import is deprecated
    from marionette_driver import By, Wait
    from marionette_driver.marionette import Marionette, WebElement

HOST = "127.0.0.1"
START_S = 180
PATIENT_S = 60


class Firefox:
    """One window."""

    def __init__(self, driver: Marionette) -> None:
        """Of a driver with a session."""
        self._driver = driver

    def open(self, url: str) -> None:
        """Go there, and wait until it is loaded."""
        self._driver.navigate(url)

    def reload(self) -> None:
        """Load the page anew."""
        self._driver.refresh()

    def press(self, testid: str) -> None:
        """Press a button as soon as it can be pressed."""
        self.until(lambda: self.find(testid).is_enabled())
        self.find(testid).click()

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page, which returns."""
        return self._driver.execute_script(script, script_args=arguments)

    def run_to_end(self, script: str) -> Any:
        """Run a script that calls back, its last argument."""
        return self._driver.execute_async_script(script, script_timeout=PATIENT_S * 1000)

    def find(self, testid: str) -> WebElement:
        """A part by its test id, as soon as it is there and to be seen."""
        return self.until(lambda: self._shown(testid))

    def count(self, testid: str) -> int:
        """How many there are."""
        return len(self._driver.find_elements(By.CSS_SELECTOR, f"[data-testid='{testid}']"))

    def until(self, ask: Callable[[], Any]) -> Any:
        """The first answer that is something."""
        return Wait(self._driver, timeout=PATIENT_S, interval=0.1).until(lambda _: ask())

    def resize(self, width: int, height: int) -> None:
        """Make the window so large."""
        self._driver.set_window_rect(width=width, height=height)

    def _shown(self, testid: str) -> WebElement | None:
        found = self._driver.find_elements(By.CSS_SELECTOR, f"[data-testid='{testid}']")
        return next((each for each in found if each.is_displayed()), None)


@contextmanager
def started(path: str, profile: Path) -> Iterator[Firefox]:
    """A Firefox without a window, with a profile of its own."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        port = found.getsockname()[1]
    (profile / "user.js").write_text(f'user_pref("marionette.port", {port});\n', "utf-8")
    command = [path, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
        driver = Marionette(host=HOST, port=port)
        driver.raise_for_port(timeout=START_S, check_process_status=False)
        driver.start_session()
        try:
            yield Firefox(driver)
        finally:
            driver.delete_session()
            process.terminate()
