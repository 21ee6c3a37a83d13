"""The page of sources shows coverage, gaps with their reasons, oddities and alarms."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.coverage import Coverage, Gap
from crawler.post import CrawlIssue, IssueReason
from tests.ui.test_pages import PAGES, fresh_caches, html, run  # noqa: F401 (the fixture)
from ui.setup import SetUp

PAGE = next(page for page in PAGES if page.stem == "sources")
NOW = datetime.now(UTC)


@pytest.mark.parametrize(("language", "reason"), [("zh", "要登录 5"), ("en", "log-in needed 5")])
def test_gaps_are_shown_with_their_reasons(setup: SetUp, language: str, reason: str) -> None:
    board = "https://forum.example/board"
    walled = Coverage(
        source="forum",
        item="thread:9",
        board=board,
        url="https://forum.example/thread-9",
        at=NOW,
        stated=5,
        gap=Gap.LOGIN_WALL,
    )
    setup.ledger.coverage.note([walled])
    app = run(PAGE, lang=language)
    assert not app.exception
    assert reason in html(app)
    assert board in html(app)


def test_alarms_and_oddities_are_shown(setup: SetUp) -> None:
    for number in range(20):
        setup.ledger.note_issue(
            CrawlIssue(
                source="forum",
                url=f"https://forum.example/thread-{number}",
                reason=IssueReason.UNKNOWN_PAGE,
                detail="页面认不出来",
                at=NOW - timedelta(minutes=5),
                field="here",
            )
        )
    app = run(PAGE)
    assert "读不到 here" in html(app)
    assert "20 处" in html(app)


@pytest.mark.usefixtures("setup")
def test_without_coverage_the_page_says_so() -> None:
    assert "还没有覆盖记录" in html(run(PAGE))


@pytest.mark.usefixtures("setup")
def test_a_link_needs_a_name_for_the_audit_log() -> None:
    app = run(PAGE)
    app.text_input(key="capture-url").set_value("https://forum.example/thread-1")
    next(button for button in app.button if button.label == "抓取").click().run()
    assert "审计日志" in app.error[0].value
