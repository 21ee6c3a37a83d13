"""Finding: a fact with its place in the normalised text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`dated`: the figure is about the period that its sentence names.

    `told`: whether it happened is for the words around it to say; `done`: to whom, too (the conduct of collectors).
    """

    kind: str
    value: float | str
    unit: str
    start: int
    end: int
    dated: bool = False
    role: str | None = None
    told: bool = False
    done: bool = False


def conduct(kind: str, start: int, end: int, *, value: str = "") -> Finding:
    """Something that collectors do."""
    return Finding(kind, value, "", start, end, told=True, done=True)
