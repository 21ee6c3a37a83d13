"""`fengping train`: make the model from labelled posts (needs the extra `train`)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ui.errors import NotSetUpError

TargetArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="把模型写到这个文件夹")]
BaseOption = Annotated[Path, typer.Option("--base", help="起步的编码器文件夹，如 bge-small-zh-v1.5", exists=True)]
PublicOption = Annotated[Path | None, typer.Option("--public", help="公开数据所在文件夹（可选）", exists=True)]
EpochsOption = Annotated[int, typer.Option("--epochs", min=1, help="训练轮数")]
PretrainOption = Annotated[int, typer.Option("--pretrain-epochs", min=0, help="先在领域文本上做掩码预训练的轮数")]
SeedOption = Annotated[int, typer.Option("--seed", help="随机种子")]
_STAGES = {"pretrain": "掩码预训练", "train": "训练"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train", help="训练模型。例：fengping train 模型 --base bge-small-zh-v1.5 --public 公开数据")(train)


def train(
    target: TargetArgument,
    *,
    base: BaseOption,
    public: PublicOption = None,
    epochs: EpochsOption = 8,
    pretrain_epochs: PretrainOption = 4,
    seed: SeedOption = 7,
) -> None:
    """Train and write a model folder; its figures come from `fengping evaluate`."""
    try:
        from nlp.training.make import Plan, make_model
        from nlp.training.parts import load_parts
        from nlp.training.train import Recipe
    except ModuleNotFoundError as error:
        raise NotSetUpError(f"训练需要额外的组件（缺 {error.name}）：pip install 'fengping[train]'") from error
    parts = load_parts(public)
    plan = Plan(base=base, public=public, pretrain_epochs=pretrain_epochs, recipe=Recipe(epochs=epochs, seed=seed))
    console = Console(stderr=True)
    console.print(f"训练 {len(parts.training)} 条，校准 {len(parts.calibration)} 条，留出 {len(parts.development)} 条")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        rows = {stage: progress.add_task(name, total=None) for stage, name in _STAGES.items()}
        version = make_model(
            parts,
            plan,
            target,
            made=datetime.now(UTC).date(),
            on_progress=lambda stage, done, steps, loss: progress.update(
                rows[stage], completed=done, total=steps, description=f"{_STAGES[stage]}（损失 {loss:.3f}）"
            ),
        )
    typer.echo(f"{target}：{version}")
