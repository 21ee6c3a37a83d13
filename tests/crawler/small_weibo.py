"""A small 微博 that answers as m.weibo.cn and s.weibo.com do, as short as an answer can be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.reading.dates import SHANGHAI
from tests.crawler.small_api_forums import answered
from tests.servers.pages import Answer, PageServer, html

BEGAN = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)
SHOWN = 3
"""Posts on a page of hits, and comments on a page of comments."""
NESTED = 1
"""Replies that are shown inside a comment."""
LOG_IN = answered({"ok": -100, "url": "https://passport.weibo.com/sso/signin?entry=wapsso"})
NOTHING = answered({"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}})
DELETED = answered({"ok": 0, "msg": "微博不存在或暂无查看权限!"})


@dataclass
class SmallComment:
    number: int
    author: str
    text: str
    replies: "list[SmallComment]" = field(default_factory=list)


@dataclass
class SmallStatus:
    number: int
    author: str
    text: str
    whole: str = ""
    original: "SmallStatus | None" = None
    comments: list[SmallComment] = field(default_factory=list)
    edits: int = 0

    @property
    def at(self) -> datetime:
        return BEGAN + timedelta(minutes=self.number % 1000)

    @property
    def count(self) -> int:
        return sum(1 + len(comment.replies) for comment in self.comments)


@dataclass
class SmallWeibo:
    """Posts by number, the newest first in lists; `odd` answers win over its own, by path with query."""

    statuses: dict[int, SmallStatus] = field(default_factory=dict)
    odd: dict[str, Answer] = field(default_factory=dict)
    claimed: int | None = None
    hidden_comments: int = 0

    @property
    def newest_first(self) -> list[SmallStatus]:
        return sorted(self.statuses.values(), key=lambda status: status.number, reverse=True)


def mid(number: int) -> str:
    return f"48061117329{number:05}"


def teahouse() -> SmallWeibo:
    """Seven posts about one brand: one long, one passed on (with a long original), one with comments at two levels."""
    weibo = SmallWeibo()
    for number in range(1, 8):
        weibo.statuses[number] = SmallStatus(number, f"用户{number}", f"微博 {number} 说红创")
    weibo.statuses[2].text = '开头 ...<a href="/status/2">全文</a>'
    weibo.statuses[2].whole = "开头<br />接着说利息太高"
    original = SmallStatus(90, "红创金服", '公告 ...<a href="/status/90">全文</a>', "公告<br />全文在此")
    weibo.statuses[3] = SmallStatus(
        3, "用户3", "骗人的<span class=url-icon><img alt=[怒]></span>//@某人:转", original=original
    )
    replies = [SmallComment(500 + number, "用户5", f"回复<a>@用户4</a>:追问 {number}") for number in range(3)]
    comments = [SmallComment(100 + number, f"用户{number}", f"评论 {number}") for number in range(5)]
    comments[1].replies = replies
    weibo.statuses[4].comments = comments
    return weibo


class WeiboServer(PageServer):
    """Serves it."""

    def __init__(self, weibo: SmallWeibo) -> None:
        self.weibo = weibo
        super().__init__({})

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        self.hits[path] += 1
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return self.weibo.odd.get(path) or _own(self.weibo, parts.path, query)


def _own(weibo: SmallWeibo, path: str, query: Mapping[str, str]) -> Answer:
    if path == "/api/container/getIndex":
        return _hits(weibo, int(query.get("page", 1)))
    number = int(query.get("id", query.get("cid", "0"))[-5:])
    if path == "/statuses/extend":
        known = {**weibo.statuses, **{s.original.number: s.original for s in weibo.statuses.values() if s.original}}
        return answered({"ok": 1, "data": {"ok": 1, "longTextContent": known[number].whole}})
    if path == "/comments/hotFlowChild":
        return _replies(weibo, int(query["cid"]), int(query["max_id"]))
    if path not in {"/statuses/show", "/comments/hotflow"}:
        return html("nothing here", 404)
    status = weibo.statuses.get(number)
    if status is None:
        return DELETED
    return answered({"ok": 1, "data": _mblog(status)}) if path == "/statuses/show" else _comments(weibo, status, query)


def _hits(weibo: SmallWeibo, page: int) -> Answer:
    found = weibo.newest_first[(page - 1) * SHOWN : page * SHOWN]
    if not found:
        return NOTHING
    cards: list[Mapping[str, Any]] = [{"card_type": 9, "mblog": _mblog(status)} for status in found]
    first = {"card_type": "11", "card_group": cards[:1]}  # as the site nests some of them
    total = len(weibo.statuses) if weibo.claimed is None else weibo.claimed
    return answered({"ok": 1, "data": {"cardlistInfo": {"total": total}, "cards": [first, *cards[1:]]}})


def _mblog(status: SmallStatus) -> dict[str, Any]:
    mblog = {
        "id": mid(status.number),
        "mid": mid(status.number),
        "created_at": f"{status.at:%a %b %d %H:%M:%S +0800 %Y}",
        "text": status.text,
        "user": {"id": 1234567890, "screen_name": status.author},
        "reposts_count": 0,
        "comments_count": status.count,
        "attitudes_count": "1.2万",
        "isLongText": bool(status.whole),
        "region_name": "发布于 北京",
    }
    if status.edits:
        mblog |= {"edit_count": status.edits}
    return mblog | ({"retweeted_status": _mblog(status.original)} if status.original else {})


def _comments(weibo: SmallWeibo, status: SmallStatus, query: Mapping[str, str]) -> Answer:
    begin = int(query.get("max_id", 0))
    shown = status.comments[begin : begin + SHOWN]
    following = begin + SHOWN if status.comments[begin + SHOWN :] else 0
    if not shown:
        return answered({"ok": 0, "msg": "还没有人评论哦~快来抢沙发！"})
    total = status.count + weibo.hidden_comments
    rows = [_comment(comment, comment, inside=True) for comment in shown]
    return answered(
        {"ok": 1, "data": {"data": rows, "total_number": total, "max_id": following, "max_id_type": int(bool(begin))}}
    )


def _replies(weibo: SmallWeibo, cid: int, begin: int) -> Answer:
    root = next(one for status in weibo.statuses.values() for one in status.comments if one.number == cid)
    following = begin + 2 if root.replies[begin + 2 :] else 0
    rows = [_comment(reply, root) for reply in root.replies[begin : begin + 2]]
    return answered({"ok": 1, "data": rows, "total_number": len(root.replies), "max_id": following, "max_id_type": 0})


def _comment(comment: SmallComment, root: SmallComment, *, inside: bool = False) -> dict[str, Any]:
    nested = [_comment(reply, root) for reply in comment.replies[:NESTED]] if inside else []
    return {
        "id": str(comment.number),
        "rootid": str(root.number),
        "text": comment.text,
        "created_at": "Sat Nov 21 10:00:00 +0800 2026",
        "source": "来自 广东",
        "user": {"screen_name": comment.author},
        "like_count": "74",
        **({"comments": nested or False, "total_number": len(comment.replies)} if inside else {}),
    }


def hits_page(numbers: range, *, pages: int, next_page: str = "") -> Answer:
    """A page of hits on s.weibo.com with a list of so many pages under it."""
    cards = "".join(map(_card, numbers)) or '<div class="card card-no-result s-pt20b40"><p>抱歉，未找到</p></div>'
    listed = "".join("<li><a>页</a></li>" for _ in range(pages))
    following = f'<a class="next" href="{next_page}">下一页</a>' if next_page else ""
    return html(
        f'<html><body>{cards}<div class="m-page"><ul class="s-scroll">{listed}</ul>{following}</div></body></html>'
    )


def _card(number: int) -> str:
    return f"""<div class="card-wrap" action-type="feed_list_item" mid="{mid(number)}"><div class="content">
    <p class="txt" node-type="feed_list_content" nick-name="用户{number}">微博 {number}\u200b</p>
    <p class="from"><a href="//weibo.com/1/x">2026年11月20日 10:{number % 60:02}</a> 来自 <a>微博</a></p></div>
    <div class="card-act"><ul><li><a action-type="feed_list_forward">转发</a></li>
    <li><a action-type="feed_list_comment">评论</a></li>
    <li><a action-type="feed_list_like"><em>3</em></a></li></ul></div></div>"""
