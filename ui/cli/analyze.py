"""`fengping analyze`: what the product makes of a text."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from nlp import Analysis, Analyzer, Label, Reason, explain
from nlp.privacy import find
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.configuration import load
from ui.texts import label_text

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="文本文件（UTF-8 或 GB18030）；写 - 则从标准输入读")]
WhyOption = Annotated[bool, typer.Option("--why/--no-why", help="列出支持每个标签的词")]
_FIELDS = ("kind", "sentiment", "urgency", "overdue_complaint", "issues", "causes", "demands")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("analyze", help="分析一段文字：清洗、标签、事实。例：fengping analyze 帖子.txt --json")(analyze)


def analyze(
    file: FileArgument,
    *,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
    why: WhyOption = True,
) -> None:
    """Analyse one text and print the result."""
    text = _read(file)
    settings = load(config, home)
    analyzer = Analyzer(settings.brand, settings.nlp)
    (analysis,) = analyzer.analyze([text])
    reasons = explain(text, analysis, analyzer) if why else ()
    if as_json:
        typer.echo(json.dumps(_as_json(text, analysis, reasons), ensure_ascii=False))
    else:
        _print(text, analysis, reasons)


def _read(file: str) -> str:
    """The text of a file or of standard input; personal data stays in it, since nothing is stored."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file} 读不出来：{error.strerror}") from error
    text = _decoded(file, data)
    if not text.strip():
        raise typer.BadParameter(f"{file} 里没有文字")
    return text


def _decoded(file: str, data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise typer.BadParameter(f"{file} 既不是 UTF-8 也不是 GB18030 编码的文本")


def _as_json(text: str, analysis: Analysis, reasons: Sequence[Reason]) -> dict[str, Any]:
    data = asdict(analysis)
    return {
        "normalized": data.pop("normalized"),
        "labels": {field: data.pop(field) for field in _FIELDS},
        "facts": data.pop("facts"),
        "reasons": [asdict(reason) for reason in reasons],
        "personal_data": [asdict(finding) for finding in find(text)],
        **data,
    }


def _print(text: str, analysis: Analysis, reasons: Sequence[Reason]) -> None:
    console = Console()
    console.print(analysis.normalized, markup=False, style="dim")
    console.print(_labels(analysis, reasons))
    if analysis.facts:
        console.print(_facts(analysis))
    console.print(f"个人信息 {len(find(text))} 处 · 模型 {analysis.model_version} · 词典 {analysis.dictionary_version}")


def _labels(analysis: Analysis, reasons: Sequence[Reason]) -> Table:
    table = Table("项目", "标签", "概率", "依据")
    for field in _FIELDS:
        held = getattr(analysis, field)
        for label in held if isinstance(held, tuple) else (held,):
            words = [reason.word for reason in reasons if (reason.field, reason.label) == (field, label.value)]
            table.add_row(
                label_text("field", field), _named(field, label), f"{label.probability:.0%}", "、".join(words)
            )
    return table


def _named(field: str, label: Label) -> str:
    return label_text(field, label.value) + ("（待人工确认）" if label.doubtful else "")


def _facts(analysis: Analysis) -> Table:
    table = Table("事实", "数值", "时期", "原文")
    for fact in analysis.facts:
        value = f"{fact.value:g}" if isinstance(fact.value, float) else fact.value
        unit = label_text("unit", fact.unit) if fact.unit else ""
        table.add_row(label_text("fact", fact.kind), f"{value} {unit}", fact.period or "", fact.text)
    return table
