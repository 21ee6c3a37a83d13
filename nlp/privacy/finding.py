"""What a detector hands on: a personal datum of a text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One finding; `kind` is the word shown in the mask, offsets are of the text that was searched."""

    kind: str
    start: int
    end: int


Detector = Callable[[str], Iterator[PersonalData]]
