"""Several terms of the trade spelt in one run of letters: wangdaicuishou is 网贷催收. A single one is `evasion`'s."""

import re
from functools import cache

from nlp.dictionaries import evaded_terms
from nlp.normalize.draft import Edit
from nlp.normalize.sound import term_syllables

_LETTERS = re.compile("[A-Za-z]{8}")
_LONG_RUN = re.compile(r"(?<![A-Za-z0-9@./_-])[A-Za-z]{8,}(?![A-Za-z0-9@._-])")


def edits(text: str) -> list[Edit]:
    """One edit a run that is made of the readings of two terms or more."""
    if not _LETTERS.search(text):
        return []
    found = ((match, _spelt(match.group().lower())) for match in _LONG_RUN.finditer(text))
    return [Edit(*match.span(), terms) for match, terms in found if terms]


def _spelt(run: str) -> str:
    if not _runs().fullmatch(run):
        return ""
    return "".join(_terms()[reading] for reading in _one().findall(run))


@cache
def _terms() -> dict[str, str]:
    terms: dict[str, str] = {}
    for term in evaded_terms():
        terms.setdefault("".join(heard[-1] for heard in term_syllables(term)), term)
    return terms


@cache
def _one() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_terms(), key=len, reverse=True)))


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"(?:{_one().pattern}){{2,}}")
