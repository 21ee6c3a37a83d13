"""A forum whose pages are shown whole in `Forum.posts`, and a server that plants a fault on most of them.

Everything is drawn from one seed, so that what a crawl got wrong can be served again.
"""

import gzip
import random
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import brotli

from crawler.middlewares.decompression import zstd
from tests.crawler import small_forum as forum
from tests.servers.raw import RESET, RawServer

BOARDS, LISTS, THREADS, A_PAGE = 11, 4, 11, 3
BOMB = bytes(80 << 20)
BOMBS = {
    "gzip": gzip.compress(BOMB, 6),
    "deflate": zlib.compress(BOMB, 6),
    "br": brotli.compress(BOMB, quality=2),
    "zstd": zstd.compress(BOMB),
}
del BOMB
_POST = '<div id="post_'
Answer = Callable[[str], Iterable[bytes]]
"""Gets the page as it should be, gives the parts that are sent."""


def text_of(pid: int) -> str:
    return f"第 {pid} 帖：红创金服逾期{pid % 97}天，催收打给我单位，罚息怎么算"


def ok(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    named = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close"]
    return "\r\n".join([*named, *headers, "", ""]).encode() + body


def whole(page: str) -> Iterable[bytes]:
    return [ok(page.encode())]


def encoded(name: str, body: bytes) -> Iterable[bytes]:
    return [ok(body, f"Content-Encoding: {name}")]


def status(code: str, *headers: str) -> Answer:
    return lambda _page: [ok(b"<html><body>sorry</body></html>", *headers, status=code)]


def moved(to: str) -> Answer:
    return lambda _page: [ok(b"", f"Location: {to}", status="302 Found")]


def slow(_page: str) -> Iterator[bytes]:
    time.sleep(4)
    yield b""


def dripping(page: str) -> Iterator[bytes]:
    yield ok(page.encode())[:200]
    for byte in page.encode()[:40]:
        time.sleep(0.1)
        yield bytes([byte])


def cut(share: float) -> Answer:
    def answer(page: str) -> Iterable[bytes]:
        return whole(page[: int(len(page) * share)])

    return answer


def truncated(page: str) -> Iterable[bytes]:
    return [ok(page.encode())[:-200]]


def chunked(page: str) -> Iterable[bytes]:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = page.encode()
    return [head.encode(), f"{len(body):x}\r\n".encode(), body[: len(body) // 2]]


def endless_headers(_page: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(100):
        yield f"X-{number}: ".encode() + b"x" * 8000 + b"\r\n"


def torn(name: str, compress: Callable[[bytes], bytes]) -> Answer:
    def answer(page: str) -> Iterable[bytes]:
        body = compress(page.encode())
        return encoded(name, body[: len(body) * 2 // 3])

    return answer


# A fault after which every post must be in the ledger all the same.
HARMLESS: dict[str, Answer] = {
    "gbk that says utf-8": lambda page: [ok(page.encode("gbk"))],
    "utf-8 that says gb2312": lambda page: [ok(page.encode(), kind="text/html; charset=gb2312")],
    "utf-8 that says iso-8859-1": lambda page: [ok(page.encode(), kind="text/html; charset=iso-8859-1")],
    "no charset, gb18030": lambda page: [ok(page.replace("utf-8", "gb18030").encode("gb18030"), kind="text/html")],
    "unknown charset": lambda page: [ok(page.encode(), kind="text/html; charset=x-user-defined")],
    "a byte order mark": lambda page: [ok(b"\xef\xbb\xbf" + page.encode())],
    "header without a colon": lambda page: [ok(page.encode(), "this is no header")],
    "header of bytes": lambda page: [ok(page.encode(), "X-\u00e9\u4e2d: \u4e2d\x01")],
    "folded header": lambda page: [ok(page.encode(), "X-Long: a\r\n b")],
    "plain text": lambda page: [ok(page.encode(), kind="text/plain; charset=utf-8")],
    "a picture by its type": lambda page: [ok(page.encode(), kind="image/png")],
    "no type": lambda page: [ok(page.encode()).replace(b"Content-Type: text/html; charset=utf-8\r\n", b"")],
    "no length": lambda page: [b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()],
    "gzip": lambda page: encoded("gzip", gzip.compress(page.encode())),
    "gzip, padded": lambda page: encoded("gzip", gzip.compress(page.encode()) + b"\0" * 9),
    "bare deflate": lambda page: encoded("deflate", zlib.compress(page.encode())[2:-4]),
    "brotli": lambda page: encoded("br", brotli.compress(page.encode())),
    "zstandard": lambda page: encoded("zstd", zstd.compress(page.encode())),
    "two layers": lambda page: encoded("gzip, br", brotli.compress(gzip.compress(page.encode()))),
    "posts twice": lambda page: whole(_twice(page)),
    "an odd reason phrase": lambda page: [ok(page.encode(), status="200 Fine")],
    "NUL bytes": lambda page: whole(page.replace("罚息", "罚\x00息")),
}
# A fault that is over when the page is asked for again.
PASSING: dict[str, Answer] = {
    "500": status("500 Internal Server Error"),
    "502": status("502 Bad Gateway"),
    "503": status("503 Service Unavailable"),
    "503, retry at once": status("503 Service Unavailable", "Retry-After: 0"),
    "429": status("429 Too Many Requests", "Retry-After: 1"),
    "reset": lambda _page: [RESET],
    "reset in the body": lambda page: [ok(page.encode())[:400], RESET],
    "closed at once": lambda _page: [],
    "body too short": truncated,
    "chunks torn": chunked,
    "nothing": lambda _page: whole(""),
}
# A fault that stays: the posts may be missing, and then an issue must say why.
LASTING: dict[str, Answer] = {
    "500 for ever": status("500 Internal Server Error"),
    "403": status("403 Forbidden"),
    "404": status("404 Not Found"),
    "410": status("410 Gone"),
    "451": status("451 Unavailable For Legal Reasons"),
    "429 for a day": status("429 Too Many Requests", "Retry-After: 86400"),
    "418": status("418 I'm a teapot"),
    "204": lambda _page: [b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"],
    "to this machine": moved("http://127.0.0.1:9/latest"),
    "to localhost": moved("http://localhost:9/"),
    "to the metadata address": moved("http://169.254.169.254/latest/meta-data/"),
    "to IPv6 loopback": moved("http://[::1]:9/"),
    "to a file": moved("file:///etc/passwd"),
    "to no address": moved("http://[bad/"),
    "to nowhere": moved(""),
    "bomb of gzip": lambda _page: encoded("gzip", BOMBS["gzip"]),
    "bomb of deflate": lambda _page: encoded("deflate", BOMBS["deflate"]),
    "bomb of brotli": lambda _page: encoded("br", BOMBS["br"]),
    "bomb of zstandard": lambda _page: encoded("zstd", BOMBS["zstd"]),
    "five layers": lambda page: encoded("gzip, gzip, gzip, gzip, gzip", gzip.compress(page.encode())),
    "torn gzip": torn("gzip", gzip.compress),
    "torn deflate": torn("deflate", zlib.compress),
    "torn brotli": torn("br", brotli.compress),
    "torn zstandard": torn("zstd", zstd.compress),
    "not gzip at all": lambda page: encoded("gzip", page.encode()),
    "unknown encoding": lambda page: encoded("x-rot13", page.encode()),
    "too slow": slow,
    "dripping": dripping,
    "reset for ever": lambda _page: [RESET],
    "closed for ever": lambda _page: [b"HTTP/1.1 200 OK\r\nContent-"],
    "body too short for ever": truncated,
    "chunks torn for ever": chunked,
    "headers without end": endless_headers,
    "no HTTP": lambda _page: [b"SSH-2.0-OpenSSH_9.6\r\n"],
    "negative length": lambda page: [ok(page.encode()).replace(b"Content-Length: ", b"Content-Length: -")],
    "a length of letters": lambda page: [ok(page.encode()).replace(b"Content-Length: ", b"Content-Length: x")],
    "cut early": cut(0.3),
    "cut in the middle": cut(0.5),
    "cut late": cut(0.85),
    "cut before the pager": cut(0.97),
    "nothing for ever": lambda _page: whole(""),
    "a shell": lambda _page: whole("<html><body><div id='app'></div></body></html>"),
    "page without posts": lambda _page: whole(forum.thread([])),
    "challenge": lambda _page: whole(forum.page("<h1>请完成安全验证</h1>")),
    "deep": lambda page: whole(page.replace("罚息", "<b>" * 3000 + "罚息" + "</b>" * 3000, 1)),
    "ids gone": lambda page: whole(page.replace('<table id="pid', '<table id="p')),
    "one id for two": lambda page: whole(_one_id(page)),
}


def _twice(page: str) -> str:
    """The first post of a page is shown once more, as a pinned one is."""
    before, *posts = page.split(_POST)
    return _POST.join([before, *posts[:1], *posts]) if len(posts) > 1 else page


def _one_id(page: str) -> str:
    """The last post of a page carries the id of the first."""
    pids = [part.partition('"')[0] for part in page.split('<table id="pid')[1:]]
    return page.replace(pids[-1], pids[0]) if len(pids) > 1 else page


@dataclass
class Forum:
    """The forum with its faults: `posts` gives each post's text and page, `faults` what is planted on a page."""

    seed: int
    posts: dict[int, str] = field(default_factory=dict)
    page_of: dict[int, str] = field(default_factory=dict)
    list_of: dict[int, list[str]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        for board in range(BOARDS):
            self._add_board(board)
        self._plant()

    @property
    def boards(self) -> list[str]:
        return [f"/board-{board}-1" for board in range(BOARDS)]

    def thread(self, pid: int) -> str:
        """What the addresses of all pages of a post's thread begin with."""
        return f"/thread-{pid // 100}-"

    def answer(self, path: str) -> Iterable[bytes]:
        self.asked[path] += 1
        page, fault = self.pages.get(path), self.faults.get(path)
        if page is None:
            return [ok(b"", kind="text/plain")] if path == "/robots.txt" else status("404 Not Found")("")
        if fault in PASSING and self.asked[path] > 1:
            return whole(page)
        return (HARMLESS | PASSING | LASTING).get(fault or "", whole)(page)

    def _add_board(self, board: int) -> None:
        for number in range(1, LISTS + 1):
            rows = []
            for tid in range(first := (board * LISTS + number - 1) * THREADS + 1, first + THREADS):
                count = self._random.choice((1, 2, 3, 3, 4, 6, 7, 8, 9))
                rows.append((tid, count - 1))
                self._add_thread(tid, count, [f"/board-{board}-{before}" for before in range(1, number + 1)])
            following = f"/board-{board}-{number + 1}" if number < LISTS else ""
            self.pages[f"/board-{board}-{number}"] = forum.board(rows, next_page=following)

    def _add_thread(self, tid: int, count: int, lists: list[str]) -> None:
        pids = [tid * 100 + number for number in range(count)]
        for start in range(0, count, A_PAGE):
            number, part = start // A_PAGE + 1, pids[start : start + A_PAGE]
            path = f"/thread-{tid}-{number}-1.html"
            following = f"/thread-{tid}-{number + 1}-1.html" if start + A_PAGE < count else ""
            before = f"/thread-{tid}-{number - 1}-1.html" if start else ""
            shown = [(pid, text_of(pid)) for pid in part]
            self.pages[path] = forum.thread(shown, next_page=following, previous=before)
            for pid in part:
                self.posts[pid], self.page_of[pid], self.list_of[pid] = text_of(pid), path, lists

    def _plant(self) -> None:
        kinds = [*HARMLESS, *PASSING, *LASTING, "the page before as next", "itself as next", "endless"]
        threads = [path for path in self.pages if path.startswith("/thread")]
        self._random.shuffle(threads)
        for number, path in enumerate(threads[: len(threads) * 4 // 5]):
            self._plant_one(path, kinds[number % len(kinds)])
        for board, kind in enumerate(["500", "429", "gzip", "cut in the middle", "torn brotli", "body too short"]):
            self._plant_one(f"/board-{board}-{self._random.randint(LISTS - 1, LISTS)}", kind)

    def _plant_one(self, path: str, kind: str) -> None:
        self.faults[path] = kind
        tid, number = path.split("-")[1:3]
        if kind == "itself as next":
            self._turn(path, path)
        elif kind == "the page before as next":
            self._turn(path, f"/thread-{tid}-1-1.html")
        elif kind == "endless":
            turns = [f"/thread-{tid}-{number}{more:02}-1.html" for more in range(1, 40)]
            page = self.pages[path]
            for here, there in zip([path, *turns], turns, strict=False):
                self.pages[here] = page
                self._turn(here, there)

    def _turn(self, path: str, to: str) -> None:
        page = self.pages[path]
        begin = page.rindex('<div class="pg">')
        self.pages[path] = page[:begin] + forum.turn(to) + "</body></html>"


def served(planted: Forum) -> RawServer:
    return RawServer(planted.answer)
