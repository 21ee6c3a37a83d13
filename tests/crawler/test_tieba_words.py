"""The words of a post of 贴吧: emoticons by their names, and what stands for a picture alone."""

import pytest

from crawler.pages.tieba.fields import author_of
from crawler.pages.tieba.words import read_html, read_pieces

FACE = '<img class="BDE_Smiley" src="//x/tb/editor/images/client/image_emoticon{}.png">'


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("第一行<br>第二行", "第一行\n第二行"),
        (f"好{FACE.format(25)}笑", "好[滑稽]笑"),
        (FACE.format(""), "[呵呵]"),
        ('<img src="//static/tb/editor/images/face/i_f33.png">', "[喷]"),
        ('<img class="BDE_Image" src="//x/1.jpg">', "[图片]"),
        ('看图<img class="BDE_Image" src="//x/1.jpg">', "看图"),
        ('<div class="video_src_wrapper"><embed data-video="x"></div>', "[视频]"),
        ('<img class="unknown" src="//x/sticker.png">', "[贴图]"),
    ],
)
def test_html(html: str, text: str) -> None:
    assert read_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('回复 <a class="at">茶客 丙</a> :去找12315', "去找12315"),
        ("回复 茶客丙 ：", ""),
        (f"回复 茶客丙 :{FACE.format(9)}", "[泪]"),
        ("回复内容：没有用", "回复内容：没有用"),
    ],
)
def test_whom_a_nested_reply_answers(html: str, text: str) -> None:
    assert read_html(html, answers=True) == text


def test_pieces() -> None:
    pieces = [{"type": "0", "text": "价格"}, {"type": 2, "text": "image_emoticon6"}, {"type": 3, "src": "//x"}]
    assert read_pieces(pieces) == "价格[怒]"
    assert read_pieces([{"type": 3, "src": "//x"}]) == "[图片]"
    assert read_pieces([{"type": 10, "voice_md5": "x"}]) == "[语音]"


def test_an_author_is_the_same_on_pages_with_and_without_a_portrait() -> None:
    assert author_of(name="茶客甲", portrait="tb.1.a.b?t=1", shown="甲") == author_of(name="茶客甲")
    assert author_of(portrait="tb.1.a.b?t=1", shown="甲") == author_of(portrait="tb.1.a.b?t=2")
    assert author_of(name="112.97.57.*") is None
