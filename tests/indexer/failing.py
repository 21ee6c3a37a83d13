"""Analyzers that fail in every way in which one can, in processes of their own, and an index that refuses."""

import os
import signal
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.record import Record
from indexer.search import EmbeddedIndex
from nlp.analysis import Analysis
from tests.indexer.builders import RuleAnalyzer

RAISES, KILLS = "毒药", "致命"


class UnreadableError(Exception):
    """What an analysis may raise; it quotes the text, as errors of libraries do."""


@dataclass(frozen=True)
class FailingAnalyzer(RuleAnalyzer):
    """Raises at 毒药, ends its process at 致命, takes `seconds` a text; else the rules."""

    seconds: float = 0.0

    def analyze(self, texts: Sequence[str]) -> list[Analysis]:
        """See `Analyzer`."""
        time.sleep(self.seconds * len(texts))
        for text in texts:
            if KILLS in text:
                os.kill(os.getpid(), signal.SIGKILL)
            if RAISES in text:
                raise UnreadableError(f"can't read {text!r} of 13800138000")
        return super().analyze(texts)


@dataclass(frozen=True)
class BrokenAnalyzer(RuleAnalyzer):
    """Reads nothing at all."""

    def analyze(self, texts: Sequence[str]) -> list[Analysis]:
        """See `Analyzer`."""
        raise OSError("the model's file is gone")


class RefusingIndex(EmbeddedIndex):
    """The embedded index, whose library raises at 毒药 after it took what stands before it."""

    def put(self, records: Iterable[Record]) -> None:
        """See `SearchIndex`."""
        for record in records:
            if RAISES in record.post.text:
                raise ValueError(f"can't hold {record.post.text!r}")
            super().put([record])
