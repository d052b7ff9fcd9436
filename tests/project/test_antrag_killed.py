"""The server is killed in the middle of applications: what was answered with a page is there after the next start."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.project.running import Running, environment, free_port, leitplanke, wait_until_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECURE = "/antraege/wohngeld/datum-sichern/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Client:
    """A browser without scripts that keeps its cookies while the server comes and goes."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, address: str) -> tuple[str, str]:
        with self._opener.open(address, timeout=60) as answer:
            return answer.url, answer.read().decode()

    def post(self, address: str, values: dict[str, str]) -> tuple[str, str]:
        hidden = dict(HIDDEN.findall(self.get(address)[1]))
        data = urlencode({**hidden, **values}).encode()
        request = urllib.request.Request(address, data=data, headers={"Referer": address})  # noqa: S310 - our own
        with self._opener.open(request, timeout=60) as answer:
            return answer.url, answer.read().decode()


@contextmanager
def serving(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    running = Running(f"http://127.0.0.1:{port}", data, data / "egress.txt", data / "server.txt")
    with running.server_log.open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "leitplanke", "serve", "--address", f"127.0.0.1:{port}"],
            env=environment(data, LEITPLANKE_MODE="demo"), cwd=data, stdin=subprocess.DEVNULL, stdout=log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            wait_until_up(running, process)
            yield process
        finally:
            process.kill()
            process.wait()


def test_nothing_that_was_answered_is_lost_when_the_server_is_killed_between_two_steps(
    musterstadt: Path, tmp_path: Path
) -> None:
    shutil.copytree(musterstadt, tmp_path, dirs_exist_ok=True)
    port, client = free_port(), Client()
    house = f"http://127.0.0.1:{port}"

    with serving(tmp_path, port) as process:
        where, page = client.post(
            f"{house}/antraege/wohngeld/datum-sichern/", {"vorname": "Kim", "nachname": "Ausfall"}
        )
        number = re.search(r"WG-\d{4}-\d{4}", page)
        assert number is not None, page
        process.send_signal(signal.SIGKILL)
        process.wait()

    with serving(tmp_path, port) as process:
        assert number[0] in client.get(where)[1]
        _address, page = client.get(f"{house}/antrag/")
        assert number[0] in page
        process.send_signal(signal.SIGKILL)
        process.wait()

    with serving(tmp_path, port):
        assert number[0] in client.get(where)[1]
        _second, page = client.post(f"{house}{SECURE}", {"vorname": "Kim", "nachname": "Nachher"})
        other = re.search(r"WG-\d{4}-\d{4}", page)
        assert other is not None
        assert int(other[0][-4:]) == int(number[0][-4:]) + 1
    assert leitplanke("evidence", "sequence", data=tmp_path).returncode == 0
    assert leitplanke("evidence", "verify", data=tmp_path).returncode == 0
