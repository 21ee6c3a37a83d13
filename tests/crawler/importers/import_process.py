"""The import command in a process of its own, to be killed: FILE HOME."""

import sys

import typer

from ui.cli import import_

app = typer.Typer()
import_.register(app)
app.callback()(lambda: None)

if __name__ == "__main__":
    app(["import", sys.argv[1], "--home", sys.argv[2]])
