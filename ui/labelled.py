"""Labelled posts that a command is given in files."""

from collections.abc import Callable
from pathlib import Path

import typer

from nlp.training.records import LabelledPost, Reading, read_records


def right_records(file: Path, read: Callable[[Path], Reading] = read_records) -> tuple[LabelledPost, ...]:
    """The right records of a file; each wrong line is named on standard error and left out.

    Raises:
        typer.BadParameter: the file cannot be read.
    """
    try:
        reading = read(file)
    except OSError as error:
        raise typer.BadParameter(f"{file} 读不出来：{error.strerror}") from error
    for wrong in reading.errors:
        typer.echo(f"跳过：{wrong}", err=True)
    return reading.records
