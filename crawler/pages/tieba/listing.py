"""What all readers of 贴吧's lists share: a thread as a list shows it, and what stands there of its first post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from crawler.pages.entry import signature_of
from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost, ShownThread
from crawler.pages.tieba.addresses import post_address, thread_address
from crawler.post import Engagement, IssueReason, PostKind


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A thread in a list of the site at `root`; `post_id` is its first post, or the one that a search found."""

    root: str
    thread_id: str
    title: str
    post_id: str = ""
    text: str = ""
    author: str | None = None
    published: datetime | None = None
    active: datetime | None = None
    replies: int | None = None
    views: int | None = None
    is_sticky: bool = False
    kind: PostKind = PostKind.TOPIC
    parent_id: str | None = None
    said: str = ""

    def thread(self) -> ShownThread:
        """Return the thread; `said` is what the list says of its last reply, word by word."""
        return ShownThread(
            native_id=self.thread_id,
            url=thread_address(self.root, self.thread_id),
            title=self.title,
            replies=self.replies,
            views=self.views,
            is_sticky=self.is_sticky,
            signature=signature_of(self.replies, self.said),
            active=self.active,
        )

    def post(self) -> ShownPost:
        """Return the post as far as the list shows it, by the number of its thread where the list gives no other."""
        url = thread_address(self.root, self.thread_id)
        return ShownPost(
            native_id=self.post_id or self.thread_id,
            kind=self.kind,
            url=post_address(self.root, self.thread_id, self.post_id) if self.post_id else url,
            title=self.title if self.kind is PostKind.TOPIC else "",
            text=self.text,
            published=self.published,
            author=self.author,
            parent_id=self.parent_id,
            engagement=Engagement(replies=self.replies, views=self.views),
        )


def list_of(
    rows: Iterable[Listed], *, following: str | None = None, issues: Iterable[PageIssue] = (), stated: int | None = None
) -> Extraction:
    """Return a list page; one without threads says so, for an empty page is not the end of a board."""
    listed = list(rows)
    threads: dict[str, ShownThread] = {}
    posts: dict[str, ShownPost] = {}
    for row in listed:
        threads.setdefault(row.thread_id, row.thread())
        if row.title or row.text:
            posts.setdefault(row.post().native_id, row.post())
    empty = PageIssue(reason=IssueReason.EMPTY_PAGE, detail="列表的这一页没有一个主题", field="threads")
    return Extraction(
        kind=PageKind.LIST,
        threads=tuple(threads.values()),
        posts=tuple(posts.values()),
        next=following,
        issues=(*issues, *(() if listed else (empty,))),
        stated=stated,
    )
