"""Addresses and pages of 微博 that the recorded ones don't show, and what is read from the recordings of the team."""

import json
from datetime import UTC, datetime

import pytest

from crawler.checking import check
from crawler.pages.extraction import Extraction, PageKind
from crawler.pages.page import Page
from crawler.pages.weibo.addresses import api_address, mid_of
from crawler.pages.weibo.weibo_page import read_weibo_page
from crawler.pages.weibo.windows import finer_windows
from crawler.pages.weibo.words import read_words
from crawler.post import IssueReason, PostKind
from crawler.reading.regions import read_region
from tests.shared import SHARED, needs_shared

SERVED = datetime(2026, 11, 24, 11, tzinfo=UTC)
INDEX = "https://m.weibo.cn/api/container/getIndex?containerid="
SEARCH = f"{INDEX}100103type%3D1%26q%3D%E7%BA%A2%E5%88%9B&page_type=searchall"


@pytest.mark.parametrize(
    ("opened", "fetched"),
    [
        ("https://m.weibo.cn/search?containerid=100103type%3D1%26q%3D红创", SEARCH),
        ("https://m.weibo.cn/p/searchall?containerid=100103type%3D1%26q%3D%E7%BA%A2%E5%88%9B", SEARCH),
        (
            "https://m.weibo.cn/search?q=红创",
            f"{INDEX}100103type%3D61%26q%3D%E7%BA%A2%E5%88%9B%26t%3D0&page_type=searchall",
        ),
        ("https://weibo.com/u/1234567890", f"{INDEX}1076031234567890"),
        ("https://m.weibo.cn/profile/1234567890", f"{INDEX}1076031234567890"),
        (
            "https://m.weibo.cn/p/100808c056f2c010395cdb0a10a8366d87ed72",
            f"{INDEX}100808c056f2c010395cdb0a10a8366d87ed72",
        ),
        ("https://weibo.com/1234567890/M2yZDcqrZ", "https://m.weibo.cn/statuses/show?id=4806111732961615"),
        ("https://m.weibo.cn/detail/4806111732961615", "https://m.weibo.cn/statuses/show?id=4806111732961615"),
        ("https://m.weibo.cn/status/M2yZDcqrZ#comment", "https://m.weibo.cn/statuses/show?id=4806111732961615"),
        ("https://s.weibo.com/weibo?q=红创", "https://s.weibo.com/weibo?q=红创"),
        ("https://weibo.cn/1234567890", "https://weibo.cn/1234567890"),
    ],
)
def test_an_address_as_people_open_it_leads_to_its_answer(opened: str, fetched: str) -> None:
    assert api_address(opened) == fetched


@pytest.mark.parametrize(
    ("short", "number"), [("HyTZc60ew", "4383183661430868"), ("M2yZDcqrZ", "4806111732961615"), ("4806", "4806")]
)
def test_a_post_has_one_number(short: str, number: str) -> None:
    assert mid_of(short) == number


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("在<img alt=[怒] src=x>催收<br />第二行", "在[怒]催收\n第二行"),
        ("开头 ...<a href='/status/1'>全文</a>", "开头"),
        ("我也是//<a href='/n/某'>@某</a>:别借//<a>@他</a>：对", "我也是"),
        ("//<a>@某</a>:别借", ""),
        ("回复<a href='/n/某'>@某</a>:是的", "是的"),
        ("看<a href='x'><span class='surl-text'>#红创#</span></a>\u200b ", "看#红创#"),
        ("网址 http://a.example//b", "网址 http://a.example//b"),
    ],
)
def test_what_a_person_wrote(html: str, text: str) -> None:
    assert read_words(html) == text


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("发布于 浙江", "浙江"),
        ("来自广东", "广东"),
        ("来自 陕西", "陕西"),
        ("来自iPhone客户端", None),
        ("来自微博网页版", None),
        ("", None),
    ],
)
def test_the_region_beside_a_post(text: str, region: str | None) -> None:
    assert read_region(text) == region


def finer(scope: str) -> list[str]:
    urls = finer_windows(f"https://s.weibo.com/weibo?q=a&timescope={scope}", served=SERVED)
    return [url.rpartition("custom%3A")[2].removesuffix("&page=1").replace("%3A", " ") for url in urls]


def test_a_window_is_split_at_months_days_and_hours() -> None:
    assert finer("custom:2026-01-15-0:2026-03-10-0") == [
        "2026-03-01-0 2026-03-10-0",
        "2026-02-01-0 2026-03-01-0",
        "2026-01-15-0 2026-02-01-0",
    ]
    assert finer("custom:2026-01-01-6:2026-01-03-0") == ["2026-01-02-0 2026-01-03-0", "2026-01-01-6 2026-01-02-0"]
    assert len(finer("custom:2026-01-01-0:2026-01-02-0")) == 24
    assert finer("custom:2026-01-01-5:2026-01-01-6") == []
    assert finer("custom:2026-11-24-18:") == ["2026-11-24-19 2026-11-24-20", "2026-11-24-18 2026-11-24-19"]
    assert finer("custom:2026-13-01-0:") == finer("custom:昨天") == []


def read(value: object, *, path: str = "/x", status: int = 200) -> Extraction:
    body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
    return read_weibo_page(Page(url=f"https://m.weibo.cn{path}", body=body, served=SERVED, status=status))


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        ({"ok": -100, "url": "https://passport.weibo.com/sso/signin"}, 200, IssueReason.LOGIN_REQUIRED),
        ({"ok": -100, "msg": "请先登录"}, 200, IssueReason.LOGIN_REQUIRED),
        ("", 432, IssueReason.LOGIN_REQUIRED),
        ("<title>Sina Visitor System</title>", 200, IssueReason.LOGIN_REQUIRED),
        ("<title>访问受限 新浪微博</title>", 200, IssueReason.MESSAGE),
        ({"ok": 0, "url": "https://captcha.example/x"}, 200, IssueReason.MESSAGE),
        ({"ok": 0, "msg": "操作过于频繁"}, 200, IssueReason.MESSAGE),
        ({"ok": 0, "msg": "微博不存在或暂无查看权限!"}, 200, IssueReason.DELETED),
        ({"ok": 0, "msg": "由于博主的隐私设置，你没有权限查看此微博"}, 200, IssueReason.PERMISSION),
        ("<p>微博不存在或暂无查看权限!</p>", 200, IssueReason.DELETED),
        ({"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}}, 200, IssueReason.EMPTY_BOARD),
        ({"ok": 1, "data": {"cards": [{"card_type": 11}]}}, 200, IssueReason.EMPTY_BOARD),
        ({"ok": 1, "data": {"longTextContent": ""}}, 200, IssueReason.MISSING_FIELD),
        ({"ok": 1, "data": {"hello": 1}}, 200, IssueReason.UNKNOWN_PAGE),
        ('{"ok": 1, "data": {"ca', 200, IssueReason.UNKNOWN_PAGE),
        ("<html>改版了</html>", 200, IssueReason.UNKNOWN_PAGE),
        ("bad gateway", 502, IssueReason.HTTP_STATUS),
        ("", 200, IssueReason.EMPTY_PAGE),
    ],
)
def test_what_holds_no_posts_says_why(answer: object, status: int, reason: IssueReason) -> None:
    extraction = read(answer, status=status)
    assert extraction.is_empty
    assert [issue.reason for issue in extraction.issues] == [reason]


def test_an_empty_later_page_is_odd() -> None:
    extraction = read({"ok": 0, "msg": "这里还没有内容"}, path="/api/container/getIndex?containerid=100103&page=7")
    assert (extraction.kind, extraction.issues[0].reason) == (PageKind.LIST, IssueReason.EMPTY_PAGE)


def test_a_post_without_comments_ends_there() -> None:
    extraction = read({"ok": 0, "msg": "还没有人评论哦~快来抢沙发！"}, path="/comments/hotflow?id=48&mid=48")
    assert (extraction.kind, extraction.issues, extraction.thread_id) == (PageKind.THREAD, (), "48")


def test_a_post_passed_on_that_is_gone_is_reported() -> None:
    gone = {"id": 5, "text": "抱歉，作者已设置仅展示半年内微博，此微博已不可见。", "user": None}
    mblog = {
        "id": "7",
        "text": "转发微博",
        "created_at": "刚刚",
        "user": {"screen_name": "甲"},
        "retweeted_status": gone,
        "comments_count": 0,
    }
    extraction = read({"ok": 1, "data": mblog})
    assert [(post.native_id, post.parent_id) for post in extraction.posts] == [("7", "5")]
    assert [issue.reason for issue in extraction.issues] == [IssueReason.PERMISSION]


def test_the_page_of_a_post_holds_its_answer_in_a_script() -> None:
    status = {"id": "7", "text": "正文", "created_at": "刚刚", "user": {"screen_name": "甲"}, "comments_count": 2}
    page = f"<html><script>var $render_data = [{json.dumps({'status': status})}][0] || {{}};</script></html>"
    extraction = read(page, path="/detail/7")
    assert [post.text for post in extraction.posts] == ["正文"]
    assert extraction.rest == ("https://m.weibo.cn/comments/hotflow?id=7&mid=7&max_id_type=0",)


def test_the_next_page_of_comments_needs_both_marks() -> None:
    row = {"id": 1, "text": "a", "created_at": "刚刚", "user": {"screen_name": "甲"}}
    answer = {"ok": 1, "data": {"data": [row], "max_id": 314, "max_id_type": 1}}
    extraction = read(answer, path="/comments/hotflow?id=7&mid=7&max_id_type=0")
    assert extraction.next == "https://m.weibo.cn/comments/hotflow?id=7&mid=7&max_id_type=1&max_id=314"


RECORDED = {  # posts, comments, threads, whether there is a next page, posts whose text is cut
    "comments_hotflow_2019.json": (0, 14, 0, True, 0),
    "comments_hotflow_excerpt_2026.json": (0, 2, 0, False, 0),
    "comments_show_2019.json": (0, 8, 0, False, 0),
    "getindex_card_edited_repost_2022.json": (2, 0, 1, True, 0),
    "getindex_mainpage_media_2020.json": (1, 0, 1, False, 0),
    "getindex_profile_region_2022.json": (11, 0, 7, True, 4),
    "getindex_user_timeline_2019.json": (8, 0, 7, True, 0),
    "getindex_user_timeline_2019_12.json": (11, 0, 10, True, 1),
    "s_weibo_search_2017_rendered.html": (20, 0, 20, True, 6),
    "s_weibo_search_2020.html": (13, 0, 13, True, 0),
    "statuses_extend_2019.json": (1, 0, 0, False, 0),
    "statuses_show_repost_2019.json": (2, 0, 0, False, 1),
    "weibo_cn_comments_2020.html": (2, 12, 0, True, 0),
    "weibo_cn_profile_2020.html": (11, 0, 10, True, 0),
    "weibo_cn_profile_2020_p3.html": (15, 0, 10, True, 2),
    "weibo_com_aj_comment_2017.json": (0, 19, 0, False, 0),
}


def recorded(name: str) -> Extraction:
    return check("weibo", str(SHARED / "pages/weibo" / name), clock=lambda: SERVED)


@needs_shared
@pytest.mark.parametrize("name", RECORDED)
def test_a_page_as_it_was_recorded(name: str) -> None:
    extraction = recorded(name)
    comments = [post for post in extraction.posts if post.kind is PostKind.COMMENT]
    counted = (len(extraction.posts) - len(comments), len(comments), len(extraction.threads))
    assert (*counted, extraction.next is not None, len(extraction.cut)) == RECORDED[name]
    assert extraction.issues == ()
    assert all(post.text or post.kind is PostKind.COMMENT for post in extraction.posts)  # some only pass on
    assert not any(mark in post.text for post in extraction.posts for mark in ("全文", "//@", "举报"))
    assert not any(post.text.endswith("\u200b") for post in extraction.posts)


@needs_shared
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("answer_login_required.json", IssueReason.LOGIN_REQUIRED),
        ("sina_login_error_2017.html", IssueReason.LOGIN_REQUIRED),
        ("weibo_com_access_denied_2017.html", IssueReason.MESSAGE),
        ("weibo_cn_info_2020.html", IssueReason.UNKNOWN_PAGE),
    ],
)
def test_a_recorded_page_without_posts_says_why(name: str, reason: IssueReason) -> None:
    assert [issue.reason for issue in recorded(name).issues] == [reason]


@needs_shared
def test_fields_of_the_recorded_edit() -> None:
    passed_on, original = recorded("getindex_card_edited_repost_2022.json").posts
    assert (passed_on.parent_id, passed_on.region, passed_on.engagement.shares) == (original.native_id, "北京", 28544)
    assert passed_on.text == "#过刚刚好的生活，从小小的我开始#"
    assert original.published == datetime(2022, 8, 19, 12, 0, 2, tzinfo=UTC)
