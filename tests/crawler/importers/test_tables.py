"""Containers: recognised by content, read as a stream, faults named by line."""

import gzip
import json
from pathlib import Path

import pytest

from crawler.errors import PageError
from crawler.importers.container import Container
from crawler.importers.formats import recognised
from crawler.importers.sample import take_sample
from tests.crawler.importers.importing import (
    as_csv,
    as_excel,
    as_json,
    as_json_lines,
    as_parquet,
    imported,
    mapped,
    posts_of,
)

ROWS = [
    {"帖子id": f"{4673860400318570 + number}", "内容": f"第 {number} 条：红创催收", "时间": "2024-11-24 12:00"}
    for number in range(1, 4)
]
MAPPED = mapped(native_id="帖子id", text="内容", published="时间")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_containers_by_content_whatever_the_name(tmp_path: Path) -> None:
    found = {
        take_sample(as_csv(tmp_path / "a.txt", ROWS)).container,
        take_sample(as_csv(tmp_path / "b.dat", ROWS, delimiter="\t")).container,
        take_sample(as_csv(tmp_path / "c.csv", ROWS, delimiter=";")).container,
    }
    assert found == {Container.CSV}
    assert take_sample(as_json(tmp_path / "d", ROWS)).container is Container.JSON
    assert take_sample(as_json_lines(tmp_path / "e.json", ROWS)).container is Container.JSON_LINES
    assert take_sample(as_excel(tmp_path / "f.zip", {"x": [["内容"], ["一"]]})).container is Container.EXCEL
    assert take_sample(as_parquet(tmp_path / "g", ROWS)).container is Container.PARQUET
    assert take_sample(write(tmp_path / "h.csv.html", "<!-- x --><!DOCTYPE html><p>一</p>")).container is Container.HTML
    assert (
        take_sample(write(tmp_path / "i.txt", "红创金服逾期现象\n第一段，有逗号。\n第二段。")).container
        is Container.TEXT
    )


def test_a_gzipped_table(tmp_path: Path) -> None:
    path = tmp_path / "帖子.csv.gz"
    path.write_bytes(gzip.compress(as_csv(tmp_path / "帖子.csv", ROWS).read_bytes()))
    assert len(posts_of(path, mapping=MAPPED)) == 3


def test_cells_with_line_breaks_keep_the_line_numbers(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", '帖子id,内容\n1,"一\n二"\n2,三,多出来的\n3,四\n')
    posts, issues = imported(path, mapping=mapped(native_id="帖子id", text="内容"))
    assert [post.text for post in posts] == ["一\n二", "四"]
    assert [(issue.line, issue.place) for issue in issues] == [(4, "第 4 行")]


def test_a_quote_that_is_never_closed_names_its_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", '帖子id,内容,作者\n1,一,甲\n2,"二,乙\n3,三,丙\n')
    posts, issues = imported(path, mapping=mapped(native_id="帖子id", text="内容"))
    assert [post.native_id for post in posts] == ["1"]
    assert [issue.place for issue in issues] == ["第 3–4 行"]


def test_a_title_over_the_header_and_a_header_written_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "舆情日报,,\n帖子id,内容,时间\n1,一,\n帖子id,内容,时间\n2,二,\n")
    assert [post.text for post in posts_of(path, mapping=MAPPED)] == ["一", "二"]


def test_a_table_without_a_header(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv", "4673860400318571,红创催收打给家人,2024-11-24\n4673860400318572,还在打,2024-11-25\n"
    )
    assert take_sample(path).tables[0].columns == ("列1", "列2", "列3")
    assert len(posts_of(path, mapping=mapped(native_id="列1", text="列2"))) == 2


def test_json_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    text = json.dumps(ROWS, ensure_ascii=False)
    posts, issues = imported(write(tmp_path / "a.json", text[:-40]), mapping=MAPPED)
    assert len(posts) == 2
    assert [(issue.line, issue.is_lost) for issue in issues] == [(3, True)]
    assert "没写完" in issues[0].detail


def test_json_lines_with_a_broken_one(tmp_path: Path) -> None:
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    path = write(tmp_path / "a.jsonl", "\n".join((lines[0], lines[1][:-5], "[1, 2]", "", lines[2])))
    posts, issues = imported(path, mapping=MAPPED)
    assert len(posts) == 2
    assert [issue.line for issue in issues] == [2, 3]


def test_records_inside_an_object_and_objects_inside_records(tmp_path: Path) -> None:
    records = [{"Id": 1, "Body": {"Text": "红创催收"}}, {"Id": 2, "Body": {"Text": "还在打"}}]
    path = write(tmp_path / "a.json", json.dumps({"page": 1, "result": {"days": [{"day": "x", "items": records}]}}))
    posts = posts_of(path, mapping=mapped(native_id="Id", text="Body.Text"), format_name="table")
    assert [(post.native_id, post.text) for post in posts] == [("1", "红创催收"), ("2", "还在打")]


def test_ids_that_excel_rounded_are_refused(tmp_path: Path) -> None:
    rows = [["帖子id", "内容"], *([4673860400318500 + number * 10, "催收"] for number in range(3))]
    posts, issues = imported(
        as_excel(tmp_path / "a.xlsx", {"Sheet1": rows}), mapping=mapped(native_id="帖子id", text="内容")
    )
    assert posts == []
    assert {issue.field for issue in issues} == {"帖子id"}
    assert "15 位" in issues[0].detail


def test_whole_ids_and_dates_of_excel(tmp_path: Path) -> None:
    from datetime import datetime

    rows = [["帖子id", "内容", "时间"], [4673860400318571, "催收", datetime(2024, 11, 24, 12)]]  # noqa: DTZ001
    (post,) = posts_of(as_excel(tmp_path / "a.xlsx", {"Sheet1": rows}), mapping=MAPPED)
    assert (post.native_id, post.published and post.published.isoformat()) == (
        "4673860400318571",
        "2024-11-24T04:00:00+00:00",
    )


FAULTS = {
    "an empty file": (b"", "空文件"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "xlsx"),
    "a program": (b"\x7fELF" + bytes(range(256)), "认不出"),
    "a torn workbook": (b"PK\x03\x04" + b"x" * 100, "损坏"),
    "a torn database": (b"SQLite format 3\x00" + b"x" * 100, "SQLite"),
    "a torn parquet file": (b"PAR1" + b"x" * 100, "Parquet"),
    "a header alone": ("帖子id,内容\n".encode(), "没有数据行"),
    "a torn archive": (gzip.compress(b"a,b\n1,2\n" * 50)[:20], "解压失败"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_read_is_said(fault: str, tmp_path: Path) -> None:
    content, said = FAULTS[fault]
    path = tmp_path / "文件.csv"
    path.write_bytes(content)
    with pytest.raises(PageError, match=said):
        recognised(take_sample(path))
