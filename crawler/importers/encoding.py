"""Which charset an export is in, and text that was encoded twice brought back."""

import codecs
import re

from crawler.reading.charset import read_text

# A lead byte of UTF-8 and a following byte, both read as Latin-1 or Windows-1252.
_READ_AS_LATIN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]")
# What the first two bytes of Chinese in UTF-8 become when they are read as GBK: letters that are rare otherwise.
_RARE = (
    bytes((first, second)).decode("gb18030", "ignore") for first in range(0xE4, 0xEA) for second in range(0x80, 0xA1)
)
_READ_AS_GBK = re.compile(f"[{''.join(_RARE)}]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LOST = re.compile("锟斤拷|(?:\u00ef\u00bf\u00bd)")
_ENOUGH = 4


def charset_of(head: bytes) -> str:
    """Return Python's name of the charset of a file that begins with `head`; a byte order mark wins."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    if b"\x00" in head[:4096]:
        return _wide(head[:4096])
    return "utf-8" if _is_utf8(head) else read_text(head).charset


def _is_utf8(head: bytes) -> bool:
    """Whether it is UTF-8, but for a character that the end of `head` cuts."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: in its digits, commas and line ends every second byte is zero."""
    return "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"


def mended(text: str) -> str | None:
    """Return a text that was UTF-8 read in another charset as it was written; `None` where it isn't such a text.

    Raises:
        ValueError: it is such a text, and part of it is lost.
    """
    if _LOST.search(text):
        raise ValueError("编码已损坏（“锟斤拷”一类），原文无法还原")
    if len(_READ_AS_LATIN.findall(text)) >= 2:
        return _read_back(text, ("latin-1", "cp1252"))
    if len(_READ_AS_GBK.findall(text)) >= _ENOUGH:
        return _strictly(text, "gb18030")
    return None


def _read_back(text: str, charsets: tuple[str, ...]) -> str | None:
    found = next((back for name in charsets if (back := _strictly(text, name))), None) or _mixed(text)
    if found is None and not _CHINESE.search(text) and len(_READ_AS_LATIN.findall(text)) >= _ENOUGH:
        raise ValueError("文字是编码错乱（UTF-8 被当作 Latin-1 读过），缺了字节，无法还原；请从原来的工具重新导出")
    return found


def _strictly(text: str, charset: str) -> str | None:
    try:
        back = text.encode(charset).decode("utf-8")
    except UnicodeError:
        return None
    return back if _CHINESE.search(back) else None


def _mixed(text: str) -> str | None:
    """Windows-1252 leaves five bytes undefined, which most software passes through as they are."""
    try:
        back = b"".join(_one_byte(letter) for letter in text).decode("utf-8")
    except UnicodeError:
        return None
    return back if _CHINESE.search(back) else None


def _one_byte(letter: str) -> bytes:
    return letter.encode("latin-1") if letter < "\u0100" else letter.encode("cp1252")
