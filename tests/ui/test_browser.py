"""The app in a real browser: what a reader sees, clicks and types, over a real set-up."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.query import parse
from indexer.record import Decision
from indexer.worker import index_now
from tests.ui.conftest import fill
from tests.ui.test_cli import COMMAND, answers_within, environment
from ui.setup import SetUp

playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 Playwright：pip install 'fengping[test]'")
from playwright.sync_api import Browser, Page, expect  # noqa: E402 -- only where it is installed

CHROMIUM = os.environ.get("FENGPING_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="缺少 Chromium：apt-get install chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def setup(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SetUp]:
    """One set-up for all tests here, because an app takes seconds to start; each test looks at posts of its own."""
    home = Path(shutil.copytree(filled_home, tmp_path_factory.mktemp("browser") / "home"))
    filled = SetUp.open(home, home / "fengping.toml")
    yield filled
    filled.ledger.close()


@pytest.fixture(scope="module")
def url(setup: SetUp) -> Iterator[str]:
    """The app, served by its command as its users do."""
    arguments = ["web", "--home", str(setup.home), "--port", "0", "--headless"]
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=setup.home, env=environment(), stderr=subprocess.PIPE, text=True
    ) as app:
        assert app.stderr is not None
        address = app.stderr.readline().split()[1]
        assert answers_within(f"{address}/_stcore/health", seconds=40)
        yield address
        app.terminate()
        app.stderr.read()


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """An empty tab; an error that the page's scripts raise fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=url)
    tab, errors = context.new_page(), []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    context.close()
    assert errors == []


def test_whoever_comes_first_by_a_page_s_address_sees_the_app_s_own_menu(page: Page) -> None:
    page.goto("/complaints")
    expect(page.locator(".st-key-complaint-rows .fp-row").first).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
    expect(page.get_by_role("link", name="总览")).to_be_visible()


def test_the_overview_shows_the_brand_and_leads_to_posts(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("品牌风险指数 · 近 7 天")).to_be_visible()
    expect(page.get_by_text("数据截至")).to_be_visible()
    expect(page.locator(".st-key-risk-chart .vega-embed")).to_be_visible()
    page.locator(".st-key-issue-bars button").filter(has_text="催收").click()
    expect(page).to_have_url(re.compile(r"/search\?q=.*collection"))
    expect(page.locator(".st-key-hit-rows .fp-row").first).to_be_visible()


def test_nothing_of_the_library_is_left_over(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("品牌风险指数 · 近 7 天")).to_be_visible()
    for leftover in ("Deploy", "Made with Streamlit", "Rerun", "Settings"):
        expect(page.get_by_text(leftover)).to_have_count(0)
    expect(page.locator("[data-testid=stMainMenu]:visible")).to_have_count(0)


def test_a_label_is_corrected_and_the_audit_log_has_it(page: Page, setup: SetUp) -> None:
    page.goto("/complaints")
    first = page.locator(".st-key-complaint-rows .fp-row").first
    expect(first).to_be_visible()
    page.get_by_placeholder("研判人姓名").fill("王五")
    page.get_by_placeholder("研判人姓名").press("Enter")
    page.get_by_role("button", name="更正").click()
    page.get_by_role("radio", name="高", exact=True).click()
    page.get_by_placeholder("为什么这样改").fill("提到向监管投诉")
    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text("已记录")).to_be_visible()
    entry = setup.ledger.audit_log()[0]
    assert (entry.actor, entry.action) == ("王五", "decide")
    assert "提到向监管投诉" in entry.detail
    page.goto(f"/complaints?status=reviewed&post={entry.subject.removeprefix('record:')}")
    page.get_by_role("tab", name="研判记录").click()
    expect(page.get_by_text("理由：提到向监管投诉")).to_be_visible()
    expect(page.locator(".st-key-card-post").get_by_text("已复核")).to_be_visible()


def test_one_key_confirms_and_brings_the_next(page: Page, setup: SetUp) -> None:
    page.goto("/complaints")
    rows = page.locator(".st-key-complaint-rows .fp-row")
    expect(rows.first).to_be_visible()
    before, decided = rows.count(), setup.ledger.counts().decided
    page.get_by_placeholder("研判人姓名").fill("王五")
    page.get_by_placeholder("研判人姓名").press("Enter")
    page.locator(".fp-post .text").click()
    page.keyboard.press("y")
    expect(rows).to_have_count(before - 1)
    assert setup.ledger.counts().decided == decided + 1


def test_search_marks_the_word_and_facets_narrow(page: Page) -> None:
    page.goto("/search")
    box = page.get_by_placeholder("例如")
    box.fill("催收")
    box.press("Enter")
    marks = page.locator(".st-key-hit-rows mark")
    expect(marks.first).to_have_text("催收")
    expect(page).to_have_url(re.compile("q=%E5%82%AC%E6%94%B6"))
    expect(page.locator(".fp-count")).to_have_text("3 条")
    expect(page.locator(".st-key-facets button").first).to_be_visible()
    narrower = [text.split()[-1] for text in page.locator(".st-key-facets button").all_inner_texts()]
    place = next(place for place, count in enumerate(narrower) if count in ("1", "2"))
    page.locator(".st-key-facets button").nth(place).click()
    expect(page).to_have_url(re.compile("(kind|sentiment|issue|urgency)="))
    expect(page.locator(".fp-count")).to_have_text(f"{narrower[place]} 条")


def test_a_wrong_query_shows_where(page: Page) -> None:
    page.goto("/search?q=催收 (家人")
    expect(page.locator(".fp-wrong em")).to_have_text("(")
    expect(page.get_by_text("第 4 字")).to_be_visible()


def test_a_post_cannot_run_a_script(page: Page) -> None:
    page.goto("/search?q=骚扰")
    row = page.locator(".st-key-hit-rows .fp-row").first
    expect(row).to_contain_text("ed=1</script>")
    row.click()
    expect(page.get_by_role("dialog").locator(".fp-post .text")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.evaluate("window.hacked") is None


def test_a_closed_post_stays_closed(page: Page) -> None:
    page.goto("/search?q=罚息")
    page.locator(".st-key-hit-rows .fp-row").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".fp-post")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page).not_to_have_url(re.compile("post="))


def test_new_posts_appear_without_a_restart(page: Page, setup: SetUp) -> None:
    page.goto("/search?q=分期乐园")
    expect(page.get_by_text("没有找到帖子")).to_be_visible()
    fill(setup.home, ("红创金服和分期乐园哪个好",), first=100)
    expect(page.locator(".fp-count")).to_have_text("1 条")


def test_a_decision_made_elsewhere_shows_too(page: Page, setup: SetUp) -> None:
    page.goto("/search?q=5.2&kind=promo")
    expect(page.get_by_text("没有找到帖子")).to_be_visible()
    tree = parse("5.2", now=datetime.now(UTC))
    (record_id,) = setup.index.search(tree).record_ids
    setup.ledger.decide(
        Decision(record_id=record_id, reviewer="赵六", reason="软文", decided=datetime.now(UTC), kind="promo")
    )
    assert index_now(setup.ledger, setup.index)
    expect(page.locator(".fp-count")).to_have_text("1 条")


def test_english_is_one_click_away_and_stays(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("Brand risk index · last 7 days")).to_be_visible()
    expect(page).to_have_url(re.compile("lang=en"))
    page.get_by_role("link", name="Search").click()
    expect(page.get_by_placeholder("e.g.")).to_be_visible()
