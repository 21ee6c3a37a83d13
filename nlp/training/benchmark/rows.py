"""Read the files of public sets; a row that has not the set's form is an error with its number."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from nlp.errors import TrainingError
from nlp.training.benchmark.example import Example


def examples(path: Path, rows: Iterable[Any], make: Callable[[Any], Example]) -> list[Example]:
    """One example a row.

    Raises:
        TrainingError: a row has another form; the message names the file and the row (from 1).
    """
    made: list[Example] = []
    for number, row in enumerate(rows, start=1):
        try:
            made.append(make(row))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise TrainingError(f"{path} 第 {number} 条不是这套数据的格式（{error}）；请核对文件") from error
    return made


def json_rows(path: Path) -> Sequence[Any]:
    """The rows of a file that is one JSON array.

    Raises:
        TrainingError: it is something else.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise TrainingError(f"{path} 不是 JSON（{error}）；请核对文件") from error
    if not isinstance(rows, list):
        raise TrainingError(f"{path} 应是一个 JSON 数组；请核对文件")
    return rows


def lines(path: Path) -> list[str]:
    """The lines of a text file that are not empty."""
    return [line for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
