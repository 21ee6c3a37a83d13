"""Read label-guide records: JSON lines with a text and its labels, each field checked."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.classify.heads import CAUSES, DEMANDS, ISSUES, KINDS, SENTIMENTS, URGENCIES
from nlp.errors import RecordError

_ONE_OF = {"kind": KINDS, "sentiment": SENTIMENTS, "urgency": URGENCIES}
_SOME_OF = {"issues": ISSUES, "causes": CAUSES, "demands": DEMANDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPost:
    """One judged post. `source` is where it stood; `text` may be empty where a file holds ids and labels only.

    `towards` are brands that the text names, each with the author's sentiment towards it.
    """

    id: str
    source: str
    text: str
    kind: str
    sentiment: str
    urgency: str
    issues: frozenset[str]
    causes: frozenset[str]
    demands: frozenset[str]
    overdue_complaint: bool
    towards: tuple[tuple[str, str], ...] = ()

    def held(self, field: str) -> frozenset[str]:
        """The values that the post holds in a field of the guide; `yes` or nothing for `overdue_complaint`."""
        value = getattr(self, field)
        if isinstance(value, bool):
            return frozenset(("yes",) if value else ())
        return value if isinstance(value, frozenset) else frozenset((value,))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held: the records that are right, and an error for each line that is not."""

    records: tuple[LabelledPost, ...]
    errors: tuple[RecordError, ...]


def read_records(path: Path, *, texts: Mapping[str, str] | None = None, needs_text: bool = True) -> Reading:
    """Read one file; `texts` gives the text by id for records that hold none.

    Without `needs_text` a record may have no text at all: then only its labels can be used.
    A wrong line becomes a `RecordError` naming file, line and field, and the others are kept.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        return _read(path, lines, texts or {}, needs_text=needs_text)


def _read(path: Path, lines: Iterable[str], texts: Mapping[str, str], *, needs_text: bool) -> Reading:
    records: list[LabelledPost] = []
    errors: list[RecordError] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(_record(path, number, line, texts, needs_text=needs_text))
        except RecordError as error:
            errors.append(error)
    return Reading(tuple(records), tuple(errors))


def _record(path: Path, number: int, line: str, texts: Mapping[str, str], *, needs_text: bool) -> LabelledPost:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise RecordError(path, number, "-", f"不是 JSON：{error}") from error
    if not isinstance(data, dict):
        raise RecordError(path, number, "-", "每行应是一个 JSON 对象")
    for field, allowed in _ONE_OF.items():
        if data.get(field) not in allowed:
            raise RecordError(path, number, field, f"{data.get(field)!r} 不在 {'、'.join(allowed)} 之中")
    for field, allowed in _SOME_OF.items():
        _check_list(path, number, field, data.get(field), allowed)
    if not isinstance(data.get("overdue_complaint"), bool):
        raise RecordError(path, number, "overdue_complaint", "应为 true 或 false")
    _check_towards(path, number, data.get("towards", {}))
    return _labelled(data, _text(path, number, data, texts, needs_text=needs_text))


def _check_list(path: Path, number: int, field: str, values: object, allowed: tuple[str, ...]) -> None:
    if not isinstance(values, list):
        raise RecordError(path, number, field, "应为列表，没有时写 []")
    unknown = [value for value in values if value not in allowed]
    if unknown:
        raise RecordError(path, number, field, f"{unknown[0]!r} 不在 {'、'.join(allowed)} 之中")


def _check_towards(path: Path, number: int, towards: object) -> None:
    if not isinstance(towards, dict) or any(value not in SENTIMENTS for value in towards.values()):
        raise RecordError(path, number, "towards", f"应为“品牌: 情感”的对象，情感取 {'、'.join(SENTIMENTS)}")


def _text(path: Path, number: int, data: Mapping[str, Any], texts: Mapping[str, str], *, needs_text: bool) -> str:
    text = data.get("text") or texts.get(str(data.get("id")))
    if text is None and not needs_text:
        return ""
    if not isinstance(text, str) or not text.strip():
        raise RecordError(path, number, "text", "缺少正文；只有 id 的记录需用 --public 指明原文所在文件夹")
    return text


def _labelled(data: Mapping[str, Any], text: str) -> LabelledPost:
    return LabelledPost(
        id=str(data.get("id", "")),
        source=str(data.get("source", "")),
        text=text,
        kind=data["kind"],
        sentiment=data["sentiment"],
        urgency=data["urgency"],
        issues=frozenset(data["issues"]),
        causes=frozenset(data["causes"]),
        demands=frozenset(data["demands"]),
        overdue_complaint=data["overdue_complaint"],
        towards=tuple(data.get("towards", {}).items()),
    )
