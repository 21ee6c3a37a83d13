"""What a person wrote on 微博, out of the HTML in an answer or page."""

import re
from collections.abc import Iterable

from parsel import Selector

from crawler.reading.fragment import parse_fragment, read_fragment
from crawler.reading.pictures import name_emoticons

_UNSEEN = re.compile(r"[\u200b\u200c\u200d\ufeff]+(?=\s|$)")
_MORE = re.compile(r"\s*(?:\.{3}|…)?\s*(?:全文|展开全文c?)$")
_PASSED_ON = re.compile(r"\s*//\s*@[^\s:：@]{1,30}\s*[:：].*$", re.S)
_ANSWERS = re.compile(r"^(?:[:：]\s*)?回复\s*@[^\s:：@]{1,30}\s*[:：]\s*")


def read_words(html: str, *, leave_out: Iterable[str] = ()) -> str:
    """Return the words of a post or comment; without what it passes on from others (`//@name:…`) and marks of the site.

    Emoticons stay as their names. A text of nothing but others' words is empty.
    """
    return words_of(parse_fragment(html), leave_out=leave_out)


def words_of(fragment: Selector, *, leave_out: Iterable[str] = ()) -> str:
    """Return the words in a parsed piece of a page; see `read_words`."""
    text = read_fragment(name_emoticons(fragment), leave_out=(*leave_out, "i.wbicon", "a[action-type='fl_fold']"))
    plain = _MORE.sub("", _UNSEEN.sub("", text).strip())
    return _PASSED_ON.sub("", _ANSWERS.sub("", plain)).strip()


def is_cut(html: str) -> bool:
    """Whether a text ends with the link to its whole."""
    return bool(re.search(r">\s*全文\s*</a>\s*(?:</span>\s*)?$", html))
