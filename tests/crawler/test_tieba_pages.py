"""Recordings of 贴吧 read whole: as many posts and nested replies as the bytes hold, however their HTML is bent."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from crawler.pages.extraction import Extraction
from crawler.pages.page import Page
from crawler.pages.tieba.tieba_page import read_tieba_page
from crawler.post import IssueReason, PostKind
from tests.shared import SHARED, needs_shared

RECORDED = SHARED / "pages" / "tieba"
THREADS = ("thread_pc_2017.html", "thread_pc_2021.html", "note_detail.html")


def read(text: str, url: str = "file:///saved.html") -> Extraction:
    return read_tieba_page(Page(url=url, body=text.encode(), served=datetime(2026, 11, 24, tzinfo=UTC)))


def recording(name: str) -> str:
    return (RECORDED / name).read_text(encoding="utf-8", errors="replace")


def ids(extraction: Extraction) -> set[str]:
    return {post.native_id for post in extraction.posts}


@needs_shared
@pytest.mark.parametrize("name", THREADS)
def test_a_thread_gives_every_post_and_nested_reply(name: str) -> None:
    text = recording(name)
    shown = set(re.findall(r'id="post_content_(\d+)"', text)) | set(re.findall(r"'spid':'(\d+)'", text))
    extraction = read(text)
    assert ids(extraction) == shown
    assert all(post.published and post.author and post.text for post in extraction.posts)
    assert extraction.issues == ()


def _without_fields(text: str) -> str:
    return re.sub(r""" data-(?:field|pid|gift)=(?:"[^"]*"|'[^']*')""", "", text)


def _folded_away(text: str) -> str:
    start = text.index('<div class="p_postlist')
    plain = re.sub(r"<!--.*?-->", "", text[start:], flags=re.S)
    return f'{text[:start]}<code style="display:none"><!--{plain}--></code>'


BENT: dict[str, Callable[[str], str]] = {
    "attributes in another order": lambda text: text.replace('<div class="l_post', '<div title="" class="l_post'),
    "no data-field": _without_fields,
    "folded away": _folded_away,
    "tags left open": lambda text: text.replace("</div></div>", "</div>", 60),
    "one line": lambda text: re.sub(r"\n\s*", " ", text),
    "the posts alone": lambda text: text[text.index('<div class="p_postlist') :],
}


@needs_shared
@pytest.mark.parametrize("bend", BENT)
@pytest.mark.parametrize("name", THREADS)
def test_a_bent_page_gives_as_many(name: str, bend: str) -> None:
    whole, bent = read(recording(name)), read(BENT[bend](recording(name)))
    kinds = [Counter(post.kind for post in extraction.posts) for extraction in (whole, bent)]
    assert kinds[0] == kinds[1]
    assert [post.text for post in bent.posts] == [post.text for post in whole.posts]
    assert all(post.parent_id for post in bent.posts if post.kind is PostKind.COMMENT)


@needs_shared
def test_total_comment_gives_every_nested_reply_and_where_the_others_are() -> None:
    text = recording("totalComment_2017.json")
    lists = json.loads(text)["data"]["comment_list"]
    rows = [row for one in lists.values() for row in one["comment_info"]]
    extraction = read(text)
    assert ids(extraction) == {row["comment_id"] for row in rows}
    assert {post.parent_id for post in extraction.posts} == set(lists)
    short = {pid for pid, one in lists.items() if one["comment_num"] > len(one["comment_info"])}
    assert {re.findall(r"pid=(\d+)", address)[0] for address in extraction.rest} == short


@needs_shared
@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("tieba_note_list.html", r"data-tid='(\d+)'"),
        ("forum_mobile_2018.html", r'\btid="(\d+)"'),
        ("search_keyword_notes.html", r'data-tid="(\d+)"'),
        ("../exports/go-tieba-tools_threads_2015.json", r'"Tid": (\d+)'),
    ],
)
def test_a_list_gives_every_thread(name: str, mark: str) -> None:
    text = recording(name)
    extraction = read(text)
    assert {thread.native_id for thread in extraction.threads} == set(re.findall(mark, text))
    assert len(extraction.posts) == len(extraction.threads)
    assert all(thread.title for thread in extraction.threads)


@needs_shared
def test_the_log_in_page_is_a_wall() -> None:
    assert [issue.reason for issue in read(recording("passport_redirect.html")).issues] == [IssueReason.LOGIN_REQUIRED]


@pytest.mark.parametrize("text", ["", "{}", "[]", "<html></html>", '{"error_code":0,"post_list":[]}', "null", "{"])
def test_what_holds_nothing_says_so(text: str) -> None:
    extraction = read(text)
    assert (extraction.is_empty, bool(extraction.issues)) == (True, True)


@pytest.mark.parametrize(
    ("code", "words", "reason"),
    [
        ('"4"', "", IssueReason.DELETED),
        ("350008", "", IssueReason.DELETED),
        ("110003", "请先登录", IssueReason.LOGIN_REQUIRED),
        ("5", "签名错误", IssueReason.LOGIN_REQUIRED),
        ("220", "系统繁忙", IssueReason.MESSAGE),
    ],
)
def test_an_error_with_http_200_is_an_issue(code: str, words: str, reason: IssueReason) -> None:
    extraction = read(f'{{"error_code":{code},"error_msg":"{words}","post_list":[]}}')
    assert [issue.reason for issue in extraction.issues] == [reason]


ROW = "<li class='tl_shadow'><a href='/p/123456' tid='123456'><div class='ti_title'><span>求助</span></div></a></li>"
NESTED = '{"comment_id":"6666","post_id":"5555","username":"茶客乙","now_time":1437971999,"content":"同感"}'
FLOOR = (
    """<div class="l_post" data-field="{'content':{'post_id':5555,'post_no':2,'comment_num':1}}">"""
    '<div class="d_post_content">正文</div><span class="tail-info">昨天 10:00</span></div>'
)
UNNUMBERED = '<div class="d_post_content">正文</div><ul class="p_tail"><li><span>3楼</span></li></ul>'
LISTS = f'{{"comment_list":{{"5555":{{"comment_info":[{NESTED}]}}}}}}'
ODD = {
    "a list inside an answer": (json.dumps({"no": 0, "data": {"content": ROW}}), {"123456"}),
    "a template of a post on a list": (f"<textarea><i class='l_post'></i></textarea><ul>{ROW}</ul>", {"123456"}),
    "nested replies in a script": (f"{FLOOR}<script>var a = {{'x': [{LISTS}]}};</script>", {"5555", "6666"}),
    "nested replies as JSONP": (f'cb({{"errno":0,"data":{LISTS}}});', {"6666"}),
    "a post without any id": (f'<div class="l_post">{UNNUMBERED}</div>', {"-3"}),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_page_gives_its_posts(name: str) -> None:
    text, expected = ODD[name]
    assert ids(read(text)) == expected
