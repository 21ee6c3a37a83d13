"""Configuration: one file, the environment above it, and a wrong key stops the start with what is allowed."""

import re
from pathlib import Path

import pytest

from ui.configuration import Configuration, load, shown
from ui.default_file import default_file
from ui.errors import ConfigurationError


def written(tmp_path: Path, text: str) -> Path:
    """A configuration file."""
    path = tmp_path / "fengping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_a_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, tmp_path / "home") == Configuration()


def test_the_file_of_the_working_folder_wins_over_that_of_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    written(home, '[brand]\nname = "乙"')
    monkeypatch.chdir(tmp_path)
    assert load(None, home).brand.name == "乙"
    written(tmp_path, '[brand]\nname = "甲"')
    assert load(None, home).brand.name == "甲"


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, '[web]\nport = 8600\nlanguage = "en"')
    monkeypatch.setenv("FENGPING_WEB__PORT", "8700")
    configuration = load(path, tmp_path)
    assert (configuration.web.port, configuration.web.language) == (8700, "en")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[web]\nprot = 1", "web.prot：没有这个键，是不是想写 port；可用的键：address、port"),
        ("[wbe]\nport = 1", "wbe：没有这个键，是不是想写 web；可用的键：brand、sources"),
        ("[web]\nport = 99999", "web.port：不得大于 65535"),
        ('[web]\nport = "many"', "web.port：应为整数"),
        ('[web]\nlanguage = "fr"', "web.language：只能是 'zh'、'en'"),
        (
            '[sources."甲"]\nspider = "forum"\nsite = "discuz"\nurls = ["https://a.example"]',
            "sources.甲.purpose：必须填写",
        ),
        ('[sources."甲"]\nsipder = 1', "sources.甲.sipder：没有这个键，是不是想写 spider"),
        ("[monitor.weights]\nvolume = 0.9", "monitor.weights：五个权重之和必须是 1"),
        ("[monitor]\nnoticed = '(likes>1'", "monitor.noticed：检索式有误，第 1 字：括号没有闭合"),
        ("[web", "不是合法的 TOML"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(written(tmp_path, text), tmp_path)
    assert message in str(caught.value)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(written(tmp_path, "[web]\nport = -1\ncolour = 1\n[brand]\nname = ''"), tmp_path)
    assert len(caught.value.problems) == 3


def test_a_slip_in_a_variable_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGPING_WBE__PORT", "1")
    with pytest.raises(ConfigurationError, match="FENGPING_WBE__PORT：没有这一节"):
        load(written(tmp_path, ""), tmp_path)


def test_a_missing_file_that_was_named_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="文件不存在"):
        load(tmp_path / "none.toml", tmp_path)


def test_secrets_are_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGPING_INDEXER__LEDGER_URL", "postgresql://user:hidden@db/fengping")
    configuration = load(written(tmp_path, ""), tmp_path)
    assert shown(configuration)["indexer"]["ledger_url"] == "***"
    assert "hidden" not in repr(configuration)


def test_the_written_file_is_valid_and_its_commented_keys_too(tmp_path: Path) -> None:
    text = default_file()
    assert load(written(tmp_path, text), tmp_path) == Configuration()
    key = re.compile(r"# ((?:[a-z_]+ = |\[sources)[^\n]*)")
    configuration = load(written(tmp_path, key.sub(r"\1", text)), tmp_path)
    assert list(configuration.sources) == ["示例论坛"]
    assert configuration.nlp.model == Path("models/mine")
    assert configuration.monitor == Configuration().monitor


def test_the_demo_is_configured_by_a_valid_file(tmp_path: Path) -> None:
    configuration = load(Path("examples/fengping.toml"), tmp_path)
    assert [source.purpose for source in configuration.sources.values()] == ["演示：了解用户对红创金服的评价"]


def test_the_key_of_the_search_comes_from_the_environment_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match=r"indexer.search_api_key：是机密.*FENGPING_INDEXER__SEARCH_API_KEY"):
        load(written(tmp_path, '[indexer]\nsearch_api_key = "hidden"'), tmp_path)
    monkeypatch.setenv("FENGPING_INDEXER__SEARCH_API_KEY", "hidden")
    configuration = load(written(tmp_path, '[indexer]\nsearch = "https://search.example:9200"'), tmp_path)
    assert configuration.indexer.search_api_key is not None
    assert shown(configuration)["indexer"]["search_api_key"] == "***"
    assert "hidden" not in repr(configuration)


def test_an_address_with_a_password_is_refused_without_repeating_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"indexer.search：地址里不要写用户名和密码") as caught:
        load(written(tmp_path, '[indexer]\nsearch = "https://me:hidden@search.example:9200"'), tmp_path)
    assert "hidden" not in str(caught.value)
