"""Addresses and answers of Discourse, Flarum and NodeBB that the recorded pages don't show."""

import json
from datetime import UTC, datetime

import pytest

from crawler.checking import check
from crawler.engines import ENGINES
from crawler.pages.extraction import Extraction, PageKind
from crawler.pages.page import Page
from crawler.post import IssueReason
from tests.shared import SHARED, needs_shared

SERVED = datetime(2026, 11, 24, 11, tzinfo=UTC)

ADDRESSES = [
    ("discourse", "https://f.example", "https://f.example/latest.json"),
    ("discourse", "https://f.example/bbs/", "https://f.example/bbs/latest.json"),
    ("discourse", "https://f.example/c/loan/5", "https://f.example/c/loan/5/l/latest.json"),
    ("discourse", "https://f.example/c/loan/5/l/top?period=all", "https://f.example/c/loan/5/l/top.json?period=all"),
    ("discourse", "https://f.example/tag/催收", "https://f.example/tag/催收/l/latest.json"),
    ("discourse", "https://f.example/categories", "https://f.example/categories.json"),
    ("discourse", "https://f.example/bbs/t/some-title/57/14", "https://f.example/bbs/t/57.json"),
    ("discourse", "https://f.example/t/57/14", "https://f.example/t/57.json"),
    ("discourse", "https://f.example/t/57.json", "https://f.example/t/57.json"),
    (
        "flarum",
        "https://f.example/",
        "https://f.example/api/discussions?sort=-lastPostedAt&page%5Blimit%5D=50",
    ),
    (
        "flarum",
        "https://f.example/t/loan",
        "https://f.example/api/discussions?filter%5Btag%5D=loan&sort=-lastPostedAt&page%5Blimit%5D=50",
    ),
    ("flarum", "https://f.example/bbs/d/108-title/3", "https://f.example/bbs/api/discussions/108"),
    ("flarum", "https://f.example/d/108", "https://f.example/api/discussions/108"),
    ("flarum", "https://f.example/d/some-title", "https://f.example/api/discussions/some-title?bySlug=1"),
    ("nodebb", "https://f.example", "https://f.example/api/recent"),
    ("nodebb", "https://f.example/bbs", "https://f.example/bbs/api/recent"),
    ("nodebb", "https://f.example/bbs/category/2/loans", "https://f.example/bbs/api/category/2/loans"),
    ("nodebb", "https://f.example/topic/5/title/14", "https://f.example/api/topic/5/title"),
    ("nodebb", "https://f.example/api/topic/5/title?page=2", "https://f.example/api/topic/5/title?page=2"),
]


@pytest.mark.parametrize(("platform", "opened", "fetched"), ADDRESSES)
def test_an_address_as_people_open_it_leads_to_its_answer(platform: str, opened: str, fetched: str) -> None:
    assert ENGINES[platform].address(opened) == fetched


def read(platform: str, value: object, *, path: str = "/x", status: int = 200) -> Extraction:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return ENGINES[platform].read(Page(url=f"https://f.example{path}", body=body, served=SERVED, status=status))


PLATFORMS = ("discourse", "flarum", "nodebb")
ODD = {
    "half an answer": (b'{"topic_list": {"topics": [', 200, IssueReason.UNKNOWN_PAGE),
    "a page for people": (b"<html>hello</html>", 200, IssueReason.UNKNOWN_PAGE),
    "a challenge": (b"<title>Just a moment...</title>", 403, IssueReason.MESSAGE),
    "nothing": (b"", 200, IssueReason.EMPTY_PAGE),
    "a broken gateway": (b"bad gateway", 502, IssueReason.HTTP_STATUS),
    "too many requests": (b'{"errors": ["slow down"]}', 429, IssueReason.HTTP_STATUS),
    "another API": (b'{"hello": 1}', 200, IssueReason.UNKNOWN_PAGE),
    "a list": (b"[1, null]", 200, IssueReason.UNKNOWN_PAGE),
    "very deep": (b"[" * 100_000, 200, IssueReason.UNKNOWN_PAGE),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_odd_answer_says_what_is_odd(platform: str, odd: str) -> None:
    body, status, reason = ODD[odd]
    extraction = read(platform, body, status=status)
    assert extraction.is_empty
    assert [issue.reason for issue in extraction.issues] == [reason]


@pytest.mark.parametrize(
    ("platform", "value"),
    [
        ("discourse", {"topic_list": {"topics": None}}),
        ("flarum", {"data": [{"type": "discussions"}], "included": None}),
        ("nodebb", {"topics": [None, {"tid": None}]}),
        ("discourse", {"post_stream": {"posts": [{"id": 1, "cooked": 5, "created_at": "soon"}]}, "id": 1}),
        ("flarum", {"data": {"type": "discussions", "id": 1, "relationships": []}}),
        ("nodebb", {"tid": 1, "posts": [{"pid": 1, "timestamp": 1e300, "user": "x"}]}),
    ],
)
def test_fields_that_are_not_what_they_should_be_are_reported(platform: str, value: object) -> None:
    assert read(platform, value).issues


def test_an_error_with_http_200_is_no_empty_list() -> None:
    extraction = read("flarum", {"errors": [{"code": "maintenance"}]})
    assert (extraction.kind, extraction.issues[0].reason) == (PageKind.MESSAGE, IssueReason.MESSAGE)


def test_an_empty_first_page_is_an_empty_board_and_a_later_one_is_odd() -> None:
    first = read("discourse", {"topic_list": {"topics": []}}, path="/latest.json")
    later = read("discourse", {"topic_list": {"topics": []}}, path="/latest.json?page=3")
    assert [page.issues[0].reason for page in (first, later)] == [IssueReason.EMPTY_BOARD, IssueReason.EMPTY_PAGE]


def test_a_topic_too_long_for_a_list_of_its_posts_is_turned_page_by_page() -> None:
    post = {
        "id": 41,
        "post_number": 21,
        "post_type": 1,
        "cooked": "",
        "username": "a",
        "created_at": "2026-11-20T02:00Z",
    }
    stream = {"posts": [post], "isMegaTopic": True, "lastId": 99}
    answer = {"post_stream": stream, "id": 7, "title": "很长"}
    assert read("discourse", answer, path="/t/7.json").next == "https://f.example/t/7.json?page=2"
    assert read("discourse", answer, path="/t/7.json?page=2").next == "https://f.example/t/7.json?page=3"
    stream["lastId"] = 41
    assert read("discourse", answer, path="/t/7.json?page=3").next is None


RECORDED = {  # posts, threads, boards
    "discourse/api_latest.json": (0, 1, 0),  # three topics with one id, as it was recorded
    "discourse/api_category_latest_topics.json": (0, 2, 0),
    "discourse/api_categories.json": (0, 0, 3),
    "discourse/api_topic.json": (4, 0, 0),
    "discourse/t_2144_posts.json": (20, 0, 0),
    "discourse/posts_latest.json": (14, 5, 0),
    "discourse/api_posts_latest.json": (4, 3, 0),
    "flarum/discussions_list_2026.json": (0, 2, 0),
    "flarum/discussions_list_docs.json": (1, 1, 0),
    "flarum/discussions_search_2025.json": (1, 1, 0),
    "nodebb/api_categories_2020.json": (0, 0, 4),
    "nodebb/api_recent_topics_2020.json": (0, 3, 0),
    "nodebb/api_topic_2020.json": (3, 0, 0),
}


@needs_shared
@pytest.mark.parametrize("name", RECORDED)
def test_an_answer_as_it_was_recorded(name: str) -> None:
    extraction = check(name.partition("/")[0], str(SHARED / "pages" / name), clock=lambda: SERVED)
    assert (len(extraction.posts), len(extraction.threads), len(extraction.boards)) == RECORDED[name]
    assert all(post.published for post in extraction.posts)
    assert {issue.field for issue in extraction.issues} <= {"author"}  # one answer has posts without their users


@needs_shared
def test_quotes_are_not_the_words_of_who_quotes() -> None:
    extraction = check("discourse", str(SHARED / "pages/discourse/t_2144_posts.json"), clock=lambda: SERVED)
    posts = {post.native_id: post for post in extraction.posts}
    assert posts["20102"].text.startswith("~yeah idk how people process this message.")
    assert "I find it interesting that people love this theme" not in posts["20102"].text
    assert posts["20128"].parent_id == "20127"
