"""Charsets of exports, and text that was encoded twice."""

from pathlib import Path

import pytest

from crawler.importers.encoding import charset_of, mended
from tests.crawler.importers.importing import as_csv, imported

TEXT = "红创金服的催收打给我家人，一天二十多个电话"
ROW = {"投诉标题": "暴力催收", "投诉详情": TEXT, "投诉对象": "红创金服"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_in_any_charset(encoding: str, tmp_path: Path) -> None:
    posts, issues = imported(as_csv(tmp_path / "投诉.csv", [ROW], encoding=encoding))
    assert [post.title for post in posts] == ["暴力催收"]
    assert posts[0].text.startswith(TEXT)
    assert issues == []


def test_a_character_cut_at_the_end_of_the_sample_is_no_fault() -> None:
    assert charset_of(TEXT.encode()[:-1]) == "utf-8"
    assert charset_of(f"a,b\n{TEXT}".encode("gbk")) == "gb18030"


@pytest.mark.parametrize("charset", ["latin-1", "gb18030"])
def test_text_that_was_encoded_twice_is_mended(charset: str) -> None:
    text = f"{TEXT}呢"  # an even number of bytes, or GBK would lose the last
    assert mended(text.encode().decode(charset)) == text


def test_windows_1252_with_its_gaps() -> None:
    once = "".join(
        bytes([byte]).decode("cp1252") if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(byte)
        for byte in TEXT.encode()
    )
    assert mended(once) == TEXT


@pytest.mark.parametrize("text", [TEXT, "café à la crème", "Ünïcödé", "plain", "歐盟銀行涓滴"])
def test_right_text_stays(text: str) -> None:
    assert mended(text) is None


def test_what_is_lost_is_said(tmp_path: Path) -> None:
    twice = TEXT.encode().decode("latin-1")
    lost = "".join(letter for letter in twice if letter >= "\u00a0")  # as software does that drops control characters
    posts, issues = imported(
        as_csv(tmp_path / "投诉.csv", [ROW | {"投诉详情": lost}, ROW | {"投诉详情": "锟斤拷锟斤拷"}])
    )
    assert len(posts) == 2
    assert [(issue.line, issue.field, issue.is_lost) for issue in issues] == [
        (2, "投诉详情", False),
        (3, "投诉详情", False),
    ]
    assert "无法还原" in issues[0].detail


def test_mended_rows_are_counted(tmp_path: Path) -> None:
    twice = {name: value.encode().decode("latin-1") for name, value in ROW.items()}
    posts, issues = imported(as_csv(tmp_path / "投诉.csv", [twice, twice | {"投诉标题": "另一条"}]))
    assert [post.title for post in posts] == ["暴力催收", "另一条"]
    assert [str(issue).rpartition("：")[2][:4] for issue in issues] == ["2 行的"]
