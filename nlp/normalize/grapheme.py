"""Ranges of the original that never cut what a reader sees as one character: 👨‍👩‍👧, 7️⃣, é written as two, CR LF.

The borders are those of Unicode's extended grapheme clusters (UAX 29), as the library `regex` finds them.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import regex

from nlp.normalize.draft import Normalized

# Texts of these characters alone, as nearly all are, have no cluster of several.
_MAY_JOIN = re.compile(r"[^\n\t -~ -ʯ‐-‧‰-⁞₠-⃏℀-⯿　-〩〰-゘゛-꓿가-힣豈-﫿︰-﻾！-･￠-￮]")
_CLUSTER = regex.compile(r"\X")


def whole_characters(normalized: Normalized, original: str) -> Normalized:
    """The same text with each range widened to whole clusters of the original."""
    if not _MAY_JOIN.search(original):
        return normalized
    borders = [0, *(match.end() for match in _CLUSTER.finditer(original))]
    if len(borders) == len(original) + 1:
        return normalized
    first, last = _borders(borders)
    return Normalized(
        normalized.text, [first[start] for start in normalized.starts], [last[end] for end in normalized.ends]
    )


def _borders(borders: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each offset, the border at or before it and the border at or behind it."""
    first, last = [0], [0]
    for start, end in pairwise(borders):
        first += [start] * (end - start - 1) + [end]
        last += [end] * (end - start)
    return first, last
