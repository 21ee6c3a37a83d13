"""A long text in passages of whole sentences: what carries a label is looked for in the passage that says it most."""

import re

# A text up to this long is one passage: to try every word of a passage costs as much as its length squared.
LONGEST = 150
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+|[^。！？!?；;\n]+")


def passages(text: str) -> list[tuple[int, int]]:
    """(start, end) of passages of at most `LONGEST` characters that together are the text."""
    found: list[tuple[int, int]] = []
    for start, end in _sentences(text):
        if found and end - found[-1][0] <= LONGEST:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    """Sentences, cut where one is longer than a passage."""
    return [
        (start, min(start + LONGEST, match.end()))
        for match in _SENTENCE.finditer(text)
        for start in range(match.start(), match.end(), LONGEST)
    ]
