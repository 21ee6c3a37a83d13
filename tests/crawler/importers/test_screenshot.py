"""Screenshots: what stands on them is read in order, names and times apart; every picture is kept."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.importers.screenshot import Picture, keep_picture, kind_of, post_of
from crawler.importers.shot_layout import Shot, arrange, is_time, without_overlap
from crawler.importers.shot_lines import ShotLine

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def line(text: str, left: float, top: float, *, height: float = 40, width: float = 0) -> ShotLine:
    right = left + (width or height * len(text))
    return ShotLine(text=text, left=left, top=top, right=right, bottom=top + height, score=0.99)


def test_a_chat_is_read_from_top_to_bottom_without_names_and_times() -> None:
    shot = arrange(
        [
            line("昨天 21:03", 450, 60, height=28),
            line("小雨", 150, 120, height=27),
            line("红创金服逾期三天，催收就打到我单位", 170, 170),
            line("去了！", 170, 225),
            line("太过分了。", 700, 330),
            line("阿杰", 150, 430, height=27),
            line("可以投诉12378。", 170, 480),
        ],
        1080,
    )
    assert shot.text == "红创金服逾期三天，催收就打到我单位去了！\n太过分了。\n可以投诉12378。"
    assert shot.names == ("小雨", "阿杰")
    assert shot.times == ("昨天 21:03",)


def test_words_beside_an_emoji_are_one_line() -> None:
    shot = arrange([line("催收太吓人", 100, 300), line("了吧", 360, 302)], 1080)
    assert shot.text == "催收太吓人了吧"


@pytest.mark.parametrize(
    "text", ["昨天 21:03", "11月3日 08:15", "2026-11-20 19:42", "3分钟前", "刚刚 来自 武汉", "星期三 22:10"]
)
def test_times_are_known(text: str) -> None:
    assert is_time(text)


@pytest.mark.parametrize("text", ["11月3日还款", "他21:03打来", "刚刚打电话来", "12378"])
def test_words_with_times_in_them_are_no_times(text: str) -> None:
    assert not is_time(text)


def test_what_the_next_screen_shows_again_is_left_out() -> None:
    assert without_overlap(["一", "二", "三"], ["二", "三", "四"]) == ["四"]
    assert without_overlap(["一"], ["二"]) == ["二"]


def test_a_picture_is_kept_once_under_its_digest(tmp_path: Path) -> None:
    picture = Picture(body=b"\x89PNG\r\n\x1a\n...", kind="png")
    evidence = keep_picture(picture, tmp_path)
    assert keep_picture(picture, tmp_path) == evidence
    assert (tmp_path / str(evidence.file)).read_bytes() == picture.body
    assert [path.name for path in (tmp_path / "images").iterdir()] == [f"{evidence.sha256}.png"]
    assert kind_of(b"\xff\xd8\xff\xe0") == "jpg"
    assert kind_of(b"GIF89a") is None


def test_screenshots_of_one_thread_belong_together(tmp_path: Path) -> None:
    first, second = (keep_picture(Picture(body=bytes([one]), kind="png"), tmp_path) for one in (1, 2))
    shot = Shot(text="催收骚扰", names=("小雨",), times=("昨天 21:03",))
    thread = first.sha256[:32]
    posts = [
        post_of(shot, evidence, source="screenshot", key=b"k" * 32, at=NOW, taken=NOW, thread=thread)
        for evidence in (first, second)
    ]
    assert [(post.kind, post.thread_id, post.parent_id) for post in posts] == [
        ("topic", thread, None),
        ("reply", thread, thread),
    ]
    assert posts[0].published == datetime(2026, 11, 23, 13, 3, tzinfo=UTC)
    assert posts[0].author
    assert "小雨" not in posts[0].author


def test_drawn_screenshots_are_read() -> None:
    pytest.importorskip("rapidocr", reason="没有安装 RapidOCR：pip install 'fengping[ocr]'")
    from crawler.benchmark.screenshots import screenshots
    from crawler.importers.shot_lines import read_shot
    from ui.cli.benchmark_ocr import distance, plain

    shots = list(screenshots(2, seed=3))
    wrong = sum(distance(plain(shot.text), plain(arrange(*read_shot(shot.png)).text)) for shot in shots)
    assert wrong <= 0.02 * sum(len(plain(shot.text)) for shot in shots)


def test_screenshots_are_the_same_for_the_same_seed() -> None:
    pytest.importorskip("PIL", reason="没有安装 Pillow")
    from PIL import Image

    from crawler.benchmark.screenshots import screenshots

    one, same = (list(screenshots(6, seed=1)) for _ in range(2))
    assert [shot.png for shot in one] == [shot.png for shot in same]
    sizes = [Image.open(io.BytesIO(shot.png)).size for shot in one]
    assert {width for width, _ in sizes} == {390, 1080}
    assert max(height for _, height in sizes) > 3000
