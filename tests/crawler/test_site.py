from pathlib import Path

import pytest

from crawler.errors import SiteFileError
from crawler.site import Place, load_site, shipped_sites

SMALL = """
title = "小站"
[list]
here = "#threads"
item = "tr"
native_id = "a@data-id"
url = "a@href"
title = "a"
[thread]
here = "#posts"
item = "article"
native_id = { xpath = "./@id", pattern = '(\\d+)' }
text = [".body", ".content"]
published = "time@datetime"
"""


def write(folder: Path, text: str) -> str:
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", shipped_sites())
def test_shipped_site_files_load(name: str) -> None:
    assert load_site(name).name == name


def test_short_forms_of_a_field(tmp_path: Path) -> None:
    site = load_site(write(tmp_path, SMALL))
    assert site.list.url == (Place(select="a", attribute="href"),)
    assert [place.select for place in site.thread.text] == [".body", ".content"]
    assert site.thread.native_id[0].xpath == "./@id"


WRONG = {
    "an unknown key": ('title = "小站"', 'title = "小站"\ncolour = "red"', "colour", "没有这个键"),
    "a missing key": ('item = "article"', "", "thread.item", "缺少"),
    "a bad selector": ('item = "tr"', 'item = "tr["', "list.item", "CSS"),
    "a bad expression": ("(\\d+)", "(\\d+", "thread.native_id", "正则"),
    "a bad xpath": ("./@id", "./@@", "thread.native_id", "XPath"),
    "an unknown charset": ('title = "小站"', 'title = "小站"\nencoding = "gbx"', "encoding", "gb18030"),
    "an unknown zone": ("[list]", '[dates]\ntimezone = "Mars"\n[list]', "dates.timezone", "Asia/Shanghai"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_site_file_is_named_with_its_key(tmp_path: Path, fault: str) -> None:
    right, wrong, key, said = WRONG[fault]
    with pytest.raises(SiteFileError) as error:
        load_site(write(tmp_path, SMALL.replace(right, wrong, 1)))
    assert "small.toml" in str(error.value)
    assert key in str(error.value)
    assert said in str(error.value)


def test_a_site_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(SiteFileError, match="discuz"):
        load_site("nowhere")


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    with pytest.raises(SiteFileError, match="读不了"):
        load_site(write(tmp_path, "title = "))
