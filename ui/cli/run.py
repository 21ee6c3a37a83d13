"""`fengping run`: crawl, work and watch in one process, on a schedule."""

import signal
from datetime import datetime
from threading import Event
from types import FrameType
from typing import Annotated

import typer

from monitor.days import SHANGHAI
from ui.cli.home import HOME, ConfigOption, HomeOption
from ui.errors import NotSetUpError
from ui.schedule import Schedule
from ui.setup import SetUp

OnceOption = Annotated[bool, typer.Option("--once", help="每个来源采集一遍、分析完就结束")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", help="按计划采集、分析、盯着突增和过期；Ctrl+C 结束，下次接着来。例：fengping run")(run)


def run(*, home: HomeOption = HOME, config: ConfigOption = None, once: OnceOption = False) -> None:
    """Run until told to stop; any stop is safe."""
    setup = SetUp.open(home, config)
    if not any(source.enabled for source in setup.configuration.sources.values()):
        raise NotSetUpError("没有启用的来源；在 fengping.toml 里登记 [sources.名称]（fengping init 生成带说明的文件）")
    stopped = _stop_on_signal()
    _say("开始运行；Ctrl+C 结束")
    Schedule(setup, _say, stopped).run(once=once)
    _say("已停止" if stopped.is_set() else "已完成")


def _say(line: str) -> None:
    typer.echo(f"{datetime.now(SHANGHAI):%m-%d %H:%M:%S}  {line}", err=True)


def _stop_on_signal() -> Event:
    """An event that Ctrl+C or a polite kill sets: the batch in hand is finished first."""
    stopped = Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return stopped
