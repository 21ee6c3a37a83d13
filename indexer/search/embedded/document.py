"""A document as tantivy holds it."""

import tantivy

from indexer.search.document import COUNTS, KEYWORDS, Document


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


def as_tantivy(document: Document) -> tantivy.Document:
    """The document as tantivy takes it."""
    made = tantivy.Document()
    made.add_integer("id", document.id)
    made.add_integer("revision", document.revision)
    # Words come segmented, joined by spaces for a tokenizer that only splits: the same tokens as pre-tokenised text,
    # in the form that Elasticsearch's whitespace analyzer takes too.
    made.add_text("words", " ".join(document.words))
    made.add_text("grams", " ".join(document.grams))
    made.add_integer("time", document.time)
    made.add_integer("order", document.order)
    for name, values in document.keywords.items():
        for value in values:
            made.add_text(name, value)
    for name, count in document.counts.items():
        made.add_integer(name, count)
    if document.confidence is not None:
        made.add_float("confidence", document.confidence)
    return made
