"""AnalysisPool: batches of texts to an executor, their analyses back."""

from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import ParamSpec, TypeVar

from indexer.errors import ExecutorUnavailableError
from indexer.work.analyzing import Analyzer
from nlp.analysis import Analysis

_P = ParamSpec("_P")
_T = TypeVar("_T")
# In one process; picklable where the executor's processes are others.
Task = Callable[[Sequence[str]], list[Analysis]]


class Cause(Enum):
    """Why a batch came back without analyses."""

    RAISED = "the analysis raised an error"
    BROKE = "a process died of this batch, or of another one beside it"
    LOST = "the executor went away: no batch is at fault"


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts under way on an executor."""

    future: Future[list[Analysis]]
    executor: Executor


class AnalysisPool:
    """Analyses batches on an executor of the standard library's shape, which it starts anew where it broke.

    `start` opens the executor (`ExecutorUnavailableError` where it can't), with the first batch; `width` tells how many
    batches it should have at once, so that none of its processes waits for the next; `is_lost` whether the executor
    can't be reached any more.
    """

    def __init__(
        self,
        start: Callable[[], Executor],
        task: Task,
        *,
        width: Callable[[Executor], int] = lambda _: 1,
        is_lost: Callable[[Executor, BaseException], bool] = lambda _executor, error: isinstance(error, CancelledError),
        broken: tuple[type[BaseException], ...] = (BrokenExecutor,),
    ) -> None:
        self._start = start
        self._task = task
        self._width = width
        self._is_lost = is_lost
        self._broken = broken
        self._executor: Executor | None = None

    @property
    def width(self) -> int:
        """How many batches to have under way."""
        try:
            return max(1, self._width(self._opened()))
        except ExecutorUnavailableError:
            self.close()
            raise

    def open(self) -> None:
        """Start the executor now, rather than with the first batch; `ExecutorUnavailableError` where it can't be."""
        _ = self.width

    def submit(self, texts: Sequence[str]) -> Batch:
        """Send a batch on its way."""
        try:
            return self._submit(texts)
        except BrokenExecutor:  # it broke while it was idle
            self.close()
        try:
            return self._submit(texts)
        except BrokenExecutor as error:
            raise ExecutorUnavailableError(f"分析进程起不来；请检查内存和磁盘空间（{error}）") from error

    def cause(self, batch: Batch, error: BaseException) -> Cause:
        """Why a batch failed; an executor that is of no more use is given up, and the next batch starts another."""
        if self._is_lost(batch.executor, error):
            self.renew(batch.executor)
            return Cause.LOST
        if isinstance(error, self._broken):
            if isinstance(error, BrokenExecutor):
                self.renew(batch.executor)
            return Cause.BROKE
        return Cause.RAISED

    def renew(self, executor: Executor) -> None:
        """Give an executor up, unless that has been done."""
        if executor is self._executor:
            self.close()

    def close(self) -> None:
        """End the executor; batches that it has not begun are cancelled."""
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)

    def _submit(self, texts: Sequence[str]) -> Batch:
        executor = self._opened()
        return Batch(executor.submit(self._task, texts), executor)

    def _opened(self) -> Executor:
        if self._executor is None:
            self._executor = self._start()
        return self._executor


class InlineExecutor(Executor):
    """Does at once, in this thread, what it is given."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Do it; the future is done."""
        future: Future[_T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # handed on to whoever asks for the result
            future.set_exception(error)
        return future


def inline_pool(analyzer: Analyzer) -> AnalysisPool:
    """A pool that analyses in this thread with an analyzer that is loaded."""
    return AnalysisPool(InlineExecutor, partial(_analyse, analyzer))


def _analyse(analyzer: Analyzer, texts: Sequence[str]) -> list[Analysis]:
    return analyzer.analyze(texts)
