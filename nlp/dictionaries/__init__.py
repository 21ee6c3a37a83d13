"""The trade's own words with the topic that each points to, and the disguises in which some of them go about."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TABLES = ("terms.tsv", "evaded.tsv", "parts.tsv", "slang.tsv", "emoji.tsv", "ordinary.tsv")


@dataclass(frozen=True, slots=True)
class DomainTerm:
    """A word of the trade; `topic` is an issue of the label guide or `cause:…`, `demand:…`, `urgency:…`, `trade`."""

    term: str
    topic: str
    plain: str


@dataclass(frozen=True, slots=True)
class Slang:
    """A word that stands for `plain` where the pattern `before` ends and the pattern `after` begins beside it."""

    written: str
    before: str
    after: str
    plain: str


@cache
def domain_terms() -> tuple[DomainTerm, ...]:
    """All terms, in the order of the file."""
    return tuple(_term(line) for line in _lines("terms.tsv"))


@cache
def evaded_terms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Terms that posts disguise; for each of their characters, the ways of writing it that its sound does not tell."""
    rows = (line.split("\t") for line in _lines("evaded.tsv"))
    return {
        term: tuple(tuple(ways.split()) for ways in (*columns, *("",) * (len(term) - len(columns))))
        for term, *columns in rows
    }


@cache
def character_parts() -> dict[str, tuple[str, ...]]:
    """For characters of the trade, the parts into which posts split them (亻崔 for 催)."""
    rows = (line.split("\t") for line in _lines("parts.tsv"))
    return {character: tuple(parts.split()) for character, parts in rows}


@cache
def slang() -> tuple[Slang, ...]:
    """Words that are slang only where certain others stand around them."""
    return tuple(Slang(*line.split("\t")) for line in _lines("slang.tsv"))


@cache
def emoji_words() -> dict[str, str]:
    """The word that an emoji stands for inside a sentence."""
    return dict(line.split("\t", maxsplit=1) for line in _lines("emoji.tsv"))


@cache
def ordinary_words() -> tuple[str, ...]:
    """Patterns of words that sound like a term of the trade and are none."""
    return tuple(_lines("ordinary.tsv"))


@cache
def dictionary_version() -> str:
    """Changes whenever a table does: the first 12 hex digits of their SHA-256."""
    tables = "".join(map(_table, _TABLES))
    return hashlib.sha256(tables.encode()).hexdigest()[:12]


def _term(line: str) -> DomainTerm:
    term, topic, *plain = line.split("\t")
    return DomainTerm(term, topic, plain[0] if plain else term)


def _lines(name: str) -> list[str]:
    return [line for line in _table(name).splitlines() if line and not line.startswith("#")]


@cache
def _table(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
