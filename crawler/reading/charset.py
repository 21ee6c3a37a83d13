"""Which charset a page is really in, whatever it declares.

Chinese sites declare gb2312 and send GBK or GB18030, or declare GBK and send UTF-8 after a move; a title cut in the
middle of a character leaves single broken bytes that must not cost the page.
"""

import codecs
import re
from dataclasses import dataclass

_CHINESE = re.compile("[\u4e00-\u9fff]")
_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding=["']([\w-]+)""", re.I
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
_OTHER_NAMES = {"x-gbk": "gbk", "gb_2312-80": "gb2312", "x-x-big5": "big5"}
_CATCH_ALL = {"iso8859-1", "cp1252", "ascii"}
"""What servers declare by default and what reads any bytes: taken only when nothing else fits."""
_BROKEN_SHARE = 0.02
"""Up to this share of unreadable characters a page counts as damaged, above it as wrongly declared."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page; `charset` is what it was read as, `declared` what the page says (None when it says nothing).

    `is_wrong` when the declaration doesn't hold; `broken` counts characters that no charset could read.
    """

    text: str
    charset: str
    declared: str | None
    broken: int

    @property
    def is_wrong(self) -> bool:
        """Whether the page declares one charset and is in another."""
        return self.declared is not None and _python_name(self.declared) != self.charset


def read_text(body: bytes, *, content_type: str = "", forced: str | None = None) -> Decoded:
    """Decode a page: `forced` (from the site file) wins, else what is declared is checked against the bytes."""
    if forced:
        return _decoded(body, _python_name(forced) or forced, declared=None)
    declared = _declared(body, content_type)
    first = _python_name(declared) if declared else None
    in_order = ("utf-8", "gb18030", first) if first in _CATCH_ALL else (first, "utf-8", "gb18030")
    candidates = list(dict.fromkeys(name for name in in_order if name))
    readings = [_decoded(body, name, declared=declared) for name in candidates]
    return _best(readings, None if first in _CATCH_ALL else first)


def _declared(body: bytes, content_type: str) -> str | None:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return name
    header = _HEADER.search(content_type)
    if header:
        return header.group(1).lower()
    meta = _META.search(body[:4096])
    return (meta.group(1) or meta.group(2)).decode().lower() if meta else None


def _python_name(name: str) -> str | None:
    """Return Python's name of a charset, the widest of its family; `None` where there is no such charset."""
    try:
        own = codecs.lookup(_OTHER_NAMES.get(name.lower(), name)).name
    except LookupError:
        return None
    return _WIDER.get(own, own)


def _decoded(body: bytes, name: str, *, declared: str | None) -> Decoded:
    text = body.decode(name, errors="replace")
    return Decoded(text.removeprefix("\ufeff"), name, declared, text.count("\ufffd"))


def _best(readings: list[Decoded], first: str | None) -> Decoded:
    """Take the declared reading while it is plausible, else the one with the least broken characters.

    UTF-8 bytes nearly always pass as GB18030 (as nonsense), the reverse never for more than a few characters: so bytes
    that are valid UTF-8 with Chinese in it are UTF-8, whatever is declared.
    """
    by_name = {reading.charset: reading for reading in readings}
    utf8 = by_name["utf-8"]
    if not utf8.broken and (first is None or _CHINESE.search(utf8.text)):
        return utf8
    declared = by_name.get(first or "")
    if declared and declared.broken <= _BROKEN_SHARE * _beyond_ascii(declared.text):
        return declared
    return min(readings, key=lambda reading: reading.broken / max(1, _beyond_ascii(reading.text)))


def _beyond_ascii(text: str) -> int:
    return sum(letter > "\x7f" for letter in text)
