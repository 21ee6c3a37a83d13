"""Comments of a post as m.weibo.cn answers them, at both levels, and as the old weibo.com did (HTML inside JSON).

`hotflow` nests a few replies in each comment and goes on by `max_id` with `max_id_type`; `hotFlowChild` has the replies
of one comment; the older `comments/show` turns by `page`. `total_number` counts what the site doesn't show, too.
"""

from collections.abc import Iterator, Sequence

from parsel import Selector

from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.pages.weibo.addresses import changed, parameter, replies_address, root_of
from crawler.pages.weibo.words import read_words, words_of
from crawler.post import Engagement, IssueReason, PostKind
from crawler.reading.dates import read_date
from crawler.reading.fragment import parse_fragment
from crawler.reading.regions import read_region


def read_comments(page: Page, answer: Entry) -> Extraction:
    """Read a page of comments, or of the replies to one."""
    is_nested = isinstance(answer.value.get("data"), list)
    data = answer if is_nested else answer.entry("data")
    rows = [*([] if is_nested else data.entries("hot_data")), *data.entries("data")]
    posts = {post.native_id: post for row in rows for post in _with_replies(row, page)}
    following = _next(page, data)
    if not posts and following:
        answer.note(IssueReason.EMPTY_PAGE, "评论的这一页没有一条评论", "data")
    return Extraction(
        kind=PageKind.THREAD,
        posts=tuple(posts.values()),
        next=following if posts else None,
        issues=tuple(answer.issues),
        thread_id=parameter(page.url, "mid", "id") or None,
        rest=tuple(_unshown(rows, page)),
        stated=None if is_nested else data.count("total_number"),
    )


def _with_replies(row: Entry, page: Page) -> Iterator[ShownPost]:
    comment = _comment(row, page)
    if comment:
        yield comment
        nested = (_comment(reply, page, parent=comment.native_id) for reply in row.entries("comments"))
        yield from (reply for reply in nested if reply)


def _comment(row: Entry, page: Page, *, parent: str = "") -> ShownPost | None:
    native_id = row.about("一条评论").identity("id", required=True)
    row = row.about(f"评论 {native_id} ")
    if not native_id:
        return None
    answered = row.identity("reply_id") or row.identity("rootid") or parent
    return ShownPost(
        native_id=native_id,
        kind=PostKind.COMMENT,
        url=_url(page, native_id),
        title="",
        text=read_words(row.text("text", required=True)),
        published=row.moment("created_at", required=True),
        author=row.entry("user").about(row.subject).text("screen_name", required=True) or None,
        parent_id=answered if answered not in {"0", native_id, ""} else parent or None,
        region=read_region(row.text("source")),
        engagement=_engagement(row, is_nested=bool(parent)),
    )


def _url(page: Page, native_id: str) -> str:
    mid = parameter(page.url, "mid", "id")
    return f"{root_of(page.url)}/detail/{mid}?cid={native_id}" if mid else f"{page.url.partition('#')[0]}#{native_id}"


def _engagement(row: Entry, *, is_nested: bool) -> Engagement:
    likes = row.count("like_count")
    return Engagement(
        likes=row.count("like_counts") if likes is None else likes,
        replies=None if is_nested else row.count("total_number"),
    )


def _unshown(rows: Sequence[Entry], page: Page) -> Iterator[str]:
    """Yield where the replies of those comments are that have more than are shown inside."""
    for row in rows:
        native_id, count = row.identity("id"), row.count("total_number") or 0
        if native_id and count > len(row.entries("comments")):
            yield replies_address(root_of(page.url), native_id)


def _next(page: Page, data: Entry) -> str | None:
    latest = data.identity("max_id")
    if latest:
        return None if latest == "0" else changed(page.url, max_id=latest, max_id_type=data.identity("max_id_type"))
    number, last = parameter(page.url, "page") or "1", data.count("max") or 0
    is_show = "/comments/show" in page.url and number.isdecimal()
    return changed(page.url, page=str(int(number) + 1)) if is_show and int(number) < last else None


def read_old_comments(page: Page, answer: Entry) -> Extraction:
    """Read an answer of weibo.com/aj/v6/comment (2017), whose comments are a piece of HTML."""
    data = answer.entry("data")
    items = parse_fragment(data.text("html", required=True)).css("div[comment_id]")
    posts = [post for item in items if (post := _old_comment(item, page, answer))]
    thread_id = parameter(page.url, "id", "mid") or None
    return Extraction(
        kind=PageKind.THREAD,
        posts=tuple(posts),
        issues=tuple(answer.issues),
        thread_id=thread_id,
        stated=data.count("count"),
    )


def _old_comment(item: Selector, page: Page, answer: Entry) -> ShownPost | None:
    native_id, words = item.attrib["comment_id"], item.css(".WB_text")
    if not words:
        answer.note(IssueReason.MISSING_FIELD, f"评论 {native_id} 没有内容：选择器 .WB_text 没有匹配到", "text")
        return None
    moment = read_date(item.css(".WB_from::text").get(""), served=page.served)
    outer = item.xpath("ancestor::div[@comment_id][1]/@comment_id").get()
    return ShownPost(
        native_id=native_id,
        kind=PostKind.COMMENT,
        url=_url(page, native_id),
        title="",
        text=_after_name(words[0]),
        published=moment.at if moment else None,
        author=(words[0].css("a[usercard]::text").get() or "").strip() or None,
        parent_id=outer,
    )


def _after_name(words: Selector) -> str:
    return words_of(words, leave_out=["a[usercard*='id=']"]).lstrip("：: ")
