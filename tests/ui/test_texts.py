"""The two languages say the same things, and the app says nothing that is not in them."""

import re
from pathlib import Path
from string import Formatter

import pytest

import ui
from indexer.query.fields import ISSUES, KINDS, SENTIMENTS, STATUSES, URGENCIES
from nlp.facts import KINDS as FACT_KINDS
from ui.texts import LANGUAGES, label_text, texts
from ui.texts.en import EN
from ui.texts.zh import ZH

WEB = Path(ui.__file__).parent / "web"
SOURCES = {path: path.read_text(encoding="utf-8") for path in WEB.rglob("*.py")}


def places(text: str) -> set[str]:
    """The names that a text has places for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(ZH) == set(EN)


@pytest.mark.parametrize("key", [key for key in ZH if not key.startswith("day.")])
def test_both_languages_have_places_for_the_same_values(key: str) -> None:
    assert places(ZH[key]) == places(EN[key])


def test_every_key_that_the_app_names_exists() -> None:
    named = {key for source in SOURCES.values() for key in re.findall(r'text\(\s*"([a-z_.]+\.[a-z_]+)"', source)}
    assert named
    assert named <= set(ZH)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("kind", KINDS),
        ("sentiment", SENTIMENTS),
        ("issue", ISSUES),
        ("urgency", URGENCIES),
        ("status", STATUSES),
        ("fact", FACT_KINDS),
    ],
)
def test_every_value_has_a_word_in_every_language(field: str, values: list[str]) -> None:
    for language in LANGUAGES.values():
        assert not [value for value in values if f"{field}.{value}" not in language]


def test_no_chinese_stands_in_the_code_of_the_app() -> None:
    chinese = re.compile(r"[一-鿿]")
    allowed = {"app.py", "settings.py"}  # the tab's title; descriptions of settings
    offending = []
    for path, source in SOURCES.items():
        code = re.sub(r'"""[\s\S]*?"""|#[^\n]*', "", source)
        if path.name not in allowed and chinese.search(code):
            offending.append(path.name)
    assert offending == []


def test_a_label_is_named_by_its_field() -> None:
    assert label_text("issues", "collection") == "催收"
    assert label_text("field", "overdue_complaint") == "逾期投诉"
    assert texts("en").label("issue", "collection") == "collection"
    assert texts("zh").label("issue", "not-in-the-guide") == "not-in-the-guide"
