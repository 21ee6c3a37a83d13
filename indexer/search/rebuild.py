"""Building the index anew from the ledger, while the old one serves; the same for every engine."""

from collections.abc import Callable

from indexer.ledger import Ledger
from indexer.search.backend import Generation, SearchIndex
from indexer.search.check import side_by_side

_PAGE = 1000
COMMIT_EVERY = 20_000  # records: what a kill costs at most, against what a commit costs


def rebuild(
    ledger: Ledger,
    index: SearchIndex,
    *,
    on_progress: Callable[[int, int], None] = lambda *_: None,
    commit_every: int = COMMIT_EVERY,
) -> int:
    """Index all analysed records into a new generation and make it the searched one; how many it holds.

    Searches go on in the old generation until the new one is complete. A rebuild that is broken off, by kill -9 too,
    leaves the old one as it was, and the next call goes on behind the last record that it committed. Where only one
    may write, no worker can index meanwhile (`IndexLockedError`); elsewhere workers go on, and what they changed is
    brought in before anyone relies on it. `on_progress` gets (records so far, records in all); what was put is
    committed after so many records.
    """
    generation = index.fresh()
    try:
        _fill(ledger, generation, on_progress, commit_every)
        catch_up(ledger, generation)
        generation.switch()
        if generation.shared:  # what a worker wrote into the old one at the very last
            catch_up(ledger, generation)
        ledger.forget_unanalysed()
        count = generation.count()
        generation.remove_others()
    finally:
        generation.close()
    return count


def catch_up(ledger: Ledger, generation: Generation) -> int:
    """Bring in every record that changed since it was put, and take out what is analysed no longer; how many."""
    outdated: list[int] = []
    unknown: list[int] = []
    for record_id, expected, held in side_by_side(ledger.analysed, generation.held):
        if expected is None:
            unknown.append(record_id)
        elif len(held) != 1 or held[0] < expected:
            outdated.append(record_id)
    for start in range(0, len(outdated), _PAGE):
        records = ledger.records(outdated[start : start + _PAGE])
        generation.put(record for record in records if record.analysis)
    generation.delete(unknown)
    if outdated or unknown:
        generation.commit()
    return len(outdated) + len(unknown)


def _fill(ledger: Ledger, generation: Generation, on_progress: Callable[[int, int], None], commit_every: int) -> None:
    total, done, after = ledger.counts().analysed, generation.count(), generation.last_id()
    uncommitted = 0
    # Up to what there was at the beginning: what lands meanwhile is for `catch_up`, so that this comes to an end.
    while done < total and (records := ledger.all_records(after_id=after, limit=_PAGE)):
        generation.put(records)
        after, done, uncommitted = records[-1].id, done + len(records), uncommitted + len(records)
        if uncommitted >= commit_every:
            generation.commit()
            uncommitted = 0
        on_progress(done, max(total, done))
    generation.commit()
