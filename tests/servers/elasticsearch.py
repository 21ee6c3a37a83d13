"""A real Elasticsearch node for the tests: the one given by an address, or one started from the shared folder."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from tests.shared import SHARED

START = SHARED / "elasticsearch" / "start"
GIVEN = os.environ.get("FENGPING_TEST_ELASTICSEARCH")
MISSING = (
    "缺少 Elasticsearch：../shared/elasticsearch（要 Java 17），或用 FENGPING_TEST_ELASTICSEARCH 给出一个节点的地址"
)
_READY_SECONDS = 90.0


class Node:
    """One node with a data folder; it can be killed and started again on the same port."""

    def __init__(self, folder: Path, *settings: str) -> None:
        self._folder = folder
        self._settings = settings
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it holds what it held."""
        options = [part for setting in self._settings for part in ("-E", setting)]
        command = [str(START), "--data", str(self._folder), "--port", str(self._port), "--heap", "512m", *options]
        environment = {**os.environ, "ES_JAVA_OPTS": "-XX:TieredStopAtLevel=1"}  # starts in half the time
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self._wait()

    def kill(self) -> None:
        """Kill -9: what it had not written is lost."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop it politely."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def _wait(self) -> None:
        until = time.monotonic() + _READY_SECONDS
        while time.monotonic() < until:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError((self._folder / "log").read_text(errors="replace")[-2000:])
            with suppress(OSError, ValueError), urllib.request.urlopen(_health(self.url), timeout=10) as answer:
                if not json.load(answer)["timed_out"]:
                    return
            time.sleep(0.1)
        raise TimeoutError(f"{self.url} does not answer")


def can_start() -> bool:
    """Whether a node can be started here."""
    return START.is_file() and _has_java()


def _has_java() -> bool:
    with suppress(OSError):
        return subprocess.run(["java", "-version"], capture_output=True, check=False).returncode == 0
    return False


def _health(url: str) -> str:
    return f"{url}/_cluster/health?wait_for_status=yellow&wait_for_no_initializing_shards=true&timeout=5s"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
