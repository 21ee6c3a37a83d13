"""Hits of 贴吧's own search in HTML (`/f/search/res`, in GBK): posts with a piece of their text."""

from collections.abc import Sequence

from parsel import Selector

from crawler.pages.extraction import Extraction
from crawler.pages.page import Page
from crawler.pages.tieba.addresses import query_of, root_of, thread_of
from crawler.pages.tieba.fields import author_of
from crawler.pages.tieba.layers import matches
from crawler.pages.tieba.listing import Listed, list_of
from crawler.pages.tieba.words import read_words
from crawler.post import PostKind
from crawler.reading.dates import read_date

HIT = ".s_post"


def read_search_page(page: Page, layer: Sequence[Selector]) -> Extraction:
    """Read a page of hits."""
    rows = [row for item in matches(layer, HIT) if (row := _row(item, page))]
    links = matches(layer, ".pager-search a.next, .pager a.next")
    following = next((page.absolute(link.attrib.get("href", "")) for link in links), None)
    return list_of(rows, following=following, issues=page.issues())


def _row(item: Selector, page: Page) -> Listed | None:
    link = item.css(".p_title a, a.bluelink")
    asked = query_of(link.attrib.get("href", ""))
    thread_id = link.attrib.get("data-tid", "") or thread_of(link.attrib.get("href", ""))
    if not thread_id:
        return None
    nested, content = asked.get("cid", "0"), item.css(".p_content")
    title = " ".join(link.xpath("string()").get("").split())
    is_nested, is_reply = nested not in {"", "0"}, title.startswith(("回复:", "回复："))
    moment = read_date(item.css(".p_date").xpath("string()").get(""), served=page.served)
    return Listed(
        root=root_of(page.url),
        thread_id=thread_id,
        title=title,
        post_id=nested if is_nested else asked.get("pid", ""),
        text=read_words(content[0]) if content else "",
        author=author_of(name=" ".join(item.css("a[href*='/home/main']").xpath("string()").get("").split())),
        published=moment.at if moment else None,
        kind=PostKind.COMMENT if is_nested else PostKind.REPLY if is_reply else PostKind.TOPIC,
        parent_id=asked.get("pid") if is_nested else None,
    )
