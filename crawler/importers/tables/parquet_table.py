"""Parquet: one table, read in batches."""

from collections.abc import Iterator

import pyarrow
from pyarrow import parquet

from crawler.errors import PageError
from crawler.importers.opening import Source
from crawler.importers.row import Line, Row
from crawler.importers.tables.json_table import flat

_BATCH = 2000


def read_tables(source: Source) -> Iterator[tuple[str, Iterator[Line]]]:
    """Yield the one table.

    Raises:
        PageError: the file is damaged.
    """
    yield "", _rows(source)


def _rows(source: Source) -> Iterator[Line]:
    number = 0
    try:
        with parquet.ParquetFile(source.path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                for value in batch.to_pylist():
                    number += 1
                    yield Row(values=flat(value), line=number, place=f"第 {number} 行")
    except (pyarrow.ArrowException, OSError) as error:
        raise PageError(f"{source.path} 不是能读的 Parquet 文件（{str(error)[:80]}）；请换一份完好的文件") from error
