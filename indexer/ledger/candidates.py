"""Analyses of a candidate model beside the current ones: which are lacking, how they differ, which become current."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, Update, and_, exists, func, select, update

from crawler.post import PostKind
from indexer.ledger.reading import RECORDS, as_record
from indexer.ledger.tables import analyses, posts, versions
from indexer.record import Pending, Record
from nlp.analysis import Analysis

_ANALYSED = posts.c.model_version.is_not(None)
_OTHER = analyses.alias("other")


def first_of_newest(connection: Connection, count: int) -> int:
    """The lowest id among the posts analysed last."""
    newest = select(posts.c.id).where(_ANALYSED).order_by(posts.c.id.desc())
    return connection.scalar(newest.limit(1).offset(count - 1)) or 1


def count_lacking(connection: Connection, model_version: str, dictionary_version: str, *, first_id: int) -> int:
    """How many posts lack an analysis by a model."""
    counted = select(func.count()).select_from(posts).where(_lacking(model_version, dictionary_version, first_id))
    return int(connection.scalar(counted) or 0)


def lack(
    connection: Connection, model_version: str, dictionary_version: str, *, first_id: int, limit: int
) -> list[Pending]:
    """Posts that lack an analysis by a model, with their current wording."""
    query = (
        select(posts.c.id, posts.c.version, posts.c.kind, versions.c.title, versions.c.text)
        .join(versions, and_(versions.c.post_id == posts.c.id, versions.c.version == posts.c.version))
        .where(_lacking(model_version, dictionary_version, first_id))
        .order_by(posts.c.id)
        .limit(limit)
    )
    return [
        Pending(record_id=row.id, version=row.version, kind=PostKind(row.kind), title=row.title, text=row.text)
        for row in connection.execute(query)
    ]


def pairs(
    connection: Connection, model_version: str, dictionary_version: str, *, after_id: int, limit: int
) -> list[tuple[Record, Analysis]]:
    """Records with what the candidate makes of them."""
    query: Select[Any] = (
        RECORDS.add_columns(_OTHER.c.analysis.label("candidate"))
        .join(_OTHER, and_(*_of_wording(model_version), _OTHER.c.dictionary_version == dictionary_version))
        .where(posts.c.id > after_id, *_of_another(model_version))
        .order_by(posts.c.id)
        .limit(limit)
    )
    return [(as_record(row), Analysis.from_json(row.candidate)) for row in connection.execute(query)]


def use(model_version: str) -> Update:
    """Point the posts at a model's latest analysis of their wording, where there is one."""
    changes = {"model_version": model_version, "dictionary_version": _latest_dictionary(model_version)}
    return (
        update(posts).where(*_of_another(model_version), _kept(model_version)).values(changes | {"revision": _REVISED})
    )


def wait(model_version: str) -> Update:
    """Let the posts without such an analysis wait for one."""
    return (
        update(posts)
        .where(*_of_another(model_version), ~_kept(model_version))
        .values(
            model_version=None,
            dictionary_version=None,
            revision=_REVISED,
            lease_worker=None,
            lease_until=None,
            attempts=0,
        )
    )


_REVISED = posts.c.revision + 1


def _lacking(model_version: str, dictionary_version: str, first_id: int) -> ColumnElement[bool]:
    held = exists().where(*_of_wording(model_version), _OTHER.c.dictionary_version == dictionary_version)
    return and_(_ANALYSED, posts.c.id >= first_id, ~held)


def _of_wording(model_version: str) -> tuple[ColumnElement[bool], ...]:
    return (
        _OTHER.c.post_id == posts.c.id,
        _OTHER.c.version == posts.c.version,
        _OTHER.c.model_version == model_version,
    )


def _of_another(model_version: str) -> tuple[ColumnElement[bool], ...]:
    return _ANALYSED, posts.c.model_version != model_version


def _kept(model_version: str) -> ColumnElement[bool]:
    return exists().where(*_of_wording(model_version))


def _latest_dictionary(model_version: str) -> ScalarSelect[Any]:
    latest = select(_OTHER.c.dictionary_version).where(*_of_wording(model_version))
    return latest.order_by(_OTHER.c.analysed.desc(), _OTHER.c.dictionary_version).limit(1).scalar_subquery()
