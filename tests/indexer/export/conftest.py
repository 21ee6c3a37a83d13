"""A ledger with a past: posts land, are analysed, judged, edited, liked and go missing, an hour apart."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.post import Engagement, ThreadRead
from indexer.ledger import Ledger, open_ledger
from indexer.record import Decision
from indexer.search import SearchIndex, open_index
from indexer.worker import work
from tests.indexer.builders import NOW, RuleAnalyzer, post


def at(hours: float) -> datetime:
    """So many hours after the first landing."""
    return NOW + timedelta(hours=hours)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "home") as ledger:
        yield ledger


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    with open_index(tmp_path / "home") as index:
        yield index


@pytest.fixture
def lived(ledger: Ledger, index: SearchIndex) -> Ledger:
    """Hour 0: four posts. 1: one is judged. 2: one is edited. 3: likes move. 4: one goes missing. 5: a fifth post."""
    texts = ("逾期被催收", "怎么还款", "催收又来了，还要起诉", "=1+1 催收")
    ledger.land([post(number + 1, text) for number, text in enumerate(texts)], now=at(0))
    work(ledger, RuleAnalyzer(), index, clock=lambda: at(0.5))
    ledger.decide(Decision(record_id=2, reviewer="李审", reason="看过", decided=at(1), kind="complaint"))
    ledger.land([post(3, "已经和催收谈好了")], now=at(2))
    work(ledger, RuleAnalyzer(), index, clock=lambda: at(2.5))
    ledger.land([post(1, texts[0], engagement=Engagement(likes=999))], now=at(3))
    shown = ("1", "2", "3")
    ledger.note_thread(ThreadRead(source="forum", thread_id="1", post_ids=shown, signature="", read=at(4)))
    ledger.land([post(5, "逾期了，催收爆通讯录")], now=at(5))
    work(ledger, RuleAnalyzer(), index, clock=lambda: at(5.5))
    return ledger
