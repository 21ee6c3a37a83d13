"""ImportFile: a file that is being imported, with all that its reader is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.importers.evidence import Archive, keep_whole
from crawler.importers.row import ImportIssue
from crawler.importers.sample import Sample
from crawler.post import Evidence
from crawler.pseudonym import pseudonym

if TYPE_CHECKING:
    from crawler.importers.mapping import Mapped


@dataclass(frozen=True, kw_only=True)
class ImportFile:
    """What a format's reader is given: the file's `sample`, where its evidence goes, and how names become sources.

    `imported` is now and `exported` when the file was written, from which relative dates count (both aware). `source`
    is what the user named; else `names` gives the registered source of a platform or host. `url` is where an article
    was published. `mapping` says which column is which, for tables of no known tool.
    """

    sample: Sample
    archive: Archive
    key: bytes
    imported: datetime
    exported: datetime
    source: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    mapping: "Mapped | None" = None
    thread: str | None = None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.sample.path

    @cached_property
    def evidence(self) -> Evidence:
        """The file itself as evidence; it is archived when this is first asked for."""
        return keep_whole(self.path, self.archive, at=self.imported)

    def source_of(self, platform: str) -> str:
        """Return the source under which posts of a platform (or host) land: the same as those that a spider fetches."""
        return self.source or self.names.get(platform, platform)

    def author(self, source: str, name: str) -> str | None:
        """Return the pseudonym of an author, as spiders make it; `None` for nobody."""
        return pseudonym(source, name, self.key) if name else None

    def issue(
        self, detail: str, *, place: str = "", line: int | None = None, field: str = "", is_lost: bool = True
    ) -> ImportIssue:
        """Return an issue of this file."""
        return ImportIssue(file=str(self.path), place=place, line=line, field=field, detail=detail, is_lost=is_lost)
