"""Building the index anew from the ledger, while the old one serves."""

from collections.abc import Callable
from pathlib import Path

import tantivy

from indexer.ledger import Ledger
from indexer.search.document import document, make_schema
from indexer.search.generations import Generations, WriterLock

_PAGE = 1000
_HEAP_BYTES = 256_000_000


def rebuild(
    ledger: Ledger, root: Path, *, wait: float = 0, on_progress: Callable[[int, int], None] = lambda *_: None
) -> int:
    """Index all analysed records into a new generation and make it the current one; how many it holds.

    Searches go on in the old generation until the new one is complete; a rebuild that is broken off leaves it as it
    was. No worker can index meanwhile (`IndexLockedError`); what changes in the ledger the worker indexes afterwards.
    `on_progress` gets (records so far, records in all).
    """
    lock = WriterLock(root)
    lock.acquire(wait=wait)
    try:
        generations = Generations(root)
        generation = generations.make()
        count = _fill(ledger, generation, on_progress)
        generations.switch(generation)
        ledger.forget_unanalysed()
        generations.remove_others()
    finally:
        lock.release()
    return count


def _fill(ledger: Ledger, generation: Path, on_progress: Callable[[int, int], None]) -> int:
    writer = tantivy.Index(make_schema(), path=str(generation)).writer(_HEAP_BYTES, 1)
    total = ledger.counts().analysed
    after, done = 0, 0
    while records := ledger.all_records(after_id=after, limit=_PAGE):
        for record in records:
            writer.add_document(document(record))
        after, done = records[-1].id, done + len(records)
        on_progress(done, max(total, done))
    writer.commit()
    writer.wait_merging_threads()
    return done
