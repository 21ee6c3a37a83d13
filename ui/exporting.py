"""An export of the app: the file and its side file in one archive, for a browser takes one file at a time."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from indexer.export import Format, Order, export
from indexer.query.values import SHANGHAI
from ui.setup import SetUp

# What the app holds in memory for the browser; more is for `fengping export`, which streams.
MOST_ROWS = 100_000


def archive_name(now: datetime) -> str:
    """The archive's name, by the minute in Asia/Shanghai."""
    return f"fengping-{now.astimezone(SHANGHAI):%Y%m%d-%H%M}.zip"


def packed(setup: SetUp, query: str, format_: Format, *, who: str, now: datetime) -> bytes:
    """A ZIP archive of what a query finds at `now` (aware), with an entry in the audit log for `who`."""
    with TemporaryDirectory(prefix="fengping-") as folder:
        path = Path(folder) / f"fengping.{format_}"
        exported = export(setup.ledger, setup.index, Order(query=query, path=path, actor=who, now=now))
        held = BytesIO()
        with ZipFile(held, "w", ZIP_DEFLATED) as archive:
            for file in (exported.path, exported.side_path):
                archive.write(file, file.name)
        return held.getvalue()
