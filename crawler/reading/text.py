"""HTML to the text that its author wrote, with lines."""

import re
from collections.abc import Collection

from lxml.etree import _Element, iterwalk

_SILENT = {"script", "style", "noscript", "template", "select", "textarea", "button", "head"}
_BLOCKS = {
    "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?!\s*[.\d])", re.I)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_LINE = "\n"


def read_lines(root: _Element, *, leave_out: Collection[_Element] = ()) -> str:
    """Return the visible text of `root`, one line a line, without `leave_out`, scripts and hidden elements."""
    pieces: list[str] = []
    skipped = {id(element) for element in leave_out}
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and (id(element) in skipped or _is_silent(element)):
            walk.skip_subtree()
            pieces.append(_break_of(element))
        elif event == "start":
            pieces += (_break_of(element), _inline(element.text))
        elif element is not root:
            pieces += (_break_of(element) if event == "end" else "", _inline(element.tail))
    return _joined(pieces)


def _is_silent(element: _Element) -> bool:
    style = element.get("style")
    return element.tag in _SILENT or element.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def _break_of(element: _Element) -> str:
    if element.tag in {"td", "th"}:
        return " "
    return _LINE if element.tag == "br" or element.tag in _BLOCKS else ""


def _inline(text: str | None) -> str:
    return _SPACES.sub(" ", text) if text else ""


def _joined(pieces: list[str]) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(pieces).split(_LINE))
    return _LINE.join(line for line in lines if line)
