"""Identity: which platform's post an address leads to, and its id there, as the spiders of the platform have it.

Numbers that a platform counts apart for different things carry a word before them, so that a comment never takes the
place of an answer: `av` and `cv` of bilibili are its own, `answer-`, `article-`, `zvideo-`, `comment-` are for 知乎.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.errors import FieldError
from crawler.pages.weibo.addresses import mid_of

PLATFORMS = {
    "weibo.com": "weibo",
    "weibo.cn": "weibo",
    "tieba.baidu.com": "tieba",
    "tousu.sina.com.cn": "heimao",
    "xiaohongshu.com": "xiaohongshu",
    "douyin.com": "douyin",
    "kuaishou.com": "kuaishou",
    "bilibili.com": "bilibili",
    "zhihu.com": "zhihu",
}
"""The platform of a host and of those below it; also what its posts are called as a source."""
NAMES = {
    "weibo": ("微博", "新浪微博", "wb", "weibo"),
    "tieba": ("贴吧", "百度贴吧", "tieba"),
    "heimao": ("黑猫", "黑猫投诉", "heimao"),
    "xiaohongshu": ("小红书", "xhs", "rednote", "xiaohongshu"),
    "douyin": ("抖音", "dy", "douyin"),
    "kuaishou": ("快手", "ks", "kuaishou"),
    "bilibili": ("b站", "哔哩哔哩", "bili", "bilibili"),
    "zhihu": ("知乎", "zhihu"),
}
_IDS = (
    ("weibo", re.compile(r"/(?:detail|status|statuses|u?\d{5,11})/(\d{15,17}|[A-Za-z0-9]{9})\b"), ""),
    ("heimao", re.compile(r"/complaint/view/(\d+)"), ""),
    ("tieba", re.compile(r"/p/\d+.*?[?&]cid=([1-9]\d*)"), ""),
    ("tieba", re.compile(r"/p/\d+.*?[?&]pid=(\d+)"), ""),
    ("xiaohongshu", re.compile(r"/(?:explore|discovery/item)/([0-9a-f]{24})"), ""),
    ("douyin", re.compile(r"/(?:video|note)/(\d+)"), ""),
    ("kuaishou", re.compile(r"/short-video/(\w+)"), ""),
    ("bilibili", re.compile(r"/video/av(\d+)"), "av"),
    ("bilibili", re.compile(r"/read/cv(\d+)"), "cv"),
    ("zhihu", re.compile(r"/answer/(\d+)"), "answer-"),
    ("zhihu", re.compile(r"/p/(\d+)"), "article-"),
    ("zhihu", re.compile(r"/zvideo/(\d+)"), "zvideo-"),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """A post's platform and its id there; the id is empty where the address doesn't tell it."""

    platform: str
    native_id: str


def identity_of(url: str) -> Identity | None:
    """Return what an address says of the post that it leads to; `None` where it is of no known platform."""
    platform = platform_of_host(urlsplit(url).hostname or "") if "://" in url else None
    if platform is None:
        return None
    for known, pattern, prefix in _IDS:
        found = pattern.search(url) if known == platform else None
        if found:
            return Identity(platform, prefix + (mid_of(found[1]) if platform == "weibo" else found[1]))
    return Identity(platform, "")


def platform_of_host(host: str) -> str | None:
    """Return the platform that a host belongs to."""
    return next((name for known, name in PLATFORMS.items() if host == known or host.endswith(f".{known}")), None)


def platform_named(name: str) -> str:
    """Return the platform that people call by a name (微博, xhs); a name of no known platform stays as it is."""
    plain = name.strip().lower()
    return next((platform for platform, names in NAMES.items() if plain in names), name.strip())


def weibo_mid(number: str) -> str:
    """Return the long number of a post of 微博, also of its short form.

    Raises:
        FieldError: it is neither.
    """
    if not re.fullmatch(r"\d{9,19}|[0-9A-Za-z]{5,10}", number):
        raise FieldError(f"不是微博的编号：{number[:40] or '空的'}")
    return mid_of(number)


def weibo_url(mid: str, comment_id: str = "") -> str:
    """Return the address of a post or comment of 微博, without the account's number that others carry."""
    return f"https://m.weibo.cn/detail/{mid}" + (f"?cid={comment_id}" if comment_id else "")
