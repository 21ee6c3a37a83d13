"""What all readers of 贴吧's threads share: the thread that posts belong to, and the building of a post."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from crawler.pages.extraction import PageIssue, ShownPost
from crawler.pages.tieba.addresses import nested_addresses, post_address, thread_address
from crawler.post import Engagement, IssueReason, PostKind


@dataclass
class Thread:
    """The thread of a page, on the site at `root`; gathers `issues` and the pages of nested replies in `rest`."""

    root: str
    thread_id: str
    served: datetime
    title: str = ""
    counts: Engagement = field(default_factory=Engagement)
    issues: list[PageIssue] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The thread's own address."""
        return thread_address(self.root, self.thread_id)

    def note(self, reason: IssueReason, detail: str, name: str = "") -> None:
        """Gather an issue."""
        self.issues.append(PageIssue(reason=reason, detail=detail, field=name))


@dataclass(frozen=True, kw_only=True)
class Floor:
    """A post of a thread as any of the pages shows it; `nested` are its replies there, `total` how many it has."""

    native_id: str
    text: str
    published: datetime | None
    author: str | None
    is_topic: bool = False
    region: str | None = None
    likes: int | None = None
    total: int | None = None
    nested: tuple[ShownPost, ...] = ()

    def missing(self, thread: Thread) -> tuple[str, ...]:
        """Return the addresses of the nested replies that the page doesn't show."""
        total, shown = self.total or 0, len(self.nested)
        if total <= shown:
            return ()
        return nested_addresses(thread.root, thread.thread_id, self.native_id, total=total, shown=shown)

    def shown(self, thread: Thread) -> ShownPost:
        """Return the post."""
        counts = thread.counts if self.is_topic else Engagement(replies=self.total)
        return ShownPost(
            native_id=self.native_id,
            kind=PostKind.TOPIC if self.is_topic else PostKind.REPLY,
            url=post_address(thread.root, thread.thread_id, self.native_id),
            title=thread.title if self.is_topic else "",
            text=self.text,
            published=self.published,
            author=self.author,
            region=self.region,
            engagement=Engagement(likes=self.likes, replies=counts.replies, views=counts.views, shares=counts.shares),
        )


@dataclass(frozen=True, kw_only=True)
class Nested:
    """A reply to a post (楼中楼)."""

    native_id: str
    parent_id: str
    text: str
    published: datetime | None
    author: str | None
    region: str | None = None
    likes: int | None = None

    def shown(self, thread: Thread) -> ShownPost:
        """Return the post."""
        return ShownPost(
            native_id=self.native_id,
            kind=PostKind.COMMENT,
            url=post_address(thread.root, thread.thread_id, self.parent_id, self.native_id),
            title="",
            text=self.text,
            published=self.published,
            author=self.author,
            parent_id=self.parent_id or None,
            region=self.region,
            engagement=Engagement(likes=self.likes),
        )


def posts_of(floors: Iterable[Floor], thread: Thread) -> tuple[ShownPost, ...]:
    """Return the posts of floors with what is nested in each, once each."""
    posts: dict[str, ShownPost] = {}
    for floor in floors:
        for post in (floor.shown(thread), *floor.nested):
            posts.setdefault(post.native_id, post)
    return tuple(posts.values())
