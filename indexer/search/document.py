"""A record as the document that tantivy holds."""

from datetime import datetime
from math import floor
from typing import Final

import tantivy

from indexer.query.wording import grams, searched_words
from indexer.record import Record

# Raised with every change of the fields below: an index of another version is refused and has to be rebuilt.
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


def make_schema() -> tantivy.Schema:
    """The fields of a document; nothing is stored, as the ledger has it all."""
    builder = tantivy.SchemaBuilder()
    # Signed, though ids are positive: tantivy-py 0.27 deletes by a term of an unsigned field without finding it.
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_integer_field("revision", fast=True)
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("grams", tokenizer_name="whitespace", index_option="position")
    for name in KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("time", "order", *COUNTS):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_float_field("confidence", indexed=True, fast=True)
    return builder.build()


def document(record: Record) -> tantivy.Document:
    """The document of a record, with its effective labels."""
    words, units = searched_words(record.analysed_text)
    made = tantivy.Document()
    made.add_integer("id", record.id)
    made.add_integer("revision", record.revision)
    # Words come segmented, joined by spaces for a tokenizer that only splits: the same tokens as pre-tokenised text,
    # in the form that Elasticsearch's whitespace analyzer takes too.
    made.add_text("words", " ".join(words))
    made.add_text("grams", " ".join(grams(units)))
    made.add_integer("time", floor(record.time.timestamp()))
    made.add_integer("order", order(record.time, record.id))
    _add_keywords(made, record)
    _add_numbers(made, record)
    return made


def order(time: datetime, record_id: int) -> int:
    """A number that sorts by time, then by id, so that a page's end is one point however the index is laid out."""
    return floor(time.timestamp()) * _TIE + record_id % _TIE


def _add_keywords(made: tantivy.Document, record: Record) -> None:
    for name, value in (
        ("source", record.post.source),
        ("author", record.post.author),
        ("region", record.post.region),
        ("kind", record.kind),
        ("sentiment", record.sentiment),
        ("urgency", record.urgency),
        ("status", record.status.value),
        ("overdue", "yes" if record.is_overdue_complaint else "no"),
        ("deleted", "yes" if record.not_seen_since else "no"),
        *(("issue", issue) for issue in record.issues),
        *(("brand", brand) for brand in record.brands),
        *(("doubt", doubt) for doubt in record.doubts),
    ):
        if value:
            made.add_text(name, value)


def _add_numbers(made: tantivy.Document, record: Record) -> None:
    engagement = record.post.engagement
    for name, count in (
        ("likes", engagement.likes),
        ("replies", engagement.replies),
        ("views", engagement.views),
        ("shares", engagement.shares),
    ):
        if count is not None:
            made.add_integer(name, count)
    if record.confidence is not None:
        made.add_float("confidence", record.confidence)
