"""How `fengping evaluate` prints its reports."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from nlp.training.agreement import Agreement
from nlp.training.evaluate import Report
from nlp.training.sureness import COVERAGES
from ui.texts import label_text

_HEADLINE = {"accuracy": "准确率", "micro_f1": "微 F1", "f1": "F1", "macro_f1": "宏 F1", "ece": "ECE"}
# What the table by source shows of each field.
_BY_SOURCE = {
    "kind": "macro_f1",
    "sentiment": "accuracy",
    "urgency": "accuracy",
    "overdue_complaint": "f1",
    "issues": "micro_f1",
}


def print_report(report: Report) -> None:
    """Every field with its labels, then how far doubt can be trusted, then the sources where they are asked for."""
    console = Console()
    fields = {name: figures for name, figures in report.items() if name not in ("n", "by_source", "towards")}
    console.print(f"共 {report['n']} 条；方括号内是 95 % 置信区间")
    for field, figures in fields.items():
        console.print(f"\n[bold]{label_text('field', field)}[/]  {_headline(figures)}")
        console.print(_labels(field, figures))
    console.print("\n[bold]把握[/]  按概率从高到低只留这么多标签、其余交给人时的精确率")
    console.print(_coverage(fields))
    console.print("\n[bold]待确认[/]  标了待确认的标签有多少是错的，没标的有多少是错的")
    console.print(_doubt(fields))
    console.print(_critical(report["urgency"]["critical"]))
    if "towards" in report:
        towards = report["towards"]
        console.print(f"\n[bold]对品牌的情感[/]  {towards['n']} 对帖子与品牌：{_headline(towards)}")
    if "by_source" in report:
        names = "、".join(f"{label_text('field', field)} {_HEADLINE[figure]}" for field, figure in _BY_SOURCE.items())
        console.print(f"\n[bold]按来源[/]  {names}；紧急的帖子找到几条、共几条")
        console.print(_sources(report["by_source"]))


def print_agreement(n: int, found: Mapping[str, tuple[Agreement, Mapping[str, Agreement]]]) -> None:
    """One row for each field, and below it one for each of its values."""
    console = Console()
    console.print(f"{n} 条有两人各自的标注；方括号内是 kappa 的 95 % 置信区间")
    table = Table("字段", "标签", "n", "一致", "kappa", "区间")
    for field, (whole, values) in found.items():
        table.add_row(label_text("field", field), "", *_agreement(whole), style="bold")
        for value, one in values.items():
            table.add_row("", label_text(field, value), *_agreement(one))
    console.print(table)


def _agreement(one: Agreement) -> tuple[str, str, str, str]:
    return str(one.n), f"{one.agreed:.3f}", f"{one.kappa:.3f}", _interval(one.interval)


def _labels(field: str, figures: Report) -> Table:
    table = Table("标签", "n", "精确率", "召回率", "F1", "F1 区间")
    for value, score in figures["labels"].items():
        shares = [f"{score[name]:.3f}" for name in ("precision", "recall", "f1")]
        table.add_row(label_text(field, value), str(score["n"]), *shares, _interval(score["interval"]))
    return table


def _headline(figures: Report) -> str:
    """The figures of a field as a whole; the interval is that of the first one."""
    first, *others = [f"{name} {figures[key]:.3f}" for key, name in _HEADLINE.items() if key in figures]
    return "，".join([rf"{first} {_interval(figures['interval'])}", *others])


def _coverage(fields: Mapping[str, Report]) -> Table:
    table = Table("字段", *(f"{share:.0%}" for share in COVERAGES), "ECE")
    for field, figures in fields.items():
        kept = [_share(point["precision"]) for point in figures["coverage"]]
        table.add_row(label_text("field", field), *kept, _share(figures.get("ece")))
    return table


def _doubt(fields: Mapping[str, Report]) -> Table:
    table = Table("字段", "待确认", "错", "没标的", "错")
    for field, figures in fields.items():
        shares = [(str(part["n"]), _share(part["wrong"])) for part in figures["doubt"].values()]
        table.add_row(label_text("field", field), *shares[0], *shares[1])
    return table


def _critical(figures: Mapping[str, Any]) -> str:
    text = f"紧急的帖子 {figures['n']} 条：找到 {figures['found']}，漏掉 {figures['missed']}"
    if figures["missed"]:
        named = "、".join(figures["missed_ids"][:10])
        text += f"（其中 {figures['missed_but_doubtful']} 条标了待确认；{named}）"
    return f"{text}；误报 {figures['false_alarms']}"


def _sources(reports: Mapping[str, Report]) -> Table:
    table = Table("来源", "n", *(label_text("field", field)[:2] for field in _BY_SOURCE), "找到紧急")
    for source, report in reports.items():
        figures = [f"{report[field][figure]:.3f}" for field, figure in _BY_SOURCE.items()]
        critical = report["urgency"]["critical"]
        table.add_row(source or "（未注明）", str(report["n"]), *figures, f"{critical['found']}/{critical['n']}")
    return table


def _interval(interval: tuple[float, float]) -> str:
    low, high = interval
    return rf"\[{low:.3f}, {high:.3f}]"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
