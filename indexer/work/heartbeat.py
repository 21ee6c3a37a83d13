"""Heartbeat: leases that go on while their posts are analysed, however long that takes."""

import logging
from collections.abc import Callable, Iterable, Sequence
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from indexer.errors import LedgerError

logger = logging.getLogger(__name__)


class Heartbeat:
    """Calls `extend` with the ids that are held, every `seconds`, from its first `hold` to its end."""

    def __init__(self, extend: Callable[[Sequence[int]], object], *, seconds: float) -> None:
        self._extend = extend
        self._seconds = seconds
        self._held: set[int] = set()
        self._lock = Lock()
        self._ended = Event()
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def hold(self, record_ids: Iterable[int]) -> None:
        """From now on these too."""
        with self._lock:
            self._held.update(record_ids)
        if self._thread is None:
            self._thread = Thread(target=self._beat, name="heartbeat", daemon=True)
            self._thread.start()

    def let_go(self, record_ids: Iterable[int]) -> None:
        """No longer these."""
        with self._lock:
            self._held.difference_update(record_ids)

    def _beat(self) -> None:
        while not self._ended.wait(self._seconds):
            with self._lock:
                held = sorted(self._held)
            try:
                if held:
                    self._extend(held)
            except LedgerError as error:
                # The worker meets the same error itself and tells it; a lease that runs out costs work, no post.
                logger.warning("租约没能延长，稍后再试：%s", error)
