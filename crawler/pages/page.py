"""Page: a response or a recorded file, decoded and parsed once."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement, HTMLParser, document_fromstring
from parsel import Selector
from w3lib.html import get_base_url

from crawler.pages.extraction import PageIssue
from crawler.post import IssueReason
from crawler.reading.charset import Decoded, read_text

_DOCUMENT = re.compile(r"(?:\s|\ufeff|<\?xml[^>]*>|<!--.*?-->)*(?:<!doctype\s+html|<html[\s>])", re.I | re.S)
_END = re.compile(r"</(?:body|html)\s*>", re.I)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Bytes of a page after content decoding; `url` is where it came from, `served` (aware) when it was served.

    `location` is where a redirect leads.
    """

    url: str
    body: bytes
    served: datetime
    status: int = 200
    content_type: str = ""
    location: str = ""
    encoding: str | None = None

    @cached_property
    def decoded(self) -> Decoded:
        """The page's text and what it was read as."""
        return read_text(self.body, content_type=self.content_type, forced=self.encoding)

    @cached_property
    def selector(self) -> Selector:
        """The parsed page."""
        return Selector(root=self._parsed[0], type="html")

    @cached_property
    def _parsed(self) -> tuple[HtmlElement, bool]:
        parser = HTMLParser(recover=True, encoding="utf-8", huge_tree=True)
        text = self.decoded.text.replace("\x00", "").strip() or "<html></html>"
        root = document_fromstring(text.encode(), parser=parser, ensure_head_body=True)
        return root, any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)

    @cached_property
    def base(self) -> str:
        """The address that links on the page are relative to (`<base href>` counts)."""
        return str(get_base_url(self.decoded.text[:8192], self.url))

    def absolute(self, link: str) -> str:
        """Return a link of the page as an absolute address.

        Raises:
            ValueError: it is no address.
        """
        address = urljoin(self.base, link.strip())
        urlsplit(address)
        return address

    def is_itself(self, address: str) -> bool:
        """Whether an absolute address leads to this page."""
        return urldefrag(address).url == urldefrag(self.url).url

    def issues(self) -> list[PageIssue]:
        """Return what is odd about the page as a whole: its charset, or that the parser gave up within it."""
        found = []
        if self._charset_fault():
            found.append(PageIssue(reason=IssueReason.WRONG_CHARSET, detail=self._charset_fault()))
        if self._is_cut():
            detail = "页面没有传完：没有 </body> 也没有 </html>；后面的帖子和页码可能缺了，下次采集会再读"
            found.append(PageIssue(reason=IssueReason.CUT_SHORT, detail=detail))
        if self._parsed[1]:
            detail = "页面的标签嵌套太深，只读到一部分；这一页的帖子可能不全"
            found.append(PageIssue(reason=IssueReason.CUT_SHORT, detail=detail))
        return found

    def _is_cut(self) -> bool:
        """Whether a whole document ends before its end: no forum leaves out both end tags, whatever HTML allows."""
        return bool(_DOCUMENT.match(self.decoded.text)) and not _END.search(self.decoded.text)

    def _charset_fault(self) -> str:
        text = self.decoded
        if text.is_wrong:
            return f"页面声明的编码是 {text.declared}，实际是 {text.charset}，已按实际编码读取"
        return f"按 {text.charset} 读取时有 {text.broken} 个字符无法识别，以“\ufffd”代替" if text.broken else ""
