"""All recorded pages of a real Discuz! X3.5, compared with what its database held."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from crawler.checking import check
from crawler.pages.extraction import Extraction, ShownPost
from crawler.post import IssueReason, PostKind
from tests.shared import SHARED, needs_shared

PAGES = SHARED / "pages" / "discuz"
TRUTH: Mapping[str, Any] = (
    json.loads((PAGES / "truth.json").read_text(encoding="utf-8"))["pages"] if PAGES.is_dir() else {}
)
NO_SITE = ("archiver", "rss", "robots", "redirect", "search")
"""The archiver has no post ids, search results no replies: there is no site file for them."""

pytestmark = needs_shared


def names(kind: str) -> list[str]:
    return [name for name, page in TRUTH.items() if page["kind"] == kind and not name.startswith(NO_SITE)]


@cache
def read(name: str) -> Extraction:
    page = TRUTH[name]
    served = datetime.fromtimestamp(page["served_epoch"], UTC)
    return check("discuz", str(PAGES / name), url=page["url"], at=served, clock=lambda: served)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def together(name: str) -> list[tuple[ShownPost, Mapping[str, Any]]]:
    return list(zip(read(name).posts, TRUTH[name]["posts"], strict=True))


def next_number(url: str | None) -> int | None:
    found = re.search(r"page=(\d+)(?!.*page=\d)|(?:forum|thread)-\d+-(\d+)", url or "")
    return int(found[1] or found[2]) if found else None


@pytest.mark.parametrize("name", names("thread"))
class TestThreads:
    def test_every_post_comes_once_in_the_order_of_the_page(self, name: str) -> None:
        assert [post.native_id for post in read(name).posts] == [str(post["pid"]) for post in TRUTH[name]["posts"]]

    def test_texts(self, name: str) -> None:
        for post, truth in together(name):
            assert squeezed(post.text) == squeezed(truth["text"])

    def test_lines_of_texts(self, name: str) -> None:
        for post, truth in together(name):
            assert (
                len(post.text.split("\n")) >= len([line for line in truth["text"].split("\n") if line]) or not post.text
            )

    def test_authors(self, name: str) -> None:
        for post, truth in together(name):
            assert post.author == (None if truth["anonymous"] else truth["author"])

    def test_times(self, name: str) -> None:
        for post, truth in together(name):
            assert post.published is not None
            assert abs(post.published.timestamp() - truth["epoch"]) <= precision(name, truth)

    def test_quotes(self, name: str) -> None:
        for post, truth in together(name):
            assert post.parent_id == (str(truth["quote_pid"]) if truth["quote_pid"] else None)

    def test_the_first_post_is_the_topic_with_the_title(self, name: str) -> None:
        for post, truth in together(name):
            assert post.kind is (PostKind.TOPIC if truth["first"] else PostKind.REPLY)
            assert post.title == (TRUTH[name]["thread"]["title"] if truth["first"] else "")

    def test_views_and_replies(self, name: str) -> None:
        for post, truth in together(name):
            if truth["first"] and not name.startswith("touch"):
                thread = TRUTH[name]["thread"]
                assert post.engagement.replies == thread["replies"]
                assert 0 <= post.engagement.views - thread["views"] <= 3  # type: ignore[operator]  # views go on

    def test_screened_posts_are_reported(self, name: str) -> None:
        hidden = [truth for truth in TRUTH[name]["posts"] if truth["screened"]]
        issues = [issue for issue in read(name).issues if issue.reason is IssueReason.SCREENED]
        assert len(issues) == len(hidden)

    def test_next_page(self, name: str) -> None:
        assert next_number(read(name).next) == TRUTH[name]["next_page"]

    def test_nothing_else_is_odd(self, name: str) -> None:
        assert {issue.reason for issue in read(name).issues} <= {IssueReason.SCREENED}


def precision(name: str, truth: Mapping[str, Any]) -> int:
    """Seconds by which a shown time may be off: the touch template shows no full time, "plain" dates no seconds."""
    if name.startswith("touch"):
        hours_ago = (TRUTH[name]["served_epoch"] - truth["epoch"]) / 3600
        return 0 if hours_ago > 24 * 7 else 86_400 if hours_ago > 48 else 3_600
    return 59 if "plain" in name else 0


@pytest.mark.parametrize("name", names("list"))
class TestLists:
    def test_every_thread_in_the_order_of_the_page(self, name: str) -> None:
        assert [thread.native_id for thread in read(name).threads] == [str(t["tid"]) for t in TRUTH[name]["threads"]]

    def test_titles(self, name: str) -> None:
        assert [thread.title for thread in read(name).threads] == [t["title"] for t in TRUTH[name]["threads"]]

    def test_replies(self, name: str) -> None:
        for thread, truth in zip(read(name).threads, TRUTH[name]["threads"], strict=True):
            if not (name.startswith("touch") and truth["sticky"]):  # shown without counts there
                assert thread.replies == truth["replies"]

    def test_stickies(self, name: str) -> None:
        assert [thread.is_sticky for thread in read(name).threads] == [t["sticky"] for t in TRUTH[name]["threads"]]

    def test_last_replies(self, name: str) -> None:
        for thread, truth in zip(read(name).threads, TRUTH[name]["threads"], strict=True):
            if not name.startswith("touch"):
                assert thread.active is not None
                assert 0 <= truth["last_epoch"] - thread.active.timestamp() < 60

    def test_addresses_lead_to_the_threads(self, name: str) -> None:
        for thread in read(name).threads:
            assert thread.url.startswith("http://forum.example/")
            assert thread.native_id in thread.url

    def test_next_page(self, name: str) -> None:
        assert next_number(read(name).next) == TRUTH[name]["next_page"]

    def test_only_an_empty_board_is_odd(self, name: str) -> None:
        reasons = [issue.reason for issue in read(name).issues]
        assert reasons == ([] if TRUTH[name]["threads"] else [IssueReason.EMPTY_BOARD])


REASONS = {
    "login required": IssueReason.LOGIN_REQUIRED,
    "login required (thread of a closed board)": IssueReason.LOGIN_REQUIRED,
    "thread deleted": IssueReason.DELETED,
    "thread never existed": IssueReason.DELETED,
    "read permission too low for guests": IssueReason.PERMISSION,
}


@pytest.mark.parametrize("name", names("message"))
def test_a_message_page_gives_its_reason(name: str) -> None:
    assert [issue.reason for issue in read(name).issues] == [REASONS[TRUTH[name]["outcome"]]]
    assert (TRUTH[name]["message"] or "登录") in read(name).issues[0].detail


@pytest.mark.parametrize("name", names("login page"))
def test_a_login_page_is_a_wall(name: str) -> None:
    assert [issue.reason for issue in read(name).issues] == [IssueReason.LOGIN_REQUIRED]


@pytest.mark.parametrize("name", names("index"))
def test_the_index_leads_to_all_boards(name: str) -> None:
    fids = sorted(re.search(r"fid=(\d+)", url)[1] for url in read(name).boards)  # type: ignore[index]
    assert fids == sorted(str(board["fid"]) for board in TRUTH[name]["boards"])


def changed(page: Sequence[Any], key: str) -> set[Any]:
    return {getattr(thread, key) for thread in page}


def test_a_list_read_twice_has_the_same_signatures() -> None:
    first, again = read("list_1.html"), read("rewritten_list_1.html")
    assert changed(first.threads, "signature") == changed(again.threads, "signature")


def test_the_board_feed() -> None:
    truth = TRUTH["rss_board.xml"]
    served = datetime.fromtimestamp(truth["served_epoch"], UTC)
    feed = check("feed", str(PAGES / "rss_board.xml"), url=truth["url"], clock=lambda: served)
    assert [post.title for post in feed.posts] == [thread["title"] for thread in truth["threads"]]
    assert [post.published.timestamp() for post in feed.posts if post.published] == [
        t["epoch"] for t in truth["threads"]
    ]
    assert [post.author for post in feed.posts] == [thread["author"] for thread in truth["threads"]]
