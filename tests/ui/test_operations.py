"""What an operator sees of a process that stays: metrics, health, logs; and what none of them may show."""

import json
import logging
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.post import CrawlIssue, IssueReason
from examples.forum.server import serve
from indexer.ledger import CrawlRun, Failure, Stage
from tests.indexer.builders import post
from tests.ui.test_cli import COMMAND, environment, fengping, write_configuration
from ui.logs import JsonLines, LogSettings, TextLines
from ui.operations import MetricsAddress
from ui.setup import SetUp

PHONE, QUOTE = "13800138000", "催收上门泼油漆的那几个人"


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def values(text: str) -> dict[str, float]:
    """Every sample by its name and labels."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {f"{s.name}{''.join(f' {k}={v}' for k, v in sorted(s.labels.items()))}": s.value for s in samples}


@contextmanager
def working(setup: SetUp, folder: Path, *options: str, **changes: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """`fengping work` with metrics on a free port, its log as JSON; gives the URL and the process."""
    command = [*COMMAND, "work", "--home", str(setup.home), "--metrics", "0", *options]
    log = {"FENGPING_LOG__FORMAT": "json", "FENGPING_LOG__LEVEL": "debug", **changes}
    with subprocess.Popen(
        command, cwd=folder, env=environment(**log), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        first = json.loads(process.stderr.readline())
        try:
            yield first["url"], process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)


def until(setup: SetUp, *, pending: int, indexed: int) -> None:
    for _ in range(600):
        counts = setup.ledger.counts()
        if (counts.pending, counts.indexed) == (pending, indexed):
            return
        time.sleep(0.1)
    raise AssertionError(setup.ledger.counts())


def test_metrics_and_health_tell_what_the_worker_did(setup: SetUp, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    run = CrawlRun(source="forum", started=now, finished=now, outcome="finished", pages=12, posts=30, issues=2)
    setup.ledger.note_run(run)
    with working(setup, tmp_path) as (url, _):
        setup.ledger.land([post(100, "红创金服客服不理人"), post(101, "催收")], now=datetime.now(UTC))
        until(setup, pending=0, indexed=9)
        assert fetch(f"{url}/healthz") == (200, '{"alive": true}\n')
        status, ready = fetch(f"{url}/readyz")
        assert (status, json.loads(ready)["ready"]) == (200, True), ready
        found = values(fetch(f"{url}/metrics")[1])
        assert fetch(f"{url}/other")[0] == 404
    expected = {
        "fengping_posts": 9,
        "fengping_pending_posts": 0,
        "fengping_unindexed_records": 0,
        "fengping_index_records": 9,
        "fengping_analysed_posts_total": 2,
        "fengping_indexed_records_total": 2,
        "fengping_dead_letters stage=analysis": 0,
        "fengping_landing_to_searchable_seconds_count": 2,
        "fengping_crawl_pages_total source=forum": 12,
        "fengping_crawl_issues_total source=forum": 2,
        "fengping_crawl_last_success_timestamp_seconds source=forum": pytest.approx(now.timestamp(), abs=1),
        "fengping_ledger_up": 1,
        "fengping_worker_waiting": 0,
    }
    assert {name: found[name] for name in expected} == expected
    assert found["fengping_index_bytes"] > 0


def test_a_lag_beyond_the_limit_is_not_ready(setup: SetUp, tmp_path: Path) -> None:
    setup.ledger.land([post(100)], now=datetime.now(UTC) - timedelta(hours=2))
    setup.ledger.lease("elsewhere:1", limit=9, now=datetime.now(UTC), seconds=900)
    with working(setup, tmp_path) as (url, _):
        status, ready = fetch(f"{url}/readyz")
        assert status == 503
        assert "lag_limit_seconds" in json.loads(ready)["checks"]["lag"]
        assert values(fetch(f"{url}/metrics")[1])["fengping_oldest_pending_age_seconds"] > 7000


def test_neither_log_nor_metrics_show_what_people_wrote(setup: SetUp, tmp_path: Path) -> None:
    planted = post(100, f"{QUOTE}，打我电话{PHONE}，红创金服", author=PHONE)
    setup.ledger.note_issue(
        CrawlIssue(
            source="forum",
            url="https://forum.example/1",
            reason=IssueReason.UNREADABLE_FIELD,
            field="text",
            detail=QUOTE,
            at=datetime.now(UTC),
        )
    )
    with working(setup, tmp_path) as (url, process):
        far = replace(planted, native_id="101", published=datetime(9999, 1, 1, tzinfo=UTC))
        setup.ledger.land([planted, far], now=datetime.now(UTC))
        until(setup, pending=0, indexed=9)
        metrics = fetch(f"{url}/metrics")[1] + fetch(f"{url}/readyz")[1]
        process.send_signal(signal.SIGTERM)
        assert process.stdout
        assert process.stderr
        log, told = process.stderr.read(), process.stdout.read()
    assert values(metrics.partition('{"ready')[0])["fengping_dead_letters stage=indexing"] == 0
    listed = fengping("work", "dead-letters", "--home", str(setup.home), "--json", folder=tmp_path)
    shown = log + told + metrics + listed.stdout + listed.stderr
    assert all("message" in json.loads(line) for line in log.splitlines())
    for secret in (PHONE, QUOTE, "泼油漆"):
        assert secret not in shown


def test_a_wrong_address_is_refused(tmp_path: Path) -> None:
    assert MetricsAddress.parse("9400") == MetricsAddress("127.0.0.1", 9400)
    assert MetricsAddress.parse("0.0.0.0:9400") == MetricsAddress("0.0.0.0", 9400)
    result = fengping("work", "--metrics", "nowhere", folder=tmp_path)
    assert result.returncode == 2
    assert "nowhere" in result.stderr


def test_a_failure_is_the_last_line_of_a_json_log(setup: SetUp, tmp_path: Path) -> None:
    setup.index.acquire()
    result = fengping("work", "--once", "--home", str(setup.home), folder=tmp_path, FENGPING_LOG__FORMAT="json")
    setup.index.close()
    last = json.loads(result.stderr.splitlines()[-1])
    assert result.returncode == 1
    assert (last["level"], last["error"]) == ("error", "IndexLockedError")


def failing() -> Any:
    """The trace of an error that quotes a post."""
    with pytest.raises(ValueError, match=QUOTE) as raised:
        raise ValueError(f"{QUOTE} {PHONE}")
    return (raised.type, raised.value, raised.tb)


def test_lines_are_masked_and_carry_no_values() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, f"拨打{PHONE}", None, failing())
    line = json.loads(JsonLines().format(record))
    assert line["level"] == "error"
    assert line["trace"][0].endswith("failing")
    for text in (JsonLines().format(record), TextLines().format(record)):
        assert "ValueError" in text
        assert PHONE not in text
        assert QUOTE not in text


def test_the_log_is_text_for_people_by_default() -> None:
    assert (LogSettings().format, LogSettings().level) == ("text", "info")


def test_dead_letters_are_listed_and_put_back(setup: SetUp, tmp_path: Path) -> None:
    (record_id,) = setup.ledger.land([post(100)], now=datetime.now(UTC)).record_ids
    failure = Failure(record_id=record_id, stage=Stage.ANALYSIS, error="ValueError", reason="读不了", version=1)
    setup.ledger.dead_letters.set_aside([failure], now=datetime.now(UTC))
    home = ("--home", str(setup.home))
    assert "读不了" in fengping("work", "dead-letters", *home, folder=tmp_path).stdout
    unknown = fengping("work", "retry", "999999", *home, folder=tmp_path)
    assert (unknown.returncode, "999999" in unknown.stderr) == (1, True)
    assert fengping("work", "retry", *home, folder=tmp_path).returncode == 2
    assert fengping("work", *home, "retry", "--all", folder=tmp_path).returncode == 2
    again = fengping("work", "retry", str(record_id), *home, "--json", folder=tmp_path)
    assert json.loads(again.stdout) == {"retried": 1}
    assert json.loads(fengping("work", "--once", *home, "--json", folder=tmp_path).stdout)["analysed"] == 1


def test_a_second_worker_is_refused_clearly_and_may_analyse_only(setup: SetUp, tmp_path: Path) -> None:
    setup.ledger.land([post(100)], now=datetime.now(UTC))
    setup.index.acquire()
    try:
        refused = fengping("work", "--once", "--home", str(setup.home), folder=tmp_path)
        analysed = fengping("work", "--once", "--analyse-only", "--home", str(setup.home), "--json", folder=tmp_path)
    finally:
        setup.index.close()
    assert refused.returncode == 1
    assert "同一时间只能有一个" in refused.stderr
    assert (json.loads(analysed.stdout)["analysed"], json.loads(analysed.stdout)["indexed"]) == (1, 0)
    assert setup.ledger.counts().indexed == 7


def test_processes_work_from_the_command_line(setup: SetUp, tmp_path: Path) -> None:
    setup.ledger.land(
        [post(100 + number, f"第{number}次被催收，红创金服") for number in range(20)], now=datetime.now(UTC)
    )
    result = fengping(
        "work",
        "--once",
        "--home",
        str(setup.home),
        "--json",
        folder=tmp_path,
        FENGPING_WORK__EXECUTOR="processes",
        FENGPING_WORK__PROCESSES="1",
        FENGPING_WORK__BATCH="8",
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["analysed"] == 20
    assert setup.ledger.counts().indexed == 27


def test_a_wrong_executor_is_explained(tmp_path: Path) -> None:
    result = fengping("work", "--once", folder=tmp_path, FENGPING_WORK__EXECUTOR="threads")
    assert result.returncode == 2
    assert "tcp://" in result.stderr


def test_a_cluster_that_is_not_there_is_told(setup: SetUp, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="缺少 distributed：pip install 'fengping[cluster]'")
    home = ("--home", str(setup.home))
    result = fengping("work", "--once", *home, folder=tmp_path, FENGPING_WORK__EXECUTOR="tcp://127.0.0.1:1")
    assert result.returncode == 1
    assert "连不上 Dask 调度器" in result.stderr


def test_a_run_from_the_site_to_the_index_tells_nothing_of_what_it_reads(tmp_path: Path) -> None:
    forum = serve()
    try:
        write_configuration(tmp_path, forum.url)
        command = [*COMMAND, "run", "--metrics", "0"]
        log_settings = environment(FENGPING_LOG__FORMAT="json", FENGPING_LOG__LEVEL="debug")
        with subprocess.Popen(command, cwd=tmp_path, env=log_settings, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            lines = [process.stderr.readline(), process.stderr.readline()]
            url = next(json.loads(line)["url"] for line in lines if "url" in json.loads(line))
            setup = SetUp.open(tmp_path / "fengping-data", tmp_path / "fengping.toml")
            for _ in range(900):
                runs = setup.ledger.crawl_runs()
                if runs and setup.ledger.counts().pending == 0:
                    break
                time.sleep(0.1)
            metrics = fetch(f"{url}/metrics")[1]
            process.send_signal(signal.SIGTERM)
            log = "".join(lines) + process.stderr.read()
    finally:
        forum.close()
    assert values(metrics)["fengping_crawl_pages_total source=forum"] > 20
    shown = log + metrics + (setup.home / "crawl" / "crawl.log").read_text(encoding="utf-8")
    records = setup.ledger.all_records(limit=1000)
    setup.ledger.close()
    assert len(records) > 50
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", shown)
    told = [quote for record in records for quote in quotes(record.post.text) if quote in shown]
    assert told == []


def quotes(text: str) -> list[str]:
    """Pieces of a post that nobody writes by chance."""
    return [text[start : start + 12] for start in range(0, max(1, len(text) - 12), 12) if len(text) >= 12]
