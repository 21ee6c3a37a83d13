"""App Store reviews: read from answers, and crawled from a small server that answers as Apple's feed does."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.checking import check
from crawler.pages.appstore_page import app_of, feed_address
from crawler.pages.extraction import Extraction
from crawler.post import IssueReason, PostKind
from crawler.report import CrawlReport
from tests.crawler.crawling import issues, landed, run
from tests.crawler.small_api_forums import answered
from tests.servers.pages import Answer, PageServer
from tests.shared import SHARED, needs_shared

SERVED = datetime(2026, 11, 24, 11, tzinfo=UTC)
FEED = "/cn/rss/customerreviews/page={}/id=12/sortby=mostrecent/json"
SHOWN = 3


@pytest.mark.parametrize(
    ("opened", "fetched"),
    [
        ("https://apps.apple.com/cn/app/借贷/id12?mt=8", f"https://itunes.apple.com{FEED.format(1)}"),
        ("https://apps.apple.com/app/id12", f"https://itunes.apple.com{FEED.format(1)}"),
        ("https://itunes.apple.com/cn/rss/customerreviews/id=12/xml", f"https://itunes.apple.com{FEED.format(1)}"),
        (f"https://itunes.apple.com{FEED.format(2)}", f"https://itunes.apple.com{FEED.format(2)}"),
    ],
)
def test_an_app_as_people_open_it_leads_to_its_feed(opened: str, fetched: str) -> None:
    assert feed_address(opened) == fetched
    assert app_of(feed_address(opened)) == "cn-12"


class ReviewServer(PageServer):
    """Serves the reviews of app 12, the newest first; the `last` page may lie beyond what is given out."""

    def __init__(self, count: int) -> None:
        self.reviews = {number: f"评论 {number}" for number in range(1, count + 1)}
        self.odd: dict[str, Answer] = {}
        super().__init__({})

    def answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        self.hits[path] += 1
        page = re.search(r"page=(\d+)/id=12/", path)
        if path in self.odd or not page:
            return self.odd.get(path) or answered({"feed": _links(0, "")}, 200 if page else 404)
        number, newest = int(page[1]), sorted(self.reviews, reverse=True)
        if number > 10:
            return Answer(b"CustomerReviews RSS page depth is limited to 10")
        shown = [_entry(review, self.reviews[review]) for review in newest[(number - 1) * SHOWN : number * SHOWN]]
        entry: Any = shown[0] if len(shown) == 1 else shown
        return answered({"feed": {**({"entry": entry} if shown else {}), **_links(-(-len(newest) // SHOWN), path)}})


def _links(last: int, path: str) -> Mapping[str, Any]:
    address = re.sub(r"page=\d+", f"page={min(last, 10)}", path).replace("/json", "/xml") if last else ""
    return {"link": [{"attributes": {"rel": "last", "href": address}}]}


def _entry(number: int, text: str) -> Mapping[str, Any]:
    at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=number)
    return {
        "id": {"label": str(number)},
        "title": {"label": "标题"},
        "content": {"label": text},
        "im:rating": {"label": "1"},
        "im:voteSum": {"label": "7"},
        "updated": {"label": at.isoformat()},
        "author": {
            "name": {"label": f"用户{number}"},
            "uri": {"label": "https://itunes.apple.com/cn/reviews/id490891926"},
        },
    }


def crawl(home: Path, server: ReviewServer, **more: Any) -> CrawlReport:
    return run(home, f"{server.url}/cn/app/some-name/id12", spider="appstore", site="", **more)


def test_all_pages_land_once_and_the_next_run_reads_what_is_new(tmp_path: Path) -> None:
    with ReviewServer(8) as server:
        first = crawl(tmp_path, server)
        server.reviews[9] = "新评论"
        server.hits.clear()
        again = crawl(tmp_path, server)
        assert set(server.hits) == {FEED.format(1), "/robots.txt"}
    post = landed(tmp_path)["1"].post
    assert (first.new, again.new, first.threads, again.threads) == (8, 1, 1, 0)
    assert (post.kind, post.title, post.text) == (PostKind.REVIEW, "标题", "评分：1 星（满分 5 星）\n评论 1")
    assert (post.thread_id, post.engagement.likes, post.published) == ("cn-12", 7, datetime(2026, 11, 1, 1, tzinfo=UTC))
    assert "490891926" not in str(post)
    assert issues(tmp_path) == []


def test_a_whole_reading_notices_edits_and_vanished_reviews(tmp_path: Path) -> None:
    with ReviewServer(8) as server:
        crawl(tmp_path, server)
        server.reviews[2] = "改过了"
        del server.reviews[5]
        report = crawl(tmp_path, server, revisit_minimum=0, revisit=True)
    records = landed(tmp_path)
    assert (report.changed, records["2"].version) == (1, 2)
    assert [native_id for native_id, record in records.items() if record.not_seen_since] == ["5"]


def test_the_cap_of_ten_pages_is_reported_and_nothing_beyond_it_is_called_gone(tmp_path: Path) -> None:
    with ReviewServer(40) as server:
        crawl(tmp_path, server)
        server.reviews |= {41: "新", 42: "新", 43: "新"}
        report = crawl(tmp_path, server, revisit=True)
        assert FEED.format(11) not in server.hits
    assert report.new == 3
    assert {issue.reason for issue in issues(tmp_path)} == {IssueReason.SITE_CAP}
    assert not any(record.not_seen_since for record in landed(tmp_path).values())


def test_an_empty_page_in_the_middle_is_asked_for_again_and_reported(tmp_path: Path) -> None:
    with ReviewServer(8) as server:
        server.odd = {FEED.format(2): answered({"feed": _links(3, FEED.format(2))})}
        report = crawl(tmp_path, server)
        assert server.hits[FEED.format(2)] == 2
    assert (report.new, report.threads) == (3, 0)
    assert [issue.reason for issue in issues(tmp_path)] == [IssueReason.EMPTY_PAGE]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (answered({"feed": _links(0, "")}), IssueReason.EMPTY_BOARD),
        (Answer(b"<html>Not Found</html>", 404), IssueReason.HTTP_STATUS),
        (Answer(b"Too Many Requests", 429), IssueReason.HTTP_STATUS),
    ],
)
def test_what_gives_no_reviews_says_why(answer: Answer, reason: IssueReason, tmp_path: Path) -> None:
    with ReviewServer(1) as server:
        server.odd = {FEED.format(1): answer}
        assert crawl(tmp_path, server).posts == 0
    assert [issue.reason for issue in issues(tmp_path)] == [reason]


def test_a_single_review_is_an_object_in_place_of_a_list(tmp_path: Path) -> None:
    with ReviewServer(1) as server:
        assert crawl(tmp_path, server).new == 1


def recorded(name: str, url: str | None = None) -> Extraction:
    return check("appstore", str(SHARED / "pages/appstore" / name), url=url, clock=lambda: SERVED)


@needs_shared
@pytest.mark.parametrize(
    ("name", "posts", "reason"),
    [
        ("cn_page5.json", 50, IssueReason.MISSING_FIELD),  # answers of 2021 have no time
        ("fr_page1.json", 50, IssueReason.MISSING_FIELD),
        ("gb_unknown_app.json", 0, IssueReason.EMPTY_BOARD),
        ("empty_page.json", 0, IssueReason.EMPTY_BOARD),
        ("gb_page2_past_end.json", 0, IssueReason.EMPTY_PAGE),
        ("us_page11_error.txt", 0, IssueReason.SITE_CAP),
    ],
)
def test_a_page_as_it_was_recorded(name: str, posts: int, reason: IssueReason) -> None:
    extraction = recorded(name)
    assert (len(extraction.posts), [issue.reason for issue in extraction.issues]) == (posts, [reason])


@needs_shared
def test_the_next_page_is_json_whatever_the_feed_links() -> None:
    url = f"https://itunes.apple.com{FEED.format(5)}"
    assert recorded("cn_page5.json", url).next == f"https://itunes.apple.com{FEED.format(6)}"
