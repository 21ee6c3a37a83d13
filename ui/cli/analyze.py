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
from rich.text import Text

from nlp import Analysis, Analyzer, Example, Explanation, explain
from nlp.explain.shown import SEVERAL, SINGLE, ShownLabel, shown_labels
from nlp.privacy import find
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.configuration import load
from ui.texts import label_text, texts
from ui.texts.fact_words import fact_name, fact_quote
from ui.texts.rules import rule_line

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="文本文件（UTF-8 或 GB18030）；写 - 则从标准输入读")]
WhyOption = Annotated[bool, typer.Option("--why/--no-why", help="列出每个标签的依据：词、规则、相似的已标注帖子")]


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
    explanation = explain(text, analysis, analyzer) if why else None
    if as_json:
        typer.echo(json.dumps(_as_json(text, analysis, explanation), ensure_ascii=False))
    else:
        _print(text, analysis, explanation)


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


def _as_json(text: str, analysis: Analysis, explanation: Explanation | None) -> dict[str, Any]:
    data = asdict(analysis)
    return {
        "normalized": data.pop("normalized"),
        "labels": {field: data.pop(field) for field in (*SINGLE, *SEVERAL)},
        "facts": data.pop("facts"),
        "reasons": [asdict(reason) for reason in explanation.reasons] if explanation else [],
        "rules": [asdict(rule) for rule in explanation.rules] if explanation else [],
        "examples": [_example(example) for example in explanation.examples] if explanation else [],
        "personal_data": [asdict(finding) for finding in find(text)],
        **data,
    }


def _example(example: Example) -> dict[str, Any]:
    record = asdict(example.record)
    several = {field: sorted(record[field]) for field in SEVERAL}
    return {**record, **several, "towards": dict(record["towards"]), "likeness": example.likeness}


def _print(text: str, analysis: Analysis, explanation: Explanation | None) -> None:
    console = Console()
    console.print(analysis.normalized, markup=False, style="dim")
    console.print(_labels(analysis, explanation))
    if analysis.facts:
        console.print(_facts(analysis))
    if explanation:
        _print_more(console, explanation)
    console.print(f"个人信息 {len(find(text))} 处 · 模型 {analysis.model_version} · 词典 {analysis.dictionary_version}")


def _print_more(console: Console, explanation: Explanation) -> None:
    """The rules, a line each, and the labelled posts that are alike."""
    chinese = texts("zh")
    for rule in explanation.rules:
        console.print(f"规则：{rule_line(chinese, rule)}", markup=False)
    if not explanation.has_examples:
        console.print(chinese("examples.none"), style="dim")
    if explanation.examples:
        console.print(_examples(explanation.examples))


def _examples(examples: Sequence[Example]) -> Table:
    table = Table(texts("zh")("examples.title"), "标签", "相似度")
    for example in examples:
        record = example.record
        single = [label_text(field, getattr(record, field)) for field in ("kind", "sentiment", "urgency")]
        several = [label_text(field, value) for field in SEVERAL for value in sorted(record.held(field))]
        overdue = ["逾期投诉"] if record.overdue_complaint else []
        table.add_row(
            Text(record.text, overflow="fold"), "、".join((*single, *overdue, *several)), f"{example.likeness:.0%}"
        )
    return table


def _labels(analysis: Analysis, explanation: Explanation | None) -> Table:
    table = Table("项目", "标签", "概率", "依据")
    for shown in shown_labels(analysis):
        table.add_row(
            label_text("field", shown.field),
            _named(shown),
            f"{shown.label.probability:.0%}",
            Text(_why(shown, explanation) if explanation else ""),
        )
    return table


def _why(shown: ShownLabel, explanation: Explanation) -> str:
    words = explanation.words(shown.field, shown.value, brand=shown.brand)
    return "、".join(word for word, _ in words) or texts("zh")("reasons.no_words")


def _named(shown: ShownLabel) -> str:
    about = f"（{shown.brand}）" if shown.brand else ""
    doubt = "（待人工确认）" if shown.label.doubtful else ""
    return label_text(shown.field, shown.value) + about + doubt


def _facts(analysis: Analysis) -> Table:
    table = Table("事实", "数值", "时期", "原文")
    chinese = texts("zh")
    for fact in analysis.facts:
        value = f"{fact.value:g}" if isinstance(fact.value, float) else fact.value
        unit = label_text("unit", fact.unit) if fact.unit else ""
        table.add_row(fact_name(chinese, fact), f"{value} {unit}", fact.period or "", Text(fact_quote(chinese, fact)))
    return table
