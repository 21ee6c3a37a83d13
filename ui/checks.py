"""The checks of `fengping doctor`: each looks at one thing and says what to do when it is not right."""

import os
import shutil
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from crawler.errors import SiteFileError
from crawler.site import load_site
from indexer.errors import IndexerError
from monitor import freshness, source_alarms
from nlp import analyze
from nlp.errors import NlpError
from ui.configuration import find_file
from ui.errors import ConfigurationError
from ui.setup import SetUp
from ui.texts import texts
from ui.texts.coverage_words import alarm_words

# A crawl of a busy forum brings about 100 MB of evidence a day; below this a week does not fit.
_LEAST_FREE_BYTES = 1_000_000_000


class Outcome(StrEnum):
    """How a check ended."""

    FINE = "fine"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what was found, and what to do where that is not as it should be."""

    name: str
    outcome: Outcome
    finding: str
    advice: str = ""


def run_checks(home: Path, config: Path | None) -> list[Check]:
    """All checks in the order in which to mend; those that need the configuration only where it can be read."""
    checks = [_python(), _folder(home), _space(home), _model()]
    try:
        setup = SetUp.open(home, config)
    except ConfigurationError as error:
        return [*checks, Check("配置", Outcome.WRONG, str(error), "改正后再运行 fengping doctor")]
    each: tuple[Callable[[SetUp], Check], ...] = (_sources, _site_files, _key_file, _ledger, _index, _fresh, _alarms)
    return [*checks, _configuration(home, config), *(check(setup) for check in each)]


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", Outcome.FINE, version)


def _folder(home: Path) -> Check:
    there = next(path for path in (home, *home.resolve().parents) if path.exists())
    if os.access(there, os.W_OK):
        return Check("数据目录", Outcome.FINE, f"{home}（{'已有' if home.exists() else '第一次使用时建立'}）")
    return Check("数据目录", Outcome.WRONG, f"{home} 不可写", "改目录权限，或用 --home 换一个目录")


def _space(home: Path) -> Check:
    there = next(path for path in (home, *home.resolve().parents) if path.exists())
    free = shutil.disk_usage(there).free
    if free >= _LEAST_FREE_BYTES:
        return Check("磁盘", Outcome.FINE, f"剩余 {free / 1e9:.1f} GB")
    return Check("磁盘", Outcome.WRONG, f"只剩 {free / 1e9:.1f} GB", "清出空间，或用 --home 换到大一些的磁盘")


def _model() -> Check:
    try:
        analysis = analyze(["催收天天打电话"])[0]
    except NlpError as error:
        return Check("模型", Outcome.WRONG, str(error), "重新安装 fengping，或检查 [nlp] model")
    return Check("模型", Outcome.FINE, f"{analysis.model_version}，词典 {analysis.dictionary_version}")


def _configuration(home: Path, config: Path | None) -> Check:
    path = find_file(config, home)
    if path:
        return Check("配置", Outcome.FINE, str(path))
    return Check("配置", Outcome.NOTE, "没有配置文件，用的是默认值", "运行 fengping init 生成 fengping.toml")


def _sources(setup: SetUp) -> Check:
    sources = setup.configuration.sources
    enabled = [name for name, source in sources.items() if source.enabled]
    if enabled:
        return Check("来源", Outcome.FINE, f"{len(enabled)} 个启用：{'、'.join(enabled)}")
    return Check("来源", Outcome.NOTE, "没有启用的来源，什么也不会采集", "在 fengping.toml 里登记 [sources.名称]")


def _site_files(setup: SetUp) -> Check:
    sites = {source.site for source in setup.configuration.sources.values() if source.site}
    try:
        for site in sorted(sites):
            load_site(site)
    except SiteFileError as error:
        return Check("站点文件", Outcome.WRONG, str(error), "改正站点文件；用 fengping source check 试读一页")
    return Check("站点文件", Outcome.FINE, f"{len(sites)} 个，都能读")


def _key_file(setup: SetUp) -> Check:
    path = setup.home / "secret.key"
    if not path.exists():
        return Check("化名密钥", Outcome.FINE, "第一次采集时生成")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Check("化名密钥", Outcome.WRONG, f"{path} 别人也能读（{mode:o}）", f"chmod 600 {path}")
    return Check("化名密钥", Outcome.FINE, f"{path}，只有自己能读；请备份，丢失后作者化名对不上")


def _ledger(setup: SetUp) -> Check:
    try:
        counts = setup.ledger.counts()
        entries = setup.ledger.verify_audit()
    except IndexerError as error:
        return Check("台账", Outcome.WRONG, str(error), "检查 [indexer] ledger_url 和数据目录")
    found = f"{counts.posts:,} 条帖子，{counts.pending:,} 条待分析；审计日志 {entries:,} 条，链完整"
    advice = "运行 fengping work 或 fengping run" if counts.pending else ""
    return Check("台账", Outcome.NOTE if counts.pending else Outcome.FINE, found, advice)


def _index(setup: SetUp) -> Check:
    try:
        held, counts = setup.index.count(), setup.ledger.counts()
    except IndexerError as error:
        return Check("检索", Outcome.WRONG, str(error), "" if error.passing else "运行 fengping index rebuild")
    if held == counts.indexed:
        return Check("检索", Outcome.FINE, f"{held:,} 条可检索")
    found = f"索引里 {held:,} 条，台账记了 {counts.indexed:,} 条"
    return Check("检索", Outcome.WRONG, found, "运行 fengping index check，再运行 fengping index rebuild")


def _fresh(setup: SetUp) -> Check:
    settings = setup.configuration
    states = setup.ledger.sources()
    stale = [
        source.source
        for source in freshness(states, settings.sources, settings.monitor, now=datetime.now(UTC))
        if source.stale
    ]
    if stale:
        return Check("数据", Outcome.NOTE, f"过期的来源：{'、'.join(stale)}", "运行 fengping run，或看 crawl/crawl.log")
    return Check("数据", Outcome.FINE, "都在采集间隔之内" if states else "还没有采集过")


def _alarms(setup: SetUp) -> Check:
    alarms = source_alarms(setup.ledger, setup.configuration.sources, now=datetime.now(UTC))
    if alarms:
        finding = "；".join(alarm_words(texts("zh"), alarm) for alarm in alarms)
        return Check("来源警报", Outcome.NOTE, finding, "运行 fengping coverage；用 fengping source check 试读那个网址")
    return Check("来源警报", Outcome.FINE, "没有来源安静太久，也没有字段缺失超出以往")
