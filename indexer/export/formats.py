"""The formats of an export, by the file's suffix."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from indexer.errors import UnknownExportFormatError
from indexer.export.csv_file import CsvFile
from indexer.export.jsonl_file import JsonlFile
from indexer.export.parquet_file import ParquetFile
from indexer.export.row import Row
from indexer.export.xlsx_file import XlsxFile


class Format(StrEnum):
    """What a file is written as; the value is its suffix."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


class RowFile(Protocol):
    """A file that rows are written to, in their order; the same rows make the same bytes."""

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...

    def abandon(self) -> None:
        """Let go of a file that won't be finished."""
        ...


_FILES: Mapping[Format, Callable[[Path], RowFile]] = MappingProxyType(
    {Format.XLSX: XlsxFile, Format.CSV: CsvFile, Format.JSONL: JsonlFile, Format.PARQUET: ParquetFile}
)


def format_of(path: Path) -> Format:
    """The format that the file's suffix names, or `UnknownExportFormatError`."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in list(Format):
        raise UnknownExportFormatError(path, [one.value for one in Format])
    return Format(suffix)


def open_file(format_: Format, path: Path) -> RowFile:
    """A new file of the format."""
    return _FILES[format_](path)
