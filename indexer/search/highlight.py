"""What a query found in a text: places in the text as it is shown."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.query.tree import And, Near, Node, Or, Phrase, Prefix, Word
from indexer.query.wording import Unit, Wording, wording


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` to before `end`, in characters of the shown text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text around what was found, with the places in this part; `…` stands where text was left out."""

    text: str
    spans: tuple[Span, ...]


def highlight(tree: Node, text: str) -> tuple[Span, ...]:
    """The places in a text that the query is about, in order, none overlapping; what it excludes is not shown."""
    return _merged(sorted(_spans(tree, wording(text))))


def snippet(tree: Node, text: str, *, width: int = 120) -> Snippet:
    """About `width` characters of a text, from a little before the first place found."""
    spans = highlight(tree, text)
    start = max(0, min(spans[0].start - width // 4, len(text) - width)) if spans else 0
    end = min(len(text), start + width)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    inside = tuple(
        Span(max(span.start, start) + shift, min(span.end, end) + shift)
        for span in spans
        if span.start < end and span.end > start
    )
    return Snippet(f"{before}{text[start:end]}{after}", inside)


def _spans(tree: Node, found: Wording) -> Iterator[Span]:
    if isinstance(tree, And | Or):
        for child in tree.children:
            yield from _spans(child, found)
    elif isinstance(tree, Word):
        yield from (Span(token.start, token.end) for token in found.words if token.word == tree.word)
    elif isinstance(tree, Prefix):
        yield from (Span(token.start, token.end) for token in found.words if token.word.startswith(tree.start))
    elif isinstance(tree, Phrase):
        yield from (_span(found.units, at, tree.units) for at in _places(found.units, tree.units))
    elif isinstance(tree, Near):
        yield from _near(tree, found.units)


def _near(tree: Near, units: Sequence[Unit]) -> Iterator[Span]:
    rights = list(_places(units, tree.right))
    for left in _places(units, tree.left):
        first = bisect_left(rights, left - len(tree.right) - tree.distance)
        last = bisect_right(rights, left + len(tree.left) + tree.distance)
        for right in rights[first:last]:
            gap = right - left - len(tree.left) if right > left else left - right - len(tree.right)
            if gap >= 0:
                yield _span(units, left, tree.left)
                yield _span(units, right, tree.right)


def _places(units: Sequence[Unit], phrase: Sequence[str]) -> Iterator[int]:
    texts = [unit.text for unit in units]
    wanted = list(phrase)
    for at, text in enumerate(texts[: len(texts) - len(wanted) + 1]):
        if text == wanted[0] and texts[at : at + len(wanted)] == wanted:
            yield at


def _span(units: Sequence[Unit], at: int, phrase: Sequence[str]) -> Span:
    return Span(units[at].start, units[at + len(phrase) - 1].end)


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        elif span.end > span.start:
            merged.append(span)
    return tuple(merged)
