"""Cutting a query into pieces; every piece knows its position, for errors that point."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from indexer.errors import QueryError
from indexer.query.fields import field_named

_DOUBLE = '"＂“”„‟'
_CLOSING = {**dict.fromkeys(_DOUBLE, _DOUBLE), "「": "」", "『": "』", "‘": "’"}
_SPACE = " \t\r\n\u3000,，、；;。"
_OPEN, _SHUT = "(（", ")）"
_MINUS = "-－−"
_NEAR = re.compile(r"NEAR(?:[/／](\d+))?\Z")
_WIDE = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
_KEYWORDS = ("AND", "OR", "NOT")


class Sort(Enum):
    """What a piece is."""

    OPEN = auto()
    SHUT = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()
    PHRASE = auto()
    TEXT = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a query; `position` counts from 1. A NEAR's text is its distance, empty where none is written."""

    sort: Sort
    text: str
    position: int


def pieces(query: str) -> list[Piece]:
    """The pieces of a query, with an `END` after the last."""
    found: list[Piece] = []
    at = 0
    while at < len(query):
        piece, at = _next(query, at)
        if piece:
            found.append(piece)
    return [*found, Piece(Sort.END, "", len(query) + 1)]


def narrow(text: str) -> str:
    """With full-width signs, letters and digits as half-width ones; the length stays the same."""
    return text.translate(_WIDE)


def _next(query: str, at: int) -> tuple[Piece | None, int]:
    character = query[at]
    if character in _SPACE:
        return None, at + 1
    if character in _OPEN:
        return Piece(Sort.OPEN, character, at + 1), at + 1
    if character in _SHUT:
        return Piece(Sort.SHUT, character, at + 1), at + 1
    if character in _CLOSING:
        return _phrase(query, at)
    if character in _MINUS and at + 1 < len(query) and query[at + 1] not in _SPACE:
        return Piece(Sort.NOT, character, at + 1), at + 1
    return _text(query, at)


def _phrase(query: str, at: int) -> tuple[Piece, int]:
    closing = _CLOSING[query[at]]
    for end in range(at + 1, len(query)):
        if query[end] in closing:
            return Piece(Sort.PHRASE, query[at + 1 : end], at + 1), end + 1
    raise QueryError(at + 1, "引号没有闭合")


def _text(query: str, at: int) -> tuple[Piece, int]:
    end = at
    while end < len(query) and not _ends(query, at, end):
        end += 1
    text = query[at:end]
    word = narrow(text)
    near = _NEAR.match(word)
    if near:
        return Piece(Sort.NEAR, near[1] or "", at + 1), end
    return Piece(Sort[word] if word in _KEYWORDS else Sort.TEXT, text, at + 1), end


def _ends(query: str, at: int, end: int) -> bool:
    character = query[end]
    if character in _OPEN or character in _SHUT or character in " \t\r\n\u3000":
        return True
    if character in _CLOSING:
        return True
    # A field's value may list several with commas between.
    return character in _SPACE and (character not in ",，、" or not _is_condition(query[at:end]))


def _is_condition(text: str) -> bool:
    name, colon, _ = narrow(text).partition(":")
    return bool(colon) and field_named(name) is not None
