"""贴吧's mobile pages: a board's list (`li.tl_shadow`, still sent with its content) and a thread (`li.list_item`)."""

import json
import re
from collections.abc import Sequence

from parsel import Selector

from crawler.pages.entry import Entry
from crawler.pages.extraction import Extraction, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.pages.tieba.addresses import query_of, root_of, thread_of, turned
from crawler.pages.tieba.fields import author_of, fields_of, find
from crawler.pages.tieba.layers import matches, scripts
from crawler.pages.tieba.listing import Listed, list_of
from crawler.pages.tieba.thread import Floor, Nested, Thread, posts_of
from crawler.pages.tieba.words import read_words
from crawler.post import IssueReason
from crawler.reading.counts import read_count
from crawler.reading.dates import read_date
from crawler.reading.regions import read_region

ROW = "li.tl_shadow, li.tl_top, li.tl_item"
FLOOR = "li.list_item[data-info], li.post_list_item, .post_list_item[data-info]"
_NESTED = ".flist > li, .fr_list li, li.floor_item, .j_floor_panel li"
_PAGING = re.compile(r"\bpage\"?\s*:\s*(\{[^{}]*\"current_page\"[^{}]*\})")
_AUTHOR = ".ti_author, .user_name, .floor_author"


def read_mobile_board(page: Page, layer: Sequence[Selector], paging: Entry | None = None) -> Extraction:
    """Read a list of threads; `paging` is what the answer says beside the HTML, where this is a part of an answer."""
    rows = [row for item in matches(layer, ROW) if (row := _row(item, page))]
    return list_of(rows, following=_next(page, paging or _paging(page, layer)), issues=page.issues())


def _row(item: Selector, page: Page) -> Listed | None:
    link = item.css("a[tid], a[data-tid], a[href*='/p/']")
    thread_id = item.attrib.get("data-tid", "") or item.attrib.get("tid", "") or link.attrib.get("tid", "")
    thread_id = thread_id or thread_of(link.attrib.get("href", ""))
    if not thread_id:
        return None
    when = " ".join(item.css(".ti_time").xpath("string()").get("").split())
    moment = read_date(when, served=page.served)
    replies = item.css(".btn_reply, .ti_reply").xpath("string()").get("")
    is_sticky = "tl_top" in item.attrib.get("class", "").split() or bool(item.css(".ti_icon_zhiding"))
    content = item.css(".ti_abs, .ti_content, .ti_detail, .medias_wrap")
    return Listed(
        root=root_of(page.url),
        thread_id=thread_id,
        title=_title(item),
        text=next(filter(None, map(read_words, content)), ""),
        author=_author(item),
        published=None,
        active=moment.at if moment else None,
        replies=read_count(replies),
        is_sticky=is_sticky,
        said=when,
    )


def _title(item: Selector) -> str:
    spans = item.css(".ti_title > span:not([class*='icon'])") or item.css(".ti_title, .post_title_embed, .post_title")
    return " ".join(" ".join(spans.xpath("string()").getall()).split())


def _author(item: Selector) -> str | None:
    fields = fields_of(item, "data-info")
    shown = " ".join(item.css(_AUTHOR).xpath("string()").get("").split())
    return author_of(name=find(fields, "un"), portrait=find(fields, "portrait"), shown=shown)


def _paging(page: Page, layer: Sequence[Selector]) -> Entry:
    found = next(filter(None, map(_PAGING.search, scripts(layer))), None)
    try:
        return Entry(json.loads(found[1]) if found else {}, "翻页", page.served)
    except ValueError:
        return Entry({}, "翻页", page.served)


def _next(page: Page, paging: Entry) -> str | None:
    """Return the next page, which mobile pages count by the items before it."""
    current, total = paging.count("current_page") or 1, paging.count("total_page") or 1
    size = paging.count("page_size")
    return turned(page.url, current * size) if size and current < total else None


def read_mobile_thread(page: Page, layer: Sequence[Selector], paging: Entry | None = None) -> Extraction:
    """Read a page of a thread; `paging` as for a board."""
    shown = matches(layer, "[data-tid]::attr(data-tid), #pb_tid::attr(value)")
    thread_id = thread_of(page.url) or next((str(found.root) for found in shown), "")
    thread = Thread(root_of(page.url), thread_id, page.served, issues=page.issues())
    titles = matches(layer, ".post_title_embed, .post_title, .j_thread_title, h1")
    thread.title = next(filter(None, (" ".join(read_words(found).split()) for found in titles)), "")
    floors = [floor for item in matches(layer, FLOOR) if (floor := _floor(item, thread))]
    return Extraction(
        kind=PageKind.THREAD,
        posts=posts_of(floors, thread),
        thread_id=thread.thread_id or None,
        next=_next(page, paging or _paging(page, layer)),
        rest=tuple(address for floor in floors for address in floor.missing(thread)) if thread_id else (),
        issues=tuple(thread.issues),
    )


def _floor(item: Selector, thread: Thread) -> Floor | None:
    fields = fields_of(item, "data-info")
    native_id = find(fields, "pid", "post_id") or item.attrib.get("data-pid", "") or item.attrib.get("tid", "")
    if not native_id:
        thread.note(IssueReason.MISSING_FIELD, "一个楼层没有编号（data-info 里的 pid）", "native_id")
        return None
    nested = [post for one in item.css(_NESTED) if (post := _nested(one, thread, native_id))]
    content = item.css(".content, .j_post_content, .pb_content")
    moment = read_date(item.css(".list_item_time, .time").xpath("string()").get(""), served=thread.served)
    if moment is None:
        thread.note(IssueReason.MISSING_FIELD, f"楼层 {native_id} 的时间读不出", "published")
    more = item.css(".fload_more_btn, .j_floor_more").xpath("string()").get("")
    total = read_count(more)
    return Floor(
        native_id=native_id,
        text=read_words(content[0], leave_out=(".post_title_embed", ".flist", ".fr_list")) if content else "",
        published=moment.at if moment else None,
        author=_author(item),
        is_topic=_number(item, find(fields, "floor_num")) == "1",
        region=_region(item),
        total=total + len(nested) if total and "还有" in more else total or len(nested) or None,
        nested=tuple({post.native_id: post for post in nested}.values()),
    )


def _number(item: Selector, known: str) -> str:
    said = item.css(".list_item_floor_num").xpath("string()").get("")
    found = re.search(r"\d+", said)
    return known or (found.group() if found else "1" if "楼主" in said else "")


def _region(item: Selector) -> str | None:
    texts = (" ".join(text.split()) for text in item.css(".list_item_top span::text, .ip_address::text").getall())
    return next(filter(None, (read_region(text) for text in texts if text.upper().startswith("IP"))), None)


def _nested(item: Selector, thread: Thread, parent_id: str) -> ShownPost | None:
    fields = fields_of(item, "data-info")
    native_id = find(fields, "spid", "pid") or item.attrib.get("data-pid", "")
    if not native_id:
        return None
    when = item.css(".floor_time, .time").xpath("string()").get("")
    moment = read_date(when, served=thread.served)
    content = item.css(".floor_content, .content, .fl_content") or [item]
    return Nested(
        native_id=native_id,
        parent_id=parent_id if parent_id != native_id else query_of(thread.url).get("pid", parent_id),
        text=read_words(
            content[0], leave_out=(".floor_author", ".floor_time", ".time", ".user_name", "a.left"), answers=True
        ),
        published=moment.at if moment else None,
        author=_author(item),
        region=_region(item),
    ).shown(thread)
