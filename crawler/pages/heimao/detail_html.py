"""A complaint's own page: its head (`div.ts-d-question`), and the steps taken on it (`div.ts-d-item`)."""

import hashlib
import re
from collections.abc import Iterator

from lxml.etree import _Element
from parsel import Selector

from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost
from crawler.pages.heimao.addresses import base_of, complaint_address, number_of
from crawler.pages.heimao.complaint import Complaint, author_of
from crawler.pages.page import Page
from crawler.post import Engagement, IssueReason, PostKind
from crawler.reading.counts import read_count
from crawler.reading.dates import read_date
from crawler.reading.text import read_lines

HEAD = ".ts-d-question"
_STEP = ".ts-d-item"
_BEGUN = re.compile(r"发起(?:了)?投诉|提交(?:了)?投诉|^发起$")
_PLATFORM = re.compile(r"^黑猫|黑猫(?:消费者服务)?平台|^平台$")
_STARS = re.compile(r"\bstar(\d)\b")


def read_complaint_page(page: Page) -> Extraction:
    """Read a complaint with its steps; a page with the heads of several is read as a list of them."""
    issues, heads = page.issues(), page.selector.css(HEAD)
    steps = page.selector.css(_STEP)
    if len(heads) > 1 and not steps:
        return _heads([found for head in heads if (found := _complaint(head, page, issues, ""))], issues)
    begun = next((step for step in steps if _BEGUN.search(_words(step, ".u-status"))), None)
    complaint = _complaint(heads[0], page, issues, _body(begun, _words(heads[0], "h1")) if begun else "")
    if complaint is None:
        return Extraction(kind=PageKind.UNKNOWN, issues=tuple(issues))
    if begun is None:
        detail = f"投诉 {complaint.number} 的页面没有正文（发起投诉那一步）"
        issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="text"))
    later = [step for step in steps if begun is None or step.root is not begun.root]
    answers = [*_steps(later, complaint, page, issues), *_rating(page, complaint)]
    posts = {post.native_id: post for post in (complaint.post(), *answers)}
    return Extraction(
        kind=PageKind.THREAD, posts=tuple(posts.values()), thread_id=complaint.number, issues=tuple(issues)
    )


def _heads(found: list[Complaint], issues: list[PageIssue]) -> Extraction:
    return Extraction(
        kind=PageKind.LIST,
        threads=tuple({one.number: one.thread() for one in found}.values()),
        posts=tuple({one.number: one.post() for one in found}.values()),
        issues=tuple(issues),
    )


def _complaint(head: Selector, page: Page, issues: list[PageIssue], text: str) -> Complaint | None:
    fields = list(_fields(head))
    number = dict(fields).get("投诉编号") or number_of(page.url) or head.css("[data-rid]").attrib.get("data-rid", "")
    if not number:
        detail = "投诉页没有投诉编号：ts-q-list 里没有，网址里也没有"
        issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="native_id"))
        return None
    when = _words(head, ".u-date")
    moment = read_date(when, served=page.served)
    if moment is None:
        detail = f"投诉 {number} 的时间读不出：{when or '没有'}"
        issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="published"))
    own = page.url if number_of(page.url) == number else ""
    return Complaint(
        number=number,
        url=own or complaint_address(base_of(page.url), "", number),
        title=_words(head, "h1"),
        text=text,
        published=moment.at if moment else None,
        author=author_of(_words(head, ".u-name")),
        fields=fields,
        counts=Engagement(
            likes=read_count(_words(head, ".vote")),
            replies=read_count(_words(head, ".new_msg")),
            shares=read_count(head.css(".new_reply::text").get("")),
        ),
    )


def _fields(head: Selector) -> Iterator[tuple[str, str]]:
    """Yield the fields by their labels; list items that the page doesn't close may hold several."""
    for label in head.css(".ts-q-list label"):
        own = label.root
        if isinstance(own, _Element):
            value = "".join(_after(own))
            yield " ".join("".join(own.itertext()).split()).rstrip("：: "), " ".join(value.split())


def _after(label: _Element) -> Iterator[str]:
    yield label.tail or ""
    for beside in label.itersiblings():
        if beside.tag in {"label", "li"}:
            return
        yield " ".join(map(str, beside.itertext())) + (beside.tail or "")


def _words(scope: Selector, css: str) -> str:
    return " ".join(scope.css(css).xpath("string()").get("").split())


def _body(step: Selector, title: str = "") -> str:
    content = step.css(".ts-d-cont, .ts-reply")
    root = content[0].root if content else None
    lines = read_lines(root).split("\n") if isinstance(root, _Element) else []
    return "\n".join(line for line in lines if line and line != title)


def _steps(steps: list[Selector], complaint: Complaint, page: Page, issues: list[PageIssue]) -> Iterator[ShownPost]:
    for step in steps:
        who, did, when = _words(step, ".u-name"), _words(step, ".u-status"), _words(step, ".u-date")
        moment = read_date(when, served=page.served)
        if moment is None:
            detail = f"投诉 {complaint.number} 的“{did}”一步没有读得出的时间：{when or '没有'}"
            issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="published"))
        role = _role(who, complaint)
        yield ShownPost(
            native_id=_step_id(complaint.number, who, did, when),
            kind=PostKind.REPLY,
            url=complaint.url,
            title="",
            text="\n".join(filter(None, (f"{role}：{did}", _body(step)))),
            published=moment.at if moment else None,
            author=author_of(who),
            parent_id=complaint.number,
        )


def _role(who: str, complaint: Complaint) -> str:
    """Return who takes a step, by what they are and never by a name."""
    if _PLATFORM.search(who):
        return "平台"
    is_author = author_of(who) is None or who == complaint.author
    return "用户" if is_author else "商家"


def _step_id(number: str, who: str, did: str, when: str) -> str:
    """Return an id that stays when steps are added before or after; the page gives steps none."""
    return f"{number}-{hashlib.sha256(f'{who}|{did}|{when}'.encode()).hexdigest()[:10]}"


def _rating(page: Page, complaint: Complaint) -> Iterator[ShownPost]:
    rating = page.selector.css(".ts-d-pj")
    lines = [line for item in rating.css("li") if (line := _stars(item))]
    words = " ".join(text for text in (" ".join(part.split()) for part in rating.css("p::text").getall()) if text)
    if lines or words:
        yield ShownPost(
            native_id=f"{complaint.number}-rating",
            kind=PostKind.REPLY,
            url=complaint.url,
            title="",
            text="\n".join(filter(None, ("用户：评价", *lines, words))),
            published=None,
            author=complaint.author,
            parent_id=complaint.number,
        )


def _stars(item: Selector) -> str:
    label = " ".join(item.xpath("string()").get("").split()).rstrip("：:")
    found = _STARS.search(" ".join((*item.xpath(".//@class").getall(), item.attrib.get("class", ""))))
    return f"{label}：{found[1]}星" if found else label
