"""The trade's own words with the topic that each points to, and the disguises in which some of them go about."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class DomainTerm:
    """A word of the trade; `topic` is an issue of the label guide or `cause:…`, `demand:…`, `urgency:…`, `trade`."""

    term: str
    topic: str
    plain: str


@cache
def domain_terms() -> tuple[DomainTerm, ...]:
    """All terms, in the order of the file."""
    return tuple(_term(line) for line in _lines("terms.tsv"))


@cache
def evaded_terms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Terms that posts disguise; for each of their characters, the other ways in which disguises write it."""
    rows = (line.split("\t") for line in _lines("evaded.tsv"))
    return {term: tuple(tuple(ways.split()) for ways in columns) for term, *columns in rows}


@cache
def dictionary_version() -> str:
    """Changes whenever a table does: the first 12 hex digits of their SHA-256."""
    tables = "".join(_table(name) for name in ("terms.tsv", "evaded.tsv"))
    return hashlib.sha256(tables.encode()).hexdigest()[:12]


def _term(line: str) -> DomainTerm:
    term, topic, *plain = line.split("\t")
    return DomainTerm(term, topic, plain[0] if plain else term)


def _lines(name: str) -> list[str]:
    return [line for line in _table(name).splitlines() if line and not line.startswith("#")]


@cache
def _table(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
