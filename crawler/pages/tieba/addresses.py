"""Addresses of 百度贴吧: boards, threads, posts, and where the nested replies of a thread are had."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

_HOME = "https://tieba.baidu.com"
_THREAD = re.compile(r"/p/(\d+)")
_DATA = "/mg/p/getPbData"
NESTED_PAGE = 10
"""Nested replies that one page of `/p/comment` gives, and that `/p/totalComment` gives of a post at most."""


def root_of(url: str) -> str:
    """Return scheme and host of an address; 贴吧's own where `url` is a saved file."""
    scheme, host, *_ = urlsplit(url)
    return f"{scheme}://{host}" if scheme in {"http", "https"} else _HOME


def thread_of(url: str) -> str:
    """Return the number of the thread that an address belongs to; empty where it names none."""
    found = _THREAD.search(urlsplit(url).path)
    return found[1] if found else next((query_of(url)[name] for name in ("kz", "tid") if name in query_of(url)), "")


def query_of(url: str) -> Mapping[str, str]:
    """Return the parameters of an address, the last of each name."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}


def thread_address(root: str, thread_id: str, *, page: int = 1) -> str:
    """Return the address of a page of a thread."""
    return f"{root}/p/{thread_id}" + (f"?pn={page}" if page > 1 else "")


def post_address(root: str, thread_id: str, post_id: str, nested_id: str = "") -> str:
    """Return the address that opens a thread at a post, or at a nested reply to it."""
    cid = f"&cid={nested_id}" if nested_id else ""
    return f"{root}/p/{thread_id}?pid={post_id}{cid}#{nested_id or post_id}"


def data_address(root: str, thread_id: str) -> str:
    """Return the address that today's mobile page of a thread has its content from."""
    return f"{root}{_DATA}?kz={thread_id}&pn=1&rn=30"


def all_nested_address(root: str, thread_id: str, forum_id: str, page: int) -> str:
    """Return the address of the first nested replies to all posts of a page of a thread."""
    return f"{root}/p/totalComment?tid={thread_id}&fid={forum_id}&pn={page}&see_lz=0"


def nested_addresses(root: str, thread_id: str, post_id: str, *, total: int, shown: int) -> tuple[str, ...]:
    """Return the addresses of the pages of nested replies to a post that still lack some: `shown` of `total` are known.

    The pages that are known whole are left out.
    """
    first = 1 + shown // NESTED_PAGE
    last = -(-total // NESTED_PAGE)
    query = f"tid={thread_id}&pid={post_id}"
    return tuple(f"{root}/p/comment?{query}&pn={page}" for page in range(first, last + 1))


def mobile_board(url: str) -> str | None:
    """Return the mobile address of a board, whose pages still come with their content; `None` for other addresses."""
    name = query_of(url).get("kw")
    return f"{root_of(url)}/mo/q/m?kw={quote(name)}&lp=5028&mo_device=1" if name else None


def turned(url: str, page: int) -> str | None:
    """Return an address with another `pn`; `None` where it is a saved file."""
    scheme, host, path, _, _ = urlsplit(url)
    if scheme not in {"http", "https"}:
        return None
    return urlunsplit((scheme, host, path, urlencode({**query_of(url), "pn": page}), ""))


def is_mobile_board(url: str) -> bool:
    """Whether an address is already the mobile list of a board."""
    return urlsplit(url).path.startswith("/mo/")
