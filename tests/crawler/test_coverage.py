"""Whatever a site states is either read or in the coverage with its reason."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from crawler.coverage import Gap, gap_of
from crawler.post import IssueReason
from indexer.ledger import Covered, Uncovered, open_ledger
from tests.crawler import small_forum
from tests.crawler.crawling import run
from tests.servers.pages import Answer, PageServer, Route, html

ROBOTS = Answer(b"User-agent: *\nDisallow: /thread-5", content_type="text/plain")
BOARD: Mapping[str, Route] = {
    "/robots.txt": ROBOTS,
    "/board": html(small_forum.board([(1, 1), (2, 3), (3, 4), (4, 0), (5, 1)], next_page="/board-2")),
    "/board-2": html("", 500),
    "/thread-1-1-1.html": html(small_forum.thread([(11, "逾期了"), (12, "我也是")])),
    "/thread-2-1-1.html": html(small_forum.thread([(21, "催收"), (22, "骚扰")], next_page="/thread-2-2-1.html")),
    "/thread-2-2-1.html": html("", 500),
    "/thread-3-1-1.html": html(small_forum.message("您需要登录才可以浏览")),
    "/thread-4-1-1.html": html(small_forum.message("抱歉，指定的主题不存在或已被删除或正在被审核")),
}


def coverage(home: Path) -> tuple[Covered, dict[str, Uncovered]]:
    with open_ledger(home) as ledger:
        (source,) = ledger.coverage.by_source()
        return source, {gap.url.rpartition("/")[2]: gap for gap in ledger.coverage.gaps()}


def test_every_missing_post_has_its_reason(tmp_path: Path) -> None:
    with PageServer(dict(BOARD)) as server:
        run(tmp_path, f"{server.url}/board")
        source, gaps = coverage(tmp_path)
        assert (source.stated, source.got) == (2 + 4 + 5 + 1 + 2, 4)
        assert source.gaps == {"error": 2, "login_wall": 5, "deleted": 1, "robots": 2}
        assert source.unknown == {"error": 1}
        assert gaps["board-2"].gaps == {"error": 0}
        assert gaps["thread-2-1-1.html"].gaps == {"error": 2}
        server.routes["/thread-2-2-1.html"] = html(small_forum.thread([(23, "三"), (24, "四")], previous="/x"))
        server.routes["/board-2"] = html(small_forum.board([(1, 1)]))
        run(tmp_path, f"{server.url}/board", revisit=True)
    source, gaps = coverage(tmp_path)
    assert (source.stated, source.got) == (14, 6)
    assert source.unknown == {}
    assert "thread-2-1-1.html" not in gaps
    with open_ledger(tmp_path) as ledger:
        hours = ledger.coverage.by_hour()
    assert sum(hour.stated for hour in hours[:1]) == 14  # read twice within the hour, counted once


@pytest.mark.parametrize(
    ("reasons", "gap"),
    [
        ([], None),
        ([IssueReason.WRONG_CHARSET], None),
        ([IssueReason.CUT_SHORT], Gap.ERROR),
        ([IssueReason.HTTP_STATUS, IssueReason.LOGIN_REQUIRED], Gap.LOGIN_WALL),
        ([IssueReason.SITE_CAP], Gap.CAP),
        ([IssueReason.SIMILAR_OMITTED, IssueReason.SITE_CAP], Gap.SIMILAR_OMITTED),
    ],
)
def test_of_several_reasons_the_gravest_counts(reasons: list[IssueReason], gap: Gap | None) -> None:
    assert gap_of(reasons) is gap


def test_the_command_prints_one_object(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from ui.cli import app

    with PageServer(dict(BOARD)) as server:
        run(tmp_path, f"{server.url}/board")
    result = CliRunner().invoke(app, ["coverage", "--json", "--home", str(tmp_path)])
    report = json.loads(result.stdout)
    assert {"sources", "boards", "hours", "gaps", "issues", "alarms"} == set(report)
    assert report["sources"][0]["share"] == pytest.approx(4 / 14)
    assert "要登录 5" in CliRunner().invoke(app, ["coverage", "--home", str(tmp_path)]).stdout
    assert CliRunner().invoke(app, ["coverage", "--since", "x", "--home", str(tmp_path)]).exit_code == 2
