"""The command line, run as its users run it: what it prints, and how it exits."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from examples.forum.server import counts, serve
from ui.cli import GROUPS, app
from ui.setup import SetUp

COMMAND = [sys.executable, "-c", "from ui.cli import main; main()"]
ROOT = Path(__file__).resolve().parents[2]


def environment(**changes: str) -> dict[str, str]:
    """The environment of a command: none of the caller's set-up, the repository importable from any folder."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("FENGPING_")}
    return {**own, "PYTHONPATH": str(ROOT), **changes}


def fengping(*arguments: str, folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_every_file_of_the_folder_is_a_group_that_is_listed() -> None:
    files = {path.stem for path in (ROOT / "ui" / "cli").glob("*.py")} - {"__init__", "home"}
    parts = {file for file in files for group in files if file.startswith(f"{group}_")}
    assert {group.__name__.rpartition(".")[2] for group in GROUPS} == files - parts


def test_every_command_has_help_with_an_example() -> None:
    commands = [command for command in app.registered_commands if command.name]
    assert len(commands) + len(app.registered_groups) == len(GROUPS)
    assert [command.name for command in commands if "例：" not in str(command.help)] == []


def test_init_writes_a_file_and_keeps_an_existing_one(tmp_path: Path) -> None:
    assert fengping("init", folder=tmp_path).returncode == 0
    written = (tmp_path / "fengping.toml").read_text(encoding="utf-8")
    again = fengping("init", folder=tmp_path)
    assert again.returncode == 2
    assert "已存在" in again.stderr
    assert (tmp_path / "fengping.toml").read_text(encoding="utf-8") == written
    assert fengping("init", "--force", folder=tmp_path).returncode == 0


def test_a_wrong_configuration_stops_every_command(tmp_path: Path) -> None:
    (tmp_path / "fengping.toml").write_text("[web]\nprot = 1\n", encoding="utf-8")
    for command in (["web", "--headless"], ["run"], ["work", "--once"], ["search", "催收"]):
        result = fengping(*command, folder=tmp_path)
        assert result.returncode == 2, command
        assert "web.prot" in result.stderr
        assert "port" in result.stderr
        assert "Traceback" not in result.stderr


def test_doctor_says_what_is_missing(tmp_path: Path) -> None:
    result = fengping("doctor", folder=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "fengping init" in result.stdout
    assert "没有启用的来源" in result.stdout


def test_doctor_fails_where_something_is_wrong(setup: SetUp, tmp_path: Path) -> None:
    (setup.home / "secret.key").write_text("0" * 64, encoding="utf-8")
    (setup.home / "secret.key").chmod(0o644)
    result = fengping("doctor", "--home", str(setup.home), "--json", folder=tmp_path)
    checks = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert result.returncode == 1
    assert checks["化名密钥"]["outcome"] == "wrong"
    assert "chmod 600" in checks["化名密钥"]["advice"]
    assert checks["检索"]["outcome"] == "fine"


def test_the_demo_counts_what_the_forum_holds(tmp_path: Path) -> None:
    result = fengping("demo", "--headless", "--home", "data", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    done, forum = json.loads(result.stdout), counts()
    assert done["forum_posts"] == forum.posts
    assert done["forum_threads"] == forum.threads
    assert done["seen"] == done["landed"] == done["analysed"] == done["indexed"] == forum.posts + 1
    assert done["complaints"] > 0
    assert {"crawl", "import", "analyse", "total"} <= set(done["seconds"])
    again = json.loads(fengping("demo", "--headless", "--home", "data", folder=tmp_path).stdout)
    assert {**again, "seconds": 0} == {**done, "seconds": 0}


def test_the_demo_adds_nothing_to_another_set_up(setup: SetUp, tmp_path: Path) -> None:
    result = fengping("demo", "--headless", "--home", str(setup.home), folder=tmp_path)
    assert result.returncode == 1
    assert "--home" in result.stderr
    assert setup.ledger.counts().posts == 7


def test_the_web_app_answers_and_stops_when_told(setup: SetUp, tmp_path: Path) -> None:
    arguments = ["web", "--home", str(setup.home), "--port", "0", "--headless"]
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, text=True
    ) as app:
        assert app.stderr is not None
        url = app.stderr.readline().split()[1]
        assert answers_within(f"{url}/_stcore/health", seconds=30)
        app.send_signal(signal.SIGTERM)
        app.stderr.read()
        assert app.wait(20) == 0


def test_a_port_that_was_asked_for_is_not_swapped(setup: SetUp, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = fengping("web", "--home", str(setup.home), "--port", str(port), "--headless", folder=tmp_path)
    assert result.returncode == 1
    assert "已被占用" in result.stderr


def waits(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Whether the condition comes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False


def answers_within(url: str, *, seconds: float) -> bool:
    """Whether the address answers in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


@pytest.mark.parametrize("kill", [signal.SIGTERM, signal.SIGINT])
def test_run_crawls_works_stops_when_told_and_goes_on(tmp_path: Path, kill: signal.Signals) -> None:
    forum = serve()
    try:
        write_configuration(tmp_path, forum.url)
        with subprocess.Popen(
            [*COMMAND, "run"], cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, text=True
        ) as run:
            setup = SetUp.open(tmp_path / "fengping-data", tmp_path / "fengping.toml")
            assert waits(lambda: setup.ledger.counts().posts >= 20, seconds=60)
            run.send_signal(kill)
            assert run.stderr is not None
            assert "已停止" in run.stderr.read()
            assert run.wait(30) == 0
        finished = fengping("run", "--once", folder=tmp_path)
        assert finished.returncode == 0, finished.stderr
        held = setup.ledger.counts()
        assert held.posts == held.analysed == held.indexed == counts().posts
        setup.ledger.close()
    finally:
        forum.close()


def test_run_without_a_source_says_what_to_do(tmp_path: Path) -> None:
    result = fengping("run", folder=tmp_path)
    assert result.returncode == 1
    assert "fengping init" in result.stderr


def write_configuration(folder: Path, url: str) -> None:
    """A set-up that crawls a forum on this machine."""
    lines = (
        "[sources.forum]",
        'spider = "forum"',
        'site = "discuz"',
        f'urls = ["{url}"]',
        'purpose = "测试"',
        'allow_hosts = ["127.0.0.1"]',
        "delay = 0.02",
    )
    (folder / "fengping.toml").write_text("\n".join(lines), encoding="utf-8")
