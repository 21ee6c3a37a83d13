"""One labelled text of a public set."""

import re
from dataclasses import dataclass

from nlp.classify.encoder_text import encoder_text
from nlp.normalize import normalize

_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """`text` as the encoder reads it, `label` a number from 0, `about` what the text is judged about (may be empty)."""

    text: str
    label: int
    about: str = ""

    @property
    def story(self) -> str:
        """The letters and digits alone, or all of a text that has none: equal where texts differ in signs only."""
        return _SIGNS.sub("", self.text) or self.text


def example(text: str, label: int, *, about: str = "") -> Example:
    """An example from a text as it was posted."""
    return Example(text=encoder_text(normalize(text).text), label=label, about=encoder_text(about))
