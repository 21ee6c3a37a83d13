"""A page of hits on s.weibo.com, as it has looked since 2018 (`div.card-wrap`) and as it looked in 2017.

A post's whole text stands hidden beside the cut one. The list of pages under the hits tells how many there are, fifty
at most; a search for a window of time that has that many is left to shorter windows (`Extraction.boards`).
"""

from parsel import Selector

from crawler.pages.extraction import Extraction, PageIssue, ShownPost
from crawler.pages.page import Page
from crawler.pages.weibo.addresses import mid_of, parameter, root_of
from crawler.pages.weibo.cards import listed, nothing_listed
from crawler.pages.weibo.status import Status, thread_of
from crawler.pages.weibo.windows import finer_windows
from crawler.pages.weibo.words import words_of
from crawler.post import Engagement, IssueReason, PostKind
from crawler.reading.counts import read_count
from crawler.reading.dates import read_date

_MANY_PAGES = 46
"""From so many pages on a list is taken for one that the site cut off at fifty (dataabc/weibo-search does the same)."""
_WHOLE, _SHOWN = "[node-type='feed_list_content_full']", "[node-type='feed_list_content']"
_INNER = ".card-comment, [node-type='feed_list_forwardContent']"
_INSIDE = "ancestor::*[contains(@class, 'card-comment') or @node-type='feed_list_forwardContent']"
_ITEMS = "div.card-wrap[mid], div[action-type='feed_list_item'][mid]"
HERE = f"{_ITEMS}, .card-no-result"


def read_search_page(page: Page) -> Extraction:
    """Read the posts of a page of hits."""
    issues = page.issues()
    statuses = [status for item in page.selector.css(_ITEMS) if (status := _status(item, page, issues))]
    if not statuses and not issues:
        issues.append(nothing_listed(page))
    is_cut_off = len(page.selector.css("ul.s-scroll > li")) >= _MANY_PAGES
    finer = finer_windows(page.url, served=page.served) if is_cut_off else ()
    if is_cut_off and not finer and parameter(page.url, "page") in {"", "1"}:
        issues.append(_capped(page))
    following = None if finer or not statuses else page.selector.css("a.next::attr(href)").get()
    return listed(
        statuses, root_of(page.url), issues, following=page.absolute(following) if following else None, boards=finer
    )


def _capped(page: Page) -> PageIssue:
    is_window = bool(parameter(page.url, "timescope"))
    advice = "已细分到一小时" if is_window else "请在网址里写 timescope=custom:起:止，会自动细分时间段"
    detail = f"微博搜索最多给 50 页，这个搜索达到上限，更早的看不到；{advice}"
    return PageIssue(reason=IssueReason.SITE_CAP, detail=detail)


def _status(item: Selector, page: Page, issues: list[PageIssue]) -> Status | None:
    inner = next(iter(item.css(_INNER)), None)
    original = _original(inner, page, issues) if inner is not None else None
    parent = original.post.native_id if original else None
    own = _post(item, mid_of(item.attrib["mid"]), page, issues, is_outer=True, parent=parent)
    if own is None:
        return None
    is_cut = _is_cut(item, is_outer=True)
    return Status(own, thread_of(own, root_of(page.url)), is_cut=is_cut, original=original)


def _original(inner: Selector, page: Page, issues: list[PageIssue]) -> Status | None:
    liked = inner.css("[action-data*='mid=']::attr(action-data)").re_first(r"\bmid=(\d+)")
    linked = inner.css(".from > a::attr(href), a[node-type='feed_list_item_date']::attr(href)")
    mid = mid_of(liked or linked.re_first(r"/\d+/([0-9A-Za-z]{9})\b") or "")
    post = _post(inner, mid, page, issues, is_outer=False) if mid else None
    return Status(post, thread_of(post, root_of(page.url)), is_cut=_is_cut(inner, is_outer=False)) if post else None


def _post(
    scope: Selector, mid: str, page: Page, issues: list[PageIssue], *, is_outer: bool, parent: str | None = None
) -> ShownPost | None:
    words = _words(scope, is_outer=is_outer)
    if words is None:
        detail = f"微博 {mid} 没有正文：选择器 {_SHOWN} 没有匹配到内容"
        issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="text"))
        return None
    moment = read_date(_date(scope), served=page.served)
    if moment is None:
        detail = f"微博 {mid} 的时间读不懂：{_date(scope)[:40]}"
        issues.append(PageIssue(reason=IssueReason.UNREADABLE_FIELD, detail=detail, field="published"))
    return ShownPost(
        native_id=mid,
        kind=PostKind.TOPIC,
        url=f"{root_of(page.url)}/detail/{mid}",
        title="",
        text=words_of(words, leave_out=["a[action-type='fl_unfold']"]),
        published=moment.at if moment else None,
        author=words.attrib.get("nick-name") or None,
        parent_id=parent,
        engagement=Engagement(
            likes=_count(scope, "feed_list_like"),
            replies=_count(scope, "feed_list_comment"),
            shares=_count(scope, "feed_list_forward"),
        ),
    )


def _words(scope: Selector, *, is_outer: bool) -> Selector | None:
    """Return the text of a post, the whole one where it stands (hidden) beside the cut one."""
    found = (one for css in (_WHOLE, _SHOWN) for one in scope.css(css) if _is_own(one, is_outer=is_outer))
    words = next(found, None)
    if words is not None:
        words.root.attrib.pop("style", None)
    return words


def _is_own(found: Selector, *, is_outer: bool) -> bool:
    """Whether an element isn't that of the post inside; inside (not `is_outer`) all of them are."""
    return not is_outer or not found.xpath(_INSIDE)


def _is_cut(scope: Selector, *, is_outer: bool) -> bool:
    unfold = [one for one in scope.css("a[action-type='fl_unfold']") if _is_own(one, is_outer=is_outer)]
    whole = [one for one in scope.css(_WHOLE) if _is_own(one, is_outer=is_outer)]
    return bool(unfold) and not whole


def _date(scope: Selector) -> str:
    """Return the time of a post, which stands after that of the post inside, if there is one."""
    links = scope.css(".from > a:first-child, a[node-type='feed_list_item_date']")
    return (links[-1].attrib.get("title") or links[-1].css("::text").get("")).strip() if links else ""


def _count(scope: Selector, action: str) -> int | None:
    """Return a count beside a post; a button without a number stands for none."""
    buttons = scope.css(f"[action-type='{action}']")
    return (read_count(" ".join(buttons[-1].css("::text").getall())) or 0) if buttons else None
