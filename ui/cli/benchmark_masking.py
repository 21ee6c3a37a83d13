"""`fengping benchmark masking`: how much of the personal data in made-up posts is found."""

import json
import time
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from nlp.privacy import find
from nlp.training.masking import make_posts, score
from nlp.training.masking.against import other
from nlp.training.masking.score import Find
from ui.cli.home import JsonOption

HELP = "用生成的帖子量个人信息的召回率和精确率。例：fengping benchmark masking --seed 7 --json"


class Library(StrEnum):
    """Libraries that can be measured in the place of ours."""

    PRESIDIO = "presidio"
    PRIVYSCOPE = "privyscope"


SeedOption = Annotated[int, typer.Option("--seed", help="生成器的种子；同一个种子总是同样的帖子")]
PostsOption = Annotated[int, typer.Option("--posts", "-n", min=1, help="生成多少条帖子")]
AgainstOption = Annotated[
    Library | None,
    typer.Option("--against", help="改为量另一个库，须先用 pip 装好 presidio-analyzer 或 privyscope-zh-hans"),
]
_KINDS = {
    "name": "姓名",
    "mobile": "手机号",
    "landline": "座机号",
    "identity": "身份证号",
    "card": "银行卡号",
    "contract": "合同号",
    "address": "地址",
    "plate": "车牌号",
    "qq": "QQ号",
    "wechat": "微信号",
    "email": "邮箱",
}


def benchmark_masking(
    *, seed: SeedOption = 1, posts: PostsOption = 5000, against: AgainstOption = None, as_json: JsonOption = False
) -> None:
    """Print recall and precision by kind and in all, with 95 % intervals (Wilson)."""
    figures = _measure(other(against.value) if against else find, seed=seed, posts=posts)
    figures = {"seed": seed, "library": against.value if against else "fengping", **figures}
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False))
    else:
        _print(figures)


def _measure(find_personal: Find, *, seed: int, posts: int) -> dict[str, Any]:
    """The figures; `seconds` is the time for the finding alone."""
    marked = list(make_posts(posts, seed=seed))
    with Console(stderr=True).status(f"{posts:,} 条帖子"):
        began = time.perf_counter()
        findings = [find_personal(post.text) for post in marked]
        seconds = time.perf_counter() - began
    answers = iter(findings)
    return {**score(marked, lambda _: next(answers)), "seconds": round(seconds, 2)}


def _print(figures: dict[str, Any]) -> None:
    table = Table("种类", "处", "召回率", "95 % 区间", "找到", "精确率", "95 % 区间")
    for kind, title in _KINDS.items():
        found, right = figures["kinds"][kind], figures["findings_by_kind"][title]
        table.add_row(title, *_row(found, "recall"), *_row(right, "precision"))
    both = figures["intervals"]
    table.add_section()
    table.add_row(
        "合计",
        *_row({"n": figures["n"], "recall": figures["recall"], "interval": both["recall"]}, "recall"),
        *_row(
            {"n": figures["findings"], "precision": figures["precision"], "interval": both["precision"]}, "precision"
        ),
    )
    console = Console()
    console.print(table)
    console.print(f"{figures['posts']:,} 条帖子，{figures['seconds']} 秒；多遮的字符占遮去的 {figures['excess']:.2%}")


def _row(share: dict[str, Any], name: str) -> tuple[str, str, str]:
    low, high = share["interval"]
    value = share[name]
    return f"{share['n']:,}", "—" if value is None else f"{value:.4f}", f"{low:.4f}–{high:.4f}"
