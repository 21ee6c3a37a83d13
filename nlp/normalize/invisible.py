"""Characters that nobody sees: zero-width, byte order marks, bidirectional and control marks."""

import re

from nlp.normalize.draft import Edit

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)


def edits(text: str) -> list[Edit]:
    """Remove each; tabs and line feeds stay."""
    return [Edit(match.start(), match.end(), "") for match in _INVISIBLE.finditer(text)]
