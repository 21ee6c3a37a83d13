"""A throw-away PostgreSQL cluster, made with the programs that Debian installs; never an existing server."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "缺少 PostgreSQL 15 或更新版本（apt-get install postgresql）"
_ACCOUNT = "postgres"  # its programs refuse to run as root


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Cluster:
    """A cluster in an empty folder: `url` is that of its server, without a database name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self.url = f"postgresql://fengping@127.0.0.1:{self._port}"
        _own(folder)
        _run(folder, "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "fengping", "-E", "UTF8", "--locale=C")

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        folder = self._folder
        # Durability is not what these tests are about, and fsync is most of their time.
        options = f"-p {self._port} -k {folder} -h 127.0.0.1 -c fsync=off -c max_connections=50"
        _run(folder, "pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")

    def stop(self) -> None:
        """Stop it as a crash would: no connection is told goodbye."""
        _run(self._folder, "pg_ctl", "-D", f"{self._folder}/data", "-m", "immediate", "stop")


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Run a cluster in an empty folder; gives the URL of its server, without a database name."""
    made = Cluster(folder)
    made.start()
    try:
        yield made.url
    finally:
        made.stop()


@contextmanager
def server() -> Iterator[str]:
    """A cluster in a folder of its own under the system's temporary folder, which its account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="fengping-pg-"))
    try:
        with cluster(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder)


@contextmanager
def restartable() -> Iterator[Cluster]:
    """A cluster that runs, to be stopped and started by the test."""
    folder = Path(tempfile.mkdtemp(prefix="fengping-pg-"))
    try:
        made = Cluster(folder)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder)


def _own(folder: Path) -> None:
    if os.getuid() == 0:
        account = pwd.getpwnam(_ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)


def _run(folder: Path, program: str, *arguments: str) -> None:
    where = programs()
    assert where, MISSING
    account = _ACCOUNT if os.getuid() == 0 else None
    subprocess.run([str(where / program), *arguments], check=True, cwd=folder, user=account, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
