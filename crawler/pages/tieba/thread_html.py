"""A page of a thread in the PC templates of 2012 to 2024: posts, nested replies shown with them, and how many pages."""

import re
from collections.abc import Sequence
from itertools import chain

from parsel import Selector

from crawler.pages.extraction import Extraction, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.pages.script_json import embedded
from crawler.pages.tieba.addresses import all_nested_address, query_of, root_of, thread_address, thread_of
from crawler.pages.tieba.fields import fields_of, find
from crawler.pages.tieba.floor_html import read_floor
from crawler.pages.tieba.layers import matches, scripts
from crawler.pages.tieba.nested_html import ITEM, read_nested
from crawler.pages.tieba.nested_json import HOLDS_NESTED, read_nested_lists
from crawler.pages.tieba.thread import Floor, Thread, posts_of
from crawler.post import Engagement, IssueReason

FLOOR = ".l_post, .j_l_post"
_TITLE = ".core_title_txt::attr(title), .core_title_txt::text, #j_core_title_wrap h1::text, h1.title::text"
_PAGES = re.compile(r"""["']?total_page["']?\s*[:=]\s*["']?(\d+)""")
_THREAD_ID = re.compile(r"""["']?(?:thread_id|tid)["']?\s*[:=]\s*["']?(\d{5,})""")
_FORUM_ID = re.compile(r"""["']?(?:forum_id|fid)["']?\s*[:=]\s*["']?(\d+)""")


def read_thread_page(page: Page, layer: Sequence[Selector]) -> Extraction:
    """Read a page of a thread."""
    texts = scripts(layer)
    thread = Thread(root_of(page.url), _thread_id(page, layer, texts), page.served, title=_title(page, layer))
    thread.issues.extend(page.issues())
    replies = _reply_count(layer)
    thread.counts = Engagement(replies=replies)
    read = [found for item in _apart(layer) if (found := read_floor(item, thread))]
    floors = [floor for floor in read if isinstance(floor, Floor)]
    later = {post.native_id: post for post in _later(layer, texts, thread)}
    posts = {post.native_id: post for post in (*posts_of(floors, thread), *later.values())}
    number = _page_number(page, layer)
    return Extraction(
        kind=PageKind.THREAD,
        posts=tuple(posts.values()),
        thread_id=thread.thread_id or None,
        next=_next(page, layer, texts, thread, number),
        rest=_rest(floors, thread, later=set(later), texts=texts, number=number),
        left_out=tuple(found for found in read if isinstance(found, str)),
        issues=tuple(thread.issues),
        stated=replies,
    )


def _apart(layer: Sequence[Selector]) -> list[Selector]:
    """Return the posts on a page; one inside another, as tags left open make it, is moved behind that one first."""
    items = matches(layer, FLOOR)
    elements = {item.root: item for item in items}
    for item in reversed(items):
        above = [one for one in item.root.iterancestors() if one in elements]
        if above:
            above[0].addnext(item.root)
    return items


def _later(layer: Sequence[Selector], texts: Sequence[str], thread: Thread) -> list[ShownPost]:
    """Return the nested replies that stand apart from their posts: in blocks unfolded later, and in scripts."""
    loose = (
        item for one in layer for item in one.css(ITEM) if not item.xpath("ancestor::*[contains(@class,'l_post')]")
    )
    apart = (read_nested(item, thread) for item in loose)
    blobs = (read_nested_lists(value, thread) for value in embedded(texts, HOLDS_NESTED))
    return [post for post in (*apart, *chain.from_iterable(blobs)) if post]


def _rest(
    floors: Sequence[Floor], thread: Thread, *, later: set[str], texts: Sequence[str], number: int
) -> tuple[str, ...]:
    """Return where the nested replies are had that the page only counts."""
    if not thread.thread_id or later or not any(floor.missing(thread) for floor in floors):
        return ()
    forum = next((found[1] for text in texts if (found := _FORUM_ID.search(text))), "")
    return (all_nested_address(thread.root, thread.thread_id, forum, number),)


def _thread_id(page: Page, layer: Sequence[Selector], texts: Sequence[str]) -> str:
    known = thread_of(page.url) or next(
        filter(None, (find(fields_of(item), "thread_id") for item in matches(layer, FLOOR))), ""
    )
    links = matches(layer, "link[rel=canonical]::attr(href), #lzonly_cntn::attr(href), .louzhubiaoshi a::attr(href)")
    linked = next(filter(None, (thread_of(str(link.root)) for link in links)), "")
    return known or linked or next((found[1] for text in texts if (found := _THREAD_ID.search(text))), "")


def _title(page: Page, layer: Sequence[Selector]) -> str:
    for title in matches(layer, _TITLE):
        words = " ".join(str(title.root).split())
        if words:
            return words
    whole = " ".join(page.selector.css("title::text").get("").split())
    return re.sub(r"^【图片】|【[^】]*吧】_百度贴吧$|[_-]百度贴吧$", "", whole)


def _reply_count(layer: Sequence[Selector]) -> int | None:
    for said in matches(layer, ".l_reply_num"):
        found = re.search(r"(\d+)\s*回复贴", said.xpath("string()").get(""))
        if found:
            return int(found[1])
    return None


def _page_number(page: Page, layer: Sequence[Selector]) -> int:
    said = query_of(page.url).get("pn", "")
    here = matches(layer, ".pb_list_pager .tP::text, .l_pager.l_posts_num .tP::text, .l_posts_num .tP::text")
    shown = next((str(found.root).strip() for found in here), "")
    return next((int(text) for text in (said, shown) if text.isdigit()), 1)


def _next(page: Page, layer: Sequence[Selector], texts: Sequence[str], thread: Thread, number: int) -> str | None:
    if number < _page_count(layer, texts) or _has_next_link(layer):
        if thread.thread_id:
            return thread_address(thread.root, thread.thread_id, page=number + 1)
        thread.note(IssueReason.MISSING_FIELD, f"{page.url} 后面还有页，但页面没有主题编号，接不下去", "next")
    return None


def _page_count(layer: Sequence[Selector], texts: Sequence[str]) -> int:
    said = (
        re.search(r"共\s*(\d+)\s*页", part.xpath("string()").get("")) for part in matches(layer, ".l_reply_num, .pager")
    )
    jumps = (str(found.root) for found in matches(layer, "input[max-page]::attr(max-page)"))
    known = [int(found[1]) for found in said if found] + [int(text) for text in jumps if text.isdigit()]
    pagers = (text for text in texts if "pager" in text)
    return max(known, default=0) or next((int(found[1]) for text in pagers if (found := _PAGES.search(text))), 1)


def _has_next_link(layer: Sequence[Selector]) -> bool:
    links = matches(layer, ".pb_list_pager a, .l_pager.l_posts_num a, .l_posts_num a")
    return any("下一页" in link.xpath("string()").get("") for link in links)
