"""The invented forum as a real HTTP server: `serve()` in a thread, or `python -m examples.forum.server --port 8100`."""

import argparse
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from examples.forum import pages
from examples.forum.forum import POSTS, Forum, load

GBK_BOARD = "灌水闲聊"
"""This board is served in GBK, as many old forums still are."""
_ROBOTS = """User-agent: *
Disallow: /admin.php
Disallow: /search.php
Disallow: /member.php
Disallow: /forum.php?mod=redirect*
Disallow: /forum.php?mod=post*
Disallow: /home.php?mod=spacecp*
"""
_GONE = "抱歉，指定的主题不存在或已被删除或正在被审核"


@dataclass(frozen=True, slots=True)
class ForumCounts:
    """How much the forum holds."""

    threads: int
    posts: int


class ForumServer:
    """A running forum; `url` is its index. Close it when done."""

    def __init__(self, forum: Forum, *, host: str, port: int) -> None:
        self.forum = forum
        handler = type("Handler", (_Handler,), {"forum": forum})
        self._server = ThreadingHTTPServer((host, port), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of the index page."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}/forum.php"

    def board_url(self, board: str) -> str:
        """Return the address of a board's first page."""
        return f"{self.url}?mod=forumdisplay&fid={self.forum.boards[board]}"

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def serve(port: int = 0, *, host: str = "127.0.0.1", forum: Forum | None = None) -> ForumServer:
    """Serve the forum (on a free port unless one is given) as it would stand now."""
    return ForumServer(forum or load(now=datetime.now(UTC)), host=host, port=port)


def counts(path: Path = POSTS) -> ForumCounts:
    """Return how many threads and posts the forum holds."""
    forum = load(path, now=datetime.now(UTC))
    return ForumCounts(threads=len(forum.threads), posts=forum.post_count())


class _Handler(BaseHTTPRequestHandler):
    forum: ClassVar[Forum]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/robots.txt":
            self._send(HTTPStatus.OK, _ROBOTS.encode(), "text/plain")
        elif parts.path in {"/", "/forum.php"}:
            self._answer(query)
        else:
            self._message(HTTPStatus.NOT_FOUND, "抱歉，您访问的页面不存在")

    def _answer(self, query: dict[str, str]) -> None:
        match query.get("mod"):
            case None:
                self._page(pages.index(self.forum), title="论坛", page_class="pg_index")
            case "forumdisplay":
                self._board(_number(query.get("fid")), _number(query.get("page")) or 1)
            case "viewthread":
                self._thread(_number(query.get("tid")), _number(query.get("page")) or 1)
            case "redirect":
                self._redirect(_number(query.get("ptid") or query.get("tid")), _number(query.get("pid")))
            case _:
                self._message(HTTPStatus.OK, "抱歉，您尚未登录，无法进行此操作")

    def _board(self, fid: int, number: int) -> None:
        board = next((name for name, one in self.forum.boards.items() if one == fid), None)
        if board is None:
            self._message(HTTPStatus.NOT_FOUND, "抱歉，指定的版块不存在")
            return
        body = pages.board_list(self.forum, board, number)
        self._page(body, title=board, page_class="pg_forumdisplay", board=board)

    def _thread(self, tid: int, number: int) -> None:
        thread = self.forum.threads.get(tid)
        if thread is None:
            self._message(HTTPStatus.NOT_FOUND, _GONE)
            return
        body = pages.thread_page(self.forum, thread, number)
        self._page(body, title=thread.title, page_class="pg_viewthread", board=thread.board)

    def _redirect(self, tid: int, pid: int) -> None:
        thread = self.forum.threads.get(tid)
        number = pages.page_of(thread, pid or thread.last.number) if thread else None
        if number is None:
            self._message(HTTPStatus.NOT_FOUND, _GONE)
            return
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", f"/forum.php?mod=viewthread&tid={tid}&page={number}#pid{pid}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _message(self, status: HTTPStatus, text: str) -> None:
        self._page(pages.message(text), title="提示信息", page_class="pg_message", status=status)

    def _page(
        self, body: str, *, title: str, page_class: str, board: str = "", status: HTTPStatus = HTTPStatus.OK
    ) -> None:
        charset = "gbk" if board == GBK_BOARD else "utf-8"
        base = f"http://{self.headers.get('Host', 'localhost')}/"
        text = pages.page(body, title=title, page_class=page_class, base=base, charset=charset, now=self.forum.now)
        self._send(status, text.encode(charset, errors="xmlcharrefreplace"), f"text/html; charset={charset}")

    def _send(self, status: HTTPStatus, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing: the demo's own progress stands on the terminal."""


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def main() -> None:
    """Serve the forum until interrupted."""
    parser = argparse.ArgumentParser(description="虚构论坛“借贷茶馆”，页面结构同 Discuz! X3.4")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100)
    options = parser.parse_args()
    server = serve(options.port, host=options.host)
    print(f"借贷茶馆：{server.url}（Ctrl-C 结束）")  # noqa: T201  # a command's output
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        server.close()


if __name__ == "__main__":
    main()
