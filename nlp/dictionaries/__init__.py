"""The trade's own words, with the topic that each points to: one table, `terms.tsv`."""

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
    return tuple(_term(line) for line in _table().splitlines() if line and not line.startswith("#"))


@cache
def dictionary_version() -> str:
    """Changes whenever the table does: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(_table().encode()).hexdigest()[:12]


def _term(line: str) -> DomainTerm:
    term, topic, *plain = line.split("\t")
    return DomainTerm(term, topic, plain[0] if plain else term)


@cache
def _table() -> str:
    return files(__package__).joinpath("terms.tsv").read_text(encoding="utf-8")
