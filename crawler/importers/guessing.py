"""Guessing: which column of an unknown table is which field, by the columns' names and by what is in them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crawler.errors import FieldError
from crawler.importers.cells import read_identity, read_moment, read_number, read_text
from crawler.importers.column_names import COLUMN_NAMES
from crawler.importers.identity import NAMES
from crawler.importers.mapping import FIELDS, Mapped, signature_of
from crawler.importers.row import Table
from crawler.post import PostKind

_WORDS = {name: words.split() for name, words in COLUMN_NAMES.items()}
_SOME = 0.6
_LONG = 12
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PLATFORM_NAMES = {name for names in NAMES.values() for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A field, the column that it is taken to be in, why, and what is there."""

    field: str
    column: str
    by_name: bool
    examples: tuple[str, ...]


def guess(table: Table) -> tuple[Guess, ...]:
    """Return what the columns of a table are taken for, at most one column a field; text first of all."""
    taken: dict[str, Guess] = {}
    free = list(table.columns)
    for find in (_by_name, _by_content):
        for name in _WORDS:
            column = find(table, name, free) if name not in taken else None
            if column:
                free.remove(column)
                taken[name] = Guess(
                    field=name, column=column, by_name=find is _by_name, examples=_examples(table, column)
                )
    return tuple(taken[name] for name in FIELDS if name in taken)


def mapped_by(guesses: Sequence[Guess], table: Table) -> Mapped:
    """Return the mapping that guesses amount to."""
    columns = {one.field: one.column for one in guesses}
    return Mapped(columns=columns, signature=signature_of(table.columns), kind=_kind(table, columns))


def _kind(table: Table, columns: dict[str, str]) -> PostKind:
    names = " ".join(table.columns)
    if "投诉" in names or any("tousu.sina" in str(value) for value in table.values(columns.get("url", ""))):
        return PostKind.COMPLAINT
    return PostKind.COMMENT if "评论" in columns["text" if "text" in columns else "title"] else PostKind.TOPIC


def _by_name(table: Table, name: str, free: Sequence[str]) -> str | None:
    plain = {_plain(column): column for column in reversed(free)}
    exact = [plain[word] for word in map(_plain, _WORDS[name]) if word in plain]
    ending = [
        column
        for word in map(_plain, _WORDS[name])
        for key, column in plain.items()
        if len(word) > 1 and key.endswith(word)
    ]
    return next((column for column in (*exact, *ending) if _fits(table, column, name)), None)


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-.]|[（(\[【].*?[)）\]】]", "", name).lower()


def _by_content(table: Table, name: str, free: Sequence[str]) -> str | None:
    if name == "text":
        sizes = {column: _size(table.values(column)) for column in free}
        longest = max(sizes, key=lambda column: sizes[column], default=None)
        return longest if longest is not None and sizes[longest] >= _LONG else None
    if name not in {"url", "published", "platform"}:
        return None
    test = _is_platform if name == "platform" else _TESTS[name]
    return next((column for column in free if table.values(column) and _mostly(table, column, test)), None)


def _size(values: Sequence[Any]) -> float:
    """How many Chinese letters a value has on average."""
    texts = [value for value in values if isinstance(value, str) and not value.startswith("http")]
    return sum(len(_CHINESE.findall(text)) for text in texts) / max(1, len(values))


def _fits(table: Table, column: str, name: str) -> bool:
    """Whether what is in a column can be what its name says; an empty column fits anything."""
    return not table.values(column) or _mostly(table, column, _TESTS[name])


def _mostly(table: Table, column: str, test: Callable[[Any], bool]) -> bool:
    values = table.values(column)
    return sum(map(test, values)) >= _SOME * len(values)


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and value.strip().startswith(("http://", "https://", "//"))


def _is_moment(value: Any) -> bool:
    return _reads(lambda: read_moment(value, served=_ANY_TIME)) and len(str(value)) < 48


def _is_count(value: Any) -> bool:
    return _reads(lambda: read_number(value)) and len(str(value)) < 16


def _is_identity(value: Any) -> bool:
    return _reads(lambda: read_identity(value)) and len(str(value)) < 80 and not _CHINESE.search(str(value))


def _is_text(value: Any) -> bool:
    return isinstance(value, (str, list)) and not _is_url(value)


def _is_platform(value: Any) -> bool:
    return isinstance(value, str) and value.strip().lower() in _PLATFORM_NAMES


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 40 and not _is_url(value)


def _reads(read: Callable[[], object]) -> bool:
    try:
        return read() is not None
    except FieldError:
        return False


_TESTS: dict[str, Callable[[Any], bool]] = {
    "text": _is_text, "title": _is_text, "url": _is_url, "native_id": _is_identity, "author": _is_name,
    "published": _is_moment, "collected": _is_moment, "platform": _is_name, "thread_id": _is_identity,
    "parent_id": _is_identity, "region": _is_name, "likes": _is_count, "replies": _is_count, "views": _is_count,
    "shares": _is_count,
}  # fmt: skip


def _examples(table: Table, column: str) -> tuple[str, ...]:
    texts = (" ".join(read_text(value).split()) for value in table.values(column)[:20] if value)
    return tuple(dict.fromkeys(text[:24] for text in texts if text))[:2]
