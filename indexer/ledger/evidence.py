"""Where the responses lie that the posts' versions came from, for comparing the ledger with the evidence."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from indexer.ledger.tables import posts, versions


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEvidence:
    """The evidence of one version of a post: digest of the response, file and offset (`None`: not archived)."""

    record_id: int
    version: int
    url: str
    sha256: str
    file: str | None
    offset: int | None


def kept(connection: Connection, *, after_id: int, limit: int) -> list[KeptEvidence]:
    """The evidence of all versions of the next `limit` posts by id."""
    ids = select(posts.c.id).where(posts.c.id > after_id).order_by(posts.c.id).limit(limit)
    query = (
        select(
            versions.c.post_id.label("record_id"),
            versions.c.version,
            posts.c.url,
            versions.c.evidence_sha256.label("sha256"),
            versions.c.evidence_file.label("file"),
            versions.c.evidence_offset.label("offset"),
        )
        .join(posts, posts.c.id == versions.c.post_id)
        .where(versions.c.post_id.in_(ids))
        .order_by(versions.c.post_id, versions.c.version)
    )
    return [KeptEvidence(**row) for row in connection.execute(query).mappings()]
