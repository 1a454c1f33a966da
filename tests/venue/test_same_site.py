"""Local is private: foreign pages, rebinding names and callers without the token get nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from longshore.venue.auth import COOKIE, open_token
from longshore.venue.locking import locked
from longshore.venue.server import Options, PortTakenError, ServeError, bind, serve
from tests.venue.desk import BASE, TOKEN, Socket, desk_on, in_loop

PATHS = ["/api/v1/account", "/derivatives/api/v3/tickers", "/health", "/", "/api/docs"]
FOREIGN = [
    ({"host": "evil.example:8000"}, "UNKNOWN_HOST"),
    ({"host": "127.0.0.1.evil.example"}, "UNKNOWN_HOST"),
    ({"origin": "https://evil.example"}, "FOREIGN_ORIGIN"),
    ({"origin": "http://127.0.0.1:9999"}, "FOREIGN_ORIGIN"),
    ({"origin": "null"}, "FOREIGN_ORIGIN"),
]


@in_loop
async def test_foreign_pages_and_rebinding_names_are_refused_everywhere(folder: Path) -> None:
    async with desk_on(folder) as desk:
        for path in PATHS:
            for headers, code in FOREIGN:
                reply = await desk.client.get(path, headers=headers)
                assert (reply.status_code, reply.json()["code"]) == (403, code)
        assert (await desk.client.get("/health", headers={"origin": BASE})).status_code == 200


@in_loop
async def test_foreign_sockets_are_refused_before_they_open(folder: Path) -> None:
    async with desk_on(folder) as desk:
        for path in ("/api/v1/stream", "/ws/v1"):
            for headers, code in FOREIGN:
                sent = {"host": "127.0.0.1:8000", "authorization": f"Bearer {TOKEN}"} | headers
                answer = await Socket(desk.app, path, sent).open()
                assert (answer["type"], answer["reason"]) == ("websocket.close", code)


@in_loop
async def test_the_url_trades_its_token_for_a_strict_cookie(folder: Path) -> None:
    async with desk_on(folder) as desk:
        del desk.client.headers["authorization"]
        assert (await desk.client.get("/")).status_code == 401
        assert (await desk.client.get("/?token=wrong")).status_code == 401
        let_in = await desk.client.get(f"/?token={TOKEN}")
        assert let_in.status_code == 303
        assert let_in.headers["location"] == "/"
        cookie = let_in.headers["set-cookie"]
        assert cookie.startswith(f"{COOKIE}={TOKEN}")
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert (await desk.client.get("/api/v1/account")).status_code == 200


@in_loop
async def test_the_stream_needs_the_token(folder: Path) -> None:
    async with desk_on(folder) as desk:
        answer = await Socket(desk.app, "/api/v1/stream", {"host": "localhost:8000"}).open()
        assert (answer["type"], answer["reason"]) == ("websocket.close", "NO_TOKEN")


@in_loop
async def test_static_files_stay_below_their_folder(folder: Path) -> None:
    async with desk_on(folder) as desk:
        reply = await desk.client.get("/%2e%2e/station.py")
        assert "Station" not in reply.text


def test_the_token_is_made_once_and_readable_by_its_user_alone(tmp_path: Path) -> None:
    first = open_token(tmp_path / "operator.token")
    assert len(first) >= 32
    assert open_token(tmp_path / "operator.token") == first
    assert stat.S_IMODE((tmp_path / "operator.token").stat().st_mode) == 0o600


def test_a_port_that_is_taken_is_refused_and_the_default_moves_on(tmp_path: Path) -> None:
    with bind(Options(data=tmp_path)) as first:
        taken = first.getsockname()[1]
        with pytest.raises(PortTakenError, match=str(taken)):
            bind(Options(data=tmp_path, port=taken))
        with bind(Options(data=tmp_path)) as second:
            assert second.getsockname()[1] > taken


def test_another_host_needs_accounts(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="--accounts"):
        bind(Options(data=tmp_path, host="0.0.0.0"))  # noqa: S104 - this is what is refused


def test_a_data_folder_is_served_once(tmp_path: Path) -> None:
    with locked(tmp_path / "serving.lock"), pytest.raises(ServeError, match="another venue"):
        serve(Options(data=tmp_path, port=0))
    with locked(tmp_path / "serving.lock"):
        assert not (tmp_path / "worlds").exists()
