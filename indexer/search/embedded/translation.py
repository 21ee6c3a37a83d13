"""A query tree as tantivy's query."""

from collections.abc import Sequence
from functools import singledispatchmethod
from math import ceil, floor

import tantivy
from tantivy import FieldType, Occur, Query

from indexer.query import tree
from indexer.query.tree import Comparison, Node
from indexer.query.wording import grams

_BELOW = (Comparison.LESS, Comparison.AT_MOST, Comparison.EQUAL)
_ABOVE = (Comparison.MORE, Comparison.AT_LEAST, Comparison.EQUAL)
_EXCLUSIVE = (Comparison.LESS, Comparison.MORE)
_Terms = list[str | tuple[int, str]]


class Translation:
    """Translates for an index with this schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    @singledispatchmethod
    def query(self, node: Node) -> Query:
        """The tantivy query that finds what the tree means."""
        raise TypeError(f"no such node: {node!r}")

    @query.register
    def _everything(self, _: tree.Everything) -> Query:
        return Query.all_query()

    @query.register
    def _word(self, node: tree.Word) -> Query:
        return Query.term_query(self._schema, "words", node.word, "freq")

    @query.register
    def _phrase(self, node: tree.Phrase) -> Query:
        pairs = _pairs(node.units)
        if not pairs:
            return Query.regex_query(self._schema, "grams", f"{node.units[0]}_.*")
        if len(pairs) == 1:
            return Query.term_query(self._schema, "grams", pairs[0][1], "position")
        return Query.phrase_query(self._schema, "grams", [*pairs])

    @query.register
    def _prefix(self, node: tree.Prefix) -> Query:
        return Query.regex_query(self._schema, "words", f"{_escaped(node.start)}.*")

    @query.register
    def _near(self, node: tree.Near) -> Query:
        # Both phrases first: they are few, and only in what they find the distances are tried.
        must = [self.query(tree.Phrase(units)) for units in (node.left, node.right)]
        apart = [
            self._apart(one, other, distance)
            for one, other in ((node.left, node.right), (node.right, node.left))
            for distance in range(node.distance + 1)
        ]
        return _boolean(Occur.Must, [*must, _boolean(Occur.Should, apart)])

    @query.register
    def _field_is(self, node: tree.FieldIs) -> Query:
        return Query.term_query(self._schema, node.field, node.value, "basic")

    @query.register
    def _field_compares(self, node: tree.FieldCompares) -> Query:
        lower = node.value if node.comparison in _ABOVE else None
        upper = node.value if node.comparison in _BELOW else None
        inclusive = node.comparison not in _EXCLUSIVE
        if node.field != "confidence":
            return self._whole(node.field, lower, upper, inclusive=inclusive)
        with_lower, with_upper = inclusive or lower is None, inclusive or upper is None
        return Query.range_query(self._schema, "confidence", FieldType.Float, lower, upper, with_lower, with_upper)

    @query.register
    def _published(self, node: tree.Published) -> Query:
        if node.start is None and node.end is None:
            return Query.all_query()
        # Times are held in whole seconds, rounded down.
        least = None if node.start is None else ceil(node.start.timestamp())
        most = None if node.end is None else ceil(node.end.timestamp()) - 1
        return self._range("time", least, most)

    @query.register
    def _and(self, node: tree.And) -> Query:
        # Tantivy finds nothing by exclusion alone, so "everything but" is spelt out.
        wanted = [self.query(child) for child in node.children if not isinstance(child, tree.Not)]
        unwanted = [self.query(child.child) for child in node.children if isinstance(child, tree.Not)]
        must = [(Occur.Must, query) for query in wanted or [Query.all_query()]]
        return Query.boolean_query([*must, *((Occur.MustNot, query) for query in unwanted)])

    @query.register
    def _or(self, node: tree.Or) -> Query:
        return _boolean(Occur.Should, [self.query(child) for child in node.children])

    @query.register
    def _not(self, node: tree.Not) -> Query:
        return self.query(tree.And((node,)))

    def _apart(self, one: Sequence[str], other: Sequence[str], distance: int) -> Query:
        """One phrase and the other behind it with exactly so many characters between."""
        terms: _Terms = [*_terms(one, 0), *_terms(other, len(one) + distance)]
        if len(one) > 1 and len(other) > 1:
            return Query.phrase_query(self._schema, "grams", terms)
        return Query.regex_phrase_query(self._schema, "grams", terms)

    def _whole(self, field: str, lower: float | None, upper: float | None, *, inclusive: bool) -> Query:
        """A range of whole numbers between bounds that may lie between two of them."""
        least = None if lower is None else ceil(lower) if inclusive else floor(lower) + 1
        most = None if upper is None else floor(upper) if inclusive else ceil(upper) - 1
        return self._range(field, least, most)

    def _range(self, field: str, least: int | None, most: int | None) -> Query:
        if least is not None and most is not None and least > most:
            return Query.empty_query()
        return Query.range_query(self._schema, field, FieldType.Integer, least, most)


def _boolean(occur: Occur, queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(occur, query) for query in queries])


def _pairs(units: Sequence[str]) -> list[tuple[int, str]]:
    """The pairs that pin a phrase down, with their places: every second one, and the last."""
    pairs = list(enumerate(grams(units)))[:-1]
    return [*pairs[:-1:2], *pairs[-1:]]


def _terms(units: Sequence[str], ahead: int) -> list[tuple[int, str]]:
    pairs = _pairs(units) or [(0, f"{units[0]}_.*")]
    return [(place + ahead, term) for place, term in pairs]


def _escaped(text: str) -> str:
    return "".join(character if character.isalnum() else f"\\{character}" for character in text)
