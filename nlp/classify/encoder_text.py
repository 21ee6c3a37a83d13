"""What the encoder reads: its vocabulary has no capitals, no typographic quotes and dashes and few emoji."""

import re

import emoji

_SIGNS = str.maketrans({"“": '"', "”": '"', "「": '"', "」": '"', "‘": "'", "’": "'", "…": "...", "—": "-", "～": "~"})
_SPACE = re.compile(r"\s+")


def encoder_text(normalized: str) -> str:
    """A normalised text in the characters of the encoder's vocabulary; emoji become their Chinese names."""
    text = normalized.translate(_SIGNS).lower()
    if not text.isascii() and emoji.emoji_count(text):
        text = emoji.demojize(text, delimiters=("[", "]"), language="zh")
    return _SPACE.sub(" ", text).strip()
