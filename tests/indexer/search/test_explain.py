"""How a query was understood, for who asked it."""

from pathlib import Path

import pytest

from indexer.query import parse
from indexer.search import EmbeddedIndex, explain
from tests.indexer.builders import NOW, record


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("", [(0, "全部帖子", (), 3)]),
        ("催收", [(0, "有「催收」这个词", ("催收",), 2)]),
        ("“被催收”", [(0, "有「被催收」这几个字", ("被_催", "催_收"), 1)]),
        ("app", [(0, "有「app」这几个字", ("app",), 1)]),
        ("催*", [(0, "有以「催」开头的词", ("催*",), 2)]),
        (
            "逾期 -(kind:投诉 OR likes>=2)",
            [
                (0, "同时满足", (), 0),
                (1, "有「逾期」这个词", ("逾期",), 1),
                (1, "排除", (), 0),
                (2, "满足其一", (), 3),
                (3, "类型是「投诉」", (), 2),
                (3, "点赞 >= 2", (), 2),
            ],
        ),
        (
            "逾期 NEAR/2 催收",
            [(0, "「逾期」与「催收」相隔不超过 2 个字，先后不论", ("逾_期", "催_收"), 1)],
        ),
        (
            "after:2024-05-01 before:2024-05-10T12:30",
            [
                (0, "同时满足", (), 3),
                (1, "发布于 2024-05-01 00:00起（北京时间）", (), 3),
                (1, "发布于 2024-05-10 12:30之前（北京时间）", (), 3),
            ],
        ),
    ],
)
def test_each_part_is_told_with_what_it_finds(
    tmp_path: Path, query: str, lines: list[tuple[int, str, tuple[str, ...], int]]
) -> None:
    with EmbeddedIndex(tmp_path) as index:
        index.put([record(1, "逾期被催收"), record(2, "催收打不开 app"), record(3, "好的")])
        index.commit()
        explanation = explain(index, parse(query, now=NOW))
    assert [(part.depth, part.words, part.tokens, part.found) for part in explanation.parts] == lines
    assert explanation.engine
