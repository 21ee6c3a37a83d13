"""What coverage records amount to: how many posts of an item were got, how many are missing and why."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.coverage import Coverage, Gap

GOT = "got"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """An item as the ledger keeps it; `gaps` counts posts by reason, 0 where nobody says how many there are."""

    board: str
    url: str
    at: datetime
    stated: int | None
    got: int
    gaps: dict[str, int]

    @property
    def hour(self) -> datetime:
        """The hour in which the item was looked at."""
        return hour_of(self.at)

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to keep: a list page that could be read."""
        return not (self.stated or self.got or self.gaps)

    @property
    def outcomes(self) -> dict[str, int]:
        """Posts by what became of them."""
        return {GOT: self.got, **self.gaps}

    @property
    def gaps_as_json(self) -> str:
        """The gaps as they are stored."""
        return json.dumps(self.gaps, sort_keys=True)


def hour_of(at: datetime) -> datetime:
    """The beginning of the hour of a time."""
    return at.replace(minute=0, second=0, microsecond=0)


def counted_of(row: Any) -> Counted:
    """An item from its row."""
    return Counted(board=row.board, url=row.url, at=row.at, stated=row.stated, got=row.got, gaps=json.loads(row.gaps))


def count(coverage: Coverage, before: Counted | None) -> Counted:
    """What a record amounts to, given what earlier runs got of the item: what has landed once is not missing."""
    got = coverage.got if coverage.is_whole or before is None else max(before.got, coverage.got)
    stated = _stated(coverage, before, got)
    missing = max(0, (stated or 0) - got)
    deleted = min(coverage.deleted, missing)
    gaps = {Gap.DELETED.value: deleted} if deleted else {}
    if missing > deleted:
        reason = coverage.gap or Gap.NOT_SHOWN
        gaps[reason.value] = gaps.get(reason.value, 0) + missing - deleted
    elif coverage.gap and not coverage.is_whole and stated is None:
        gaps[coverage.gap.value] = 0
    board = coverage.board or (before.board if before else "")
    return Counted(board=board, url=coverage.url, at=coverage.at, stated=stated, got=got, gaps=gaps)


def _stated(coverage: Coverage, before: Counted | None, got: int) -> int | None:
    """How many posts the item has: the latest word of the site, but no fewer than were got of it."""
    said = coverage.stated
    if said is None and before is not None and not coverage.is_whole:
        said = before.stated
    return None if said is None else max(said, got)
