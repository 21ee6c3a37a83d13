"""Figures, dates and conduct that a text states; one kind a file.

Each file has `KINDS` and `find(text) -> Iterator[Finding]`; the registry below lists them.
"""

from collections.abc import Iterable
from dataclasses import replace

from nlp.analysis import Fact
from nlp.facts import amounts, calls, channels, conduct, dates, deadlines, durations, founding, rates, stages
from nlp.facts.claims import is_negated, modality
from nlp.facts.finding import Finding
from nlp.facts.people import background, whose
from nlp.facts.periods import period_before
from nlp.normalize import Normalized

__all__ = ["KINDS", "facts"]

_FIGURES = (founding, rates, amounts, durations, stages, calls, deadlines, dates, channels)
_READERS = (*_FIGURES, *conduct.READERS)
KINDS = tuple(kind for reader in _READERS for kind in reader.KINDS)

# A date that makes a deadline is told once, and so is the court that somebody passes for.
_COVERED_BY = {"date": "deadline", "complaint_channel": "impersonation", "violence": "threat"}


def facts(original: str, normalized: Normalized) -> tuple[Fact, ...]:
    """The facts of a text in its order; offsets and `text` are those of the original."""
    found = [finding for reader in _READERS for finding in reader.find(normalized.text)]
    if not found:
        return ()
    found = _without_covered(found)
    found.sort(key=lambda finding: (finding.start, finding.end))
    affair = background(normalized.text) if any(finding.done for finding in found) else "author"
    return tuple(_fact(original, normalized, finding, affair) for finding in found)


def _without_covered(found: Iterable[Finding]) -> list[Finding]:
    """Without those that are only a part of another fact, and without the second of two of the same kind and place."""
    kept: list[Finding] = []
    ends: dict[str, int] = {}
    for finding in sorted(found, key=lambda finding: (finding.start, finding.kind in _COVERED_BY, -finding.end)):
        cover = _COVERED_BY.get(finding.kind)
        if finding.start < ends.get(finding.kind, 0) or (cover and finding.end <= ends.get(cover, 0)):
            continue
        ends[finding.kind] = max(finding.end, ends.get(finding.kind, 0))
        kept.append(finding)
    return kept


def _fact(original: str, normalized: Normalized, finding: Finding, affair: str) -> Fact:
    text = normalized.text
    start, end = normalized.span(finding.start, finding.end)
    fact = Fact(finding.kind, finding.value, finding.unit, original[start:end], start, end, role=finding.role)
    if finding.dated:
        return replace(fact, period=period_before(text, finding.start))
    return _as_told(fact, text, finding, affair) if finding.told else fact


def _as_told(fact: Fact, text: str, finding: Finding, affair: str) -> Fact:
    may_be = modality(text, finding)
    negated = may_be is None and is_negated(text, finding.start)
    if not finding.done:
        return replace(fact, negated=negated, modality=may_be)
    person = whose(text, finding.start, finding.end, negated=negated, background=affair)
    return replace(fact, negated=negated, modality=may_be, whose=person)
