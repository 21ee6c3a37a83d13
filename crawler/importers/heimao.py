"""黑猫投诉: complaints that other tools exported, as CSV, Excel, JSON or JSON lines.

Shapes: Chi-Tian/Spider (投诉标题 …, without number or time), Wpandios/HeimaoData (the whole list entry in `title`, or
date, title, summary, object, demands, href), and the entries of the site's own lists (`main`, `author`). `main.uid` is
the person's number even where the author is 匿名, and is never read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from crawler.errors import FieldError
from crawler.importers.building import Build, Columns, Imported, build_post, content_id, read_rows
from crawler.importers.file import ImportFile
from crawler.importers.reading import Names, Reading
from crawler.importers.row import Table
from crawler.importers.sample import Sample
from crawler.importers.shown import post_of
from crawler.pages.entry import Entry
from crawler.pages.heimao.addresses import complaint_address, number_of
from crawler.pages.heimao.complaint import labelled
from crawler.pages.heimao.list_json import read_list
from crawler.pages.page import Page
from crawler.post import Post, PostKind

_POST = Columns(
    native_id=("投诉编号", "投诉单号", "sn"),
    title=("投诉标题", "标题", "title"),
    text=("投诉详情", "投诉内容", "投诉正文", "summary", "content", "内容"),
    url=("投诉链接", "链接", "网址", "href", "url"),
    author=("投诉人", "用户名"),
    published=("投诉时间", "发布时间", "发起时间", "timestamp", "date", "time", "时间"),
)
_DETAILS: dict[str, Names] = {
    "投诉对象": ("投诉对象", "投诉商家", "object"),
    "投诉问题": ("投诉问题",),
    "投诉要求": ("投诉要求", "投诉诉求", "诉求", "demands"),
    "涉诉金额": ("涉诉金额",),
    "投诉进度": ("投诉进度", "投诉状态", "状态"),
}
_SHAPES = (
    {"投诉标题", "投诉详情"},
    {"投诉标题", "投诉内容"},
    {"投诉标题", "投诉对象"},
    {"投诉编号", "投诉对象"},
    {"object", "demands", "href"},
)
_OWN_SHAPES = ({"main.sn", "main.title"}, {"sn", "cotitle", "appeal"})
_SITE = "https://tousu.sina.com.cn/"
_BEGUN = re.compile(
    r"^(?P<day>\d{4}-\d\d?-\d\d?(?: \d\d?:\d\d)?)\s*于黑猫投诉平台发起\s*\n(?P<title>[^\n]*)\n(?P<rest>.*)$", re.S
)
_DETAIL_LINES = re.compile(r"^\[(投诉对象|投诉问题|投诉要求|涉诉金额)\](.*)$", re.M)


def recognise(sample: Sample) -> bool:
    """Whether one of the tables holds complaints of 黑猫."""
    return any(_is_known(table) for table in sample.tables)


def _is_known(table: Table) -> bool:
    columns = set(table.columns)
    links = [str(value) for value in table.values("href") + table.values("url")]
    return any(shape <= columns for shape in (*_SHAPES, *_OWN_SHAPES)) or (
        "title" in columns and bool(links) and all("tousu.sina.com.cn" in link for link in links)
    )


def read(file: ImportFile) -> Iterator[Imported]:
    """Yield the complaints."""

    def choose(table: Table) -> Build | None:
        if not _is_known(table):
            return None
        is_own = any(shape <= set(table.columns) for shape in _OWN_SHAPES)
        return lambda reading: _listed(reading, file) if is_own else [_post(reading, file)]

    return read_rows(file, choose)


def _listed(reading: Reading, file: ImportFile) -> Iterator[Post]:
    """Yield an entry of the site's own list, with the comments below it, as the site's spider reads it."""
    entry = Entry({"result": {"data": {"lists": [_nested(reading.row.values)]}}}, "导出", reading.served)
    page = Page(url=_SITE, body=b"", served=reading.served)
    source = file.source_of("heimao")
    extraction = read_list(page, entry)
    if not extraction.posts:
        raise FieldError("没有投诉编号", field="sn")
    for shown in extraction.posts:
        number = shown.parent_id or shown.native_id
        thread_id = f"{number}-comments" if shown.kind is PostKind.COMMENT else number
        yield post_of(shown, thread_id=thread_id, evidence=file.evidence, file=file, source=source, at=reading.served)


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row as the object that they were."""
    whole: dict[str, Any] = {}
    for name, value in values.items():
        *outer, last = name.split(".")
        inner = whole
        for step in outer:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return whole


def _post(reading: Reading, file: ImportFile) -> Post:
    post = build_post(reading, _POST, file, source=file.source_of("heimao"), kind=PostKind.COMPLAINT)
    details = {name: reading.text(columns) for name, columns in _DETAILS.items()}
    whole = _BEGUN.match(reading.text(("title",)))
    if whole:
        post, details = _of_entry(post, whole, reading, details)
    number = post.native_id or number_of(post.url)
    url = complaint_address("", post.url, number) if post.url or number else _SITE
    post = replace(post, text="\n".join(filter(None, (post.text, *labelled(details.items())))), url=url)
    number = number or content_id(post)
    return replace(post, native_id=number, thread_id=number)


def _of_entry(
    post: Post, whole: re.Match[str], reading: Reading, details: dict[str, str]
) -> tuple[Post, dict[str, str]]:
    """Take apart the text of a whole list entry: day, title, words, and what is complained of in square brackets."""
    found = dict(_DETAIL_LINES.findall(whole["rest"]))
    words = reading.text(("content",)) or _DETAIL_LINES.sub("", whole["rest"]).strip()
    day = Reading(row=replace(reading.row, values={"title": whole["day"]}), served=reading.served).moment(("title",))
    post = replace(post, title=whole["title"].strip(), text=words, published=post.published or day)
    return post, {name: found.get(name, "").strip() or said for name, said in details.items()}
