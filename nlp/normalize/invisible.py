"""Characters that nobody sees, and strokes that are laid over others: zero-width and control marks, s̶t̶r̶i̶k̶e̶s̶, frames."""

import re

from nlp.normalize.draft import Edit

CHARACTERS = (
    "\x00-\x08\x0b-\x1f\x7f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\u0334-\u0338\u034f\u115f\u1160\u17b4\u17b5\u20d0-\u20f0\u3164\uffa0\ufff9-\ufffb"
    "\U000e0001-\U000e01ef"
)
_INVISIBLE = re.compile(f"[{CHARACTERS}]")


def edits(text: str) -> list[Edit]:
    """Remove each; tabs and line feeds stay."""
    return [Edit(match.start(), match.end(), "") for match in _INVISIBLE.finditer(text)]
