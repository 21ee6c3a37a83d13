"""Extraction: what a page shows, before anything is stored."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crawler.post import Engagement, Evidence, IssueReason, Post, PostKind


class PageKind(StrEnum):
    """What a page was recognised as."""

    INDEX = "index"
    LIST = "list"
    THREAD = "thread"
    FEED = "feed"
    MESSAGE = "message"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownThread:
    """A thread as a board's list shows it.

    `signature` changes when the list says that the thread did (replies, last reply); `active` is its last reply in UTC.
    """

    native_id: str
    url: str
    title: str
    replies: int | None = None
    views: int | None = None
    is_sticky: bool = False
    signature: str = ""
    active: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPost:
    """A post as a page shows it; `author` is the name shown and must not be stored (see `crawler.pseudonym`)."""

    native_id: str
    kind: PostKind
    url: str
    title: str
    text: str
    published: datetime | None
    author: str | None = None
    parent_id: str | None = None
    region: str | None = None
    engagement: Engagement = dataclasses.field(default_factory=Engagement)

    def kept(
        self, *, source: str, author: str | None, thread_id: str | None, crawled: datetime, evidence: Evidence
    ) -> Post:
        """Return the post as it is kept: `author` is the pseudonym, `crawled` (aware) when the page came."""
        return Post(
            source=source,
            native_id=self.native_id,
            url=self.url,
            kind=self.kind,
            title=self.title,
            text=self.text,
            published=self.published,
            crawled=crawled,
            evidence=evidence,
            thread_id=thread_id,
            parent_id=self.parent_id,
            author=author,
            region=self.region,
            engagement=self.engagement,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PageIssue:
    """Something odd on a page; `detail` is one Chinese sentence."""

    reason: IssueReason
    detail: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything read from one page; `next`, `rest` and `boards` are absolute addresses.

    Some sites say more of a thread: `rest` are all its further pages, `announced` the ids of all its posts, `left_out`
    the ids of those on this page that aren't kept (deleted, or notes of the software), and `numbers` the ids by the
    number in the thread, where replies name the post that they answer by that. `cut` gives the address of the whole
    text of posts that this page shows in part, by id; `stated` is how many there are by the site's own account (hits of
    a search, comments of a post).
    """

    kind: PageKind
    posts: tuple[ShownPost, ...] = ()
    threads: tuple[ShownThread, ...] = ()
    boards: tuple[str, ...] = ()
    next: str | None = None
    issues: tuple[PageIssue, ...] = ()
    thread_id: str | None = None
    rest: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    numbers: Mapping[int, str] = dataclasses.field(default_factory=dict)
    cut: Mapping[str, str] = dataclasses.field(default_factory=dict)
    stated: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the page gave nothing at all."""
        return not (self.posts or self.threads or self.boards)
