"""The ledger: the truth that everything else is derived from."""

from pathlib import Path

from indexer.ledger.coverage import Covered, FieldHour, SourceHour, Uncovered
from indexer.ledger.dead_letters import DeadLetter, DeadLetters, Failure
from indexer.ledger.engine import LEDGER_FILE, make_engine
from indexer.ledger.judged import Judged
from indexer.ledger.landing import Landing
from indexer.ledger.ledger import Ledger
from indexer.ledger.migrate import migrate
from indexer.ledger.models import ModelCount, Models, Switch
from indexer.ledger.queues import Stage
from indexer.ledger.runs import CrawlRun, CrawlTotal, NotedIssue
from indexer.ledger.states import Backlog, LedgerCounts, SourceState

__all__ = [
    "LEDGER_FILE",
    "Backlog",
    "Covered",
    "CrawlRun",
    "CrawlTotal",
    "DeadLetter",
    "DeadLetters",
    "Failure",
    "FieldHour",
    "Judged",
    "Landing",
    "Ledger",
    "LedgerCounts",
    "ModelCount",
    "Models",
    "NotedIssue",
    "SourceHour",
    "SourceState",
    "Stage",
    "Switch",
    "Uncovered",
    "open_ledger",
]


def open_ledger(where: str | Path) -> Ledger:
    """The ledger in a home folder (made when missing) or at a database URL, its tables brought up to date.

    `LedgerUnavailableError` says why it can't be opened and what to do.
    """
    engine = make_engine(where)
    migrate(engine)
    return Ledger(engine)
