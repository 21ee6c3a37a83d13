"""A real forum: django-spirit, in an environment of its own because its pins do not go with ours.

The environment is `.venv-spirit` beside `.venv`; it is made with pip at the first use. Where that can't be done, tests
that need the forum are skipped with the reason.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

VERSION = "0.14.3"
_ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = _ROOT / ".venv-spirit"
_STEPS = Path(__file__).with_name("spirit_steps.py")
_SECONDS = 60


class UnavailableError(Exception):
    """The forum can't be had on this machine; the message is one line."""


def python() -> Path:
    """Return the interpreter that has django-spirit, made when it is missing."""
    interpreter = _ENVIRONMENT / "bin" / "python"
    if not _has_spirit(interpreter):
        _install(interpreter)
    return interpreter


def _has_spirit(interpreter: Path) -> bool:
    ask = f"from importlib.metadata import version; assert version('django-spirit') == '{VERSION}'"
    return interpreter.exists() and subprocess.run([interpreter, "-c", ask], capture_output=True).returncode == 0


def _install(interpreter: Path) -> None:
    steps = (
        [sys.executable, "-m", "venv", str(_ENVIRONMENT)],
        [str(interpreter), "-m", "pip", "install", "--quiet", f"django-spirit=={VERSION}", "setuptools<81"],
    )
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise UnavailableError(f"django-spirit {VERSION} 装不上：{last[:200]}")


class Spirit:
    """A running forum in `folder`; `do` changes it as its users would."""

    def __init__(self, folder: Path, interpreter: Path) -> None:
        self._project, self._python = folder / "forum", interpreter
        self._port = _free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    def set_up(self) -> None:
        """Make the project and its database."""
        spirit = self._python.with_name("spirit")
        command = [spirit, "startproject", "forum"]
        folder = self._project.parent
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=self._environment())
        self._manage("spiritinstall")

    def do(self, *steps: dict[str, Any]) -> list[dict[str, Any]]:
        """Run steps of spirit_steps.py (topic, reply, edit, remove) and return what each made."""
        code = _STEPS.read_text(encoding="utf-8")
        done = self._manage("shell", "-c", code, STEPS=json.dumps(steps))
        result: list[dict[str, Any]] = json.loads(done.rpartition("RESULT ")[2])
        return result

    def board_url(self, category: int) -> str:
        """Return the address of a category's list."""
        return f"{self.url}/category/{category}/"

    @contextmanager
    def served(self) -> Iterator[None]:
        """Serve the forum."""
        command = [str(self._python), "manage.py", "runserver", "--noreload", "--insecure", str(self._port)]
        log = (self._project / "server.log").open("wb")
        with (
            log,
            subprocess.Popen(command, cwd=self._project, stdout=log, stderr=log, env=self._environment()) as server,
        ):
            try:
                self._wait()
                yield
            finally:
                server.terminate()

    def _wait(self) -> None:
        for _ in range(_SECONDS * 10):
            try:
                with urllib.request.urlopen(self.url, timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise UnavailableError("django-spirit 没有在一分钟内启动")

    def _manage(self, *arguments: str, **environment: str) -> str:
        done = subprocess.run(
            [self._python, "manage.py", *arguments],
            cwd=self._project,
            capture_output=True,
            text=True,
            env=self._environment() | environment,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {arguments[0]}: {done.stderr[-2000:]}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DJANGO"))}
        return clean | {"PATH": f"{self._python.parent}{os.pathsep}{clean['PATH']}"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
