"""Nested replies (楼中楼) in HTML: inside a thread's page, or a page of `/p/comment` of their own."""

import hashlib
from collections.abc import Sequence

from parsel import Selector

from crawler.pages.extraction import Extraction, PageIssue, PageKind, ShownPost
from crawler.pages.page import Page
from crawler.pages.tieba.addresses import query_of, root_of
from crawler.pages.tieba.fields import author_of, fields_of, find
from crawler.pages.tieba.layers import matches
from crawler.pages.tieba.thread import Nested, Thread
from crawler.pages.tieba.words import read_words
from crawler.post import IssueReason
from crawler.reading.dates import read_date
from crawler.reading.regions import read_region
from crawler.reading.text import read_lines

ITEM = ".lzl_single_post, .j_lzl_s_p, li[class*=lzl_single]"
_CONTENT = ".lzl_content_main, .lzl_content, .j_lzl_content"
_NAME = ".lzl_cnt > a.at, .lzl_cnt a.j_user_card, a.at.j_user_card, a.lzl_p_p"


def read_nested(item: Selector, thread: Thread, parent_id: str = "") -> ShownPost | None:
    """Read one nested reply; one without an id has a digest in its place, one without words and id is none."""
    fields = fields_of(item)
    native_id = find(fields, "spid", "comment_id") or item.attrib.get("data-spid", "") or _anchor(item)
    parent = find(fields, "pid", "post_id") or item.attrib.get("data-pid", "") or parent_id
    when = item.css(".lzl_time, .j_lzl_time").xpath("string()").get("")
    text = _text(item)
    if not native_id and not text:
        return None
    if not native_id:
        native_id = f"{parent or thread.thread_id}-{_digest(_author(item), when, text)}"
        thread.note(
            IssueReason.MISSING_FIELD, "一条楼中楼没有编号（data-field 里的 spid），以内容摘要代替", "native_id"
        )
    moment = read_date(when, served=thread.served)
    if moment is None:
        thread.note(IssueReason.MISSING_FIELD, f"楼中楼 {native_id} 的时间读不出：{when or '没有'}", "published")
    return Nested(
        native_id=native_id,
        parent_id=parent,
        text=text,
        published=moment.at if moment else None,
        author=_author(item),
        region=_region(item),
    ).shown(thread)


def _digest(*said: object) -> str:
    return hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()[:10]


def _anchor(item: Selector) -> str:
    names = item.css("a.l_post_anchor::attr(name), a[name]::attr(name)").getall()
    return next((name.rstrip("l") for name in names if name.rstrip("l").isdigit()), "")


def _text(item: Selector) -> str:
    content = item.css(_CONTENT)
    if content:
        return read_words(content[0], answers=True)
    whole = item.css(".lzl_cnt") or [item]
    return read_words(whole[0], leave_out=(_NAME, ".lzl_s_r", ".lzl_jb"), answers=True)


def _author(item: Selector) -> str | None:
    fields = fields_of(item)
    link = item.css(_NAME)
    name = find(fields, "user_name", "un", "username") or link.attrib.get("username", "")
    shown = find(fields, "showname", "user_nickname") or " ".join(link.xpath("string()").get("").split())
    return author_of(name=name, portrait=find(fields, "portrait"), shown=shown)


def _region(item: Selector) -> str | None:
    texts = (" ".join(read_lines(span.root).split()) for span in item.css(".lzl_content_reply span, .lzl_cnt > span"))
    return next(filter(None, (read_region(text) for text in texts if text.startswith("IP"))), None)


def read_nested_page(page: Page, layer: Sequence[Selector]) -> Extraction:
    """Read a page of `/p/comment`, which holds nothing but nested replies to one post."""
    asked = query_of(page.url)
    thread = Thread(root_of(page.url), asked.get("tid", ""), page.served)
    items = (read_nested(item, thread, asked.get("pid", "")) for item in matches(layer, ITEM))
    posts = {post.native_id: post for post in items if post}
    return Extraction(
        kind=PageKind.THREAD,
        posts=tuple(posts.values()),
        thread_id=thread.thread_id or None,
        issues=tuple(thread.issues),
    )


def empty_nested_page(page: Page) -> Extraction:
    """Return what a page of nested replies is that shows none, though the post says that there are some."""
    asked = query_of(page.url)
    place = f"{asked.get('pid', '')} 的第 {asked.get('pn', '1')} 页"
    issue = PageIssue(
        reason=IssueReason.EMPTY_PAGE, detail=f"楼中楼没有内容（楼层 {place}），网站算的数目里有看不到的回复"
    )
    left_out = (f"empty {asked.get('pid', '')} {asked.get('pn', '1')}",)
    return Extraction(kind=PageKind.THREAD, thread_id=asked.get("tid"), left_out=left_out, issues=(issue,))
