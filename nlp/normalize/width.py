"""Full-width letters, digits and the signs used inside figures (１２．５％) to their ordinary width.

Chinese punctuation (，。！？：；（）) stays: it is right in Chinese text.
"""

import re
import unicodedata

from nlp.normalize.draft import Edit

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％＋＝＠＃＄＆＊＿／．－]|\u3000")


def edits(text: str) -> list[Edit]:
    """One edit a character."""
    return [Edit(match.start(), match.end(), _narrow(match.group())) for match in _WIDE.finditer(text)]


def _narrow(character: str) -> str:
    return unicodedata.normalize("NFKC", character)
