"""Evidence from a real crawl: verified against the ledger, handed over, and checked by nothing but Python."""

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.crawler import small_forum as forum
from tests.crawler.crawling import landed, run
from tests.servers.pages import PageServer, html
from ui.cli import app
from ui.setup import SetUp


@dataclass(frozen=True)
class Given:
    """A home with a thread of two posts, the second of which was edited and read again."""

    home: Path
    edited: int
    other: int

    def command(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, ["evidence", *arguments, "--home", str(self.home)])

    def verified(self) -> dict[str, object]:
        result = self.command("verify", "--json")
        found: dict[str, object] = json.loads(result.stdout)
        assert result.exit_code == (1 if found["problems"] else 0)
        return found


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Given:
    home = tmp_path_factory.mktemp("evidence") / "home"
    pages = {
        "/board": html(forum.board([(1, 1)])),
        "/thread-1-1-1.html": html(forum.thread([(101, "催收打给我单位"), (102, "我的电话 13800138000")])),
    }
    with PageServer(pages) as server:
        run(home, server.url + "/board")
        pages["/thread-1-1-1.html"] = html(forum.thread([(101, "催收打给我单位"), (102, "改过的回复")]))
        server.routes.update(pages)
        run(home, server.url + "/board", revisit=True)
    records = landed(home)
    return Given(home, records["102"].id, records["101"].id)


@pytest.fixture
def given(crawled: Given, tmp_path: Path) -> Given:
    home = tmp_path / "home"
    subprocess.run(["cp", "-a", str(crawled.home), str(home)], check=True)
    return Given(home, crawled.edited, crawled.other)


def first_warc(given: Given) -> Path:
    return min((given.home / "evidence").glob("*.warc.gz"))


def test_a_crawl_leaves_sealed_evidence(given: Given) -> None:
    found = given.verified()
    assert (found["problems"], found["manifests"], found["records"], found["unsealed"]) == ([], 2, 2, 0)


def test_verify_names_the_record_and_the_posts(given: Given) -> None:
    path = first_warc(given)
    whole = bytearray(path.read_bytes())
    whole[100] ^= 1
    path.write_bytes(whole)
    (problem,) = given.verified()["problems"]  # type: ignore[misc]
    assert (problem["fault"], problem["file"], problem["offset"], problem["record"]) == ("changed", path.name, 0, 1)
    assert problem["url"].endswith("/thread-1-1-1.html")
    told = given.command("verify").stdout
    assert f"✗ {path.name} 第 0 字节（第 1 个记录）" in told


def test_verify_names_the_posts_whose_evidence_is_gone(given: Given) -> None:
    for path in (given.home / "evidence" / "manifests").glob("*.json"):
        path.unlink()
    problems = given.verified()["problems"]
    faults = [problem["fault"] for problem in problems]  # type: ignore[attr-defined]
    assert {*faults} == {"extra", "not_kept"}
    assert faults.count("not_kept") == 3


def test_the_audit_log_remembers_manifests_that_were_cut_off(given: Given) -> None:
    assert given.command("seal").exit_code == 0
    last = max((given.home / "evidence" / "manifests").glob("*.json"), key=lambda path: path.stat().st_mtime)
    last.unlink()
    details = [problem["detail"] for problem in given.verified()["problems"]]  # type: ignore[attr-defined]
    assert any("审计日志记得第 2 份清单" in detail for detail in details)


def exported(given: Given, *posts: int) -> Path:
    output = given.home.parent / "bundle.zip"
    result = given.command("export", *map(str, posts), "-o", str(output), "--reason", "向平台投诉")
    assert result.exit_code == 0, result.output
    return output


def checked(place: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(place / "verify.py"), *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert not done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def bundle(given: Given) -> Path:
    folder = given.home.parent / "bundle"
    with zipfile.ZipFile(exported(given, given.edited)) as archive:
        archive.extractall(folder)
    return folder


def test_a_bundle_verifies_offline_with_nothing_but_python(bundle: Path) -> None:
    status, said = checked(bundle)
    assert (status, said.partition("，")[0]) == (0, "完整：1 条帖子")
    assert checked(bundle, str(bundle.with_suffix(".zip")))[0] == 0


def test_a_bundle_holds_every_version_with_its_page(bundle: Path, given: Given) -> None:
    (path,) = (bundle / "posts").iterdir()
    post = json.loads(path.read_text(encoding="utf-8"))
    assert [version["text"] for version in post["versions"]] == ["我的电话 〔手机号〕", "改过的回复"]
    assert len(list((bundle / "warc").iterdir())) == len(list((bundle / "manifests").iterdir())) == 2
    readme = (bundle / "README.txt").read_text(encoding="utf-8")
    assert "个人信息" in readme
    assert "向平台投诉" in readme
    with SetUp.open(given.home).ledger as ledger:
        entry = ledger.audit_log(f"record:{given.edited}")[0]
    assert (entry.action, json.loads(entry.detail)["reason"]) == ("export_evidence", "向平台投诉")


def test_a_second_bundle_shows_who_took_the_first(bundle: Path, given: Given) -> None:
    with zipfile.ZipFile(exported(given, given.edited, given.other)) as archive:
        log = json.loads(archive.read("audit.json"))
    assert [entry["action"] for entry in log["entries"]] == ["export_evidence"]
    assert log["chain"][0][0] == log["entries"][0]["id"]


def flip(name: str) -> Callable[[Path], None]:
    def tamper(folder: Path) -> None:
        whole = bytearray((folder / name).read_bytes())
        whole[len(whole) // 2] ^= 1
        (folder / name).write_bytes(whole)

    return tamper


def reseal(folder: Path) -> None:
    """What a forger would do: fit bundle.json to the changed files."""
    import hashlib

    from crawler.evidence.verify import seal_of

    bundle = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    for name in bundle["files"]:
        if (folder / name).exists():
            bundle["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    bundle["sha256"] = seal_of(bundle)
    (folder / "bundle.json").write_text(json.dumps(bundle), encoding="utf-8")


def rewrite(pattern: str, old: str, new: str) -> Callable[[Path], None]:
    def tamper(folder: Path) -> None:
        path = min(folder.glob(pattern))
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        reseal(folder)

    return tamper


TAMPERINGS = {
    "a page": (flip("warc/0001.warc.gz"), "warc/0001.warc.gz"),
    "a page, its seal mended": (
        lambda folder: (flip("warc/0002.warc.gz")(folder), reseal(folder)),
        "thread-1-1-1.html",
    ),
    "a post": (rewrite("posts/*.json", '"offset": 0', '"offset": 9'), "第 1 版所指的证据不在清单里"),
    "a file missing": (lambda folder: (folder / "chain.json").unlink(), "chain.json 缺失"),
    "a file too many": (lambda folder: (folder / "more.txt").write_text("x"), "more.txt 是多出来的文件"),
    "a manifest": (rewrite("manifests/*.json", "thread-1-1-1", "thread-2-1-1"), "被改动过"),
    "the chain": (rewrite("chain.json", '"number": 1', '"number": 7'), "哈希链"),
    "the reason": (lambda folder: _edit(folder / "bundle.json", "向平台投诉", "别的用途"), "bundle.json 被改动过"),
    "not even JSON": (lambda folder: (folder / "bundle.json").write_text("{"), "bundle.json 缺失或读不出来"),
}


def _edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_each_kind_of_tampering_is_named(bundle: Path, tampering: str) -> None:
    tamper, told = TAMPERINGS[tampering]
    tamper(bundle)  # type: ignore[no-untyped-call]
    status, said = checked(bundle)
    assert (status, told in said) == (1, True), said


def test_a_changed_audit_entry_is_named(bundle: Path, given: Given) -> None:
    folder = bundle.with_name("second")
    with zipfile.ZipFile(exported(given, given.edited)) as archive:
        archive.extractall(folder)
    rewrite("audit.json", "向平台投诉", "别的用途")(folder)
    assert "被改动过" in checked(folder)[1]


def test_wrong_use_and_missing_posts_are_told(given: Given) -> None:
    output = ["-o", str(given.home.parent / "x.zip")]
    assert given.command("export", "1", *output).exit_code == 2
    assert given.command("export", "1", *output, "--reason", " ").exit_code == 2
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "evidence", "export", "999", *output, "--reason", "x", "--home", given.home],
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert not (given.home.parent / "x.zip").exists()


def test_a_crawl_killed_at_any_moment_leaves_evidence_that_can_be_sealed(tmp_path: Path) -> None:
    home, threads = tmp_path / "home", range(1, 30)
    pages = {f"/thread-{tid}-1-1.html": html(forum.thread([(tid * 100, f"第 {tid} 帖")])) for tid in threads}
    pages["/board"] = html(forum.board([(tid, 0) for tid in threads]))
    with PageServer(pages, delay=0.1) as server:
        command = [sys.executable, "-m", "tests.crawler.crawl_command", str(home), server.url + "/board"]
        with subprocess.Popen(command) as process:
            while not list((home / "evidence").glob("*.warc.gz")) and process.poll() is None:
                time.sleep(0.05)
            time.sleep(1)
            process.kill()
    time.sleep(0.5)  # the crawl process notices that nobody listens
    given = Given(home, 1, 1)
    assert given.verified()["problems"] == []
    assert given.command("seal").exit_code == 0
    found = given.verified()
    assert (found["problems"], found["unsealed"]) == ([], 0)
    assert found["records"]
