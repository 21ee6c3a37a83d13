"""The analysis of texts as other processes and machines run it: a function of this module, sent by name."""

import os
import pickle
import signal
from collections.abc import Callable, Sequence
from multiprocessing import parent_process
from threading import Lock, Thread
from typing import Protocol

from nlp.analysis import Analysis


class Analyzer(Protocol):
    """What turns texts into analyses: `nlp.Analyzer`."""

    @property
    def model_version(self) -> str:
        """The model that it loaded, which stands in each of its analyses."""
        ...

    def analyze(self, texts: Sequence[str]) -> list[Analysis]:
        """One analysis a text, in their order."""
        ...


# Loads an analyzer where it is called; goes to other processes and machines, so it has to be picklable and to name
# a model that they have.
MakeAnalyzer = Callable[[], Analyzer]

_loaded: dict[bytes, Analyzer] = {}
_loading = Lock()


def analyse_texts(make: MakeAnalyzer, texts: Sequence[str]) -> list[Analysis]:
    """Analyse with this process's analyzer, which the first call loads."""
    return _analyzer(make).analyze(texts)


def begin_process(make: MakeAnalyzer) -> None:
    """Prepare a process of a pool: load the model before the first batch, and end with the process that started it."""
    # Ctrl+C goes to every process of the terminal, but the batch in hand is to be finished: the parent ends the pool.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    _analyzer(make)


def _analyzer(make: MakeAnalyzer) -> Analyzer:
    key = pickle.dumps(make)
    with _loading:  # a cluster's worker may run several tasks at once, in threads
        if key not in _loaded:
            _loaded[key] = make()
        return _loaded[key]


def _end_with_parent() -> None:
    """A killed parent does not close the pipes that a pool waits at, for its processes hold both ends of them."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
