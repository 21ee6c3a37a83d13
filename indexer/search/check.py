"""Whether the index holds what the ledger says it holds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge

from indexer.ledger import Ledger
from indexer.search.backend import SearchIndex

_PAGE = 10_000
Pages = Callable[..., list[tuple[int, int]]]


class Fault(StrEnum):
    """How the index can be wrong about a record; unknown ones are held though the ledger does not say so."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    OUTDATED = "outdated"
    DOUBLED = "doubled"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDifference:
    """How many records ledger and index hold, and the ids that they disagree about."""

    ledger: int
    index: int
    faults: Mapping[Fault, tuple[int, ...]]

    @property
    def agrees(self) -> bool:
        """Whether they hold the same."""
        return not self.faults


def check(ledger: Ledger, index: SearchIndex) -> IndexDifference:
    """Compare every record's revision in ledger and index; meaningful while no worker runs."""
    found: dict[Fault, list[int]] = {fault: [] for fault in Fault}
    in_ledger = in_index = 0
    for record_id, expected, held in side_by_side(ledger.indexed, index.held):
        in_ledger += expected is not None
        in_index += len(held)
        fault = _fault(expected, held)
        if fault:
            found[fault].append(record_id)
    return IndexDifference(ledger=in_ledger, index=in_index, faults={f: tuple(ids) for f, ids in found.items() if ids})


def _fault(expected: int | None, held: list[int]) -> Fault | None:
    if expected is None:
        return Fault.UNKNOWN
    if not held:
        return Fault.MISSING
    if len(held) > 1:
        return Fault.DOUBLED
    # A kill between the index's commit and the ledger's note leaves the index ahead, which is no fault.
    return Fault.OUTDATED if held[0] < expected else None


def side_by_side(expected_page: Pages, held_page: Pages) -> Iterator[tuple[int, int | None, list[int]]]:
    """Record ids in order, each with the revision that is expected of it and those that are held.

    Both functions give (record id, revision) by id, `limit` of them behind `after_id`, until nothing is left.
    """
    expected = ((record_id, 0, revision) for record_id, revision in _pages(expected_page))
    held = ((record_id, 1, revision) for record_id, revision in _pages(held_page))
    current: tuple[int, int | None, list[int]] | None = None
    for record_id, side, revision in merge(expected, held):
        if current is None or current[0] != record_id:
            if current is not None:
                yield current
            current = (record_id, None, [])
        current = (record_id, revision, current[2]) if side == 0 else (record_id, current[1], [*current[2], revision])
    if current is not None:
        yield current


def _pages(page: Pages) -> Iterator[tuple[int, int]]:
    after = 0
    while rows := page(after_id=after, limit=_PAGE):
        yield from rows
        after = rows[-1][0]
