"""Terms of the trade in a normalised text."""

import re
from functools import cache

from nlp.analysis import Term
from nlp.dictionaries import DomainTerm, domain_terms
from nlp.normalize import Normalized


def terms(normalized: Normalized) -> tuple[Term, ...]:
    """Each entry of the domain dictionary in the text, the longest at each place; offsets in the original."""
    return tuple(
        Term(entry.plain, entry.topic, *normalized.span(*match.span()))
        for match in _pattern().finditer(normalized.text)
        if (entry := _entries()[match.group()])
    )


@cache
def _entries() -> dict[str, DomainTerm]:
    return {entry.term: entry for entry in domain_terms()}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_entries(), key=len, reverse=True)
    return re.compile("|".join(re.escape(term) for term in longest_first))
