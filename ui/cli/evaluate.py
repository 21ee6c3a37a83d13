"""`fengping evaluate`: how far the model agrees with people."""

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from nlp import Analyzer
from nlp.training.agreement import agreements
from nlp.training.dataset import load_labels, load_records
from nlp.training.evaluate import Report, evaluate, evaluate_by_source, rounded
from nlp.training.keywords import keyword_analyses
from nlp.training.public import public_texts
from nlp.training.records import LabelledPost, read_records
from nlp.training.towards import towards_figures
from ui.cli.evaluate_tables import print_agreement, print_report
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.configuration import load
from ui.labelled import right_records

FilesArgument = Annotated[list[Path] | None, typer.Argument(metavar="FILE…", help="按标注规范写的 JSONL")]
HeldOutOption = Annotated[
    bool, typer.Option("--held-out", help="评测训练时留出、模型没有见过的标注（有 --public 时包括公开数据里的）")
]
PublicOption = Annotated[Path | None, typer.Option("--public", help="公开数据所在文件夹；记录里只有 id 时从那里取原文")]
KeywordsOption = Annotated[bool, typer.Option("--keywords", help="改为评测关键词表，作对照")]
AgreementOption = Annotated[
    Path | None,
    typer.Option(
        "--agreement",
        metavar="FILE",
        help="改为比较两人的标注：第二人独立标的一份（id 和标签），按 id 与自带的标注相比",
    ),
]


class By(StrEnum):
    """What the report is split by."""

    SOURCE = "source"


ByOption = Annotated[By | None, typer.Option("--by", help="另按来源各算一份")]


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
    by: ByOption = None,
    agreement: AgreementOption = None,
) -> None:
    """Print precision, recall, F1, n and 95 % intervals for each label, and how far doubt can be trusted."""
    if [bool(files), held_out, agreement is not None].count(True) != 1:
        raise typer.BadParameter("标注文件、--held-out（评测留出部分）、--agreement（两人一致性）三者给一个")
    if agreement:
        if keywords or by or public:
            raise typer.BadParameter("--agreement 比较两份标注，不能与 --keywords、--by、--public 同用")
        _print_agreement(agreement, as_json=as_json)
        return
    settings = load(config, home)
    analyzer = Analyzer(settings.brand, settings.nlp)
    records = _held_out(analyzer, public) if held_out else _read(files or [], public)
    if not records:
        _stop("没有可用的标注记录")
    report = _report(records, None if keywords else analyzer, by)
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        print_report(report)


def _report(records: list[LabelledPost], analyzer: Analyzer | None, by: By | None) -> Report:
    """The report on the model, or on the list of keywords where there is no analyzer."""
    texts = [record.text for record in records]
    analyses = analyzer.analyze(texts) if analyzer else keyword_analyses(texts)
    normalized = [analysis.normalized for analysis in analyses]
    chances = analyzer.classifier.probabilities(normalized) if analyzer else None
    report = evaluate(records, analyses, chances=chances)
    towards = towards_figures(records, analyzer.classifier) if analyzer else None
    if towards:
        report["towards"] = rounded(towards)
    return {**report, "by_source": evaluate_by_source(records, analyses, chances=chances)} if by else report


def _print_agreement(file: Path, *, as_json: bool) -> None:
    first = load_labels()
    second = right_records(file, lambda path: read_records(path, needs_text=False))
    unknown = [record.id for record in second if record.id not in first]
    if unknown:
        typer.echo(f"跳过 {len(unknown)} 条，自带的标注里没有这些 id：{'、'.join(unknown[:5])}", err=True)
    both = [record for record in second if record.id in first]
    if not both:
        _stop(f"{file} 里没有一条与自带的标注同 id，没有可比的")
    found = agreements([first[record.id] for record in both], both)
    if as_json:
        fields = {
            field: {**asdict(whole), "labels": {value: asdict(one) for value, one in values.items()}}
            for field, (whole, values) in found.items()
        }
        typer.echo(json.dumps(rounded({"n": len(both), **fields}), ensure_ascii=False))
    else:
        print_agreement(len(both), found)


def _held_out(analyzer: Analyzer, public: Path | None) -> list[LabelledPost]:
    return [record for record in load_records(public) if record.id in analyzer.classifier.held_out]


def _read(files: list[Path], public: Path | None) -> list[LabelledPost]:
    """All right records of the files."""
    texts = public_texts(public) if public else {}
    return [record for file in files for record in right_records(file, lambda path: read_records(path, texts=texts))]


def _stop(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(1)
