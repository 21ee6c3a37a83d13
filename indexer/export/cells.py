"""Values as the cells of a table that people open in a spreadsheet: plain text and numbers, never a formula."""

from datetime import datetime

from indexer.export.row import Value

# https://owasp.org/www-community/attacks/CSV_Injection; the full-width signs, which East Asian spreadsheets read alike.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def cell(value: Value) -> str | int | None:
    """Text that can't be taken for a formula, a number, or nothing; several values with commas between them."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    return harmless(as_text(value))


def as_text(value: str | tuple[str, ...] | datetime) -> str:
    """Text; times in ISO 8601 with their offset."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value if isinstance(value, str) else ",".join(value)


def harmless(text: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text[:1] in _FORMULA and text else text
