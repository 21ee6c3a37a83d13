"""A query tree as Elasticsearch's query."""

from collections.abc import Sequence
from functools import singledispatch
from math import ceil, floor
from typing import Any

from indexer.errors import SearchIndexError
from indexer.query import tree
from indexer.query.tree import Comparison, Node
from indexer.query.wording import grams
from indexer.search.elasticsearch.documents import token, token_start

Query = dict[str, Any]

_NOTHING: Query = {"match_none": {}}
_BOUNDS = {
    Comparison.LESS: ("lt",),
    Comparison.AT_MOST: ("lte",),
    Comparison.MORE: ("gt",),
    Comparison.AT_LEAST: ("gte",),
    Comparison.EQUAL: ("gte", "lte"),
}
# A node refuses deeper ones (indices.query.bool.max_nested_depth); what this module adds below a leaf is left room for.
_DEEPEST = 24


def as_query(node: Node) -> Query:
    """The query that finds what the tree means; `SearchIndexError` where it is nested deeper than a node allows."""
    query = _query(node)
    if _depth(query) > _DEEPEST:
        raise SearchIndexError(f"括号和 NOT 套得太深，Elasticsearch 最多 {_DEEPEST} 层；请把查询拆开")
    return query


@singledispatch
def _query(node: Node) -> Query:
    raise TypeError(f"no such node: {node!r}")


@_query.register
def _everything(_: tree.Everything) -> Query:
    return {"match_all": {}}


@_query.register
def _word(node: tree.Word) -> Query:
    return {"term": {"words": token(node.word)}}


@_query.register
def _phrase(node: tree.Phrase) -> Query:
    if len(node.units) == 1:
        return {"term": {"units": token(node.units[0])}}
    pairs = [token(pair) for pair in grams(node.units)[:-1]]
    if len(pairs) == 1:
        return {"term": {"grams": pairs[0]}}
    return {"match_phrase": {"grams": " ".join(pairs)}}


@_query.register
def _prefix(node: tree.Prefix) -> Query:
    return {"prefix": {"words": token_start(node.start)}}


@_query.register
def _near(node: tree.Near) -> Query:
    # Both phrases first: they are few, and only in what they find the distances are measured.
    both = [_query(tree.Phrase(units)) for units in (node.left, node.right)]
    left, right = _span(node.left), _span(node.right)
    # Two ordered ones rather than one unordered, whose clauses may lie in one another.
    orders = [_ordered((left, right), node.distance), _ordered((right, left), node.distance)]
    return {"bool": {"must": both, "filter": [_any(orders)]}}


@_query.register
def _field_is(node: tree.FieldIs) -> Query:
    return {"term": {node.field: node.value}}


@_query.register
def _field_compares(node: tree.FieldCompares) -> Query:
    if node.field == "confidence":
        return {"range": {node.field: dict.fromkeys(_BOUNDS[node.comparison], node.value)}}
    return _whole(node)


@_query.register
def _published(node: tree.Published) -> Query:
    # Times are held in whole seconds, rounded down.
    bounds = {
        **({} if node.start is None else {"gte": ceil(node.start.timestamp())}),
        **({} if node.end is None else {"lte": ceil(node.end.timestamp()) - 1}),
    }
    return {"range": {"time": bounds}} if bounds else {"match_all": {}}


@_query.register
def _and(node: tree.And) -> Query:
    wanted = [_query(child) for child in node.children if not isinstance(child, tree.Not)]
    unwanted = [_query(child.child) for child in node.children if isinstance(child, tree.Not)]
    if len(wanted) == 1 and not unwanted:
        return wanted[0]
    return {"bool": {**({"must": wanted} if wanted else {}), **({"must_not": unwanted} if unwanted else {})}}


@_query.register
def _or(node: tree.Or) -> Query:
    return _any([_query(child) for child in node.children])


@_query.register
def _not(node: tree.Not) -> Query:
    if isinstance(node.child, tree.Not):
        return _query(node.child.child)
    return {"bool": {"must_not": [_query(node.child)]}}


def _whole(node: tree.FieldCompares) -> Query:
    """Whole numbers between bounds that may lie between two of them."""
    match node.comparison:
        case Comparison.LESS:
            return _range(node.field, lte=ceil(node.value) - 1)
        case Comparison.AT_MOST:
            return _range(node.field, lte=floor(node.value))
        case Comparison.MORE:
            return _range(node.field, gte=floor(node.value) + 1)
        case Comparison.AT_LEAST:
            return _range(node.field, gte=ceil(node.value))
    return _NOTHING if node.value % 1 else {"term": {node.field: int(node.value)}}


def _range(field: str, **bounds: int) -> Query:
    return {"range": {field: bounds}}


def _any(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def _span(units: Sequence[str]) -> Query:
    terms: list[Query] = [{"span_term": {"units": token(unit)}} for unit in units]
    return terms[0] if len(terms) == 1 else _ordered(terms, 0)


def _ordered(clauses: Sequence[Query], slop: int) -> Query:
    return {"span_near": {"clauses": list(clauses), "slop": slop, "in_order": True}}


def _depth(query: Any) -> int:
    """How many queries lie within one another."""
    if isinstance(query, list):
        return max(map(_depth, query), default=0)
    if not isinstance(query, dict):
        return 0
    return max(map(_depth, query.values()), default=0) + ("bool" in query)
