"""The tables of `fengping model`, for people at a terminal."""

from rich.console import Console
from rich.table import Column, Table

from ui.model_report import Report
from ui.texts import label_text, texts

_MOST_CHANGES = 20
_EXAMPLE = 32  # characters, two lines of a narrow terminal
_ORIGINS = {
    "configured": "配置里的 [nlp] model",
    "chosen": "fengping model use",
    "shipped": "随产品的模型（没有另选）",
}
_FIELDS = ("kind", "sentiment", "issues", "urgency", "overdue_complaint")
_VERDICTS = {"calm": "平稳", "look": "留意", "alarm": "警报"}


def print_list(report: Report) -> None:
    """The models, and which is in use."""
    console = Console()
    since = f"，自 {report['since'][:16].replace('T', ' ')} UTC" if report["since"] else ""
    console.print(f"在用：{report['in_use']}（{_ORIGINS[report['origin']]}{since}）", markup=False)
    table = Table("", "模型", "版本", "制作", "留出集", "分析", "当前")
    for card in report["models"]:
        row = ("●" if card["in_use"] else "", card["name"], card["version"], card["made"] or "未记录", _figures(card))
        table.add_row(*row, f"{card['analyses']:,}", f"{card['current']:,}")
    for other in report["other_versions"]:
        row = ("", "（已不在）", other["version"], "", "")
        table.add_row(*row, f"{other['analyses']:,}", f"{other['current']:,}")
    console.print(table)


def print_used(report: Report) -> None:
    """What a switch did, and what is left to do."""
    console = Console(highlight=False)
    console.print(
        f"已改用 {report['model']}（{report['version']}）：{report['switched']:,} 条换成它的分析", markup=False
    )
    if report["analysed"]:
        console.print(f"另分析了 {report['analysed']:,} 条还没有它的分析的帖子")
    console.print(f"编入索引 {report['indexed']:,} 条")
    if report["index_left_to_worker"]:
        console.print("索引正由运行中的分析进程写入，剩下的由它完成；它载入的是旧模型，会停下来，请重新启动它")
    else:
        console.print("正在运行的 fengping run、work 和 web 请重新启动，载入新模型")


def print_differences(report: Report) -> None:
    """What a candidate changes, what is most dangerous about it, and whom reviewers agree with."""
    console = Console(highlight=False)
    if not report["posts"]:
        console.print("没有可比较的帖子：已分析的帖子都已经是这个模型读的")
        return
    overdue = report["overdue_complaints"]
    console.print(f"{report['candidate']} 与现有分析相比，共 {report['posts']:,} 条帖子", markup=False)
    console.print(f"逾期投诉：多出 {overdue['appear']:,} 条，少了 {overdue['vanish']:,} 条")
    console.print(_changes(report))
    _print_critical(console, report)
    if any(sides["current"]["n"] for sides in report["agreement"].values()):
        console.print(_sides(report))
        console.print("人工先看到的是现有模型的标签，这项比较对现有模型有利", style="dim")


def print_agreement(report: Report) -> None:
    """Agreement in all, then by week and source."""
    console = Console(highlight=False)
    if not report["decisions"]:
        console.print("还没有人工研判，无从比较；在网页的“投诉”里确认或更正标签")
        return
    console.print(f"人工研判 {report['decisions']:,} 条；方括号内是 95 % 置信区间，周从周一起（北京时间）")
    table = Table(*(Column(name, no_wrap=True) for name in ("周", "来源")), *(label_text("field", f) for f in _FIELDS))
    table.add_row("合计", "全部", *(_share(report["fields"][field]) for field in _FIELDS), end_section=True)
    for row in report["weeks_and_sources"]:
        table.add_row(row["week"], row["source"], *(_short(row["fields"][field]) for field in _FIELDS))
    console.print(table)


def print_drift(report: Report) -> None:
    """The verdict, and the comparisons behind it."""
    console = Console(highlight=False)
    posts = f"近 7 天 {report['recent_posts']:,} 条，此前 28 天 {report['reference_posts']:,} 条"
    if report["verdict"] is None:
        console.print(f"帖子太少，不作判断：{posts}（各需 200 条同一模型分析的帖子）")
        return
    console.print(f"{_VERDICTS[report['verdict']]}：{posts}（0.1 起留意，0.25 起警报，且须超过偶然）")
    table = Table("比较", "PSI", "偶然可达", "判断", "变化最大")
    for measure in report["measures"]:
        table.add_row(
            measure_words(measure["name"]),
            f"{measure['psi']:.3f}",
            f"{measure['by_chance']:.3f}",
            _VERDICTS[measure["verdict"]],
            _moved(measure),
        )
    console.print(table)


def measure_words(name: str) -> str:
    """The Chinese name of a comparison."""
    text = texts("zh")
    kind, _, about = name.partition(":")
    return text(f"drift.{kind}", field=text(f"drift.words.{about}") if kind == "words" else label_text("field", about))


def _figures(card: Report) -> str:
    figures = card["figures"]
    return f"{figures['n']} 条，类型宏 F1 {figures['kind']['macro_f1']:.3f}" if figures else "未测量"


def _changes(report: Report) -> Table:
    table = Table("项目", "原来", "改为", "条数", "例子")
    for change in report["changes"][:_MOST_CHANGES]:
        ends = [label_text(change["field"], change[end]) if change[end] else "—" for end in ("before", "after")]
        example = change["examples"][-1]["text"][:_EXAMPLE] if change["examples"] else ""
        table.add_row(label_text("field", change["field"]), *ends, f"{change['count']:,}", example)
    return table


def _print_critical(console: Console, report: Report) -> None:
    if report["critical"]:
        console.print(f"“紧急”有变化的 {len(report['critical'])} 条，请逐条看：", style="bold")
    for change in report["critical"]:
        ends = " → ".join(label_text("urgency", change[end]) for end in ("before", "after"))
        console.print(f"  [{change['record_id']}] {ends}  {change['text']}", markup=False, soft_wrap=True)


def _sides(report: Report) -> Table:
    table = Table("与人工一致", "现有", "新模型", "n")
    for field, sides in report["agreement"].items():
        shares = [_share(sides[side]) for side in ("current", "candidate")]
        table.add_row(label_text("field", field), *shares, str(sides["current"]["n"]))
    return table


def _share(found: Report) -> str:
    if not found["n"]:
        return "—"
    low, high = found["interval"]
    return rf"{found['share']:.2f} \[{low:.2f}, {high:.2f}]"


def _short(found: Report) -> str:
    return f"{found['share']:.2f} n={found['n']}" if found["n"] else "—"


def _moved(measure: Report) -> str:
    field = measure["name"].partition(":")[2]
    return "；".join(
        f"{_value(field, moved['value'])}{moved['before']:.1%} → {moved['after']:.1%}" for moved in measure["moved"][:3]
    )


def _value(field: str, value: str) -> str:
    """What moved, before its shares; of scores and rates it is the mean."""
    return f"{label_text(field, value)} " if value else "平均 "
