"""`fengping calibrate`: fit a model's probabilities anew on labelled posts of one's own."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from nlp.classify.loading import is_checkpoint
from nlp.settings import SHIPPED_MODEL
from nlp.training.recalibrate import Recalibration, new_version, recalibrate, write_recalibrated
from ui.cli.home import HOME, ConfigOption, HomeOption, JsonOption
from ui.configuration import load
from ui.labelled import right_records
from ui.texts import label_text

FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE…", help="按标注规范写的 JSONL，如导出的人工更正；至少 200 条")
]
ModelOption = Annotated[
    Path | None, typer.Option("--model", metavar="FOLDER", help="校准哪个模型；不写则用配置里的，再不然用随产品的")
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FOLDER", help="写到这个新文件夹；不写则以新版本号为名")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("calibrate", help="用自己的标注重新校准模型的概率。例：fengping calibrate 更正.jsonl -o 模型")(
        calibrate
    )


def calibrate(
    files: FilesArgument,
    *,
    model: ModelOption = None,
    output: OutputOption = None,
    home: HomeOption = HOME,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a copy of the model with new temperatures, thresholds and doubts; its weights stay as they are."""
    if output and output.exists():
        raise typer.BadParameter(f"{output} 已存在；请指定一个新文件夹")
    folder = model or load(config, home).nlp.model or SHIPPED_MODEL
    if is_checkpoint(folder):
        raise typer.BadParameter(f"{folder} 不是 fengping train 做的模型；用 --model 指明一个模型文件夹")
    records = [record for file in files for record in right_records(file)]
    with Console(stderr=True).status(f"校准（{len(records):,} 条）"):
        done = recalibrate(folder, records)
    version = new_version(folder, done.calibration)
    target = output or Path(version)
    write_recalibrated(folder, done, target)
    if as_json:
        figures = {"n": len(done.ids), "ece_before": done.before, "ece": done.after}
        typer.echo(json.dumps({"version": version, "folder": str(target), **figures}, ensure_ascii=False))
    else:
        _print(done, version, target)


def _print(done: Recalibration, version: str, target: Path) -> None:
    console = Console()
    console.print(f"{len(done.ids)} 条；校准误差（ECE），校准后的数字来自两折交叉：每条都由没见过它的那一半来校准")
    table = Table("字段", "校准前", "校准后")
    for field, before in done.before.items():
        table.add_row(label_text("field", field), f"{before:.3f}", f"{done.after[field]:.3f}")
    console.print(table)
    console.print(f"{target}：{version}", markup=False)
    console.print("启用它：在 fengping.toml 的 [nlp] 里写 model，或 fengping model add", markup=False)
