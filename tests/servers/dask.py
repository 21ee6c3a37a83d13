"""A throw-away Dask cluster on this machine: a real scheduler and real workers, each a process."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Cluster:
    """A scheduler that listens at `address`, and `workers` that can be killed."""

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._file.unlink(missing_ok=True)
        self.scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--scheduler-file", str(self._file)
        )
        until = time.monotonic() + 120
        while not self._file.exists() and time.monotonic() < until:
            time.sleep(0.05)
        self.address = self._address()
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self) -> subprocess.Popen[bytes]:
        """A worker with one thread and no nanny that would start it again."""
        worker = self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--memory-limit", "0")
        self.workers.append(worker)
        return worker

    def wait(self) -> None:
        """Wait until the scheduler knows every worker."""
        from distributed import Client  # of the extra `cluster`, which not every test run has

        with Client(self.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=120)

    def close(self) -> None:
        """Kill what is left of it."""
        for process in (*self.workers, self.scheduler):
            process.send_signal(signal.SIGKILL)
            process.wait()

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{program}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", *arguments, "--no-dashboard"],
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def _address(self) -> str:
        return str(json.loads(self._file.read_text())["address"])


@contextmanager
def cluster(folder: Path, *, workers: int = 2) -> Iterator[Cluster]:
    """A cluster in a folder."""
    made = Cluster(folder)
    try:
        for _ in range(workers):
            made.add_worker()
        made.wait()
        yield made
    finally:
        made.close()
