"""One post (mblog) in an answer of m.weibo.cn, with the post that it passes on.

Shapes: the recorded answers of 2019 to 2022. Ids are numbers or text, counts numbers, `100万+` or text; a post that is
passed on comes whole inside, without `user` when it is gone. The address never carries the account's number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.pages.entry import Entry, signature_of
from crawler.pages.extraction import ShownPost, ShownThread
from crawler.pages.weibo.addresses import comments_address, mid_of, status_address, text_address
from crawler.pages.weibo.words import is_cut, read_words
from crawler.post import Engagement, IssueReason, PostKind
from crawler.reading.regions import read_region

_TITLE = 40
_LIMITED = re.compile(r"权限|可见|仅展示")


@dataclass(frozen=True, slots=True)
class Status:
    """A post as an answer shows it: `original` is the one that it passes on, `thread` what a list says of it."""

    post: ShownPost
    thread: ShownThread
    is_cut: bool
    original: "Status | None" = None

    @property
    def all(self) -> "Iterator[Status]":
        """The post and the one that it passes on."""
        yield self
        if self.original:
            yield self.original


def read_status(row: Entry, root: str) -> Status | None:
    """Read a post; `None` for one that is gone or closed, which is noted."""
    mid = _mid(row.about("一条微博"))
    row = row.about(f"微博 {mid} ")
    if not mid or _is_gone(row, mid):
        return None
    inner = row.entry("retweeted_status")
    original = read_status(inner, root) if inner.value else None
    inner_mid = _mid(inner) if inner.value else ""
    post = _post(row, mid, root, inner_mid)
    edits = (row.value.get("edit_count"), row.value.get("edit_at"))
    return Status(post, thread_of(post, root, *edits), is_cut(row.text("text")), original)


def _mid(row: Entry) -> str:
    number = row.identity("mid") or row.identity("id", required=True) or row.identity("bid")
    return mid_of(number) if re.fullmatch(r"[0-9A-Za-z]+", number) else ""


def _is_gone(row: Entry, mid: str) -> bool:
    """A post whose author isn't shown is a note of the site in the place of the text."""
    if row.entry("user").value:
        return False
    said = read_words(row.text("text"))
    reason = IssueReason.PERMISSION if _LIMITED.search(said) else IssueReason.DELETED
    row.note(reason, f"微博 {mid} 看不到了，网站说：{said[:60] or '（没有说明）'}")
    return True


def _post(row: Entry, mid: str, root: str, inner_mid: str) -> ShownPost:
    return ShownPost(
        native_id=mid,
        kind=PostKind.TOPIC,
        url=f"{root}/detail/{mid}",
        title="",
        text=read_words(row.text("text", required=True)),
        published=row.moment("created_at", required=True),
        author=row.entry("user").about(row.subject).text("screen_name", required=True) or None,
        parent_id=inner_mid or None,
        region=read_region(row.text("region_name")),
        engagement=Engagement(
            likes=row.count("attitudes_count"), replies=row.count("comments_count"), shares=row.count("reposts_count")
        ),
    )


def thread_of(post: ShownPost, root: str, *edits: object) -> ShownThread:
    """Return what a list says of a post; an edit or a new comment changes the signature, likes and shares don't."""
    replies = post.engagement.replies
    return ShownThread(
        native_id=post.native_id,
        url=status_address(root, post.native_id),
        title=" ".join(post.text.split())[:_TITLE],
        replies=replies,
        signature=signature_of(replies, *edits),
        active=post.published,
    )


def whole_texts(statuses: "Iterator[Status]", root: str) -> dict[str, str]:
    """Return where the whole text of each post is that is shown in part."""
    ids = (one.post.native_id for status in statuses for one in status.all if one.is_cut)
    return {mid: text_address(root, mid) for mid in ids}


def further_pages(status: Status, cut: dict[str, str], root: str) -> tuple[str, ...]:
    """Return what belongs to a post beside its own answer: whole texts and the first page of comments."""
    has_comments = status.post.engagement.replies != 0
    return (*cut.values(), *([comments_address(root, status.post.native_id)] if has_comments else []))
