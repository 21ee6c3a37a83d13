"""A made-up forum with Discuz!'s structure, served by a process of its own: what `fengping bench crawl` reads.

`python -m crawler.benchmark.forum_server SEED` prints its address on one line and serves until it is stopped.
"""

import random
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

THREADS_PER_PAGE = 20
POSTS_PER_PAGE = 10
"""What a new Discuz! is set to."""
_LISTS = 5000
_PAGES = 2
_WORDS = ("审核", "额度", "下款", "利息", "客服电话", "逾期", "还款", "征信", "提前结清", "手续费", "协商", "没有")
_LIST = re.compile(r"^/forum-1-(\d+)\.html$")
_THREAD = re.compile(r"^/thread-(\d+)-(\d+)-1\.html$")


def page_of(path: str, *, seed: int) -> str | None:
    """Return the page at `path`, the same for the same seed; None where the forum has none."""
    if found := _LIST.match(path):
        return _list(int(found[1]))
    if found := _THREAD.match(path):
        return _thread(int(found[1]), int(found[2]), random.Random(f"{seed} {path}"))  # noqa: S311  # repeatable on purpose
    return None


def _list(number: int) -> str:
    first = (number - 1) * THREADS_PER_PAGE + 1
    rows = "".join(map(_row, range(first, first + THREADS_PER_PAGE)))
    after = f"/forum-1-{number + 1}.html" if number < _LISTS else ""
    return _page(f'<table id="threadlisttableid">{rows}</table>{_turn(after)}')


def _row(tid: int) -> str:
    return f"""<tbody id="normalthread_{tid}"><tr>
    <th><a class="s xst" href="/thread-{tid}-1-1.html">主题 {tid}</a></th>
    <td class="num"><a>{_PAGES * POSTS_PER_PAGE - 1}</a><em>99</em></td>
    <td class="by"><cite>用户甲</cite><em>2026-11-1 10:00</em></td></tr></tbody>"""


def _thread(tid: int, number: int, chance: random.Random) -> str:
    first = (tid * _PAGES + number) * POSTS_PER_PAGE
    posts = "".join(_post(pid, chance) for pid in range(first, first + POSTS_PER_PAGE))
    after = f"/thread-{tid}-{number + 1}-1.html" if number < _PAGES else ""
    return _page(f'<div id="postlist"><span id="thread_subject">主题 {tid}</span>{posts}</div>{_turn(after)}')


def _post(pid: int, chance: random.Random) -> str:
    text = "".join(chance.choices(_WORDS, k=30))
    author = f'<div class="pi"><div class="authi"><a class="xw1">用户{chance.randrange(5000)}</a></div></div>'
    return f"""<div id="post_{pid}"><table id="pid{pid}"><tr><td class="pls">{author}</td>
    <td><em id="authorposton{pid}">发表于 2026-11-1 10:00:{chance.randrange(60):02}</em>
    <table><tr><td class="t_f" id="postmessage_{pid}">{text}</td></tr></table></td></tr></table></div>"""


def _turn(after: str) -> str:
    link = f'<a href="{after}" class="nxt">下一页</a>' if after else ""
    return f'<div class="pg">{link}</div>'


def _page(body: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body leave in two writes; without this the second waits for the first one's acknowledgement.
    disable_nagle_algorithm = True
    seed: ClassVar[int] = 0

    def do_GET(self) -> None:
        """Answer with the page, or 404 (also for robots.txt: everything is allowed)."""
        page = page_of(self.path, seed=self.seed)
        body = (page or "").encode()
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the base class's name)
        """Say nothing; writing a line for each page would be measured too."""


def main() -> None:
    """Serve on a free port of this machine."""
    _Handler.seed = int(sys.argv[1])
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        print(f"http://127.0.0.1:{server.server_port}", flush=True)  # noqa: T201 (the parent reads it)
        server.serve_forever()


if __name__ == "__main__":
    main()
