"""Sending many changes at once: by size, slower when the node is pressed, each change told apart."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from elasticsearch.helpers import streaming_bulk

from indexer.errors import IndexUnavailableError
from indexer.search.elasticsearch.connection import Connection

# What a node of 512 MiB takes without being pressed (it refuses above a tenth of its heap in flight, with all else).
MAX_BYTES: Final = 5_000_000
MAX_CHANGES: Final = 1000
# 0.5 + 1 + 2 + 4 + 8 + 16 + 16 seconds: longer than a merge or a collection of garbage, then the worker waits instead.
_RETRIES = 7
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 16.0
_CONFLICT, _MISSING, _PRESSED = 409, 404, 429


class Change(NamedTuple):
    """A document to be held in a revision (`source`), or no longer up to that revision (`None`)."""

    target: str
    record_id: int
    revision: int
    source: Mapping[str, Any] | None


class Outcome(NamedTuple):
    """What became of the changes that did not happen: those without an index, and the reasons of those refused."""

    without_index: list[Change]
    refused: dict[int, str]


def send(connection: Connection, changes: Iterable[Change], *, to_aliases: bool, max_bytes: int = MAX_BYTES) -> Outcome:
    """Send changes; an older revision than the one held changes nothing, and neither does a removal of one.

    A node that is pressed (429) is asked again, ever later; `IndexUnavailableError` where it stays so or goes away.
    With `to_aliases` a target that is no alias is told instead of being made.
    """
    sent: dict[tuple[str, int], Change] = {}
    outcome = Outcome([], {})
    with connection.asking() as client:
        answers = streaming_bulk(
            client,
            _remembered(changes, sent),
            expand_action_callback=_expanded,
            chunk_size=MAX_CHANGES,
            max_chunk_bytes=max_bytes,
            max_retries=_RETRIES,
            initial_backoff=_FIRST_WAIT,
            max_backoff=_LONGEST_WAIT,
            raise_on_error=False,
            yield_ok=False,
            require_alias=to_aliases,
        )
        for _, answer in answers:
            ((action, found),) = answer.items()
            _note(outcome, action, found, sent)
    return outcome


def _remembered(changes: Iterable[Change], sent: dict[tuple[str, int], Change]) -> Iterator[Any]:
    for change in changes:
        sent[change.target, change.record_id] = change
        yield change


def _expanded(change: Any) -> tuple[dict[str, Any], Any]:
    about = {
        "_index": change.target,
        "_id": str(change.record_id),
        "version": change.revision,
        "version_type": "external_gte",
    }
    return ({"delete": about}, None) if change.source is None else ({"index": about}, change.source)


def _note(outcome: Outcome, action: str, found: Mapping[str, Any], sent: Mapping[tuple[str, int], Change]) -> None:
    status, error = int(found["status"]), found.get("error")
    kind = error.get("type", "") if isinstance(error, dict) else str(error or "")
    if status == _CONFLICT or (status == _MISSING and action == "delete"):
        return  # a later revision is held, or nothing that could be removed
    record_id = int(found["_id"])
    if status == _MISSING:
        outcome.without_index.append(sent[found["_index"], record_id])
    elif status == _PRESSED or status >= 500:
        raise IndexUnavailableError(f"Elasticsearch 写不进去（{status} {kind}）。帖子都在台账里，恢复后自动补上")
    else:
        # Only the kind of the error: its reason may quote the post.
        outcome.refused[record_id] = f"Elasticsearch 不收（{status} {kind}）"
