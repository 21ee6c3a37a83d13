"""Which column is which: what was guessed of an unknown table, shown, confirmed and saved."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from crawler.importers.guessing import Guess, guess, mapped_by
from crawler.importers.mapping import FIELDS, SUFFIX, Mapped, save_mapping
from crawler.importers.sample import Sample
from ui.importing import Confirm


def asking(home: Path, progress: Progress, *, yes: bool, keep: bool, may_ask: bool) -> Confirm:
    """Return how the columns of an unknown table are settled: guessed, shown, asked for unless `yes`, saved if `keep`.

    Where nobody can be asked the guess is shown and nothing is imported; a trial (not `keep`) asks nothing.
    """

    def confirm(sample: Sample) -> Mapped | None:
        progress.stop()
        try:
            return _settled(sample, home, yes=yes or not keep, keep=keep, may_ask=may_ask)
        finally:
            progress.start()

    return confirm


def _settled(sample: Sample, home: Path, *, yes: bool, keep: bool, may_ask: bool) -> Mapped | None:
    console = Console(stderr=True)
    table = max(sample.tables, key=lambda one: len(guess(one)))
    guesses = guess(table)
    if not {"text", "title"} & {one.field for one in guesses}:
        columns = "、".join(table.columns[:30])
        console.print(f"{sample.path.name}：看不出哪一列是正文；列有：{columns}。请写列对应文件，用 --mapping 指明")
        return None
    mapped = mapped_by(guesses, table)
    console.print(_shown(sample, guesses, set(table.columns) - set(mapped.columns.values())))
    if not yes and not (may_ask and typer.confirm("这样对应对吗？", default=True, err=True)):
        _leave_draft(mapped, sample.path, console, may_ask=may_ask)
        return None
    if keep:
        console.print(f"列对应存在 {save_mapping(mapped, sample.path, home)}，以后同样表头的文件直接用它")
    return mapped


def _shown(sample: Sample, guesses: Sequence[Guess], others: set[str]) -> Table:
    table = Table("字段", "列", "凭什么", "例子", title=f"{sample.path.name} 的列", title_justify="left")
    for one in guesses:
        reason = "列名" if one.by_name else "内容"
        table.add_row(f"{FIELDS[one.field]}（{one.field}）", one.column, reason, "\n".join(one.examples))
    if others:
        table.caption = f"不用的列：{'、'.join(sorted(others))}"
    return table


def _leave_draft(mapped: Mapped, path: Path, console: Console, *, may_ask: bool) -> None:
    """Leave what was guessed beside the file only where the user is there to mend it."""
    if not may_ask:
        console.print("没有终端可以问：确认无误请加 --yes，不对请用 --mapping 指明列对应文件")
        return
    draft = path.with_name(path.name + SUFFIX)
    if not draft.exists():
        draft.write_text(mapped.written(), encoding="utf-8")
    console.print(f"猜出的对应写在 {draft}；改好后再导入一次，会自动用它")
