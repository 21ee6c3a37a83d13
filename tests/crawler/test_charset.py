import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.charset import read_text

TEXT = "红创金服逾期47天，催收每天十几个电话。"


def page(charset: str) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>{TEXT}</html>'


@pytest.mark.parametrize(
    ("declared", "real"), [("utf-8", "utf-8"), ("gbk", "gbk"), ("gb2312", "gb18030"), ("big5", "big5")]
)
def test_a_right_declaration_is_believed(declared: str, real: str) -> None:
    html = page(declared) if real != "big5" else page(declared).replace(TEXT, "逾期")
    decoded = read_text(html.encode(real))
    assert decoded.text == html
    assert not decoded.is_wrong


@pytest.mark.parametrize(
    ("declared", "real"), [("utf-8", "gbk"), ("gbk", "utf-8"), ("gb2312", "utf-8"), ("iso-8859-1", "gbk")]
)
def test_a_wrong_declaration_is_found_out(declared: str, real: str) -> None:
    decoded = read_text(page(declared).encode(real))
    assert TEXT in decoded.text
    assert decoded.is_wrong


def test_the_header_counts_before_the_page() -> None:
    assert read_text(page("utf-8").encode("gbk"), content_type="text/html; charset=GBK").charset == "gb18030"


def test_a_page_that_declares_nothing() -> None:
    assert read_text(TEXT.encode("gbk")).text == TEXT
    assert read_text(TEXT.encode()).text == TEXT


def test_a_title_cut_within_a_character_does_not_cost_the_page() -> None:
    body = page("utf-8").encode().replace(TEXT.encode(), TEXT.encode() * 20 + "断".encode()[:2])
    decoded = read_text(body)
    assert decoded.charset == "utf-8"
    assert decoded.broken == 1
    assert decoded.text.count(TEXT) == 20


def test_the_site_file_can_force_a_charset() -> None:
    assert read_text(page("utf-8").encode("gbk"), forced="gbk").text == page("utf-8")


def test_characters_beyond_gbk_are_read_as_gb18030() -> None:
    text = "生僻字：㐂𠮷，还款。"
    assert read_text(f'<meta charset="gb2312">{text}'.encode("gb18030")).text.endswith(text)


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=12), st.sampled_from(["gbk", "utf-8"])
)
def test_chinese_is_read_whatever_is_declared(text: str, declared: str) -> None:
    head = f'<meta charset="{declared}">'
    assert read_text((head + text).encode()).text == head + text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_somehow(body: bytes) -> None:
    read_text(body)
