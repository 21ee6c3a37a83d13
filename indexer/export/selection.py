"""Which records an export holds: by id, a page at a time, as they were at its moment."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from indexer.ledger import Ledger, Stage
from indexer.ledger.batches import BATCH
from indexer.query.evaluate import matches
from indexer.query.tree import Node
from indexer.record import Record
from indexer.search.backend import SearchIndex, Sort

_HITS = 10_000
Ids: TypeAlias = npt.NDArray[np.int64]


@dataclass(slots=True)
class Looked:
    """How far a selection is: posts looked at, how many there are to look at, those left out as not analysed then."""

    posts: int = 0
    of: int = 0
    not_analysed: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """Records that a query finds in the ledger as of a moment; `looked` tells the progress while it is read."""

    ledger: Ledger
    tree: Node
    as_of: datetime
    looked: Looked = field(default_factory=Looked)

    def earlier(self) -> Iterator[list[Record]]:
        """As of any moment: every post that was there is looked at, for an index knows the present only."""
        history = self.ledger.history
        self.looked.of = history.count(as_of=self.as_of)
        after_id = 0
        while ids := history.ids(after_id=after_id, as_of=self.as_of):
            found = history.records(ids, as_of=self.as_of)
            yield [record for record in self._analysed(found) if matches(self.tree, record)]
            self.looked.posts += len(ids)
            after_id = ids[-1]

    def present(self, index: SearchIndex) -> Iterator[list[Record]]:
        """As of this moment: what the index finds, and from the ledger what it doesn't hold in its latest state.

        The ids alone are held in memory, 8 bytes a record.
        """
        late = self._not_in_index()
        ids = np.union1d(_found(index, self.tree), late)
        self.looked.of, self.looked.not_analysed = len(ids), _waiting(self.ledger)
        for at in range(0, len(ids), BATCH):
            part = ids[at : at + BATCH]
            checked = frozenset(part[np.isin(part, late)].tolist())
            records = self.ledger.history.records(part.tolist(), as_of=self.as_of)
            yield [
                record
                for record in records
                if record.analysis and (record.id not in checked or matches(self.tree, record))
            ]
            self.looked.posts += len(part)

    def _not_in_index(self) -> Ids:
        ids, after_id = array("q"), 0
        while page := self.ledger.history.not_in_index(after_id=after_id):
            ids.extend(page)
            after_id = page[-1]
        return np.array(ids, dtype=np.int64)

    def _analysed(self, records: list[Record]) -> list[Record]:
        analysed = [record for record in records if record.analysis]
        self.looked.not_analysed += len(records) - len(analysed)
        return analysed


def _found(index: SearchIndex, tree: Node) -> Ids:
    ids = array("q")
    cursor: str | None = None
    while True:
        result = index.search(tree, sort=Sort.OLDEST, limit=_HITS, cursor=cursor)
        ids.extend(result.record_ids)
        cursor = result.cursor
        if cursor is None:
            return np.array(ids, dtype=np.int64)


def _waiting(ledger: Ledger) -> int:
    backlog = ledger.backlog()
    return backlog.pending + backlog.dead_letters[Stage.ANALYSIS]
