"""Texts with what must come out of them."""

from pathlib import Path

_FOLDER = Path(__file__).parent
_EXAMPLES = Path(__file__).parents[3] / "examples"


def read_golden(name: str) -> tuple[str, str]:
    """The spoilt text of `examples/NAME.txt` and the clean one that was checked by reading."""
    return (_EXAMPLES / f"{name}.txt").read_text(encoding="utf-8"), (_FOLDER / f"{name}.txt").read_text(
        encoding="utf-8"
    )
