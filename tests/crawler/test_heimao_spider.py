"""黑猫投诉: a real crawl of a small site: the feed, complaints with their steps, and its walls."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler.pages.heimao.addresses import answer_address
from crawler.post import IssueReason, PostKind
from crawler.report import CrawlReport
from tests.crawler.crawling import issues, landed, run
from tests.servers.pages import Answer, PageServer, html

FEED = "/api/index/feed?type=1&page_size=10&page={}"
TALKED_OF = {"comments": [{"nick": "用户丙", "content": "我也遇到了"}], "comment_amount": 1}
FIRST, SECOND, THIRD = "17350000001", "17350000002", "17350000003"


def answered(value: object) -> Answer:
    return Answer(json.dumps(value).encode(), content_type="application/json")


def code(number: int, message: str = "") -> Answer:
    return answered({"result": {"status": {"code": number, "msg": message}, "data": {}}})


def row(number: str, **more: Any) -> Mapping[str, Any]:
    url = f"/complaint/view/{number}/?sld=00ff"
    main = {"sn": number, "title": "不退款", "uid": "7079700000", "cotitle": "星海商城", "appeal": "退款", "url": url}
    main |= {"summary": "拖着不退...", "timestamp": "1602654723", "status": 4, "comment_amount": 0}
    return {"main": main | more, "author": {"uid": 0, "title": "匿名"}}


def feed(*rows: Mapping[str, Any], page: int = 1, pages: int = 1) -> Answer:
    pager = {"current": page, "next": page + 1, "page_amount": pages, "item_count": len(rows) * pages}
    return answered({"result": {"status": {"code": 0}, "data": {"lists": rows, "pager": pager}}})


def step(who: str, did: str, day: int, words: str = "") -> str:
    head = f'<span class="u-name">{who}</span><span class="u-status">{did}</span>'
    when = f'<span class="u-date">2020年10月{day}日 09:00</span>'
    return f'<div class="ts-d-item">{head}{when}<div class="ts-d-cont"><p>{words}</p></div></div>'


def complaint(number: str, status: str, *steps: str) -> Answer:
    fields = {"投诉编号": number, "投诉要求": "退款", "涉诉金额": " 100元", "投诉进度": f"<b>{status}</b>"}
    listed = "".join(f"<li><label>{label}：</label>{value}</li>" for label, value in fields.items())
    when = '<span class="u-date">发布于 2020年10月14日 13:52</span>'
    head = f'<h1 class="article">不退款</h1><span class="u-name">匿名</span>{when}'
    begun = step("匿名", "发起投诉", 14, "拖着不退，客服不回话")
    return html(
        f'<div class="ts-d-question">{head}<ul class="ts-q-list">{listed}</ul></div>'
        f'<div class="ts-d-steplist">{"".join(steps)}{begun}</div>'
    )


def crawl(home: Path, server: PageServer, start: str = "/") -> CrawlReport:
    return run(home, server.url + start, spider="heimao", site="")


@pytest.fixture
def routes() -> dict[str, Any]:
    return {
        FEED.format(1): feed(row(FIRST), row(SECOND, **TALKED_OF), pages=2),
        FEED.format(2): feed(row(THIRD, status_name="已完成"), page=2, pages=2),
        f"/complaint/view/{FIRST}/?sld=00ff": complaint(FIRST, "处理中", step("星海商城", "回复投诉", 15, "正在核实")),
        f"/complaint/view/{SECOND}/?sld=00ff": complaint(SECOND, "处理中"),
        f"/complaint/view/{THIRD}/?sld=00ff": html("<p>请先登录后查看</p>"),
    }


def test_complaints_land_with_demand_amount_status_and_steps(routes: dict[str, Any], tmp_path: Path) -> None:
    with PageServer(routes) as server:
        report = crawl(tmp_path, server)
    records = landed(tmp_path)
    first = records[FIRST].post
    assert report.new == 5
    assert (first.kind, first.title) == (PostKind.COMPLAINT, "不退款")
    assert first.text.split("\n") == ["拖着不退，客服不回话", "诉求：退款", "涉诉金额：100元", "状态：处理中"]
    (answer,) = (record.post for record in records.values() if record.post.kind is PostKind.REPLY)
    assert (answer.text, answer.parent_id, answer.thread_id) == ("商家：回复投诉\n正在核实", FIRST, FIRST)


def test_a_walled_complaint_lands_as_its_list_shows_it_and_nobody_is_told_by_an_id(
    routes: dict[str, Any], tmp_path: Path
) -> None:
    with PageServer(routes) as server:
        crawl(tmp_path, server)
    posts = {native_id: record.post for native_id, record in landed(tmp_path).items()}
    assert posts[THIRD].text.split("\n") == ["拖着不退...", "投诉对象：星海商城", "诉求：退款", "状态：已完成"]
    assert {issue.reason for issue in issues(tmp_path)} == {IssueReason.LOGIN_REQUIRED}
    assert posts[FIRST].author is None
    assert not any("7079700000" in repr(post) for post in posts.values())


def test_what_others_say_below_a_complaint_lands_beside_it(routes: dict[str, Any], tmp_path: Path) -> None:
    with PageServer(routes) as server:
        crawl(tmp_path, server)
        again = crawl(tmp_path, server)
    (comment,) = (record for record in landed(tmp_path).values() if record.post.kind is PostKind.COMMENT)
    assert (comment.post.text, comment.post.parent_id) == ("我也遇到了", SECOND)
    assert (comment.not_seen_since, again.new) == (None, 0)


def test_the_next_run_reads_what_changed(routes: dict[str, Any], tmp_path: Path) -> None:
    path = f"/complaint/view/{FIRST}/?sld=00ff"
    with PageServer(routes) as server:
        crawl(tmp_path, server)
        steps = (step("匿名", "确认完成投诉", 16), step("星海商城", "回复投诉", 15, "正在核实"))
        routes[FEED.format(1)] = feed(row(FIRST, status=7), row(SECOND, **TALKED_OF), pages=2)
        routes[path] = complaint(FIRST, "已完成", *steps)
        server.hits.clear()
        report = crawl(tmp_path, server)
        assert f"/complaint/view/{SECOND}/?sld=00ff" not in server.hits
    record = landed(tmp_path)[FIRST]
    assert (report.new, report.changed, record.version) == (1, 1, 2)
    assert record.post.text.endswith("状态：已完成")


@pytest.mark.parametrize(
    ("start", "path", "answer"),
    [
        ("/index/search/?keywords=x", "/api/index/s?keywords=x&page_size=10&page=1", code(10005, "非法请求")),
        (
            "/company/view/?couid=1",
            "/api/company/received_complaints?couid=1&type=1&page_size=10&page=1",
            code(10005),
        ),
        ("/", FEED.format(1), code(10017, "登录查看更多")),
    ],
)
def test_what_needs_a_signature_or_a_log_in_is_reported(start: str, path: str, answer: Answer, tmp_path: Path) -> None:
    with PageServer({path: answer}) as server:
        report = crawl(tmp_path, server, start)
    assert (report.posts, [issue.reason for issue in issues(tmp_path)]) == (0, [IssueReason.LOGIN_REQUIRED])


def test_a_complaint_that_is_gone_is_reported(routes: dict[str, Any], tmp_path: Path) -> None:
    routes[f"/complaint/view/{FIRST}/?sld=00ff"] = html("<title>页面没有找到</title>", 404)
    with PageServer(routes) as server:
        crawl(tmp_path, server)
    assert IssueReason.DELETED in {issue.reason for issue in issues(tmp_path)}
    assert FIRST not in landed(tmp_path)


def test_addresses_that_stand_for_pages() -> None:
    home = "https://tousu.sina.com.cn"
    assert answer_address(f"{home}/") == home + FEED.format(1)
    assert answer_address(f"{home}/complaint/view/{FIRST}/?sld=1") == f"{home}/complaint/view/{FIRST}/?sld=1"
