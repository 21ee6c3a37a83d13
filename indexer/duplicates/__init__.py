"""Near-duplicates: posts that tell the same with a few words changed, found while they land."""

from indexer.duplicates.grouping import THRESHOLD, Grouping, Held, group
from indexer.duplicates.minhash import Signatures, bands, signatures
from indexer.duplicates.text import compared

# Shorter ones are too often the same by chance (怎么协商还款), which says nothing about who copied whom.
LEAST_CHARACTERS = 12

__all__ = [
    "LEAST_CHARACTERS",
    "THRESHOLD",
    "Grouping",
    "Held",
    "Signatures",
    "bands",
    "compared",
    "group",
    "signatures",
]
