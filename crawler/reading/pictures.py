"""Pictures in a piece of HTML to the words that stand for them: emoticons, and what a picture is said to show."""

import re
from collections.abc import Callable

from lxml.html import HtmlElement
from parsel import Selector

_EMOTICON = re.compile(r"\[[^\[\]]{1,16}\]")
_SAYS_NOTHING = re.compile(
    r"(?:图片|配图|图|头像|表情|image|img|photo|pic(?:ture)?|avatar|icon|logo|untitled)?[\s_-]*\d*(?:加载中)?\W*|.*\.(?:jpe?g|png|gif|webp)",
    re.I,
)


def name_emoticons(fragment: Selector) -> Selector:
    """Put the names of emoticons, such as [微笑], in the place of their pictures; they carry the mood of a post."""
    return _name(fragment, _emoticon)


def name_pictures(fragment: Selector) -> Selector:
    """Put what pictures are said to show (`alt`) in their place; file names and words such as 图片1 say nothing."""
    return _name(fragment, _shown)


def _name(fragment: Selector, words_of: Callable[[str], str]) -> Selector:
    for picture in fragment.css("img[alt]"):
        element = picture.root
        if isinstance(element, HtmlElement):
            element.tail = words_of((element.get("alt") or "").strip()) + (element.tail or "")
    return fragment


def _emoticon(alt: str) -> str:
    return alt if _EMOTICON.fullmatch(alt) else ""


def _shown(alt: str) -> str:
    return "" if _SAYS_NOTHING.fullmatch(alt) else alt
