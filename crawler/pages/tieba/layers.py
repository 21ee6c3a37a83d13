"""Where 贴吧 puts content on a page: in sight, in comments that scripts unfold later, and in the scripts."""

import re
from collections.abc import Iterator, Sequence

from lxml.etree import _Element
from parsel import Selector

from crawler.pages.page import Page

_FOLDED = "//comment() | //textarea | //script[contains(@type, 'html') or contains(@type, 'template')]"
_CONTENT = re.compile(r"l_post|lzl_single_post|j_thread_list|d_post_content|tl_shadow|s_post|post_list_item")


def layers(page: Page) -> list[Selector]:
    """Return the page and what lies folded in it (`<code><!-- … --></code>`, textareas, templates), outermost first."""
    return [page.selector, *_folded(page.selector)]


def _folded(layer: Selector) -> Iterator[Selector]:
    for text in map(_text, layer.xpath(_FOLDED)):
        if "<" in text and _CONTENT.search(text):
            inner = Selector(text=f"<div>{text}</div>", type="html")
            yield inner
            yield from _folded(inner)


def _text(folded: Selector) -> str:
    root = folded.root
    return (root.text or "") if isinstance(root, _Element) else ""


def scripts(layer: Sequence[Selector]) -> list[str]:
    """Return the texts of the scripts on a page, those folded away too."""
    return [script for one in layer for script in one.css("script::text").getall()]


def matches(layer: Sequence[Selector], css: str) -> list[Selector]:
    """Return what a CSS selector matches on a page, folded away or not."""
    return [found for one in layer for found in one.css(css)]
