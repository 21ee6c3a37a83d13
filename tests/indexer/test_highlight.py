"""What a query found, shown in the text as it stands."""

import time

import pytest

from indexer.query import parse
from indexer.search import highlight, snippet
from tests.indexer.builders import NOW


def shown(query: str, text: str) -> str:
    """The text with [what was found] in brackets."""
    for span in reversed(highlight(parse(query, now=NOW), text)):
        text = f"{text[: span.start]}[{text[span.start : span.end]}]{text[span.end :]}"
    return text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("催收", "被暴力[催收]，红创金服的ＡＰＰ打不开，[催.收]員說逾 期"),
        ("“催收”", "被暴力[催收]，红创金服的ＡＰＰ打不开，[催.收員]說逾 期"),
        ("暴力催收", "被[暴力催收]，红创金服的ＡＰＰ打不开，催.收員說逾 期"),
        ("红创金服 app", "被暴力催收，[红创金服]的[ＡＰＰ]打不开，催.收員說逾 期"),
        ("“员说逾期”", "被暴力催收，红创金服的ＡＰＰ打不开，[催.收員說逾 期]"),
        ("app NEAR/3 “打不开”", "被暴力催收，红创金服的[ＡＰＰ打不开]，催.收員說逾 期"),
        ("app NEAR/3 红创", "被暴力催收，[红创]金服的[ＡＰＰ]打不开，催.收員說逾 期"),
        ("app NEAR/1 红创", "被暴力催收，红创金服的ＡＰＰ打不开，催.收員說逾 期"),
        ("暴*", "被[暴力催收]，红创金服的ＡＰＰ打不开，催.收員說逾 期"),
        ("暴力 -红创金服 kind:投诉", "被[暴力]催收，红创金服的ＡＰＰ打不开，催.收員說逾 期"),
        ("", "被暴力催收，红创金服的ＡＰＰ打不开，催.收員說逾 期"),
    ],
)
def test_highlight(query: str, expected: str) -> None:
    # A word that its author broke up (催.收) is one place, as its characters no longer stand one to one.
    text = "被暴力催收，红创金服的ＡＰＰ打不开，催.收員說逾 期"
    assert shown(query, text) == expected


def test_a_snippet_shows_the_first_place_found() -> None:
    part = snippet(parse("催收", now=NOW), "无关的话" * 50 + "后来被催收了" + "又一些话" * 50, width=40)
    assert part.text.startswith("…")
    assert part.text.endswith("…")
    assert len(part.text) == 42
    assert [part.text[span.start : span.end] for span in part.spans] == ["催收"]


def test_a_short_text_is_its_own_snippet() -> None:
    part = snippet(parse("催收", now=NOW), "被催收")
    assert (part.text, [(span.start, span.end) for span in part.spans]) == ("被催收", [(1, 3)])


def test_a_huge_post_is_highlighted_in_seconds() -> None:
    text = "红创金服催收，逾期三天！" * 100_000
    begun = time.monotonic()
    assert len(highlight(parse("催收 NEAR/3 三天", now=NOW), text)) == 200_000
    assert time.monotonic() - begun < 30
