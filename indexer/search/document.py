"""A record as any search engine is given it: words, characters, labels, counts and time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from math import floor
from typing import Final

from indexer.query.wording import grams, searched_words
from indexer.record import Record

# Raised with every change of the fields below or of an engine's own: an index of another version is refused and has to
# be rebuilt.
SCHEMA_VERSION: Final = 2
KEYWORDS: Final = (
    "source",
    "author",
    "region",
    "kind",
    "sentiment",
    "urgency",
    "status",
    "overdue",
    "deleted",
    "issue",
    "brand",
    "doubt",
)
COUNTS: Final = ("likes", "replies", "views", "shares")
_TIE = 1 << 28
# Engines hold 64 bits: times before the year 881 and behind 3058, which only a source's mistake has, sort as one.
_FARTHEST = (1 << 35) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is held of a record, with its effective labels.

    `words` are the segmenter's, `units` the characters (and runs of Latin letters or digits) in their order, `grams`
    each unit with the one after it. `time` is in whole seconds since 1970 (UTC), rounded down; `order` sorts by time,
    then by id. Fields without a value are missing from `keywords` and `counts`.
    """

    id: int
    revision: int
    words: list[str]
    units: list[str]
    grams: list[str]
    time: int
    order: int
    keywords: dict[str, list[str]]
    counts: dict[str, int]
    confidence: float | None


def document(record: Record) -> Document:
    """The document of a record."""
    words, units = searched_words(record.analysed_text)
    keywords: dict[str, list[str]] = {}
    for name, value in _keywords(record):
        if value:
            keywords.setdefault(name, []).append(value)
    engagement = record.post.engagement
    counts = ((name, getattr(engagement, name)) for name in COUNTS)
    return Document(
        id=record.id,
        revision=record.revision,
        words=words,
        units=units,
        grams=grams(units),
        time=floor(record.time.timestamp()),
        order=order(record.time, record.id),
        keywords=keywords,
        counts={name: count for name, count in counts if count is not None},
        confidence=record.confidence,
    )


def order(time: datetime, record_id: int) -> int:
    """A number that sorts by time, then by id, so that a page's end is one point however the index is laid out."""
    seconds = min(max(floor(time.timestamp()), -_FARTHEST), _FARTHEST)
    return seconds * _TIE + record_id % _TIE


def _keywords(record: Record) -> Iterator[tuple[str, str | None]]:
    yield from (
        ("source", record.post.source),
        ("author", record.post.author),
        ("region", record.post.region),
        ("kind", record.kind),
        ("sentiment", record.sentiment),
        ("urgency", record.urgency),
        ("status", record.status.value),
        ("overdue", "yes" if record.is_overdue_complaint else "no"),
        ("deleted", "yes" if record.not_seen_since else "no"),
    )
    yield from (("issue", issue) for issue in record.issues)
    yield from (("brand", brand) for brand in record.brands)
    yield from (("doubt", doubt) for doubt in record.doubts)
