"""`fengping evaluate`: how far the model agrees with people."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from nlp import Analyzer
from nlp.training.dataset import load_records
from nlp.training.evaluate import Report, evaluate
from nlp.training.keywords import keyword_analyses
from nlp.training.public import public_texts
from nlp.training.records import LabelledPost, read_records
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.configuration import load
from ui.texts import label_text

FilesArgument = Annotated[list[Path] | None, typer.Argument(metavar="FILE…", help="按标注规范写的 JSONL")]
HeldOutOption = Annotated[
    bool, typer.Option("--held-out", help="评测训练时留出、模型没有见过的标注（有 --public 时包括公开数据里的）")
]
PublicOption = Annotated[Path | None, typer.Option("--public", help="公开数据所在文件夹；记录里只有 id 时从那里取原文")]
KeywordsOption = Annotated[bool, typer.Option("--keywords", help="改为评测关键词表，作对照")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate", help="用人工标注评测模型。例：fengping evaluate 标注.jsonl --json")(evaluate_files)


def evaluate_files(
    files: FilesArgument = None,
    *,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
    public: PublicOption = None,
    keywords: KeywordsOption = False,
    held_out: HeldOutOption = False,
) -> None:
    """Print precision, recall, F1, n and 95 % intervals for each label."""
    if held_out == bool(files):
        raise typer.BadParameter("请给出标注文件，或用 --held-out 评测留出部分，二选一")
    settings = load(config, home)
    analyzer = Analyzer(settings.brand, settings.nlp)
    records = _held_out(analyzer, public) if held_out else _read(files or [], public)
    if not records:
        typer.echo("没有可用的标注记录", err=True)
        raise typer.Exit(1)
    texts = [record.text for record in records]
    report = evaluate(records, keyword_analyses(texts) if keywords else analyzer.analyze(texts))
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        _print(report)


def _held_out(analyzer: Analyzer, public: Path | None) -> list[LabelledPost]:
    return [record for record in load_records(public) if record.id in analyzer.classifier.held_out]


def _read(files: list[Path], public: Path | None) -> list[LabelledPost]:
    """All right records; each wrong line is named on standard error and left out."""
    texts = public_texts(public) if public else {}
    records: list[LabelledPost] = []
    for file in files:
        try:
            reading = read_records(file, texts=texts)
        except OSError as error:
            raise typer.BadParameter(f"{file} 读不出来：{error.strerror}") from error
        for wrong in reading.errors:
            typer.echo(f"跳过：{wrong}", err=True)
        records += reading.records
    return records


def _print(report: Report) -> None:
    console = Console()
    console.print(f"共 {report['n']} 条；方括号内是 95 % 置信区间")
    for field, figures in report.items():
        if field != "n":
            console.print(f"\n[bold]{label_text('field', field)}[/]  {_headline(figures)}")
            console.print(_table(field, figures))


def _table(field: str, figures: Report) -> Table:
    table = Table("标签", "n", "精确率", "召回率", "F1", "F1 区间")
    for value, score in figures["labels"].items():
        low, high = score["interval"]
        shares = [f"{score[name]:.3f}" for name in ("precision", "recall", "f1")]
        table.add_row(label_text(field, value), str(score["n"]), *shares, f"[{low:.3f}, {high:.3f}]")
    return table


def _headline(figures: Report) -> str:
    """The figures of a field as a whole; the interval is that of the first one."""
    names = {"accuracy": "准确率", "micro_f1": "微 F1", "f1": "F1", "macro_f1": "宏 F1", "ece": "ECE"}
    parts = [f"{name} {figures[key]:.3f}" for key, name in names.items() if key in figures]
    low, high = figures["interval"]
    return "，".join([rf"{parts[0]} \[{low:.3f}, {high:.3f}]", *parts[1:]])
