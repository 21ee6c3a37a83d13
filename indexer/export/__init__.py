"""Exports: what a query finds as a file, streamed, repeatable to the byte, and safe to open in a spreadsheet."""

from indexer.export.formats import Format, format_of
from indexer.export.run import Order, export
from indexer.export.side_file import Exported

__all__ = ["Exported", "Format", "Order", "export", "format_of"]
