"""What two posts are compared by: their letters, without what copies are decorated with."""

import re
import unicodedata

# Marks that the masker left (〔手机号〕), hashtags (#标签#, #标签), mentions and links say nothing about the wording.
_DECORATION = re.compile(r"〔[^〔〕]{1,12}〕|#[^#\n]{1,40}#|#[^\s#，。,.]{1,40}|@\S{1,30}|https?://\S+")
_DIGITS = re.compile(r"\d+")
_SIGNS = re.compile(r"[\W_]+")
MOST_CHARACTERS = 5000


def compared(text: str) -> str:
    """The letters of a text, half-width and lower case, every number as 0: another amount is the same story.

    At most `MOST_CHARACTERS`, so that one long article does not hold up the others.
    """
    plain = unicodedata.normalize("NFKC", text[: 2 * MOST_CHARACTERS]).lower()
    bare = _SIGNS.sub("", _DIGITS.sub("0", _DECORATION.sub(" ", plain)))
    return bare[:MOST_CHARACTERS]
