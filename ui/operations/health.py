"""Health: whether a process that stays can do its work at this moment, and what is in its way."""

import os
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime

from indexer.errors import IndexerError
from indexer.ledger import Ledger
from indexer.search import EmbeddedIndex, SearchIndex

FINE = "ok"
# Less than a merge of a small index needs: the next commit may fail.
_LEAST_FREE_BYTES = 50_000_000


class Health:
    """The checks of `/readyz`; each is `ok` or a sentence that says what is wrong.

    `trouble` tells what the worker waits for, `None` while it works; `lag_limit` is in seconds.
    """

    def __init__(
        self,
        ledger: Ledger,
        index: SearchIndex | None,
        *,
        lag_limit: float,
        trouble: Callable[[], str | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._ledger = ledger
        self._index = index
        self._lag_limit = lag_limit
        self._trouble = trouble
        self._clock = clock

    def checks(self) -> Mapping[str, str]:
        """Every check by its name."""
        ledger, lag = self._of_ledger()
        found = {"ledger": ledger, "lag": lag, "worker": self._trouble() or FINE}
        return found if self._index is None else {**found, "index": _of_index(self._index)}

    def _of_ledger(self) -> tuple[str, str]:
        try:
            oldest = self._ledger.backlog().oldest
        except IndexerError as error:
            return str(error), "台账不可用，不知道有多少帖子在等"
        age = (self._clock() - oldest).total_seconds() if oldest else 0.0
        if age > self._lag_limit:
            return FINE, f"最早的待分析帖子等了 {age:.0f} 秒，超过 {self._lag_limit:.0f} 秒（[work] lag_limit_seconds）"
        return FINE, FINE


def _of_index(index: SearchIndex) -> str:
    try:
        index.count()
    except IndexerError as error:
        return str(error)
    if not isinstance(index, EmbeddedIndex) or not index.root.exists():
        return FINE
    if not os.access(index.root, os.W_OK):
        return f"没有写索引目录的权限：{index.root}"
    free = shutil.disk_usage(index.root).free
    return FINE if free >= _LEAST_FREE_BYTES else f"索引所在的磁盘只剩 {free / 1e6:.0f} MB；请腾出空间"
