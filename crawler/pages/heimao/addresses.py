"""Addresses of 黑猫投诉: complaints, and the answers that stand for the pages that people open."""

import re
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

_HOME = "https://tousu.sina.com.cn/"
_NUMBER = re.compile(r"/complaint/view/(\d+)")
_FEED = {"type": "1", "page_size": "10", "page": "1"}
PAGE_SIZE = 10


def base_of(url: str) -> str:
    """Return what the links of an answer are relative to; the site's home where `url` is a saved file."""
    return url if urlsplit(url).scheme in {"http", "https"} else _HOME


def number_of(url: str) -> str:
    """Return the number of the complaint that an address belongs to; empty where it names none."""
    found = _NUMBER.search(url)
    return found[1] if found else ""


def complaint_address(url: str, link: str, number: str) -> str:
    """Return the absolute address of a complaint; its `sld` is kept, for without it the page may not open."""
    return urljoin(base_of(url), link or f"/complaint/view/{number}/")


def answer_address(url: str) -> str:
    """Return the address of the answer that stands for a page: the newest complaints, a search, those of a company."""
    scheme, host, path, query, _ = urlsplit(url)
    asked = {name: values[-1] for name, values in parse_qs(query).items()}
    word = asked.get("keywords") or asked.get("keyword") or asked.get("q")
    if path.startswith(("/api/", "/complaint/")):
        return url
    if word:
        return _at(scheme, host, "/api/index/s", {"keywords": word, "page_size": str(PAGE_SIZE), "page": "1"})
    if "couid" in asked:
        return _at(scheme, host, "/api/company/received_complaints", {"couid": asked["couid"], **_FEED})
    return _at(scheme, host, "/api/index/feed", _FEED) if path in {"", "/", "/index", "/index/"} else url


def _at(scheme: str, host: str, path: str, asked: dict[str, str]) -> str:
    return urlunsplit((scheme, host, path, urlencode(asked), ""))


def turned(url: str, page: int) -> str | None:
    """Return the address of another page of a list; `None` where it is a saved file."""
    scheme, host, path, query, _ = urlsplit(url)
    if scheme not in {"http", "https"}:
        return None
    asked = {name: values[-1] for name, values in parse_qs(query).items() if name not in {"callback", "_"}}
    return _at(scheme, host, path, {**asked, "page": str(page)})
