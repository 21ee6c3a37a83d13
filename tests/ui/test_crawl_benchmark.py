"""`fengping bench crawl`: what it reads and what it reads the other side's figure from."""

import pytest

from crawler.benchmark.forum_server import POSTS_PER_PAGE, THREADS_PER_PAGE, page_of
from ui.crawl_benchmark import measure, pages_per_minute
from ui.errors import StageFailedError


def test_the_made_up_forum_is_the_same_for_the_same_seed() -> None:
    path = "/thread-3-1-1.html"
    assert page_of(path, seed=7) == page_of(path, seed=7)
    assert page_of(path, seed=7) != page_of(path, seed=8)
    assert page_of("/robots.txt", seed=7) is None


def test_its_pages_have_the_threads_and_posts_of_a_new_discuz() -> None:
    assert str(page_of("/forum-1-1.html", seed=7)).count("normalthread_") == THREADS_PER_PAGE
    assert str(page_of("/thread-3-1-1.html", seed=7)).count("postmessage_") == POSTS_PER_PAGE


def test_the_bare_figure_is_read_from_the_statistics_of_scrapy() -> None:
    log = " 'downloader/response_count': 300,\n 'elapsed_time_seconds': 6.0,\n"
    assert pages_per_minute(log) == 3000


def test_a_bench_that_read_nothing_is_said_to_have_failed() -> None:
    with pytest.raises(StageFailedError, match="8998"):
        pages_per_minute("Address already in use")


def test_both_sides_are_measured_in_one_run() -> None:
    figures = measure(seconds=3)
    assert figures["posts"] > 0
    assert figures["ratio"] == pytest.approx(
        figures["pages_per_min"] / figures["scrapy_bench_pages_per_min"], abs=0.006
    )
