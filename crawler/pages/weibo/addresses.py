"""Addresses of 微博: from what people open to what is fetched, and the two numbers that a post has.

Shapes: api/container/getIndex, statuses/show, statuses/extend, comments/hotflow and comments/hotFlowChild of m.weibo.cn
as public clients use them; the container 107603 + user number is an account's posts, 100103 a search.
"""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

DETAIL = "https://m.weibo.cn/detail/"
_OWN = re.compile(r"(?:^|\.)weibo\.(?:com|cn)$")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STATUS = re.compile(r"^/(?:detail|status|statuses|\d{5,17})/(?P<id>\d{15,17}|[A-Za-z0-9]{9})/?$")
_ACCOUNT = re.compile(r"^/(?:u/|profile/)?(?P<uid>\d{5,11})/?$")
_HASHTAG_PAGE = re.compile(r"^/p/(?P<container>1\d{5}[0-9a-z_-]+)")
_ANSWERED = re.compile(r"^/(?:api|statuses/(?:show|extend)|comments|weibo|ajax|aj)(?:/|$)")


def is_weibo(host: str) -> bool:
    """Whether a host is one of 微博's own."""
    return bool(_OWN.search(host.lower()))


def root_of(url: str) -> str:
    """Return where answers are asked for: the mobile site, or the host itself where it isn't 微博's."""
    scheme, host, *_ = urlsplit(url)
    return "https://m.weibo.cn" if is_weibo(host.partition(":")[0]) or scheme == "file" else f"{scheme}://{host}"


def api_address(url: str) -> str:
    """Return the address of the answer that stands for a page (search, account, topic page, post).

    Searches on s.weibo.com and pages of weibo.cn stay what they are: pages of their own.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    status, account, topic = (known.match(parts.path) for known in (_STATUS, _ACCOUNT, _HASHTAG_PAGE))
    if parts.hostname == "weibo.cn" or _ANSWERED.match(parts.path):
        return urlunsplit(parts._replace(fragment=""))
    if status:
        return status_address(root_of(url), mid_of(status["id"]))
    if "containerid" in query:
        return _container(root_of(url), unquote(query["containerid"]), **_kept(query))
    if account or topic:
        name = f"107603{account['uid']}" if account else topic["container"] if topic else ""
        return _container(root_of(url), name)
    return search_address(root_of(url), query["q"]) if "q" in query else url


def _kept(query: dict[str, str]) -> dict[str, str]:
    is_search = query["containerid"].startswith("100103")
    return {"page_type": "searchall"} if is_search else {}


def search_address(root: str, word: str) -> str:
    """Return the first page of the newest posts with a word (type 61; 1 is the mixed list)."""
    return _container(root, f"100103type=61&q={word}&t=0", page_type="searchall")


def _container(root: str, container: str, **more: str) -> str:
    return f"{root}/api/container/getIndex?{urlencode({'containerid': container, **more})}"


def without_account(url: str) -> str:
    """Return the address of a post on 微博 without the number of its account; any other address as it is."""
    parts = urlsplit(url)
    found = _STATUS.match(parts.path) if is_weibo(parts.hostname or "") else None
    return DETAIL + mid_of(found["id"]) if found else url


def status_address(root: str, mid: str) -> str:
    """Return the answer that holds one post."""
    return f"{root}/statuses/show?{urlencode({'id': mid})}"


def text_address(root: str, mid: str) -> str:
    """Return the answer that holds the whole text of a long post."""
    return f"{root}/statuses/extend?{urlencode({'id': mid})}"


def comments_address(root: str, mid: str) -> str:
    """Return the first page of the comments of a post."""
    return f"{root}/comments/hotflow?{urlencode({'id': mid, 'mid': mid, 'max_id_type': 0})}"


def replies_address(root: str, comment_id: str) -> str:
    """Return the first page of the replies to a comment."""
    return f"{root}/comments/hotFlowChild?{urlencode({'cid': comment_id, 'max_id': 0, 'max_id_type': 0})}"


def changed(url: str, **parameters: str) -> str:
    """Return an address with other parameters in its query."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | parameters
    return urlunsplit(parts._replace(query=urlencode(query), fragment=""))


def parameter(url: str, *names: str) -> str:
    """Return the first of the parameters that the query of an address has."""
    query = dict(parse_qsl(urlsplit(url).query))
    return next((query[name] for name in names if query.get(name)), "")


def mid_of(number: str) -> str:
    """Return the long number of a post, also of its short form (`M2yZDcqrZ` is 4806111732961615).

    The short form is the long one in groups of seven digits from the right, each in base 62 with four letters.
    """
    if number.isdecimal():
        return number
    groups = [number[max(0, end - 4) : end] for end in range(len(number), 0, -4)]
    decimal = [str(_base62(group)).zfill(7) for group in reversed(groups)]
    return "".join(decimal).lstrip("0")


def _base62(group: str) -> int:
    value = 0
    for letter in group:
        value = value * 62 + _DIGITS.index(letter)
    return value
