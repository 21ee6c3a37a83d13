"""Every page of the app runs over a real set-up, filled and empty, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui
from ui.setup import SetUp

PAGES = sorted((Path(ui.__file__).parent / "web" / "pages").glob("[a-z]*.py"))
TIMEOUT = 30


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """The app keeps its set-up and answers for the life of a process; a test is a life of its own."""
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


def run(page: Path, /, **address: str) -> AppTest:
    """A page as its address shows it."""
    app = AppTest.from_file(str(page), default_timeout=TIMEOUT)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def html(app: AppTest) -> str:
    """What the page shows as HTML."""
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


@pytest.mark.usefixtures("setup")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_runs_over_data(page: Path, language: str) -> None:
    app = run(page, lang=language)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_without_data_says_what_helps(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FENGPING_HOME", str(tmp_path / "empty"))
    app = run(page)
    assert not app.exception
    assert "fengping run" in html(app)


@pytest.mark.usefixtures("setup")
def test_the_state_of_the_search_is_in_the_address() -> None:
    page = next(page for page in PAGES if page.stem == "search")
    app = run(page, q="逾期", sort="oldest", kind="complaint")
    assert app.text_input(key="search-box").value == "逾期"
    assert app.selectbox(key="select-sort").value == "oldest"
    app.text_input(key="search-box").set_value("罚息").run()
    assert app.query_params["q"] in ("罚息", ["罚息"])


@pytest.mark.usefixtures("setup")
def test_a_wrong_query_is_shown_with_its_place() -> None:
    page = next(page for page in PAGES if page.stem == "search")
    assert "第 4 字" in html(run(page, q="催收 (家人"))


@pytest.mark.usefixtures("setup")
@pytest.mark.parametrize(
    "address", [{"post": "999999"}, {"post": "x"}, {"page": "-1"}, {"page": "9999"}, {"queue": "?"}, {"issue": '"x'}]
)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_wrong_address_breaks_nothing(page: Path, address: dict[str, str]) -> None:
    assert not run(page, **address).exception


def test_a_label_is_confirmed_with_one_button(setup: SetUp) -> None:
    page = next(page for page in PAGES if page.stem == "complaints")
    app = run(page)
    app.text_input(key="reviewer").set_value("张三").run()
    app.button(key="confirm").click().run()
    assert not app.exception
    entries = setup.ledger.audit_log()
    assert [(entry.actor, entry.action) for entry in entries] == [("张三", "decide")]
    assert setup.ledger.counts().decided == 1


def test_nobody_judges_without_a_name(setup: SetUp) -> None:
    page = next(page for page in PAGES if page.stem == "complaints")
    app = run(page)
    app.button(key="confirm").click().run()
    assert "研判人" in app.error[0].value
    assert setup.ledger.audit_log() == []


def test_a_label_is_corrected_with_a_reason(setup: SetUp) -> None:
    page = next(page for page in PAGES if page.stem == "complaints")
    app = run(page)
    app.text_input(key="reviewer").set_value("李四").run()
    app.button(key="correct").click().run()
    app.selectbox[-1].set_value("promo")
    save = next(button for button in app.button if button.label == "保存更正")
    save.click().run()
    assert "理由" in app.error[0].value
    reason = next(box for box in app.text_input if box.label == "理由")
    reason.set_value("是反催收广告")
    next(button for button in app.button if button.label == "保存更正").click().run()
    assert not app.exception
    (entry,) = setup.ledger.audit_log()
    assert "是反催收广告" in entry.detail
    assert entry.actor == "李四"
