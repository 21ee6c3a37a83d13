"""JSON: the list of records in a document, streamed, and JSON lines; objects in a record are flattened."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import ijson

from crawler.importers.opening import Source, open_text
from crawler.importers.row import Fault, Line, Row

_CHUNK = 1 << 16
_DEEPEST = 4
_LITTLE_ELSE = 1


def read_tables(source: Source) -> Iterator[tuple[str, Iterator[Line]]]:
    """Yield the one table of a document."""
    yield "", _records(source)


def read_lines(source: Source) -> Iterator[tuple[str, Iterator[Line]]]:
    """Yield the one table of JSON lines."""
    yield "", _lines(source)


def find_records(source: Source) -> str:
    """Return where the list of records is in an object; empty where it has none: the object itself is the record.

    A list inside the items of another counts where they hold little else (such as a day and its threads).
    """
    place = _first_list(source)
    while place and (inner := _only_a_list(source, place)):
        place = inner
    return place


def _first_list(source: Source) -> str:
    with open_text(source) as text:
        try:
            for prefix, event, _ in ijson.parse(_Encoded(text), use_float=True):
                if event == "start_map" and prefix.endswith(".item"):
                    return str(prefix)
        except ijson.JSONError:
            return ""  # what can be read of it is read, and where it ends is reported then
    return ""


def _only_a_list(source: Source, place: str) -> str:
    row = next(_records(replace(source, records=place)), None)
    values = row.values if isinstance(row, Row) else {}
    lists = [name for name, value in values.items() if isinstance(value, list) and value and isinstance(value[0], dict)]
    return f"{place}.{lists[0]}.item" if len(lists) == 1 and len(values) - 1 <= _LITTLE_ELSE else ""


def _records(source: Source) -> Iterator[Line]:
    number = 0
    with open_text(source) as text:
        records = ijson.items(_Encoded(text), source.records, use_float=True)
        while True:
            number += 1
            try:
                value = next(records)
            except StopIteration:
                return
            except (ijson.JSONError, UnicodeDecodeError) as error:
                detail = f"从这里起不是有效的 JSON（{str(error).splitlines()[0][:80]}），后面的没有读；文件可能没写完"
                yield Fault(line=number, place=f"第 {number} 条", detail=detail)
                return
            yield _row(value, number, f"第 {number} 条")


def _lines(source: Source) -> Iterator[Line]:
    with open_text(source) as text:
        for number, line in enumerate(text, 1):
            if not line.strip(" \t\r\n\ufeff\x00,"):
                continue
            try:
                value = json.loads(line.strip("\ufeff"))
            except (ValueError, RecursionError) as error:
                place = f"，第 {error.colno} 个字" if isinstance(error, json.JSONDecodeError) else ""
                yield Fault(line=number, place=f"第 {number} 行", detail=f"这一行不是有效的 JSON{place}；可能没写完")
            else:
                yield _row(value, number, f"第 {number} 行")


def _row(value: Any, number: int, place: str) -> Line:
    if not isinstance(value, dict):
        return Fault(line=number, place=place, detail="这一条不是对象（{…}），没有字段可读")
    return Row(values=flat(value), line=number, place=place)


def flat(value: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, Any]:
    """Return a record with the objects in it flattened: `{"Author": {"Id": 1}}` becomes `{"Author.Id": 1}`."""
    fields: dict[str, Any] = {}
    for name, inner in value.items():
        if isinstance(inner, dict) and depth < _DEEPEST:
            fields |= flat(inner, f"{prefix}{name}.", depth + 1)
        else:
            fields[f"{prefix}{name}"] = inner
    return fields


class _Encoded:
    """Text as the UTF-8 that ijson reads."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def read(self, size: int = -1) -> bytes:
        """Return the next piece; about `size` bytes, for characters are read."""
        return self._text.read(min(size, _CHUNK) if size > 0 else size).encode("utf-8", "replace")
