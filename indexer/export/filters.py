"""A query as it was understood, as plain JSON, for the side file of an export."""

from datetime import datetime
from typing import Any

from indexer.query import tree
from indexer.query.values import SHANGHAI


def filters(node: tree.Node) -> dict[str, Any]:
    """The tree of a query; times in Asia/Shanghai."""
    match node:
        case tree.And(children):
            return {"and": [filters(child) for child in children]}
        case tree.Or(children):
            return {"or": [filters(child) for child in children]}
        case tree.Not(child):
            return {"not": filters(child)}
    return _condition(node) or _wording(node)


def _condition(node: tree.Node) -> dict[str, Any]:
    match node:
        case tree.FieldIs(field, value):
            return {"field": field, "is": value}
        case tree.FieldCompares(field, comparison, value):
            return {"field": field, comparison.value: value}
        case tree.Published(start, end):
            return {"published": {"from": _local(start), "before": _local(end)}}
    return {}


def _wording(node: tree.Node) -> dict[str, Any]:
    match node:
        case tree.Word(word):
            return {"word": word}
        case tree.Prefix(start):
            return {"prefix": start}
        case tree.Phrase(units):
            return {"phrase": list(units)}
        case tree.Near(left, right, distance):
            return {"near": [list(left), list(right)], "distance": distance}
    return {"everything": True}


def _local(time: datetime | None) -> str | None:
    return None if time is None else time.astimezone(SHANGHAI).isoformat()
