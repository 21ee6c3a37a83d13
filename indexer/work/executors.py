"""`[work] executor`: on what the analysis runs. Each kind gives the same seam, an executor of the standard library."""

import importlib
import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from typing import Any

from indexer.errors import ExecutorUnavailableError
from indexer.work.analyzing import Analyzer, MakeAnalyzer, analyse_texts, begin_process
from indexer.work.pool import AnalysisPool, inline_pool

INLINE, PROCESSES = "inline", "processes"
# One batch in work and one that waits for each process, so that none is idle while the ledger is written.
_BATCHES_A_PROCESS = 2
_CONNECT_SECONDS = 10.0


def open_pool(executor: str, analyzer: Analyzer, make: MakeAnalyzer, *, processes: int | None = None) -> AnalysisPool:
    """The pool of `[work] executor`: `inline`, `processes` or the address of a Dask scheduler (`tcp://host:8786`).

    `make` loads the analyzer where it runs, with one thread; `processes` is how many (all cores by default).
    """
    if executor == INLINE:
        return inline_pool(analyzer)
    if executor == PROCESSES:
        return process_pool(make, processes=processes or len(os.sched_getaffinity(0)))
    return cluster_pool(make, address=executor)


def process_pool(make: MakeAnalyzer, *, processes: int) -> AnalysisPool:
    """A pool of processes of this machine; each loads the model once."""

    def start() -> Executor:
        # Not forked: a fork in a process with threads (the network's, the metrics server's) may hang.
        context = get_context("spawn")
        return ProcessPoolExecutor(processes, mp_context=context, initializer=begin_process, initargs=(make,))

    return AnalysisPool(start, partial(analyse_texts, make), width=lambda _: processes * _BATCHES_A_PROCESS)


def cluster_pool(make: MakeAnalyzer, *, address: str) -> AnalysisPool:
    """A pool of the workers of a Dask cluster; they need this version of the product and the model.

    A batch whose worker dies goes to another one by itself (the scheduler sees to it, three times at most).
    """
    distributed = _distributed()
    killed: type[BaseException] = importlib.import_module("distributed.scheduler").KilledWorker
    return AnalysisPool(
        lambda: _Cluster(distributed, address),
        partial(analyse_texts, make),
        width=lambda executor: executor.threads() * _BATCHES_A_PROCESS if isinstance(executor, _Cluster) else 1,
        is_lost=lambda executor, error: isinstance(error, CancelledError) or not _is_there(executor),
        broken=(BrokenExecutor, killed),
    )


class _Cluster(Executor):
    """A connection to a scheduler, which ends with the executor."""

    def __init__(self, distributed: Any, address: str) -> None:
        # A client that has given its scheduler up has no `scheduler` any more, hence the last one.
        self._errors: tuple[type[Exception], ...] = (OSError, TimeoutError, ValueError, AttributeError)
        self._address = address
        try:
            self._client = distributed.Client(
                address, timeout=_CONNECT_SECONDS, set_as_default=False, name="fengping-work"
            )
        except self._errors as error:
            raise ExecutorUnavailableError(
                f"连不上 Dask 调度器 {address}；请检查地址（[work] executor）和调度器是否在运行（{error}）"
            ) from error
        self._executor: Executor = self._client.get_executor(pure=False)
        with suppress(TimeoutError):  # a cluster that grows when there is work may have none yet; `threads` tells
            self._client.wait_for_workers(1, timeout=_CONNECT_SECONDS)

    @property
    def running(self) -> bool:
        """Whether the scheduler can be reached."""
        return bool(self._client.status == "running")

    def threads(self) -> int:
        """How many tasks the cluster does at once; `ExecutorUnavailableError` where it has no worker."""
        self._refuse_lost()
        try:
            threads = int(sum(self._client.nthreads().values()))
        except self._errors as error:
            raise self._lost() from error
        if not threads:
            raise ExecutorUnavailableError(
                f"Dask 集群 {self._address} 里没有计算节点；请启动 dask worker，节点上要装风评"
            )
        return threads

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """See `Executor.submit`."""
        self._refuse_lost()
        return self._executor.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 (the base class's signature)
        """Cancel what is left and hang up; the cluster stays."""
        # The scheduler may go at this very moment, and then nothing is left to cancel; a client that hangs up by itself
        # meanwhile says RuntimeError.
        with suppress(*self._errors, RuntimeError):
            if self.running:
                self._executor.shutdown(wait=False)
            self._client.close(timeout=_CONNECT_SECONDS)

    def _refuse_lost(self) -> None:
        if not self.running:
            raise self._lost()

    def _lost(self) -> ExecutorUnavailableError:
        return ExecutorUnavailableError(f"与 Dask 调度器 {self._address} 的连接中断；请检查调度器是否在运行")


def _is_there(executor: Executor) -> bool:
    return isinstance(executor, _Cluster) and executor.running


def _distributed() -> Any:
    try:
        return importlib.import_module("distributed")
    except ModuleNotFoundError as error:
        raise ExecutorUnavailableError(
            "[work] executor 是 Dask 集群的地址，但没有装 distributed；请运行 pip install 'fengping[cluster]'"
        ) from error
