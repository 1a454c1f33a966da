"""The same venue over TLS: trusted through its own authority, and by nobody else."""

from __future__ import annotations

import ssl
import stat
import subprocess
import sys

import httpx
import msgspec
import pytest
from cryptography import x509

from longshore.venue.tls import FOLDER, authority_path, open_authority, open_context
from tests.dialects.desk import SCENARIO, started


def told(data):
    """What `longshore tls --json` prints."""
    command = [sys.executable, "-m", "longshore", "tls", "--json", "--data", str(data)]
    return msgspec.json.decode(subprocess.check_output(command))


def test_a_client_that_trusts_the_authority_is_served_and_no_other(tmp_path):
    process, desk = started(tmp_path, SCENARIO, "--tls-port", "0")
    try:
        trust = told(tmp_path / "data")
        assert trust["url"].startswith("https://127.0.0.1:")
        assert trust["authority"] == str(authority_path(tmp_path / "data").resolve())
        context = ssl.create_default_context(cafile=trust["authority"])
        over = httpx.get(f"{trust['url']}/health", verify=context).json()
        plain = desk.http.get("/health").json()
        assert (over["world"], over["version"]) == (plain["world"], plain["version"])
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(f"{trust['url']}/health")
        foreign = httpx.get(f"{trust['url']}/health", verify=context, headers={"Host": "a.b"})
        assert foreign.status_code == 403
    finally:
        desk.http.close()
        process.terminate()
        process.communicate(timeout=30)
    assert process.returncode == 0


def test_the_authority_stays_and_signs_for_this_machine_alone(tmp_path):
    path = open_authority(tmp_path)
    before = path.read_bytes()
    for _ in range(2):
        open_context(tmp_path)
    assert open_authority(tmp_path).read_bytes() == before
    authority = x509.load_pem_x509_certificate(before)
    allowed = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    assert [str(name.value) for name in allowed.permitted_subtrees] == [
        "localhost",
        "127.0.0.0/8",
        "::1/128",
    ]
    keys = list((tmp_path / FOLDER).glob("*.key"))
    assert len(keys) == 2
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}


def test_a_certificate_of_another_authority_is_made_anew(tmp_path):
    open_context(tmp_path)
    made = (tmp_path / FOLDER / "server.pem").read_bytes()
    (tmp_path / FOLDER / "authority.pem").unlink()
    open_context(tmp_path)
    assert (tmp_path / FOLDER / "server.pem").read_bytes() != made


def test_without_a_venue_the_command_says_how_to_begin(tmp_path):
    trust = told(tmp_path)
    assert trust["url"] == ""
    text = subprocess.check_output(
        [sys.executable, "-m", "longshore", "tls", "--data", str(tmp_path)], text=True
    )
    assert "--tls-port" in text
    assert trust["authority"] in text
