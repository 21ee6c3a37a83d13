"""Turning pages: how far a board or a thread was read in this run, and when to stop turning."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.coverage import Coverage, Gap, gap_of
from crawler.pages.extraction import Extraction, ShownPost, ShownThread
from crawler.post import IssueReason, ThreadRead

Trouble = tuple[IssueReason, str]
_GAPS = {IssueReason.CUT_SHORT, IssueReason.EMPTY_PAGE}
_LIST_GAPS = {IssueReason.SITE_CAP, IssueReason.SIMILAR_OMITTED, IssueReason.LOGIN_REQUIRED, IssueReason.PERMISSION}


@dataclass
class _Reading:
    _addresses: set[str] = field(default_factory=set, init=False)
    _contents: set[tuple[str, ...]] = field(default_factory=set, init=False)
    _retried: set[str] = field(default_factory=set, init=False)

    def should_retry(self, url: str, extraction: Extraction) -> bool:
        """Whether an empty page is to be asked for once more: a page may come empty by chance."""
        is_empty = any(issue.reason is IssueReason.EMPTY_PAGE for issue in extraction.issues)
        if not is_empty or url in self._retried:
            return False
        self._retried.add(url)
        return True

    def turn(self, url: str, extraction: Extraction, *, limit: int) -> Trouble | None:
        """Note a page that was read; return why its next page must not be followed, if so."""
        content = (
            *(item.native_id for item in extraction.threads or extraction.posts),
            *extraction.left_out,
            *(f"cut {native_id}" for native_id in extraction.cut),
        )
        is_repeated = content in self._contents
        self._addresses.add(url)
        self._contents.add(content)
        if is_repeated:
            return IssueReason.ENDLESS_PAGINATION, "翻页没有尽头：这一页的内容与读过的一页相同，到此为止"
        if extraction.next in self._addresses:
            return (
                IssueReason.ENDLESS_PAGINATION,
                f"翻页没有尽头：下一页指回读过的 {extraction.next}，到此为止",
            )
        if extraction.next and len(self._addresses) >= limit:
            return IssueReason.PAGE_LIMIT, f"已读 {limit} 页，达到站点文件的 limit，后面的页没有读"
        return None


@dataclass
class BoardReading(_Reading):
    """A board on its way through its list pages; `url` is its first page."""

    url: str
    _listed: set[str] = field(default_factory=set, init=False)
    _stated: int = field(default=0, init=False)
    _reasons: set[IssueReason] = field(default_factory=set, init=False)

    def note(self, extraction: Extraction) -> None:
        """Note what a list page shows, and how many threads (hits) there are by the site's own account."""
        self._listed.update(thread.native_id for thread in extraction.threads)
        self._stated = max(self._stated, extraction.stated or 0)
        self._reasons.update(issue.reason for issue in extraction.issues)

    def covered(self, source: str, *, at: datetime, trouble: Trouble | None = None) -> Coverage:
        """Return how much of what the site states the list showed, once its pages were turned to their end."""
        missing = max(0, self._stated - len(self._listed))
        reasons = self._reasons & _LIST_GAPS | ({trouble[0]} if trouble else set())
        gap = (gap_of(reasons) or Gap.CAP) if missing else None
        item = f"list:{self.url}"
        return Coverage(source=source, item=item, board=self.url, url=self.url, at=at, stated=missing, gap=gap)

    @property
    def is_cut(self) -> bool:
        """Whether a list page came incomplete, so that threads and further pages may be missing."""
        return IssueReason.CUT_SHORT in self._reasons

    def is_known_empty(self, extraction: Extraction) -> bool:
        """Whether the site itself says that the board has no threads."""
        return any(issue.reason is IssueReason.EMPTY_BOARD for issue in extraction.issues)


@dataclass
class ThreadReading(_Reading):
    """A thread on its way through its pages; `signature` and `active` are what the list said.

    `is_whole` says whether all posts of the pages so far were read. `board` is the list that showed it, `stated` how
    many posts it has by the site's own account.
    """

    thread_id: str
    url: str
    signature: str = ""
    active: datetime | None = None
    board: str = ""
    stated: int | None = None
    post_ids: dict[str, None] = field(default_factory=dict, init=False)
    numbers: dict[int, str] = field(default_factory=dict, init=False)
    is_whole: bool = field(default=True, init=False)
    _rest: list[str] = field(default_factory=list, init=False)
    _missing: set[str] = field(default_factory=set, init=False)
    _left_out: set[str] = field(default_factory=set, init=False)
    _reasons: set[IssueReason] = field(default_factory=set, init=False)

    @classmethod
    def of(cls, thread: ShownThread, *, board: str = "") -> "ThreadReading":
        """Return the reading of a thread that a list shows; by its replies the site states how many posts it has."""
        stated = None if thread.replies is None else thread.replies + 1
        return cls(
            thread.native_id,
            thread.url,
            signature=thread.signature,
            active=thread.active,
            board=board,
            stated=stated,
        )

    def fresh(self, posts: Iterable[ShownPost]) -> Iterator[ShownPost]:
        """Yield the posts that no earlier page showed (pinned copies and moved posts come twice)."""
        for post in posts:
            if post.native_id not in self.post_ids:
                self.post_ids[post.native_id] = None
                self.active = max(filter(None, (self.active, post.published)), default=None)
                yield post

    def note(self, extraction: Extraction) -> Extraction:
        """Note what a page says of its thread; return the page with its next one where an earlier page named that."""
        self.numbers.update(extraction.numbers)
        self._rest.extend(extraction.rest)
        self._missing.update(set(extraction.announced) - self.post_ids.keys())
        self._missing.difference_update(extraction.left_out, (post.native_id for post in extraction.posts))
        self._left_out.update(extraction.left_out)
        self._note_stated(extraction)
        self._note_gaps(extraction)
        return extraction if extraction.next else replace(extraction, next=self.skip())

    def skip(self) -> str | None:
        """Return the address of the next page that an earlier page named, if there is one."""
        return self._rest.pop(0) if self._rest else None

    def shortfall(self) -> Trouble | None:
        """Return what is missing though the site announced it, once all pages were read."""
        if not self._missing:
            return None
        self.is_whole = False
        some = "、".join(sorted(self._missing)[:5])
        detail = f"网站说这个主题还有 {len(self._missing)} 个帖子，却没有给出（编号 {some}）；下次采集会再读"
        return IssueReason.CUT_SHORT, detail

    def _note_stated(self, extraction: Extraction) -> None:
        said = [post.engagement.replies for post in extraction.posts if post.native_id == next(iter(self.post_ids), "")]
        counts = [count + 1 for count in (*said, extraction.stated) if count is not None]
        self.stated = max((*counts, *([] if self.stated is None else [self.stated])), default=None)

    def blame(self, reasons: Iterable[IssueReason]) -> None:
        """Note why posts may be missing."""
        self._reasons.update(reasons)

    def covered(self, source: str, *, at: datetime) -> Coverage:
        """Return how much of the thread was read, as it stands."""
        announced = len(self.post_ids) + len(self._missing) if self._missing else None
        known = [count for count in (self.stated, announced) if count is not None]
        return Coverage(
            source=source,
            item=f"thread:{self.thread_id}",
            board=self.board,
            url=self.url,
            at=at,
            stated=max(known, default=None),
            got=len(self.post_ids),
            deleted=len(self._left_out),
            gap=gap_of(self._reasons),
            is_whole=self.is_whole,
        )

    def _note_gaps(self, extraction: Extraction) -> None:
        self._reasons.update(issue.reason for issue in extraction.issues)
        if any(issue.reason in _GAPS or issue.field == "next" for issue in extraction.issues):
            self.is_whole = False

    def finished(self, source: str, *, at: datetime) -> ThreadRead:
        """Return the record that all pages were read."""
        return self._read(source, self.signature, at)

    def walled(self, source: str, *, at: datetime) -> ThreadRead:
        """Return the record for the visit memory that the thread may not be read; no signature: it isn't known."""
        return self._read(source, "", at)

    def _read(self, source: str, signature: str, at: datetime) -> ThreadRead:
        return ThreadRead(
            source=source,
            thread_id=self.thread_id,
            post_ids=tuple(self.post_ids),
            signature=signature,
            read=at,
            url=self.url,
            active=self.active,
        )
