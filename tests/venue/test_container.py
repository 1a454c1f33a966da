"""The container file and its page, as far as they can be carried out without a container.

What the file copies is there and is not left out, what it starts answers and is healthy, and the
commands of the page's jobs do what the jobs need of them.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/how-to/run-in-a-container.md"
PORTS = ["8000", "8443"]


def instructions() -> list[tuple[str, str]]:
    """Every instruction of the container file with what follows it, continued lines joined."""
    text = (ROOT / "Containerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def all_of(word: str) -> list[str]:
    return [rest for found, rest in instructions() if found == word]


def only(word: str) -> str:
    (rest,) = all_of(word)
    return rest


def environment() -> dict[str, str]:
    return dict(part.split("=", 1) for rest in all_of("ENV") for part in rest.split())


def is_sent(path: str) -> bool:
    """Whether the build gets to see a file: the last pattern that fits it decides."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text().split():
        pattern = line.lstrip("!").removeprefix("**/")
        parts = [path, *(str(parent) for parent in Path(path).parents)]
        names = [Path(part).name for part in parts] if "**/" in line else parts
        if any(fnmatch.fnmatch(name, pattern) for name in names if name != "."):
            sent = line.startswith("!")
    return sent


def test_what_the_build_copies_is_there_and_the_built_package_is_whole():
    copied = [part for rest in all_of("COPY") if "--from" not in rest for part in rest.split()[:-1]]
    assert copied
    for each in copied:
        assert (ROOT / each).exists(), each
        assert is_sent(each), each
    kept = subprocess.check_output(["git", "ls-files", *copied], cwd=ROOT, text=True).split()
    assert [path for path in kept if not is_sent(path)] == []
    for left_out in (".git", ".venv", "tests", "ui/node_modules", "src/longshore/__pycache__"):
        assert not is_sent(left_out), left_out
    hook = (ROOT / "pyproject.toml").read_text()
    assert set(re.findall(r'(?:readme = |path = )"([^"/]+)"', hook)) <= set(copied)
    assert set(re.findall(r'license-files = \["(.*?)", "(.*?)"\]', hook)[0]) <= set(copied)


def test_it_runs_without_rights_and_keeps_everything_in_its_one_volume():
    user = only("USER")
    assert user not in {"root", "0"}
    made = next(rest for rest in all_of("RUN") if "useradd" in rest)
    assert made.split("&&")[0].split()[-1] == user
    assert instructions().index(("USER", user)) < instructions().index(
        ("ENTRYPOINT", only("ENTRYPOINT"))
    )
    data = only("VOLUME")
    assert environment()["LONGSHORE_DATA"] == data
    assert environment()["LONGSHORE_CACHE"].startswith(f"{data}/")
    assert f"install -d -o {user} -m 0700 {data}" in made
    started = json.loads(only("ENTRYPOINT"))
    assert only("EXPOSE").split() == [part for part in started if part.isdigit()] == PORTS


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What the image starts, with options behind it as the page has them, on free ports."""
    data = tmp_path_factory.mktemp("volume")
    surroundings = os.environ | {"LONGSHORE_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    command = ["0" if part in PORTS else part for part in json.loads(only("ENTRYPOINT"))]
    more = re.findall(r":latest (--clock.*)", PAGE.read_text())[0].split()
    with subprocess.Popen(
        program(command) + more, stdout=subprocess.PIPE, text=True, env=surroundings
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split("/?")[0]
        yield surroundings | {"URL": url}
        process.send_signal(getattr(signal, only("STOPSIGNAL")))
        assert process.wait(60) == 0


def program(command: list[str]) -> list[str]:
    """The same by this environment's own program."""
    assert command[0] == "longshore"
    return [sys.executable, "-m", *command]


def test_it_listens_where_a_container_is_reached_and_answers_to_this_machine_alone(venue):
    port = urlsplit(venue["URL"]).port
    assert venue["URL"] == f"http://127.0.0.1:{port}"
    other = f"http://127.0.0.2:{port}/health"
    assert httpx.get(other, headers={"Host": "localhost:8000"}).json()["status"] == "ok"
    refused = httpx.get(other, headers={"Host": "longshore:8000"})
    assert (refused.status_code, refused.json()["code"]) == (403, "UNKNOWN_HOST")
    assert (Path(venue["LONGSHORE_DATA"]) / "tls/authority.pem").is_file()


def health(url: str) -> int:
    """What the file's health check ends with, asked of another address."""
    _, _, check = only("HEALTHCHECK").partition("CMD ")
    command = [part.replace("http://127.0.0.1:8000", url) for part in json.loads(check)]
    assert url in command[-1]
    return subprocess.run([sys.executable, *command[1:]], check=False, stderr=-3).returncode


def test_the_health_check_tells_a_venue_from_none(venue):
    assert health(venue["URL"]) == 0
    assert health("http://127.0.0.1:9") != 0


def test_the_jobs_of_the_page_get_what_they_need_from_the_venue(venue):
    texts = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    whole, step = map(yaml.safe_load, texts)
    job = whole["jobs"]["test"]
    assert job["services"]["longshore"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "docker run" in step[0]["run"]
    lines = re.findall(r"in_venue (longshore .*)", job["steps"][1]["run"])
    assert len(lines) == 2
    told = [
        subprocess.check_output(
            program(shlex.split(line.split(" >")[0])), text=True, env=dict(venue)
        )
        for line in lines
    ]
    made = json.loads(told[1])
    assert set(re.findall(r"jq -r \.(\w+)", job["steps"][1]["run"])) <= set(made)
    assert made["key"] and made["secret"]
