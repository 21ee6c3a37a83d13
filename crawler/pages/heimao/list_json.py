"""A list of complaints in JSON: the newest ones, the hits of a search, those against a company, all of one shape.

Trap: `main.uid` is the person's id even where the author is shown as 「匿名」; it is never read.
"""

import hashlib
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost
from crawler.pages.heimao.addresses import complaint_address, number_of, turned
from crawler.pages.heimao.complaint import Complaint, author_of
from crawler.pages.page import Page
from crawler.post import Engagement, IssueReason, PostKind
from crawler.reading.fragment import parse_fragment, read_fragment

_STATUSES = {4: "处理中"}
"""What the numbers of a status mean, as far as is known; newer answers give the words (`status_name`)."""
_AMOUNTS = ("cost", "amount", "money", "appeal_amount")
_RATINGS = {"attitude": "服务态度", "process": "处理速度", "satisfaction": "满意度"}


def read_list(page: Page, answer: Entry) -> Extraction:
    """Read an answer with a list of complaints."""
    data = answer.entry("result").entry("data")
    rows = data.entries("lists") or data.entries("complaints")
    found = [(complaint, row) for row in rows if (complaint := _complaint(row, page))]
    posts = [post for complaint, row in found for post in (complaint.post(), *_comments(row, complaint))]
    if not found:
        answer.issues.append(_nothing(page, data))
    return Extraction(
        kind=PageKind.LIST,
        threads=tuple({complaint.number: complaint.thread() for complaint, _ in found}.values()),
        posts=tuple({post.native_id: post for post in posts}.values()),
        next=_next(page, data.entry("pager")),
        issues=tuple(answer.issues),
        stated=data.entry("pager").count("item_count"),
    )


def _complaint(row: Entry, page: Page) -> Complaint | None:
    main = row.entry("main") if row.entry("main").value else row
    link = main.text("url")
    number = main.about("列表中的一个投诉").identity("sn") or number_of(link)
    if not number:
        main.about("列表中的一个投诉").missing("sn")
        return None
    main = main.about(f"投诉 {number} ")
    return Complaint(
        number=number,
        url=complaint_address(page.url, link, number),
        title=_plain(main.text("title", required=True)),
        text=_plain(main.text("summary")),
        published=main.moment("timestamp", "datetime", required=True),
        author=author_of(row.entry("author").text("title")),
        fields=_fields(main),
        lines=_rating(main),
        counts=Engagement(
            likes=main.count("upvote_amount"),
            replies=main.count("comment_amount"),
            shares=main.count("share_amount"),
        ),
        said=f"{main.identity('status')} {main.identity('comment_amount')} {main.says('evaluate_u')}",
    )


def _plain(html: str) -> str:
    return read_fragment(parse_fragment(html))


def _fields(main: Entry) -> tuple[tuple[str, str], ...]:
    amount = next((main.identity(name) for name in _AMOUNTS if main.identity(name) not in {"", "0"}), "")
    return (
        ("投诉对象", main.text("cou_name") or main.text("cotitle")),
        ("投诉问题", main.text("issue")),
        ("投诉要求", main.text("appeal")),
        ("涉诉金额", f"{amount}元" if amount[-1:].isdigit() else amount),
        ("投诉进度", _status(main)),
    )


def _status(main: Entry) -> str:
    number = main.count("status")
    words = main.text("status_name")
    return words or ("" if number is None else _STATUSES.get(number, f"编号 {number}（网站没有给出文字）"))


def _rating(main: Entry) -> list[str]:
    rating = main.entry("evaluate_u")
    stars = [f"{name}{rating.identity(key)}星" for key, name in _RATINGS.items() if rating.identity(key)]
    words = _plain(rating.text("evalContent"))
    return [f"评价：{'，'.join(filter(None, (*stars, words)))}"] if stars or words else []


def _comments(row: Entry, complaint: Complaint) -> Iterator[ShownPost]:
    """Yield other people's comments, which come without ids and times: by a digest of who says what."""
    for comment in row.entry("main").entries("comments"):
        nick, words = comment.text("nick"), _plain(comment.text("content"))
        digest = hashlib.sha256(f"{nick}\x00{words}".encode()).hexdigest()[:10]
        yield ShownPost(
            native_id=f"{complaint.number}-{digest}",
            kind=PostKind.COMMENT,
            url=complaint.url,
            title="",
            text=words,
            published=None,
            author=author_of(nick),
            parent_id=complaint.number,
        )


def _next(page: Page, pager: Entry) -> str | None:
    current, total = pager.count("current") or 1, pager.count("page_amount") or 1
    return turned(page.url, pager.count("next") or current + 1) if current < total else None


def _nothing(page: Page, data: Entry) -> PageIssue:
    stated = data.entry("pager").count("item_count")
    if stated == 0:
        what = "搜索没有结果" if urlsplit(page.url).path.endswith("/s") else "列表里没有投诉"
        return PageIssue(reason=IssueReason.EMPTY_BOARD, detail=f"{what}（网站自己这样说）")
    detail = f"列表的这一页没有一个投诉，网站说共有 {stated if stated is not None else '?'} 个"
    return PageIssue(reason=IssueReason.EMPTY_PAGE, detail=detail, field="lists")
