"""phpBB: a real crawl of a small board that answers as it does, sessions in its links included."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.checking import check
from crawler.post import IssueReason
from crawler.reading.dates import SHANGHAI
from tests.crawler.crawling import issues, landed, run
from tests.servers.pages import Answer, PageServer, html
from tests.shared import SHARED, needs_shared

SHOWN = 2


class PhpbbServer(PageServer):
    """A board with a category, two forums and topics by number; each page carries a session's number of its own."""

    def __init__(self) -> None:
        self.topics = {45: ["开头", "回一", "回二"], 46: ["另一个"]}
        self.odd: dict[str, Answer] = {}
        self._session = 0
        super().__init__({})

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        self.hits[re.sub(r"&?sid=\w+", "", path)] += 1
        self._session += 1
        asked = re.search(
            r"(?P<what>index|viewforum|viewtopic)\.php(?:\?.*?\b[ft]=(?P<id>\d+))?(?:.*start=(?P<start>\d+))?", path
        )
        if not asked:
            return html("nothing here", 404)
        if self.odd.get(path.partition("&")[0]):
            return self.odd[path.partition("&")[0]]
        topic = re.search(r"\bt=(\d+)", path)
        number, start = int(topic[1]) if topic else int(asked["id"] or 0), int(asked["start"] or 0)
        shown = self._topic(number, start) if topic else self._forum(number) if number > 1 else self._index()
        status = 200 if shown else 404
        return html(shown.replace("SID", f"{self._session:016x}") if shown else message("请求的主题不存在。"), status)

    def _index(self) -> str:
        links = "".join(
            f'<li class="row"><a class="forumtitle" href="./viewforum.php?f={n}&sid=SID">版</a></li>' for n in (3, 9)
        )
        return page("index", f'<ul class="topiclist forums">{links}</ul>')

    def _forum(self, number: int) -> str:
        if number == 9:
            note = '<div class="panel"><div class="inner"><strong>没有主题</strong></div></div>'
            return page("viewforum", f'<div class="action-bar bar-top"></div>{note}')
        rows = "".join(self._row(topic) for topic in self.topics)
        return page("viewforum", f'<ul class="topiclist topics">{rows}</ul>')

    def _row(self, topic: int) -> str:
        replies = len(self.topics[topic]) - 1
        return f"""<li class="row"><a class="topictitle" href="./viewtopic.php?f=3&t={topic}&sid=SID">主题 {topic}</a>
        <dd class="posts">{replies} <dfn>回复</dfn></dd><dd class="views">9 <dfn>查看</dfn></dd>
        <dd class="lastpost"><span>由 <a class="username">某</a><br>2026-11-20 10:{replies:02}</span></dd></li>"""

    def _topic(self, number: int, start: int) -> str:
        texts = self.topics.get(number, [])
        posts = "".join(
            _post(number * 100 + start + place, text) for place, text in enumerate(texts[start : start + SHOWN])
        )
        further = f'<a rel="next" href="./viewtopic.php?f=3&t={number}&sid=SID&start={start + SHOWN}">下一页</a>'
        before = '<a rel="prev" href="./viewtopic.php?f=3&t=1&sid=SID">上一页</a>' if start else ""
        turn = f'<div class="pagination">{before}{further if texts[start + SHOWN :] else ""}</div>'
        return page(
            "viewtopic", f'<h2 class="topic-title"><a href="./viewtopic.php?t=1">主题 {number}</a></h2>{turn}{posts}'
        ) * bool(texts)


def _post(number: int, text: str) -> str:
    link = f'<a href="./viewtopic.php?p={number}&sid=SID#p{number}">帖</a>'
    said = f'由 <a class="username">用户{number % 7}</a> » 2026-11-20 10:{number % 60:02}'
    body = f'<p class="author">{link}{said}</p><div class="content">{text}</div>'
    return f'<div id="p{number}" class="post"><div class="postbody">{body}</div></div>'


def page(section: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body class="section-{section}">{body}</body></html>'
    )


def message(text: str) -> str:
    return page("viewtopic", f'<div class="panel" id="message"><p>{text}</p></div>')


@pytest.fixture
def server() -> Iterator[PhpbbServer]:
    with PhpbbServer() as running:
        yield running


def test_a_board_is_read_from_its_index_and_again_where_it_changed(server: PhpbbServer, tmp_path: Path) -> None:
    first = run(tmp_path, f"{server.url}/index.php", site="phpbb")
    server.topics[46].append("新回复")
    server.hits.clear()
    again = run(tmp_path, f"{server.url}/index.php", site="phpbb")
    records = landed(tmp_path)
    assert (first.threads, first.new, again.threads, again.new) == (2, 4, 1, 1)
    assert server.hits["/viewtopic.php?f=3&t=45"] == 0
    assert records["4502"].post.thread_id == "45"
    published = records["4500"].post.published
    assert published is not None
    assert published.astimezone(SHANGHAI).hour == 10
    assert not any("sid=" in record.post.url for record in records.values())
    assert [issue.reason for issue in issues(tmp_path)] == [IssueReason.EMPTY_BOARD]


def test_a_deleted_topic_and_a_log_in_wall(server: PhpbbServer, tmp_path: Path) -> None:
    run(tmp_path, f"{server.url}/viewforum.php?f=3", site="phpbb")
    del server.topics[46]
    server.odd = {"/viewforum.php?f=3": html(page("ucp", '<form id="login">您需要登录</form>'))}
    run(tmp_path, f"{server.url}/viewforum.php?f=3", site="phpbb", revisit=True)
    assert [native_id for native_id, record in landed(tmp_path).items() if record.not_seen_since] == ["4600"]
    assert {issue.reason for issue in issues(tmp_path)} == {IssueReason.LOGIN_REQUIRED, IssueReason.DELETED}


@needs_shared
@pytest.mark.parametrize(
    ("name", "posts", "threads", "boards"),
    [
        ("viewforum", 0, 24, 0),
        ("viewforum_category", 0, 0, 1),
        ("viewtopic_2posts", 2, 0, 0),
        ("viewtopic_7posts", 7, 0, 0),
    ],
)
def test_a_page_as_it_was_recorded(name: str, posts: int, threads: int, boards: int) -> None:
    served = datetime(2018, 10, 19, 7, tzinfo=UTC)
    url = "https://forum.example/forum/viewtopic.php?f=3&t=8546"
    read = check("phpbb", str(SHARED / f"pages/phpbb/{name}.html"), url=url, at=served, clock=lambda: served)
    assert (len(read.posts), len(read.threads), len(read.boards), read.issues) == (posts, threads, boards, ())
    assert all(post.published and post.author and "Select all" not in post.text for post in read.posts)
    assert all(thread.active and thread.replies is not None for thread in read.threads)
