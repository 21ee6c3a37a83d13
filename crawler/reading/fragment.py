"""A piece of HTML inside an answer (a post's text, a summary) to the text that its author wrote."""

from collections.abc import Iterable

from lxml.etree import _Element
from parsel import Selector

from crawler.reading.text import read_lines


def parse_fragment(html: str) -> Selector:
    """Parse a piece of HTML; an empty one has no elements."""
    return Selector(text=f"<div>{html}</div>", type="html")


def read_fragment(fragment: Selector, *, leave_out: Iterable[str] = ()) -> str:
    """Return the text of a parsed piece, one line a line, without what the CSS selectors in `leave_out` match."""
    left_out = [found.root for css in leave_out for found in fragment.css(css)]
    root = fragment.root
    return read_lines(root, leave_out=left_out) if isinstance(root, _Element) else ""
