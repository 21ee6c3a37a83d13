"""How Elasticsearch is to hold a document: fields and settings, as an index template."""

from typing import Any, Final

from indexer.search.document import COUNTS, KEYWORDS

# The analyzer that only splits at blanks: words come segmented, so that both engines hold the same tokens and no
# plugin is needed.
_WORDS: Final = {"type": "text", "analyzer": "whitespace"}
_NUMBER: Final = {"type": "long"}

MAPPING: Final[dict[str, Any]] = {
    "dynamic": "strict",
    # Nothing is stored, as the ledger has it all: the index is half as large and holds no text to read.
    "_source": {"enabled": False},
    "properties": {
        "id": _NUMBER,
        "revision": _NUMBER,
        "month": {"type": "keyword"},
        "words": {**_WORDS, "index_options": "freqs"},
        "grams": {**_WORDS, "norms": False},
        # Single characters, where NEAR looks; phrases are found by pairs, which are far rarer.
        "units": {**_WORDS, "norms": False},
        **{name: {"type": "keyword"} for name in KEYWORDS},
        **dict.fromkeys(("time", "order", *COUNTS), _NUMBER),
        "confidence": {"type": "double"},
    },
}
SETTINGS: Final[dict[str, Any]] = {
    "number_of_shards": 1,  # a month of a brand's posts is far below the size at which Lucene wants another
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",  # changes show when they are committed, all at once
}


def template(patterns: list[str]) -> dict[str, Any]:
    """The body of the index template for these names."""
    return {
        "index_patterns": patterns,
        "priority": 500,  # above the templates for everything that a cluster may have
        "template": {"settings": SETTINGS, "mappings": MAPPING},
    }
