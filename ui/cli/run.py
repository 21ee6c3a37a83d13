"""`fengping run`: crawl, work and watch in one process, on a schedule."""

from typing import Annotated

import typer

from ui.cli.home import HOME, ConfigOption, HomeOption
from ui.cli.work import MetricsOption
from ui.errors import NotSetUpError
from ui.logs import failures_in_log, log, set_up_logs
from ui.schedule import Schedule
from ui.setup import SetUp
from ui.stopping import stop_on_signal

OnceOption = Annotated[bool, typer.Option("--once", help="每个来源采集一遍、分析完就结束")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", help="按计划采集、分析、盯着突增和过期；Ctrl+C 结束，下次接着来。例：fengping run")(run)


def run(
    *, home: HomeOption = HOME, config: ConfigOption = None, once: OnceOption = False, metrics: MetricsOption = None
) -> None:
    """Run until told to stop; any stop is safe."""
    setup = SetUp.open(home, config)
    if not any(source.enabled for source in setup.configuration.sources.values()):
        raise NotSetUpError("没有启用的来源；在 fengping.toml 里登记 [sources.名称]（fengping init 生成带说明的文件）")
    set_up_logs(setup.configuration.log)
    stopped = stop_on_signal()
    log("开始运行；Ctrl+C 结束")
    with failures_in_log(setup.configuration.log):
        Schedule(setup, log, stopped, metrics=metrics).run(once=once)
    log("已停止" if stopped.is_set() else "已完成")
