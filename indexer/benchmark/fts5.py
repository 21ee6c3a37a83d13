"""The alternative: SQLite's FTS5 on the same words, with ordinary columns for the fields."""

# ruff: noqa: S608 (only our own column names and conditions with placeholders are put into statements)

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from indexer.query.tree import And, FieldIs, Node, Not, Or, Phrase, Published, Word
from indexer.query.wording import grams, searched_words
from indexer.record import Record

_COLUMNS = ("source", "kind", "sentiment", "urgency")
_TABLES = """
CREATE VIRTUAL TABLE texts USING fts5(words, grams, content='', tokenize="unicode61 tokenchars '_'");
CREATE TABLE records (id INTEGER PRIMARY KEY, time INTEGER, source TEXT, kind TEXT, sentiment TEXT, urgency TEXT);
CREATE TABLE issues (issue TEXT, id INTEGER, PRIMARY KEY (issue, id)) WITHOUT ROWID;
CREATE INDEX records_time ON records (time);
CREATE INDEX records_kind ON records (kind);
"""


class Fts5:
    """As much of a search index as the benchmark needs."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.sqlite")
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA cache_size = -65536")
        self._database.executescript(_TABLES)

    def put(self, records: Iterable[Record]) -> None:
        """Add records."""
        for record in records:
            words, units = searched_words(record.analysed_text)
            text = (record.id, " ".join(words), " ".join(grams(units)))
            self._database.execute("INSERT INTO texts (rowid, words, grams) VALUES (?, ?, ?)", text)
            fields = (record.post.source, record.kind, record.sentiment, record.urgency)
            row = (record.id, int(record.time.timestamp()), *fields)
            self._database.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", row)
            self._database.executemany("INSERT INTO issues VALUES (?, ?)", [(i, record.id) for i in record.issues])

    def commit(self) -> None:
        """Make what was added visible."""
        self._database.commit()

    def search(self, tree: Node, *, limit: int = 20) -> tuple[int, list[int]]:
        """The exact count and the newest ids."""
        where, values = _where(tree)
        count = self._database.execute(f"SELECT count(*) FROM records WHERE {where}", values).fetchone()[0]
        newest = f"SELECT id FROM records WHERE {where} ORDER BY time DESC LIMIT {limit}"
        return count, [record_id for (record_id,) in self._database.execute(newest, values)]

    def facets(self, tree: Node) -> dict[str, list[tuple[str, int]]]:
        """The counts of the fields' values."""
        where, values = _where(tree)
        found = {
            column: self._database.execute(
                f"SELECT {column}, count(*) FROM records WHERE {where} GROUP BY 1", values
            ).fetchall()
            for column in _COLUMNS
        }
        issues = f"SELECT issue, count(*) FROM issues WHERE id IN (SELECT id FROM records WHERE {where}) GROUP BY 1"
        return {**found, "issue": self._database.execute(issues, values).fetchall()}

    def by_day(self, tree: Node) -> list[tuple[int, str, int]]:
        """Counts by day and sentiment."""
        where, values = _where(tree)
        query = f"SELECT (time + 28800) / 86400, sentiment, count(*) FROM records WHERE {where} GROUP BY 1, 2"
        return self._database.execute(query, values).fetchall()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _where(tree: Node) -> tuple[str, list[str | int]]:
    """A condition on `records`, with its values."""
    match tree:
        case Word(word):
            return _matching(f'words : "{word}"')
        case Phrase(units):
            return _matching(f'grams : "{" ".join(grams(units)[:-1])}"')
        case FieldIs(field, value) if field == "issue":
            return "id IN (SELECT id FROM issues WHERE issue = ?)", [value]
        case FieldIs(field, value) if field in _COLUMNS:
            return f"{field} = ?", [value]
        case Published(start, None) if start is not None:
            return "time >= ?", [int(start.timestamp())]
        case And(children):
            return _joined(" AND ", children)
        case Or(children):
            return _joined(" OR ", children)
        case Not(child):
            where, values = _where(child)
            return f"NOT ({where})", values
    return "1", []


def _matching(expression: str) -> tuple[str, list[str | int]]:
    return "id IN (SELECT rowid FROM texts WHERE texts MATCH ?)", [expression]


def _joined(operator: str, children: Sequence[Node]) -> tuple[str, list[str | int]]:
    parts = [_where(child) for child in children]
    return f"({operator.join(where for where, _ in parts)})", [value for _, values in parts for value in values]
