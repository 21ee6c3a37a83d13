"""One post of a thread's PC page (`div.l_post`), whatever year's template it is in."""

import re
from collections.abc import Mapping
from typing import Any

from parsel import Selector

from crawler.pages.extraction import ShownPost
from crawler.pages.tieba.fields import author_of, fields_of, find
from crawler.pages.tieba.nested_html import ITEM, read_nested
from crawler.pages.tieba.thread import Floor, Thread
from crawler.pages.tieba.words import read_html, read_words
from crawler.post import IssueReason
from crawler.reading.dates import read_date
from crawler.reading.regions import read_region

_CONTENT = ".d_post_content, .j_d_post_content, [id^=post_content_], .p_content cc, .d_post_content_main .p_content"
_TAIL = ".tail-info, .p_tail span, .p_tail li, .post-tail-wrap span, .core_reply_tail span, .d_date, .post_time"
_NAME = ".p_author_name, .d_name a, .d_name"
_ADVERTISING = re.compile(r"lego|advert|\bad[-_]|_ad\b|推广|广告")
_GONE = re.compile(r"^(?:该|此)?楼(?:层)?(?:疑似违规)?已(?:经)?被\S{0,8}删除")
_NUMBER = re.compile(r"(?<!\d)(\d+)\s*楼|^#(\d+)|(地板|板凳|沙发)")
_SEATS = {"沙发": 2, "板凳": 3, "地板": 4}
"""What the first floors after the topic were called until 2014."""


def read_floor(item: Selector, thread: Thread) -> Floor | str | None:
    """Read a post; the id of one that was deleted, `None` for an advertisement."""
    fields = fields_of(item)
    native_id = _identity(item, fields)
    number = _number(item, fields)
    if not native_id:
        if not item.css(_CONTENT) or _is_advertising(item):
            return None
        native_id = f"{thread.thread_id}-{number or 'x'}"
        thread.note(IssueReason.MISSING_FIELD, f"第 {number or '?'} 楼没有编号，以主题和楼层代替", "native_id")
    text = _text(item, fields)
    if _GONE.match(text):
        thread.note(IssueReason.DELETED, f"楼层 {native_id} 已被删除（网站自己这样说）")
        return native_id
    return _floor(item, fields, thread, native_id=native_id, is_topic=number == 1, text=text)


def _floor(
    item: Selector, fields: Mapping[str, Any], thread: Thread, *, native_id: str, is_topic: bool, text: str
) -> Floor:
    tail = [" ".join(part.xpath("string()").get("").split()) for part in item.css(_TAIL)]
    nested = {post.native_id: post for post in _nested(item, thread, native_id)}
    if not text and not item.css(_CONTENT):
        thread.note(IssueReason.MISSING_FIELD, f"楼层 {native_id} 没有正文：页面上没有 d_post_content", "text")
    total = find(fields, "comment_num") or _total(item)
    when = [find(fields, "date"), *(part for part in tail if not part.startswith(("来自", "举报")))]
    moment = next(filter(None, (read_date(part, served=thread.served) for part in when)), None)
    if moment is None:
        thread.note(IssueReason.MISSING_FIELD, f"楼层 {native_id} 没有时间：页尾 {'｜'.join(tail)[:80]}", "published")
    return Floor(
        native_id=native_id,
        text=text,
        published=moment.at if moment else None,
        author=_author(item, fields),
        is_topic=is_topic,
        region=next(filter(None, (read_region(part) for part in tail if part.upper().startswith("IP"))), None),
        total=int(total) if total.isdigit() else None,
        nested=tuple(nested.values()),
    )


def _identity(item: Selector, fields: Mapping[str, Any]) -> str:
    content = fields.get("content")
    known = find(fields, "post_id", "pid") or (find(content, "id") if isinstance(content, dict) else "")
    known = known or item.attrib.get("data-pid", "") or find(fields_of(item.css(".j_lzl_r, .j_lzl_container")), "pid")
    return known or _digits(item.css("[id^=post_content_]").attrib.get("id", "")) or _anchor(item)


def _anchor(item: Selector) -> str:
    names = (_digits(name) for name in item.css("a.l_post_anchor::attr(name), a[name]::attr(name)").getall())
    links = (found for link in item.css("a::attr(href)").getall() if (found := re.search(r"[?&]pid=(\d+)", link)))
    gifts = (find(fields_of(gift, "data-gift"), "postId") for gift in item.css("[data-gift]"))
    return next(filter(None, names), "") or next(filter(None, gifts), "") or next((one[1] for one in links), "")


def _digits(text: str) -> str:
    found = re.search(r"\d{4,}", text)
    return found.group() if found else ""


def _is_advertising(item: Selector) -> bool:
    attributes = " ".join(f"{name} {value}" for name, value in item.attrib.items())
    return bool(_ADVERTISING.search(attributes) or item.css("[data-daid], .label_text_tag, .ad_bottom_view"))


def _number(item: Selector, fields: Mapping[str, Any]) -> int | None:
    known = find(fields, "post_no", "floor", "floor_num")
    if known.isdigit():
        return int(known)
    tail = (" ".join(part.xpath("string()").get("").split()) for part in item.css(_TAIL))
    found = next(filter(None, map(_NUMBER.search, tail)), None)
    if found:
        return _SEATS[found[3]] if found[3] else int(found[1] or found[2])
    return 1 if item.css(".d_post_content_firstfloor") else None


def _text(item: Selector, fields: Mapping[str, Any]) -> str:
    content = item.css(_CONTENT)
    text = read_words(content[0]) if content else ""
    return text or read_html(find(fields, "content"))


def _nested(item: Selector, thread: Thread, native_id: str) -> list[ShownPost]:
    return [post for one in item.css(ITEM) if (post := read_nested(one, thread, native_id))]


def _total(item: Selector) -> str:
    fields = fields_of(item.css(".j_lzl_container, .j_lzl_r"))
    folded = item.css(".lzl_link_unfold, .j_lzl_r, .p_reply").xpath("string()").get("")
    found = re.search(r"回复\s*[(（](\d+)[)）]", folded)
    return find(fields, "total_num") or (found[1] if found else "")


def _author(item: Selector, fields: Mapping[str, Any]) -> str | None:
    if str(fields.get("is_anonym") or find(fields, "is_anonym")).lower() in {"true", "1"}:
        return None
    link, card = item.css(_NAME), fields_of(item.css(".j_user_card, .p_author_name"))
    author = fields.get("author")
    known = author if isinstance(author, dict) else fields
    name = find(known, "user_name", "name") or find(card, "un")
    shown = find(known, "user_nickname", "name_show") or " ".join(link.xpath("string()").get("").split())
    return author_of(name=name, portrait=find(known, "portrait") or find(card, "id"), shown=shown)
