"""Finding: a fact with its place in the normalised text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`dated`: whether the figure is about the period that its sentence names."""

    kind: str
    value: float | str
    unit: str
    start: int
    end: int
    dated: bool = False
