"""Parquet: typed columns in row groups; times with the zone Asia/Shanghai, in microseconds."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from indexer.export.row import COLUMNS, Row, cells

_GROUP = 20_000
_TIME = pa.timestamp("us", tz="Asia/Shanghai")
_TYPES = {
    **dict.fromkeys(("id", "likes", "replies", "views", "shares", "version", "cluster"), pa.int64()),
    **dict.fromkeys(("published", "first_seen", "not_seen_since", "decided"), _TIME),
    **dict.fromkeys(("issues", "doubt"), pa.list_(pa.string())),
    "overdue_complaint": pa.bool_(),
}
SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in COLUMNS])


class ParquetFile:
    """A Parquet file that rows are written to; a row group is held in memory, never more."""

    def __init__(self, path: Path) -> None:
        self._writer = parquet.ParquetWriter(str(path), SCHEMA, compression="zstd")
        self._held: list[Row] = []

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        for row in rows:
            self._held.append(row)
            if len(self._held) == _GROUP:
                self._flush()

    def close(self) -> None:
        """Finish the file."""
        if self._held:
            self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Let go of a file that won't be finished."""
        self._writer.close()

    def _flush(self) -> None:
        columns = list(zip(*map(cells, self._held), strict=True))
        arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=SCHEMA), row_group_size=_GROUP)
        self._held = []
