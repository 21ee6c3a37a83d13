"""How a query is understood: its parts in words, the tokens that are looked for, and what each part finds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch

from indexer.query import tree
from indexer.query.fields import CHINESE_NAMES, CLOSED
from indexer.query.tree import Node
from indexer.query.values import SHANGHAI
from indexer.query.wording import grams
from indexer.search.backend import SearchIndex

# The first Chinese name of each field is the one that is shown.
_NAMES: Mapping[str, str] = {field: chinese for chinese, field in tuple(CHINESE_NAMES.items())[::-1]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a query; `depth` says how deep it lies in others. `found` counts the records of this part alone."""

    depth: int
    words: str
    tokens: tuple[str, ...]
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The parts from the outermost in, and the whole in the engine's own words."""

    parts: tuple[Part, ...]
    engine: str


def explain(index: SearchIndex, node: Node) -> Explanation:
    """Explain a query by asking the index for each of its parts."""
    parts = tuple(
        Part(depth=depth, words=words(part), tokens=tokens(part), found=index.search(part, limit=1).total)
        for depth, part in _walk(node, 0)
    )
    return Explanation(parts=parts, engine=index.explain(node))


def tokens(node: Node) -> tuple[str, ...]:
    """What is looked for in the text: words, or for phrases pairs of characters that follow one another."""
    match node:
        case tree.Word(word):
            return (word,)
        case tree.Prefix(start):
            return (f"{start}*",)
        case tree.Phrase(units):
            return tuple(grams(units)[:-1]) or units
        case tree.Near(left, right):
            return (*tokens(tree.Phrase(left)), *tokens(tree.Phrase(right)))
    return ()


@singledispatch
def words(node: Node) -> str:
    """A part in Chinese; of what has parts itself only how they belong together."""
    raise TypeError(f"no such node: {node!r}")


@words.register
def _everything(_: tree.Everything) -> str:
    return "全部帖子"


@words.register
def _word(node: tree.Word) -> str:
    return f"有「{node.word}」这个词"


@words.register
def _phrase(node: tree.Phrase) -> str:
    return f"有「{_joined(node.units)}」这几个字"


@words.register
def _prefix(node: tree.Prefix) -> str:
    return f"有以「{node.start}」开头的词"


@words.register
def _near(node: tree.Near) -> str:
    return f"「{_joined(node.left)}」与「{_joined(node.right)}」相隔不超过 {node.distance} 个字，先后不论"


@words.register
def _field_is(node: tree.FieldIs) -> str:
    return f"{_NAMES[node.field]}是「{CLOSED.get(node.field, {}).get(node.value, node.value)}」"


@words.register
def _field_compares(node: tree.FieldCompares) -> str:
    return f"{_NAMES[node.field]} {node.comparison.value} {node.value:g}"


@words.register
def _published(node: tree.Published) -> str:
    since = f"{_time(node.start)}起" if node.start else ""
    until = f"{_time(node.end)}之前" if node.end else ""
    return f"发布于 {'，'.join(filter(None, (since, until)))}（北京时间）" if since or until else "不限时间"


@words.register
def _and(_: tree.And) -> str:
    return "同时满足"


@words.register
def _or(_: tree.Or) -> str:
    return "满足其一"


@words.register
def _not(_: tree.Not) -> str:
    return "排除"


def _walk(node: Node, depth: int) -> Iterator[tuple[int, Node]]:
    yield depth, node
    children = node.children if isinstance(node, tree.And | tree.Or) else ()
    for child in (node.child,) if isinstance(node, tree.Not) else children:
        yield from _walk(child, depth + 1)


def _joined(units: tuple[str, ...]) -> str:
    """Characters as they are written: only runs of Latin letters and digits stand apart."""
    text = ""
    for unit in units:
        text += f" {unit}" if text and text[-1].isascii() and unit[0].isascii() else unit
    return text


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
