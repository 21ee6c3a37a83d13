"""Coverage: how much of what a site itself says that it has was read, and why the rest was not.

One record is about one thread, one list page, or the total that a list states; counts are posts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crawler.post import IssueReason


class Gap(StrEnum):
    """Why posts that a site says it has were not read, the gravest first: of several reasons the first counts."""

    LOGIN_WALL = "login_wall"
    ROBOTS = "robots"
    SIMILAR_OMITTED = "similar_omitted"
    CAP = "cap"
    OUTSIDE = "outside"
    ERROR = "error"
    DELETED = "deleted"
    NOT_REVISITED = "not_revisited"
    NOT_SHOWN = "not_shown"


_GAPS = {
    IssueReason.LOGIN_REQUIRED: Gap.LOGIN_WALL,
    IssueReason.PERMISSION: Gap.LOGIN_WALL,
    IssueReason.ROBOTS: Gap.ROBOTS,
    IssueReason.SIMILAR_OMITTED: Gap.SIMILAR_OMITTED,
    IssueReason.SITE_CAP: Gap.CAP,
    IssueReason.PAGE_LIMIT: Gap.CAP,
    IssueReason.NOT_FOLLOWED: Gap.OUTSIDE,
    IssueReason.REFUSED_ADDRESS: Gap.OUTSIDE,
    IssueReason.DELETED: Gap.DELETED,
}
_NO_GAP = {IssueReason.EMPTY_BOARD, IssueReason.WRONG_CHARSET, IssueReason.SCREENED}
_ORDER = {gap: number for number, gap in enumerate(Gap)}


def gap_of(reasons: Iterable[IssueReason]) -> Gap | None:
    """Return the gap that issues amount to; `None` where nothing was lost by them."""
    gaps = [_GAPS.get(reason, Gap.ERROR) for reason in reasons if reason not in _NO_GAP]
    return min(gaps, key=_ORDER.__getitem__, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far one `item` of a source (`thread:…`, `page:…`, `list:…`) was read `at` (UTC).

    `board` is the first page of the list or search that showed it (empty where that isn't known now), `url` its own.
    `stated` counts its posts by the site's own account, `None` where the site says nothing. `got` counts those read;
    where not everything `is_whole`, what earlier runs got stands too. `deleted` are those that the site shows as gone,
    `gap` is why the others are missing.
    """

    source: str
    item: str
    board: str
    url: str
    at: datetime
    stated: int | None = None
    got: int = 0
    deleted: int = 0
    gap: Gap | None = None
    is_whole: bool = False
