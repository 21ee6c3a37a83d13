"""Pages of a small forum with Discuz!'s structure, as short as a page can be, for tests of odd pages."""

from collections.abc import Sequence

Thread = tuple[int, int]
"""Id and number of replies."""


def board(threads: Sequence[Thread], *, next_page: str = "") -> str:
    rows = "".join(map(_row, threads))
    return page(f'<table id="threadlisttableid">{rows}</table>{turn(next_page)}')


def _row(thread: Thread) -> str:
    tid, replies = thread
    return f"""<tbody id="normalthread_{tid}"><tr>
    <th><a class="s xst" href="/thread-{tid}-1-1.html">主题 {tid}</a></th>
    <td class="num"><a>{replies}</a><em>9</em></td>
    <td class="by"><cite>某</cite><em>2026-11-1 10:{replies:02}</em></td></tr></tbody>"""


def empty_board() -> str:
    note = '<p class="emp">本版块尚无主题</p>'
    return page(f'<table id="threadlisttableid"><tbody><tr><th>{note}</th></tr></tbody></table>')


def thread(posts: Sequence[tuple[int, str]], *, next_page: str = "", previous: str = "") -> str:
    shown = "".join(map(_post, posts))
    return page(f'<div id="postlist"><span id="thread_subject">标题</span>{shown}</div>{turn(next_page, previous)}')


def _post(post: tuple[int, str]) -> str:
    pid, text = post
    author = f'<div class="pi"><div class="authi"><a class="xw1">用户{pid % 7}</a></div></div>'
    return f"""<div id="post_{pid}"><table id="pid{pid}"><tr><td class="pls">{author}</td>
    <td><em id="authorposton{pid}">发表于 2026-11-1 10:00:00</em>
    <table><tr><td class="t_f" id="postmessage_{pid}">{text}</td></tr></table></td></tr></table></div>"""


def message(text: str) -> str:
    return page(f'<div id="messagetext"><p>{text}</p></div>')


def turn(next_page: str, previous: str = "") -> str:
    before = f'<a href="{previous}" class="prev"></a>' if previous else ""
    after = f'<a href="{next_page}" class="nxt">下一页</a>' if next_page else ""
    return f'<div class="pg">{before}{after}</div>'


def page(body: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'
