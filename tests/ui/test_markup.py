"""Marks in texts, and texts that would like to be more than text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.web.markup import Piece, excerpt, noted_pieces, pieces, render, web_address

SPANS = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=6)


@given(text=st.text(max_size=25), spans=SPANS)
def test_every_character_comes_exactly_once(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in pieces(text, spans)) == text


def test_marks_and_notes() -> None:
    found = noted_pieces("逾期三天就催收", [(5, 7, "催收"), (0, 2, "逾期"), (1, 4, "又")])
    assert [(piece.text, piece.note) for piece in found if piece.marked] == [
        ("逾期", "逾期"),
        ("三天", "又"),
        ("催收", "催收"),
    ]


def test_an_excerpt_shows_the_first_mark() -> None:
    text = "前" * 80 + "催收" + "后" * 200
    shown = excerpt(pieces(text, [(80, 82)]))
    assert shown[0].text == "…" + "前" * 16
    assert shown[1] == Piece("催收", marked=True)
    assert sum(len(piece.text) for piece in shown) == 110


def test_a_post_is_never_more_than_text() -> None:
    html = render(
        "post",
        pills=[],
        thread="",
        title=[Piece("<script>alert(1)</script>")],
        text=[Piece('"><img src=x onerror=alert(1)>', marked=True, note='" onmouseover="alert(1)')],
        facts=[("作者", "<b>x</b>")],
        url=None,
        original="打开",
    )
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>x" not in html
    assert 'onmouseover="alert' not in html


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/1", True),
        ("http://127.0.0.1:8100/x", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("https:nowhere", False),
    ],
)
def test_only_web_addresses_are_links(url: str, *, shown: bool) -> None:
    assert (web_address(url) is not None) is shown
