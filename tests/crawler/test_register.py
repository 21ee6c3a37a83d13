import pytest
from pydantic import ValidationError

from crawler.errors import RegisterError
from crawler.register import SourceSettings, chosen
from tests.crawler.crawling import source


def test_a_source_needs_a_purpose() -> None:
    with pytest.raises(ValidationError, match="purpose"):
        SourceSettings.model_validate({"spider": "feed", "urls": ["http://a.example/feed"]})
    with pytest.raises(ValidationError, match="目的"):
        source("http://a.example/", purpose="  ")


def test_a_forum_needs_a_site_file() -> None:
    with pytest.raises(ValidationError, match="site"):
        source("http://a.example/", site="")


def test_only_web_addresses() -> None:
    with pytest.raises(ValidationError, match="网址"):
        source("file:///etc/passwd")


def test_nobody_crawls_what_is_not_registered() -> None:
    with pytest.raises(RegisterError, match="没有登记"):
        chosen({}, ["某站"])


def test_without_names_all_that_are_switched_on() -> None:
    register = {"甲": source("http://a.example/"), "乙": source("http://b.example/", enabled=False)}
    assert list(chosen(register, [])) == ["甲"]
    with pytest.raises(RegisterError, match="停用"):
        chosen(register, ["乙"])


def test_hosts_of_a_source() -> None:
    assert source("http://a.example:8000/x", "http://a.example/y", "https://b.example").hosts == (
        "a.example",
        "b.example",
    )
