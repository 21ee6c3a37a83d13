"""Letters, digits and the signs used inside figures (１２．５％) to their ordinary width and shape (𝟏𝟐, ⓨⓠ).

So are radicals that look like a character (⽹ for 网).
Chinese punctuation (，。！？：；（）) stays: it is right in Chinese text.
"""

import re
import unicodedata

from nlp.normalize.draft import Edit

CHARACTERS = "０-９Ａ-Ｚａ-ｚ％＋＝＠＃＄＆＊＿／．－\u3000\u2f00-\u2fd5ⓐ-ⓩⒶ-Ⓩ\U0001d400-\U0001d7ff"
_WIDE = re.compile(f"[{CHARACTERS}]")


def edits(text: str) -> list[Edit]:
    """One edit a character."""
    return [Edit(match.start(), match.end(), _narrow(match.group())) for match in _WIDE.finditer(text)]


def _narrow(character: str) -> str:
    return unicodedata.normalize("NFKC", character)
