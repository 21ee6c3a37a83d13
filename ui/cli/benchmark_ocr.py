"""`fengping benchmark ocr`: how many characters of drawn screenshots are read wrongly."""

import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from crawler.benchmark.screenshots import Screenshot, screenshots
from crawler.importers.shot_layout import arrange
from crawler.importers.shot_lines import read_shot
from ui.cli.home import JsonOption

HELP = "截图文字识别：画出编造的截图再读，报告字符错误率。例：fengping benchmark ocr --json"
CountOption = Annotated[int, typer.Option("--count", min=1, max=1000, help="多少张截图")]
SeedOption = Annotated[int, typer.Option("--seed", help="随机种子")]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    style: str
    letters: int
    errors: int
    seconds: float


def benchmark_ocr(*, count: CountOption = 30, seed: SeedOption = 7, as_json: JsonOption = False) -> None:
    """Draw, read and compare."""
    drawn = track(screenshots(count, seed=seed), "识别截图", total=count, console=Console(stderr=True), transient=True)
    readings = [_read(shot) for shot in drawn]
    report = {"screenshots": count, "seed": seed, **_sums(readings)}
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
        return
    typer.echo(
        f"{count} 张截图，{report['characters']:,} 字，字符错误率 {report['character_error_rate']:.2%}，"
        f"每张 {report['seconds_per_screenshot']:.1f} 秒"
    )
    for style, rate in report["by_style"].items():
        typer.echo(f"  {style}：{rate:.2%}")


def _read(shot: Screenshot) -> _Reading:
    began = perf_counter()
    found = arrange(*read_shot(shot.png))
    seconds = perf_counter() - began
    wanted = plain(shot.text)
    return _Reading(style=shot.style, letters=len(wanted), errors=distance(wanted, plain(found.text)), seconds=seconds)


def _sums(readings: list[_Reading]) -> dict[str, Any]:
    by_style: dict[str, list[_Reading]] = defaultdict(list)
    for reading in readings:
        by_style[reading.style].append(reading)
    return {
        "characters": sum(reading.letters for reading in readings),
        "character_error_rate": _rate(readings),
        "by_style": {style: _rate(of_style) for style, of_style in sorted(by_style.items())},
        "seconds_per_screenshot": sum(reading.seconds for reading in readings) / len(readings),
    }


def _rate(readings: list[_Reading]) -> float:
    return sum(reading.errors for reading in readings) / sum(reading.letters for reading in readings)


def plain(text: str) -> str:
    """A text as it is compared: in Unicode's compatibility form (，and , are one), without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def distance(wanted: str, found: str) -> int:
    """How many letters are to be changed, added or taken out to make one text of the other (Levenshtein)."""
    before = list(range(len(found) + 1))
    for row, letter in enumerate(wanted, start=1):
        now = [row]
        for column, other in enumerate(found, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != other)))
        before = now
    return before[-1]
