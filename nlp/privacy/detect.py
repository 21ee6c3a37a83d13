"""Find personal data that may not leave the evidence: every detector in turn, until nothing new turns up.

A detector is a module with `detect(text)`, which reads plain text (see `nlp.privacy.plain`). Where two findings
overlap, the one of the earlier detector stays. What is found becomes a mark before the next round: a name beside
〔手机号〕 is found in the second, and masking a masked text changes nothing.
"""

from nlp.privacy import accounts, addresses, figures, names, papers
from nlp.privacy.finding import Detector, PersonalData
from nlp.privacy.plain import plain

_DETECTORS: tuple[Detector, ...] = (
    papers.detect,
    accounts.detect,
    figures.detect,
    addresses.detect,
    names.detect,
)

# Two or three are usual; only a text made to keep a masker busy needs more.
_MOST_ROUNDS = 50


def find(text: str) -> list[PersonalData]:
    """Personal data in the order of the text, without overlaps; offsets are characters of the text as it was given."""
    return _found(text)[0]


def mask(text: str) -> str:
    """The text with personal data replaced by its kind: `电话〔手机号〕`; masking a masked text changes nothing."""
    return _found(text)[1]


def _found(text: str) -> tuple[list[PersonalData], str]:
    found: list[PersonalData] = []
    masked = text
    for _ in range(_MOST_ROUNDS):
        fresh = _round(masked)
        if not fresh:
            break
        found = _merged(found, fresh)
        masked = _marked(text, found)
    return found, masked


def _round(text: str) -> list[PersonalData]:
    """Findings of one reading, in the order of the text."""
    draft = plain(text)
    kept: list[PersonalData] = []
    taken = bytearray()  # made with the first finding: most posts hold none
    for detect in _DETECTORS:
        for finding in detect(draft.text):
            taken = taken or bytearray(len(draft.text))
            if 1 not in taken[finding.start : finding.end]:
                taken[finding.start : finding.end] = b"\x01" * (finding.end - finding.start)
                kept.append(finding)
    kept.sort(key=lambda finding: finding.start)
    return [PersonalData(finding.kind, *draft.span(finding.start, finding.end)) for finding in kept]


def _merged(found: list[PersonalData], fresh: list[PersonalData]) -> list[PersonalData]:
    """Old findings and those of the masked text, whose offsets are put back to the text as it was given."""
    merged: list[PersonalData] = []
    shift, waiting = 0, list(reversed(found))
    for finding in fresh:
        while waiting and waiting[-1].start <= finding.start + shift:
            old = waiting.pop()
            shift += old.end - old.start - len(_mark(old))
            merged.append(old)
        merged.append(PersonalData(finding.kind, finding.start + shift, finding.end + shift))
    return [*merged, *reversed(waiting)]


def _marked(text: str, found: list[PersonalData]) -> str:
    parts: list[str] = []
    position = 0
    for finding in found:
        parts += (text[position : finding.start], _mark(finding))
        position = finding.end
    return "".join((*parts, text[position:]))


def _mark(finding: PersonalData) -> str:
    return f"〔{finding.kind}〕"
