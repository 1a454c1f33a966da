"""From nothing to a first price: one command, no network, no Node, a port that is taken."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

GUARD = """
import socket
_connect = socket.socket.connect
def connect(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"went to the network: {address}")
    return _connect(self, address)
socket.socket.connect = connect
"""
"""Loaded by every Python process that is started: nothing but this machine can be reached."""
BROWSER = '#!/bin/sh\necho "$1" > "{}"\n'


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home, a data folder and a browser of its own; of the programs only Python."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    browser = tmp_path / "browser"
    browser.write_text(BROWSER.format(tmp_path / "opened"))
    browser.chmod(0o755)
    return {
        "HOME": str(tmp_path),
        "PATH": "/nowhere",
        "BROWSER": f"{browser} %s",
        "PYTHONPATH": str(tmp_path / "guard"),
        "LONGSHORE_DATA": str(tmp_path / "data"),
        "LANG": os.environ.get("LANG", "C.UTF-8"),
    }


def taken(port: int) -> socket.socket | None:
    """Hold a port; None where somebody else has it already."""
    held = socket.socket()
    try:
        held.bind(("127.0.0.1", port))
    except OSError:
        held.close()
        return None
    held.listen()
    return held


@pytest.mark.timeout(120)
def test_one_command_opens_a_browser_on_a_first_price(environment, tmp_path):
    """UX-69: offline and without Node; the usual port is taken, and the next free one is said."""
    held = taken(8000)
    began = time.monotonic()
    command = [sys.executable, "-m", "longshore"]
    with (
        (tmp_path / "errors").open("w") as errors,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        ) as process,
    ):
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            port = int(re.search(r":(\d+)/", url)[1])
            assert port > 8000
            token = url.partition("token=")[2]
            with httpx.Client(
                base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {token}"}
            ) as client:
                while not (mark := client.get("/api/v1/markets").json()[0]["mark"]):
                    time.sleep(0.05)
                page = client.get("/").text
            print(f"a first price after {time.monotonic() - began:.1f} s")
            assert float(mark) > 0
            assert "<script" in page
            opened = tmp_path / "opened"
            while not opened.exists() and process.poll() is None:
                time.sleep(0.05)
            assert opened.read_text().strip() == url
        finally:
            process.terminate()
            if held is not None:
                held.close()
    said = (tmp_path / "errors").read_text()
    assert "8000" in said
    assert str(port) in said
    assert "network" not in said
