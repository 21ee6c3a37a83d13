"""A small 贴吧: a board in the PC template, threads, their nested replies by totalComment and comment."""

import html as escaping
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from tests.servers.pages import Answer, PageServer, html

BEGAN = datetime(2026, 11, 20, 2, tzinfo=UTC)
LISTED, SHOWN, NESTED = 3, 5, 10
"""Threads on a list page, posts on a thread's page, nested replies given at once."""


@dataclass
class SmallFloor:
    pid: int
    text: str
    author: str = "茶客甲"
    nested: list[str] = field(default_factory=list)

    def spid(self, number: int) -> int:
        return self.pid * 100 + number


@dataclass
class SmallThread:
    tid: int
    title: str
    floors: list[SmallFloor]

    @property
    def replies(self) -> int:
        return len(self.floors) - 1 + sum(len(floor.nested) for floor in self.floors)


@dataclass
class SmallTieba:
    """Threads by number; `odd` answers win over the site's own, by path without query."""

    threads: dict[int, SmallThread] = field(default_factory=dict)
    odd: dict[str, Answer] = field(default_factory=dict)


def star_sea() -> SmallTieba:
    """A board of four threads: one has two pages, a post with twelve nested replies and one with two."""
    site = SmallTieba()
    for number in range(1, 5):
        tid = 9100000000 + number
        floors = [SmallFloor(tid * 10 + 1, f"主题 {number} 的开头"), SmallFloor(tid * 10 + 2, "同问", "茶客乙")]
        site.threads[tid] = SmallThread(tid, f"主题 {number}", floors)
    long = site.threads[9100000002]
    long.floors += [SmallFloor(long.tid * 10 + number, f"第 {number} 楼") for number in range(3, 8)]
    long.floors[1].nested = [f"楼中楼 {number}" for number in range(1, 13)]
    long.floors[6].nested = ["最后一页的", "回复 茶客乙 ：对"]
    return site


class TiebaServer(PageServer):
    """Serves a small 贴吧."""

    def __init__(self, site: SmallTieba) -> None:
        self.site = site
        super().__init__({})

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        self.hits[path] += 1
        parts = urlsplit(path)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return self.site.odd.get(parts.path) or self._own(parts.path, asked)

    def _own(self, path: str, asked: Mapping[str, str]) -> Answer:
        if path == "/f":
            return _board(self.site, int(asked.get("pn", 0)))
        if path == "/p/totalComment":
            return _all_nested(self.site.threads[int(asked["tid"])], int(asked["pn"]))
        if path == "/p/comment":
            return _nested(self.site.threads[int(asked["tid"])], int(asked["pid"]), int(asked["pn"]))
        tid = path.removeprefix("/p/")
        thread = self.site.threads.get(int(tid)) if tid.isdigit() else None
        return _thread(thread, int(asked.get("pn", 1))) if thread else gone()


def gone() -> Answer:
    return html("<title>贴吧404</title><p>很抱歉，该贴已被删除。</p>")


def _attribute(value: object) -> str:
    return escaping.escape(json.dumps(value), quote=True)


def _board(site: SmallTieba, first: int) -> Answer:
    threads = list(site.threads.values())
    rows = "".join(_row(thread) for thread in threads[first : first + LISTED])
    more = f'<a class="next" href="/f?kw=x&pn={first + LISTED}">下一页</a>' if threads[first + LISTED :] else ""
    listed = f'<ul>{rows}</ul><div id="frs_list_pager">{more}</div>'
    return html(f'<title>星海手机吧</title><code id="pagelet" style="display:none"><!--{listed}--></code>')


def _row(thread: SmallThread) -> str:
    fields = {
        "id": thread.tid,
        "first_post_id": thread.floors[0].pid,
        "reply_num": thread.replies,
        "author_name": "茶客甲",
    }
    link = f'<a class="j_th_tit" href="/p/{thread.tid}" title="{thread.title}">{thread.title}</a>'
    abstract = f'<div class="threadlist_abs">{thread.floors[0].text[:6]}</div>'
    return f'<li class="j_thread_list" data-field="{_attribute(fields)}">{link}{abstract}</li>'


def _thread(thread: SmallThread, page: int) -> Answer:
    pages = -(-len(thread.floors) // SHOWN)
    shown = list(enumerate(thread.floors, 1))[(page - 1) * SHOWN : page * SHOWN]
    floors = "".join(_floor(thread, number, floor) for number, floor in shown)
    title = f'<h3 class="core_title_txt" title="{thread.title}">{thread.title}</h3>'
    pager = f'<li class="l_reply_num"><span>{thread.replies}</span>回复贴，共<span>{pages}</span>页</li>'
    script = '<script>PageData.forum = {forum_id: "77"};</script>'
    return html(f"<title>{thread.title}【星海手机吧】_百度贴吧</title>{script}{title}{pager}{floors}")


def _floor(thread: SmallThread, number: int, floor: SmallFloor) -> str:
    content = {"post_id": floor.pid, "thread_id": thread.tid, "post_no": number, "comment_num": len(floor.nested)}
    fields = {"author": {"user_name": floor.author}, "content": content}
    when = f"{_at(thread, number).astimezone().strftime('%Y-%m-%d')} 10:{number:02}"
    text = f'<div id="post_content_{floor.pid}" class="d_post_content">{floor.text}</div>'
    tail = f'<span class="tail-info">{number}楼</span><span class="tail-info">{when}</span>'
    return f'<div class="l_post" data-field="{_attribute(fields)}">{text}{tail}</div>'


def _at(thread: SmallThread, number: int) -> datetime:
    return BEGAN + timedelta(minutes=number)


def _all_nested(thread: SmallThread, page: int) -> Answer:
    floors = [floor for floor in thread.floors[(page - 1) * SHOWN : page * SHOWN] if floor.nested]
    lists = {
        str(floor.pid): {
            "comment_num": len(floor.nested),
            "comment_list_num": 3,
            "comment_info": [
                {
                    "thread_id": str(thread.tid),
                    "post_id": str(floor.pid),
                    "comment_id": str(floor.spid(number)),
                    "username": "茶客丙",
                    "now_time": int(BEGAN.timestamp()) + number,
                    "content": text,
                }
                for number, text in enumerate(floor.nested[:NESTED], 1)
            ],
        }
        for floor in floors
    }
    body = {"errno": 0, "errmsg": "success", "data": {"comment_list": lists or [], "user_list": []}}
    return Answer(json.dumps(body).encode(), content_type="application/json")


def _nested(thread: SmallThread, pid: int, page: int) -> Answer:
    floor = next(floor for floor in thread.floors if floor.pid == pid)
    shown = list(enumerate(floor.nested, 1))[(page - 1) * NESTED : page * NESTED]
    return html(
        "".join(_nested_item(floor, number, text) for number, text in shown) or "<li class='lzl_li_pager'></li>"
    )


def _nested_item(floor: SmallFloor, number: int, text: str) -> str:
    fields = "{'pid':'%s','spid':'%s','user_name':'茶客丙'}" % (floor.pid, floor.spid(number))  # noqa: UP031  # braces
    words = f'<span class="lzl_content_main">{text}</span><span class="lzl_time">2026-11-20 10:{number:02}</span>'
    return f'<li class="lzl_single_post" data-field="{fields}"><div class="lzl_cnt">{words}</div></li>'
