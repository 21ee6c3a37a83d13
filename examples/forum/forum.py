"""The invented forum's content: boards, threads and posts from posts.jsonl, dates relative to today."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
POSTS = Path(__file__).parent / "posts.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumPost:
    """A post of the forum; `posted` in Shanghai's time, `quotes` the number of the post that it answers."""

    number: int
    author: str
    posted: datetime
    text: str
    quotes: int | None = None
    is_edited: bool = False


@dataclass(slots=True, kw_only=True)
class ForumThread:
    """A thread, its topic first."""

    number: int
    board: str
    title: str
    views: int
    posts: list[ForumPost] = field(default_factory=list)

    @property
    def last(self) -> ForumPost:
        """The newest post."""
        return max(self.posts, key=lambda post: post.posted)


class Forum:
    """All boards in memory; may be changed while it is served, as a real forum is."""

    def __init__(self, threads: Iterable[ForumThread], *, now: datetime) -> None:
        self.now = now
        self.threads = {thread.number: thread for thread in threads}
        self.boards = {board: fid for fid, board in enumerate(self._board_names(), start=1)}

    def _board_names(self) -> list[str]:
        return list(dict.fromkeys(thread.board for thread in self.threads.values()))

    def in_board(self, board: str) -> list[ForumThread]:
        """Return a board's threads, the one with the newest reply first."""
        threads = [thread for thread in self.threads.values() if thread.board == board]
        return sorted(threads, key=lambda thread: (thread.last.posted, thread.number), reverse=True)

    def post_count(self) -> int:
        """Return the number of posts."""
        return sum(len(thread.posts) for thread in self.threads.values())

    def find(self, thread: ForumThread, number: int | None) -> ForumPost | None:
        """Return a post of a thread by its number."""
        return next((post for post in thread.posts if post.number == number), None)

    def reply(self, thread: int, *, author: str, text: str, posted: datetime, quotes: int | None = None) -> ForumPost:
        """Add a reply to a thread."""
        number = 1 + max(post.number for one in self.threads.values() for post in one.posts)
        post = ForumPost(number=number, author=author, posted=posted, text=text, quotes=quotes)
        self.threads[thread].posts.append(post)
        return post

    def edit(self, thread: int, number: int, text: str) -> None:
        """Change the text of a post."""
        posts = self.threads[thread].posts
        for place, post in enumerate(posts):
            if post.number == number:
                posts[place] = replace(post, text=text, is_edited=True)

    def delete(self, thread: int, number: int | None = None) -> None:
        """Delete a post, or a whole thread."""
        if number is None:
            del self.threads[thread]
        else:
            posts = self.threads[thread].posts
            self.threads[thread].posts = [post for post in posts if post.number != number]


def load(path: Path = POSTS, *, now: datetime) -> Forum:
    """Load the forum as it would stand at `now` (aware): `days_ago` counts back from that day in Shanghai."""
    threads: dict[int, ForumThread] = {}
    for record in _records(path):
        number = int(record["thread"])
        if number not in threads:
            threads[number] = ForumThread(
                number=number, board=record["board"], title=record["title"], views=record["views"] or 0
            )
        threads[number].posts.append(_post(record, now.astimezone(SHANGHAI)))
    return Forum(threads.values(), now=now.astimezone(SHANGHAI))


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _post(record: Mapping[str, Any], now: datetime) -> ForumPost:
    day = (now - timedelta(days=record["days_ago"])).date()
    at = datetime.combine(day, time.fromisoformat(record["time"]), tzinfo=SHANGHAI)
    return ForumPost(
        number=record["post"],
        author=record["author"],
        posted=min(at, now),
        text=record["text"],
        quotes=record["quotes"],
        is_edited=bool(record["edited"]),
    )
