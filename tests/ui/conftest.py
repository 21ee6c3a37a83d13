"""A small real set-up for the tests of app and command line: posts landed, analysed by the shipped model, indexed."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.post import PostKind
from indexer.worker import work
from tests.indexer.builders import post
from ui.setup import SetUp

TEXTS = (
    "红创金服逾期三天，催收爆我通讯录，打给我单位领导，已经向12378投诉",
    "红创金服逾期三天，催收天天打电话骂人，还威胁上门",
    "红创金服的罚息太高，客服一直不处理，我要投诉",
    "红创金服客服态度挺好，提前还款很顺利，谢谢",
    "今年一季度红创金服逾期率5.2%，同比上升1.5个百分点",
    "逾期了怎么协商还款，有人办过吗？红创金服能延期吗",
    "<img src=x onerror=alert(1)> 红创金服 <script>window.hacked=1</script> 催收骚扰",
)
CONFIGURATION = """
[brand]
name = "红创金服"

[sources.forum]
spider = "forum"
site = "discuz"
urls = ["https://forum.example/"]
purpose = "测试"
"""


def fill(home: Path, texts: tuple[str, ...] = TEXTS, *, first: int = 1) -> SetUp:
    """Land, analyse and index texts as posts of the last days."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "fengping.toml").write_text(CONFIGURATION, encoding="utf-8")
    setup, now = SetUp.open(home, home / "fengping.toml"), datetime.now(UTC)
    posts = [
        post(first + number, text, published=now - timedelta(days=number, hours=1), crawled=now, kind=PostKind.TOPIC)
        for number, text in enumerate(texts)
    ]
    setup.ledger.land(posts, now=now)
    work(setup.ledger, setup.analyzer, setup.index)
    setup.index.close()
    return setup


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that the tests copy: loading the model once is enough."""
    filled = fill(tmp_path_factory.mktemp("filled") / "home")
    filled.ledger.close()
    return filled.home


@pytest.fixture
def setup(filled_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SetUp]:
    """A filled set-up of the test's own, and the environment that names it to the app."""
    home = Path(shutil.copytree(filled_home, tmp_path / "home"))
    filled = SetUp.open(home, home / "fengping.toml")
    monkeypatch.setenv("FENGPING_HOME", str(filled.home))
    monkeypatch.setenv("FENGPING_CONFIG", str(filled.home / "fengping.toml"))
    yield filled
    filled.ledger.close()
