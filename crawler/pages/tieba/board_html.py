"""A board's list of threads in the PC template of 2012 to 2024 (`li.j_thread_list`)."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector, SelectorList

from crawler.pages.extraction import Extraction, PageIssue
from crawler.pages.page import Page
from crawler.pages.tieba.addresses import root_of, thread_of
from crawler.pages.tieba.fields import author_of, fields_of, find
from crawler.pages.tieba.layers import matches
from crawler.pages.tieba.listing import Listed, list_of
from crawler.pages.tieba.words import read_words
from crawler.post import IssueReason
from crawler.reading.counts import read_count
from crawler.reading.dates import read_date

ROW = ".j_thread_list"
_LINK = "a.j_th_tit, .threadlist_title a, .j_th_tit a, a[href*='/p/']"
_WHEN = ".threadlist_reply_date, .j_reply_data"
_STICKY = ".icon-top, .icon-member-top, i[alt='置顶'], [title='置顶'], .thread_top"


def read_board_page(page: Page, layer: Sequence[Selector]) -> Extraction:
    """Read a page of a board's list."""
    issues = page.issues()
    rows = [row for item in matches(layer, ROW) if (row := _row(item, page, issues))]
    return list_of(rows, following=_next(page, layer), issues=issues)


def _row(item: Selector, page: Page, issues: list[PageIssue]) -> Listed | None:
    fields, link = fields_of(item), item.css(_LINK)
    thread_id = find(fields, "id", "tid", "thread_id") or item.attrib.get("data-tid", "")
    thread_id = thread_id or thread_of(link.attrib.get("href", ""))
    if not thread_id:
        if link:
            detail = "列表中的一个主题没有编号：没有 data-field，链接也不是 /p/…"
            issues.append(PageIssue(reason=IssueReason.MISSING_FIELD, detail=detail, field="native_id"))
        return None
    when = " ".join(item.css(_WHEN).xpath("string()").get("").split())
    made = item.css(".is_show_create_time").xpath("string()").get("")
    return Listed(
        root=root_of(page.url),
        thread_id=thread_id,
        title=_title(link),
        post_id=find(fields, "first_post_id"),
        text=_abstract(item),
        author=_author(item, fields),
        published=_moment(made, page.served),
        active=_moment(when, page.served),
        replies=_replies(item, fields),
        is_sticky=_is_sticky(item, fields),
        said=f"{when} {' '.join(item.css('.j_replyer').xpath('string()').get('').split())}",
    )


def _title(link: SelectorList[Selector]) -> str:
    return " ".join((link.attrib.get("title") or link.xpath("string()").get("")).split())


def _abstract(item: Selector) -> str:
    found = item.css(".threadlist_abs, .threadlist_detail .threadlist_text, .threadlist_media")
    texts = (read_words(one) for one in found)
    return next(filter(None, texts), "")


def _author(item: Selector, fields: Mapping[str, Any]) -> str | None:
    card = item.css(".tb_icon_author a, .threadlist_author a")
    name = find(fields, "author_name") or find(fields_of(card), "un")
    shown = find(fields, "author_nickname") or " ".join(card.xpath("string()").get("").split())
    return author_of(name=name, portrait=find(fields, "author_portrait") or find(fields_of(card), "id"), shown=shown)


def _moment(text: str, served: datetime) -> datetime | None:
    moment = read_date(text, served=served) if text.strip() else None
    return moment.at if moment else None


def _replies(item: Selector, fields: Mapping[str, Any]) -> int | None:
    said = find(fields, "reply_num") or item.css(".threadlist_rep_num").xpath("string()").get("")
    return read_count(said) if said else None


def _is_sticky(item: Selector, fields: Mapping[str, Any]) -> bool:
    flags = (str(fields.get(name) or "0").lower() for name in ("is_top", "is_membertop"))
    return any(flag not in {"0", "false", "none", ""} for flag in flags) or bool(item.css(_STICKY))


def _next(page: Page, layer: Sequence[Selector]) -> str | None:
    for link in matches(
        layer, "#frs_list_pager a.next, .pagination-default a.next, .pager a.next, a.next[href*='pn=']"
    ):
        address = page.absolute(link.attrib.get("href", ""))
        if not page.is_itself(address) and re.search(r"[?&]pn=\d", address):
            parts = urlsplit(address)
            return f"{root_of(page.url)}{parts.path}?{parts.query}"
    return None
