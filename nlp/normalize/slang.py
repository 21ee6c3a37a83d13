"""Slang that sounds or looks like an ordinary word (玉器三个月, 4了, 亖了, yq款): only what stands around it tells."""

import re
from functools import cache

from nlp.dictionaries import Slang, slang
from nlp.normalize.draft import Edit

_NEAR = 12


def edits(text: str) -> list[Edit]:
    """One edit for each word of `slang.tsv` that stands where its row says."""
    if not _pattern().search(text):
        return []
    found = ((match, _plain(text, match)) for match in _pattern().finditer(text))
    return [Edit(*match.span(), plain) for match, plain in found if plain]


def _plain(text: str, match: re.Match[str]) -> str:
    before, after = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
    for entry, left, right in _entries()[match.group().lower()]:
        if left.search(before) and right.match(after):
            return entry.plain
    return ""


@cache
def _entries() -> dict[str, list[tuple[Slang, re.Pattern[str], re.Pattern[str]]]]:
    entries: dict[str, list[tuple[Slang, re.Pattern[str], re.Pattern[str]]]] = {}
    for entry in slang():
        left = re.compile(f"(?:{entry.before})$", re.IGNORECASE)
        entries.setdefault(entry.written, []).append((entry, left, re.compile(entry.after, re.IGNORECASE)))
    return entries


@cache
def _pattern() -> re.Pattern[str]:
    written = {form for entry in _entries() for form in (entry, entry.upper())}  # faster than ignoring case
    return re.compile("|".join(map(re.escape, sorted(written, key=len, reverse=True))))
