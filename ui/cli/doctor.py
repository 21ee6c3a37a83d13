"""`fengping doctor`: what is missing, and what to do about it."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from ui.checks import Check, Outcome, run_checks
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption

_SIGNS = {Outcome.FINE: "[green]✓[/]", Outcome.NOTE: "[yellow]●[/]", Outcome.WRONG: "[red]✗[/]"}
StrictOption = Annotated[bool, typer.Option("--strict", help="有提示（●）也以 1 退出")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help="检查缺什么、怎么补。例：fengping doctor")(examine)


def examine(
    *, home: HomeOption = HOME, config: ConfigOption = None, as_json: JsonOption = False, strict: StrictOption = False
) -> None:
    """Run every check; exit 1 when something is wrong."""
    checks = run_checks(home, config)
    if as_json:
        typer.echo(json.dumps({"checks": [asdict(check) for check in checks]}, ensure_ascii=False))
    else:
        _print(checks)
    failing = {Outcome.WRONG, Outcome.NOTE} if strict else {Outcome.WRONG}
    if any(check.outcome in failing for check in checks):
        raise typer.Exit(1)


def _print(checks: list[Check]) -> None:
    console = Console(highlight=False)
    for check in checks:
        console.print(f"{_SIGNS[check.outcome]} {check.name}：", end="")
        console.print(check.finding, markup=False)
        if check.advice:
            console.print(f"    → {check.advice}", markup=False, style="dim")
