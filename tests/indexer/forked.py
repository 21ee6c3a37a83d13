"""Worker processes that start at once, to be killed at any moment: forked by a process that has imported everything."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]


class Workers:
    """Workers on one ledger (and the index of `home`, unless they only analyse), on the tests' rules."""

    def __init__(self, where: str | Path, home: Path, *, seconds: float, analyse_only: bool = False) -> None:
        arguments = (str(where), str(home), str(seconds), "only" if analyse_only else "")
        self._nursery = subprocess.Popen(
            [sys.executable, "-c", _NURSERY, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._nursery.communicate()

    def start(self) -> int:
        """A worker that works until nothing waits; its process."""
        return self._ask("start")

    def wait(self) -> int:
        """Wait for its end; the exit status, negative for the signal that killed it."""
        return os.waitstatus_to_exitcode(self._ask("wait"))

    def kill(self, worker: int) -> bool:
        """Kill it, unless it is done already; whether it was killed."""
        os.kill(worker, signal.SIGKILL)
        return self.wait() == -signal.SIGKILL

    def _ask(self, what: str) -> int:
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(f"{what}\n")
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline())


_NURSERY = """
import os, sys
from pathlib import Path
from indexer.ledger import open_ledger
from indexer.search import open_index
from indexer.worker import work
from tests.indexer.failing import FailingAnalyzer

where, home, seconds, only = sys.argv[1:]

def run():
    with open_ledger(where) as ledger, open_index(Path(home), wait=10) as index:
        work(ledger, FailingAnalyzer(seconds=float(seconds)), None if only else index, batch=16)

while sys.stdin.readline():
    worker = os.fork()
    if worker == 0:
        try:
            run()
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    print(worker, flush=True)
    sys.stdin.readline()  # not reaped before that: until then its number is its own, so that it can be killed by it
    print(os.waitpid(worker, 0)[1], flush=True)
"""
