"""A document as Elasticsearch takes it."""

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from indexer.query.values import SHANGHAI
from indexer.record import Record
from indexer.search.document import Document

_FIRST_MONTH = "200001"
# Elasticsearch's whitespace analyzer cuts a longer token in two, which would shift whatever stands behind it.
_LONGEST = 255  # UTF-16 code units, of which a character outside the common ones takes two
_KEPT = 100


def as_source(document: Document, month: str) -> dict[str, Any]:
    """The fields of a document that is held among a month's."""
    return {
        "id": document.id,
        "revision": document.revision,
        "month": month,
        "words": " ".join(map(token, document.words)),
        "grams": " ".join(map(token, document.grams)),
        "units": " ".join(map(token, document.units)),
        "time": document.time,
        "order": document.order,
        "confidence": document.confidence,
        **document.keywords,
        **document.counts,
    }


def month_of(record: Record) -> str:
    """The month (`YYYYMM` in Asia/Shanghai) among whose records this one is held: that of its time.

    A time behind the moment at which a crawl first saw the post is the source's mistake, as is one of before the web
    was read: neither is to make an index of its own.
    """
    time = min(record.time, record.first_seen)
    return max(f"{_shanghai(time):%Y%m}", _FIRST_MONTH)


def token(text: str) -> str:
    """A word, pair or character as it is held: one that is too long is shortened, and told apart by a digest."""
    if len(text) * 2 <= _LONGEST or len(text.encode("utf-16-le")) <= _LONGEST * 2:
        return text
    return f"{text[:_KEPT]}#{blake2b(text.encode(), digest_size=16).hexdigest()}"


def token_start(text: str) -> str:
    """The beginning of words as they are held."""
    return text[:_KEPT]


def _shanghai(time: datetime) -> datetime:
    # Before year 1000 `%Y` writes fewer than four digits, and the earliest times have no place in Asia/Shanghai.
    return max(time, datetime(1900, 1, 1, tzinfo=UTC)).astimezone(SHANGHAI)
