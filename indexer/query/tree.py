"""The query as a tree: what every back end, the highlighter and saved searches share.

Texts in a tree are in their normal form (simplified, half-width, lower case), so a tree means the same everywhere.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Comparison(StrEnum):
    """How a number is compared."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    EQUAL = "="


@dataclass(frozen=True, slots=True)
class Everything:
    """Every record: the empty query."""


@dataclass(frozen=True, slots=True)
class Word:
    """Records whose text has this word of the dictionary as a word: 海量 is in 海量数据, 上海 is not in 网上海量."""

    word: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Records whose text has these characters (and whole runs of Latin letters or digits) one after the other.

    Spaces and punctuation between them do not count, in the query as in the text.
    """

    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Records whose text has a word that begins like this."""

    start: str


@dataclass(frozen=True, slots=True)
class Near:
    """Records where two phrases stand, in either order, with at most `distance` characters between them."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class FieldIs:
    """Records whose field has this value (one of its values, where it has several)."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class FieldCompares:
    """Records whose number compares like this; a record that lacks the number never does."""

    field: str
    comparison: Comparison
    value: float


@dataclass(frozen=True, slots=True)
class Published:
    """Records published at `start` or later and before `end` (aware UTC; `None`: without bound)."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Records that every child finds."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Records that at least one child finds."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Records that the child does not find."""

    child: "Node"


Node: TypeAlias = Everything | Word | Phrase | Prefix | Near | FieldIs | FieldCompares | Published | And | Or | Not


def both(*nodes: Node) -> Node:
    """All of the nodes at once, as flat as can be."""
    children: list[Node] = []
    for node in nodes:
        if isinstance(node, And):
            children.extend(node.children)
        elif not isinstance(node, Everything):
            children.append(node)
    if not children:
        return Everything()
    return children[0] if len(children) == 1 else And(tuple(children))
