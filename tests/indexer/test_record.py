"""What a record says of itself."""

from dataclasses import replace
from typing import Any

import pytest

from crawler.post import PostKind
from indexer.record import Decision, Record, ReviewStatus, analysed_text
from tests.indexer.builders import NOW, record


def decided(kept: Record, **judged: Any) -> Record:
    decision = Decision(record_id=kept.id, reviewer="李审", reason="看过", decided=NOW)
    return replace(kept, decision=replace(decision, **judged))


@pytest.mark.parametrize(
    ("kind", "title", "text", "expected"),
    [
        (PostKind.TOPIC, "被催收", "每天十个电话", "被催收\n每天十个电话"),
        (PostKind.TOPIC, "被催收", "被催收，每天十个电话", "被催收，每天十个电话"),
        (PostKind.REPLY, "回复：被催收", "我也是", "我也是"),
        (PostKind.ARTICLE, "年报", "", "年报"),
        (PostKind.TOPIC, "", "正文", "正文"),
    ],
)
def test_title_and_text_are_analysed_once_each(kind: PostKind, title: str, text: str, expected: str) -> None:
    assert analysed_text(kind, title, text) == expected


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ({}, True),
        ({"overdue_complaint": False}, False),
        ({"kind": "promo"}, False),
        ({"kind": "complaint"}, True),
        ({"issues": ("overdue",)}, True),
        ({"kind": "promo", "overdue_complaint": True}, True),
    ],
)
def test_an_overdue_complaint_follows_the_corrected_labels(judged: dict[str, Any], expected: bool) -> None:
    assert decided(record(1, "逾期被催收"), **judged).is_overdue_complaint is expected


def test_a_judged_record_is_certain() -> None:
    kept = record(1)
    assert (kept.confidence, kept.status) == (0.6, ReviewStatus.PENDING)
    judged = decided(kept, kind="help")
    assert (judged.confidence, judged.status, judged.kind) == (1.0, ReviewStatus.REVIEWED, "help")


def test_a_record_that_waits_has_no_labels() -> None:
    waiting = replace(record(1), analysis=None)
    assert (waiting.kind, waiting.sentiment, waiting.issues, waiting.confidence) == (None, None, (), None)


def test_a_post_without_time_counts_from_when_it_was_seen() -> None:
    kept = record(1)
    assert replace(kept, post=replace(kept.post, published=None)).time == kept.first_seen
