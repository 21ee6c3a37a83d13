"""The invented forum's pages, with the elements, ids and classes of Discuz! X3.4's default style."""

import html
import zlib
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from string import Template

from examples.forum.forum import Forum, ForumPost, ForumThread

THREADS_A_PAGE, POSTS_A_PAGE = 20, 10
_FLOORS = {1: "楼主", 2: "沙发", 3: "板凳", 4: "地板"}
_SIGNATURES = {0: "欠债还钱，天经地义；暴力催收，寸步不让。", 1: "上岸倒计时"}
_TEMPLATES = {
    path.stem: Template(path.read_text(encoding="utf-8"))
    for path in (Path(__file__).parent / "templates").glob("*.html")
}


def page(body: str, *, title: str, page_class: str, base: str, charset: str, now: datetime) -> str:
    """Put a page's content into the frame that all pages share."""
    return _TEMPLATES["page"].substitute(
        body=body,
        title=html.escape(title),
        page_class=page_class,
        base=base,
        charset=charset,
        now=f"{now:%Y-%m-%d %H:%M}",
    )


def index(forum: Forum) -> str:
    """Return the list of boards."""
    rows = []
    for board, fid in forum.boards.items():
        threads = forum.in_board(board)
        posts = sum(len(thread.posts) for thread in threads)
        rows.append(_fill("index_board", fid=fid, board=html.escape(board), threads=len(threads), posts=posts))
    return _fill("index", boards="".join(rows))


def board_list(forum: Forum, board: str, number: int) -> str:
    """Return page `number` (from 1) of a board."""
    fid, threads = forum.boards[board], forum.in_board(board)
    shown = threads[(number - 1) * THREADS_A_PAGE : number * THREADS_A_PAGE]
    address = f"forum.php?mod=forumdisplay&fid={fid}&amp;page={{}}"
    return _fill(
        "list",
        fid=fid,
        board=html.escape(board),
        today=_day(forum.now),
        threads="".join(_row(forum, thread, number) for thread in shown),
        paging=_paging(address, number, ceil(len(threads) / THREADS_A_PAGE)),
    )


def _row(forum: Forum, thread: ForumThread, number: int) -> str:
    last, topic = thread.last, thread.posts[0]
    return _fill(
        "list_thread",
        tid=thread.number,
        page=number,
        title=html.escape(thread.title),
        tps='<span class="tps">&nbsp;...</span>' if len(thread.posts) > POSTS_A_PAGE else "",
        uid=_uid(topic.author),
        author=html.escape(topic.author),
        opened=_day(topic.posted),
        replies=len(thread.posts) - 1,
        views=thread.views,
        last_author=html.escape(last.author),
        last_posted=_shown(last.posted, forum.now, "%H:%M"),
    )


def thread_page(forum: Forum, thread: ForumThread, number: int) -> str:
    """Return page `number` (from 1) of a thread."""
    first = (number - 1) * POSTS_A_PAGE
    shown = list(enumerate(thread.posts, start=1))[first : first + POSTS_A_PAGE]
    address = f"forum.php?mod=viewthread&tid={thread.number}&amp;extra=page%3D1&amp;page={{}}"
    return _fill(
        "thread",
        fid=forum.boards[thread.board],
        board=html.escape(thread.board),
        tid=thread.number,
        title=html.escape(thread.title),
        views=thread.views,
        replies=len(thread.posts) - 1,
        paging=_paging(address, number, ceil(len(thread.posts) / POSTS_A_PAGE)),
        posts="".join(_post(forum, thread, post, floor) for floor, post in shown),
    )


def _post(forum: Forum, thread: ForumThread, post: ForumPost, floor: int) -> str:
    uid = _uid(post.author)
    find = f"forum.php?mod=redirect&goto=findpost&ptid={thread.number}&pid={post.number}"
    signature = _SIGNATURES.get(uid % 7)
    return _fill(
        "thread_post",
        pid=post.number,
        tid=thread.number,
        uid=uid,
        author=html.escape(post.author),
        link=f"forum.php?mod=viewthread&tid={thread.number}" if floor == 1 else find,
        floor=_FLOORS.get(floor, f"<em>{floor}</em><sup>#</sup>"),
        posted=_shown(post.posted, forum.now, "%H:%M:%S"),
        edited=_edited(post),
        quote=_quote(forum, thread, post),
        text=_lines(post.text),
        sign=f'<div class="sign">{signature}</div>' if signature else "",
    )


def message(text: str) -> str:
    """Return the page that says why there is nothing to show."""
    return _fill("message", message=html.escape(text))


def page_of(thread: ForumThread, number: int) -> int | None:
    """Return the page of a thread on which a post stands."""
    numbers = [post.number for post in thread.posts]
    return numbers.index(number) // POSTS_A_PAGE + 1 if number in numbers else None


def _fill(template: str, **values: object) -> str:
    return _TEMPLATES[template].substitute(values)


def _uid(author: str) -> int:
    return 1000 + zlib.crc32(author.encode()) % 9000


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br />\n")


def _day(at: datetime) -> str:
    return f"{at.year}-{at.month}-{at.day}"


def _edited(post: ForumPost) -> str:
    if not post.is_edited:
        return ""
    at = post.posted + timedelta(minutes=6)
    note = f"本帖最后由 {html.escape(post.author)} 于 {_day(at)} {at:%H:%M} 编辑"
    return f'<i class="pstatus"> {note} </i><br />\n<br />\n'


def _quote(forum: Forum, thread: ForumThread, post: ForumPost) -> str:
    quoted = forum.find(thread, post.quotes)
    if not quoted:
        return ""
    address = f"forum.php?mod=redirect&amp;goto=findpost&amp;pid={quoted.number}&amp;ptid={thread.number}"
    head = f"{html.escape(quoted.author)} 发表于 {_day(quoted.posted)} {quoted.posted:%H:%M}"
    said = _lines(quoted.text[:60] + (" ..." if len(quoted.text) > 60 else ""))
    link = f'<font size="2"><a href="{address}" target="_blank"><font color="#999999">{head}</font></a></font>'
    return f'<div class="quote"><blockquote>{link}<br />\n{said}</blockquote></div>'


def _shown(at: datetime, now: datetime, clock: str) -> str:
    """Return a date as Discuz! shows it (dgmdate, format u): relative within a week, the full date as its title."""
    full = f"{_day(at)} {at:{clock}}"
    ago, days = (now - at).total_seconds(), (now.date() - at.date()).days
    if days > 7:
        return full
    return f'<span title="{full}">{_relative(at, ago, days)}</span>'


def _relative(at: datetime, ago: float, days: int) -> str:
    if days > 2:
        return f"{days}&nbsp;天前"
    if days:
        return f"{'昨天' if days == 1 else '前天'}&nbsp;{at:%H:%M}"
    if ago >= 3600:
        return f"{int(ago // 3600)}&nbsp;小时前"
    if ago >= 1800:
        return "半小时前"
    return f"{int(ago // 60)}&nbsp;分钟前" if ago >= 60 else f"{int(ago)}&nbsp;秒前" if ago >= 1 else "刚刚"


def _paging(address: str, number: int, count: int) -> str:
    if count <= 1:
        return ""
    before = f'<a href="{address.format(number - 1)}" class="prev">&nbsp;&nbsp;</a>' if number > 1 else ""
    links = "".join(
        f"<strong>{one}</strong>" if one == number else f'<a href="{address.format(one)}">{one}</a>'
        for one in range(1, count + 1)
    )
    after = f'<a href="{address.format(number + 1)}" class="nxt">下一页</a>' if number < count else ""
    return (
        f'<div class="pg">{before}{links}<label><span title="共 {count} 页"> / {count} 页</span></label>{after}</div>'
    )
