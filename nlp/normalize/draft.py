"""Normalized: a text under repair that knows, for every character, where it came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `text[start:end]` by `replacement`; `start == end` inserts."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Normalized:
    """A restored text with, for each character, the range of the original that it stands for.

    `starts[i]` and `ends[i]` are character offsets in the original; a restored character that the original lacks has
    an empty range.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original behind `text[start:end]` (`start < end`)."""
        return self.starts[start], max(self.ends[start:end])


def unchanged(text: str) -> Normalized:
    """A text in which every character stands for itself."""
    return Normalized(text, range(len(text)), range(1, len(text) + 1))


def apply(draft: Normalized, edits: Iterable[Edit]) -> Normalized:
    """Carry out edits (in order of `start`, not overlapping; offsets in `draft.text`) and keep the map."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for edit in edits:
        parts += (draft.text[position : edit.start], edit.replacement)
        starts += draft.starts[position : edit.start]
        ends += draft.ends[position : edit.start]
        edit_starts, edit_ends = _ranges(draft, edit)
        starts += edit_starts
        ends += edit_ends
        position = edit.end
    if not parts:
        return draft
    parts.append(draft.text[position:])
    starts += draft.starts[position:]
    ends += draft.ends[position:]
    return Normalized("".join(parts), starts, ends)


def _ranges(draft: Normalized, edit: Edit) -> tuple[Sequence[int], Sequence[int]]:
    """Character by character where the lengths agree, else the whole replaced range for each new character."""
    size = len(edit.replacement)
    if size == edit.end - edit.start:
        return draft.starts[edit.start : edit.end], draft.ends[edit.start : edit.end]
    if edit.start == edit.end:
        at = draft.ends[edit.start - 1] if edit.start else 0
        return [at] * size, [at] * size
    return [draft.starts[edit.start]] * size, [max(draft.ends[edit.start : edit.end])] * size
