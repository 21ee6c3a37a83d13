"""Patience: what fails because a server is away or a disk is full is done again, ever later."""

from collections.abc import Callable
from math import inf
from time import monotonic
from typing import TypeVar

from indexer.errors import IndexerError

_T = TypeVar("_T")
_FIRST_SECONDS = 1.0
_LAST_SECONDS = 60.0


class Patience:
    """Counts failures in a row. `say` hears of a trouble once, and of its end; `limit` is how many seconds to bear it.

    Only errors that are `passing` are borne; others, and one that lasts longer than `limit`, are raised.
    """

    def __init__(
        self, say: Callable[[str], None], *, limit: float = inf, clock: Callable[[], float] = monotonic
    ) -> None:
        self._say = say
        self._limit = limit
        self._clock = clock
        self._since: float | None = None
        self.trouble: str | None = None
        self.seconds = 0.0

    def attempt(self, run: Callable[[], _T]) -> _T | None:
        """Run; `None` where it failed for now: wait `seconds`, then try again."""
        try:
            done = run()
        except IndexerError as error:
            if not error.passing or self._is_over():
                raise
            self._bear(str(error))
            return None
        self._recover()
        return done

    def _is_over(self) -> bool:
        return self._since is not None and self._clock() - self._since >= self._limit

    def _bear(self, trouble: str) -> None:
        self.seconds = min(self.seconds * 2, _LAST_SECONDS) if self.trouble else _FIRST_SECONDS
        self._since = self._clock() if self._since is None else self._since
        if trouble != self.trouble:
            self._say(f"{trouble}；会自动重试")
        self.trouble = trouble

    def _recover(self) -> None:
        if self.trouble is not None:
            self._say("已恢复，继续处理")
        self.trouble, self._since, self.seconds = None, None, 0.0
