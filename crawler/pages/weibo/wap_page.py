"""Pages of weibo.cn, the site for plain telephones: an account's posts, and the comments of a post.

Posts carry their short number (`div#M_J74OAhxtL`), comments their own (`div#C_4512413737386822`). Texts of comments end
at 140 characters, long posts at a link to the whole.
"""

import re

from parsel import Selector

from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.pages.weibo.addresses import mid_of, root_of
from crawler.pages.weibo.cards import listed
from crawler.pages.weibo.status import Status, thread_of
from crawler.pages.weibo.words import is_cut, words_of
from crawler.post import Engagement, IssueReason, PostKind
from crawler.reading.counts import read_count
from crawler.reading.dates import read_date
from crawler.reading.regions import read_region

HERE = "div.c[id^='M_'], div.c[id^='C_'], form[action^='/comments/addcomment']"
_COMMENTS = re.compile(r"/comment/(?:hot/)?(?P<number>[0-9A-Za-z]+)")
_FURNITURE = (".ct", ".cmt", "a[href*='/attitude/']", "a[href*='/repost/']", "a.cc", "a[href*='/fav/']")
_ADMIN = ("a[href*='/attention/']", "a[href*='/spam/']", "a[href*='/mblog/']", "img.ib")


def read_wap_page(page: Page) -> Extraction:
    """Read a page of posts or of comments."""
    comments = page.selector.css("div.c[id^='C_']")
    if comments or page.selector.css("form[action^='/comments/addcomment']"):
        return _comment_page(page, comments)
    issues = page.issues()
    statuses = [status for item in page.selector.css("div.c[id^='M_']") if (status := _status(item, page, issues))]
    return listed(statuses, root_of(page.url), issues, following=_next(page))


def _next(page: Page) -> str | None:
    links = (link for link in page.selector.css("#pagelist a") if link.css("::text").get("").strip() == "下页")
    return next((page.absolute(link.attrib["href"]) for link in links), None)


def _comment_page(page: Page, items: list[Selector]) -> Extraction:
    issues, found = page.issues(), _COMMENTS.search(page.url)
    number = found["number"] if found else _number_on(page)
    topic = [_status(item, page, issues, number=number) for item in page.selector.css("div.c[id='M_']")]
    posts = [one.post for status in topic if status for one in status.all]
    comments = {post.native_id: post for item in items if (post := _comment(item, page))}
    return Extraction(
        kind=PageKind.THREAD,
        posts=(*posts, *comments.values()),
        next=_next(page),
        issues=tuple(issues),
        thread_id=mid_of(number) or None,
        stated=read_count(" ".join(page.selector.css("span.pms::text").getall())),
    )


def _number_on(page: Page) -> str:
    action = page.selector.css("#pagelist form::attr(action), a[href^='/repost/']::attr(href)").get("")
    return re.sub(r"^/(?:comment|repost)/|\?.*$", "", action)


def _status(item: Selector, page: Page, issues: list[PageIssue], *, number: str = "") -> Status | None:
    mid = mid_of(number or item.attrib["id"].removeprefix("M_"))
    shown = item.css("span.ctt")
    if not mid or not shown:
        issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail="一条微博没有编号或正文", field="text"))
        return None
    inner = item.css(".cmt a[href*='/comment/']::attr(href), a[href*='/comment/'].cc::attr(href)").getall()
    original = _original(item, shown[0], inner[0], page) if _passes_on(item) and inner else None
    post = _post(
        item, mid, page, words=_own_words(item, shown[0]), parent=original.post.native_id if original else None
    )
    return Status(
        post, thread_of(post, root_of(page.url)), is_cut=original is None and is_cut(shown[0].get()), original=original
    )


def _passes_on(item: Selector) -> bool:
    return any("转发理由" in said for said in item.css(".cmt::text").getall())


def _own_words(item: Selector, shown: Selector) -> str:
    if not _passes_on(item):
        return words_of(shown)
    reason = item.xpath(".//span[@class='cmt'][contains(., '转发理由')]/parent::div")
    return words_of(reason[0], leave_out=(*_FURNITURE, *_ADMIN)) if reason else ""


def _original(item: Selector, shown: Selector, link: str, page: Page) -> Status | None:
    found = _COMMENTS.search(link)
    if found is None:
        return None
    author = item.css(".cmt a::text").get("").lstrip("@")
    post = ShownPost(
        native_id=mid_of(found["number"]),
        kind=PostKind.TOPIC,
        url=f"{root_of(page.url)}/detail/{mid_of(found['number'])}",
        title="",
        text=words_of(shown),
        published=None,
        author=author or None,
        engagement=Engagement(replies=read_count(item.css("a.cc::text").re_first(r"原文评论\[(.+?)\]") or "")),
    )
    return Status(post, thread_of(post, root_of(page.url)), is_cut=is_cut(shown.get()))


def _post(item: Selector, mid: str, page: Page, *, words: str, parent: str | None) -> ShownPost:
    moment, html = read_date(item.css(".ct::text").get(""), served=page.served), item.get()
    return ShownPost(
        native_id=mid,
        kind=PostKind.TOPIC,
        url=f"{root_of(page.url)}/detail/{mid}",
        title="",
        text=words,
        published=moment.at if moment else None,
        author=_account(item, page),
        parent_id=parent,
        engagement=Engagement(likes=_count(html, "赞"), replies=_count(html, "评论"), shares=_count(html, "转发")),
    )


def _account(item: Selector, page: Page) -> str | None:
    """Return who wrote a post: named beside it on the page of its comments, in the title of an account's page."""
    own = item.xpath("./div[1]/a[1][following-sibling::*]/text()").get("") if item.attrib["id"] == "M_" else ""
    title = page.selector.css("title::text").get("").removesuffix("的微博") if not own else ""
    return own or title or None


def _count(html: str, word: str) -> int | None:
    """Return a count such as 赞[523801]; those of the post inside (原文评论) are another's."""
    found = re.findall(rf"(?<!原文){word}\[(\d[^\]]*)\]", html)
    return read_count(found[-1]) if found else None


def _comment(item: Selector, page: Page) -> ShownPost | None:
    native_id, shown = item.attrib["id"].removeprefix("C_"), item.css("span.ctt")
    if not shown:
        return None
    said = item.css(".ct::text").get("").replace("\xa0", " ")
    moment = read_date(said, served=page.served)
    return ShownPost(
        native_id=native_id,
        kind=PostKind.COMMENT,
        url=f"{page.url.partition('#')[0]}#C_{native_id}",
        title="",
        text=words_of(shown[0]),
        published=moment.at if moment else None,
        author=item.css("a::text").get("").strip() or None,
        region=read_region(re.sub(r"^.*来自(?=来自)", "", said).strip()) if "来自来自" in said else None,
        engagement=Engagement(likes=_count(item.get(), "赞")),
    )
