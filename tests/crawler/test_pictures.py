import pytest

from crawler.reading.fragment import parse_fragment, read_fragment
from crawler.reading.pictures import name_emoticons, name_pictures


@pytest.mark.parametrize(
    ("alt", "text"),
    [
        ("[怒]", "前[怒]后"),
        ("合同截图", "前合同截图后"),
        ("图片", "前后"),
        ("图片12", "前后"),
        ("图片加载中...", "前后"),
        ("IMG_2031.jpg", "前后"),
        ("avatar", "前后"),
        ("", "前后"),
    ],
)
def test_a_picture_is_what_it_is_said_to_show(alt: str, text: str) -> None:
    assert read_fragment(name_pictures(parse_fragment(f'前<img alt="{alt}">后'))) == text


def test_emoticons_alone() -> None:
    assert read_fragment(name_emoticons(parse_fragment("前<img alt=[怒]><img alt=合同截图>后"))) == "前[怒]后"
