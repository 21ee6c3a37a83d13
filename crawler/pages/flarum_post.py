"""One post in a JSON:API answer of a Flarum forum, with what other parts of the answer say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from parsel import Selector

from crawler.pages.entry import Entry
from crawler.pages.extraction import PageIssue, ShownPost
from crawler.post import Engagement, IssueReason, PostKind
from crawler.reading.fragment import parse_fragment, read_fragment

_NOT_OWN_WORDS = ("blockquote", ".PostMention")
_COMMENT = "comment"
"""`contentType` of posts that people wrote; others are notes such as discussionRenamed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer taken apart: its `data`, what is `included` by type and id, its `links`, and the forum's `root`."""

    data: list[Entry]
    included: Mapping[tuple[str, str], Entry]
    links: Entry
    root: str
    issues: list[PageIssue]

    @classmethod
    def of(cls, entry: Entry, root: str) -> Self:
        """Take an answer apart."""
        one = entry.value.get("data")
        data = [entry.entry("data")] if isinstance(one, dict) else entry.entries("data")
        included = {(row.text("type"), row.identity("id")): row for row in entry.entries("included")}
        own = {(row.text("type"), row.identity("id")): row for row in data}
        return cls(data, {**own, **included}, entry.entry("links"), root, entry.issues)

    def identities(self, row: Entry, name: str) -> list[str]:
        """Return the ids that a relationship of many names."""
        return [one.identity("id") for one in row.entry("relationships").entry(name).entries("data")]

    def identity(self, row: Entry, name: str) -> str:
        """Return the id that a relationship names; empty where it names none."""
        return row.entry("relationships").entry(name).entry("data").identity("id")

    def related(self, row: Entry, name: str) -> Entry | None:
        """Return what a relationship names; `None` where it names nothing or the answer doesn't hold it."""
        named = row.entry("relationships").entry(name).entry("data")
        return self.included.get((named.text("type"), named.identity("id")))


def read_post(row: Entry, answer: Answer) -> ShownPost | None:
    """Read a post; `None` for one that was deleted, which is noted, and for notes of the software."""
    native_id = row.about("一个帖子").identity("id", required=True)
    shown = row.entry("attributes").about(f"帖子 {native_id} ")
    if not native_id or shown.text("contentType") not in {"", _COMMENT}:
        return None
    if shown.says("isHidden"):
        shown.note(IssueReason.DELETED, f"帖子 {native_id} 已被删除（网站自己这样说）")
        return None
    return _post(native_id, row, shown, answer)


def _post(native_id: str, row: Entry, shown: Entry, answer: Answer) -> ShownPost:
    number = shown.count("number")
    is_topic = number == 1
    discussion = _discussion(row, answer)
    content = parse_fragment(shown.text("contentHtml", required=True))
    thread_id = discussion.identity("id") or answer.identity(row, "discussion")
    return ShownPost(
        native_id=native_id,
        kind=PostKind.TOPIC if is_topic else PostKind.REPLY,
        url=f"{answer.root}/d/{thread_id}/{number}",
        title=discussion.entry("attributes").text("title") if is_topic else "",
        text=read_fragment(content, leave_out=_NOT_OWN_WORDS),
        published=shown.moment("createdAt", "time", required=True),
        author=_author(row, discussion, answer),
        parent_id=_answered(content),
        engagement=_engagement(shown, discussion.entry("attributes"), is_topic=is_topic),
    )


def _discussion(row: Entry, answer: Answer) -> Entry:
    """Return the discussion of a post: the one that it names, or the one whose relationships name it."""
    named = answer.related(row, "discussion")
    naming = (one for one in answer.data if one.text("type") == "discussions" and _names(one, row, answer))
    return named or next(naming, row.entry("none"))


def _names(discussion: Entry, row: Entry, answer: Answer) -> bool:
    one = (answer.identity(discussion, name) for name in ("firstPost", "mostRelevantPost"))
    return row.identity("id") in {*one, *answer.identities(discussion, "posts")}


def _author(row: Entry, discussion: Entry, answer: Answer) -> str | None:
    """Return the name of who wrote a post; who began the discussion wrote its first one."""
    relationship = row.entry("relationships").entry("user").value
    if "data" in relationship and relationship["data"] is None:  # the account was deleted
        return None
    is_first = row.entry("attributes").count("number") == 1
    user = answer.related(row, "user") or (answer.related(discussion, "user") if is_first else None)
    shown = (user or row.entry("none")).entry("attributes")
    name = shown.text("username") or shown.text("displayName")
    if not name:
        detail = f"帖子 {row.identity('id')} 没有作者：网站的回答里没有附上这个用户"
        row.note(IssueReason.MISSING_FIELD, detail, "author")
    return name or None


def _answered(content: Selector) -> str | None:
    """Return the id of the post that a text answers or quotes: Flarum writes it as a mention of that post."""
    return content.css(".PostMention::attr(data-id)").get() or None


def _engagement(shown: Entry, discussion: Entry, *, is_topic: bool) -> Engagement:
    posts = discussion.count("commentCount")
    return Engagement(
        likes=shown.count("likesCount"),
        replies=max(0, posts - 1) if is_topic and posts is not None else shown.count("mentionedByCount"),
        views=discussion.count("viewCount") if is_topic else None,
    )
