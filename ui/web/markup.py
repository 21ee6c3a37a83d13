"""HTML from templates: everything put into one is escaped, so that a post can never be more than text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

# autoescape stays on for every template whatever its name: the texts come from strangers.
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, marked or not; `note` is shown on hover."""

    text: str
    marked: bool = False
    note: str = ""


def render(template: str, **values: object) -> str:
    """The HTML of a template of the folder `templates`."""
    return _ENVIRONMENT.get_template(f"{template}.html").render(**values)


def pieces(text: str, spans: Iterable[tuple[int, int]], *, note: str = "") -> list[Piece]:
    """Cut a text at spans (start, end), which may overlap or lie outside; every character comes exactly once."""
    return noted_pieces(text, [(start, end, note) for start, end in spans])


def noted_pieces(text: str, spans: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """Like `pieces`, each span with its own note; where spans overlap, the earlier one keeps its characters."""
    found, position = [], 0
    for start, end, note in sorted(spans):
        start, end = max(start, position), min(end, len(text))
        if start >= end:
            continue
        found += [Piece(text[position:start]), Piece(text[start:end], marked=True, note=note)]
        position = end
    return [piece for piece in (*found, Piece(text[position:])) if piece.text]


def excerpt(found: Sequence[Piece], *, before: int = 16, length: int = 110) -> list[Piece]:
    """The part of a marked text around its first mark, for a row of a list."""
    first = next((number for number, piece in enumerate(found) if piece.marked), 0)
    lead = "".join(piece.text for piece in found[:first])
    start = [Piece(f"…{lead[-before:]}" if len(lead) > before + 8 else lead)] if lead else []
    kept: list[Piece] = []
    for piece in (*start, *found[first:]):
        room = length - sum(len(earlier.text) for earlier in kept)
        if room <= 0:
            break
        kept.append(Piece(piece.text[:room], marked=piece.marked, note=piece.note))
    return kept


def web_address(url: str) -> str | None:
    """The address when a browser may be sent there (http or https); a script in disguise is no link."""
    parts = urlsplit(url)
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
