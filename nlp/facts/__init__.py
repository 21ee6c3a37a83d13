"""Figures and dates that a text states; one kind of fact a file, each with `find(text) -> Iterator[Finding]`."""

from dataclasses import replace

from nlp.analysis import Fact
from nlp.facts import amounts, channels, dates, durations, founding, rates
from nlp.facts.finding import Finding
from nlp.facts.periods import period_before
from nlp.normalize import Normalized

__all__ = ["KINDS", "facts"]

_READERS = (founding, rates, amounts, durations, dates, channels)
KINDS = tuple(kind for reader in _READERS for kind in reader.KINDS)


def facts(original: str, normalized: Normalized) -> tuple[Fact, ...]:
    """The facts of a text in its order; offsets and `text` are those of the original."""
    found = [finding for reader in _READERS for finding in reader.find(normalized.text)]
    found.sort(key=lambda finding: (finding.start, finding.end))
    return tuple(_fact(original, normalized, finding) for finding in found)


def _fact(original: str, normalized: Normalized, finding: Finding) -> Fact:
    start, end = normalized.span(finding.start, finding.end)
    fact = Fact(finding.kind, finding.value, finding.unit, original[start:end], start, end)
    return replace(fact, period=period_before(normalized.text, finding.start)) if finding.dated else fact
