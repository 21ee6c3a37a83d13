"""Ranges of the original that never cut what a reader sees as one character: 👨‍👩‍👧, 7️⃣, é written as two, CR LF.

The borders are those of Unicode's extended grapheme clusters (UAX 29), as the library `regex` finds them.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import regex

from nlp.normalize.draft import Normalized

# Texts of these characters alone, as nearly all are, have no cluster of several. Given by number, since an editor may
# put another character for one that looks the same.
_MAY_JOIN = re.compile(
    r"[^\n\t -~\u00a0-\u02af\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2100-\u2bff\u3000-\u3029\u3030-\u3098"
    r"\u309b-\ua4ff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufefe\uff01-\uff65\uffe0-\uffee]"
)
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
