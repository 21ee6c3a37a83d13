"""Recorded pages (real ones, shortened, names replaced): what is read from each, field by field, at a frozen clock.

A page is a folder in `pages/` with `page.html` or `page.json` (its status, if it isn't 200, in `page.json.headers`),
`meta.json` (site, url, served) and `expected.json`. Where `expected.json` is missing it is written, and the test fails
until someone has reviewed it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.checking import check
from crawler.engines import ENGINES
from crawler.site import shipped_sites

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(folder.name for folder in PAGES.iterdir())
FIELDS = ("kind", "thread_id", "posts", "threads", "boards", "next", "issues")


@cache
def read(name: str) -> Mapping[str, Any]:
    meta = json.loads((PAGES / name / "meta.json").read_text(encoding="utf-8"))
    served = datetime.fromisoformat(meta["served"])
    page = min((PAGES / name).glob("page.*"))
    extraction = check(meta["site"], str(page), url=meta["url"], at=served, clock=lambda: served)
    shown: Mapping[str, Any] = json.loads(json.dumps(asdict(extraction), default=str, ensure_ascii=False))
    return shown


@cache
def expected(name: str) -> Mapping[str, Any]:
    path = PAGES / name / "expected.json"
    if not path.exists():
        path.write_text(json.dumps(read(name), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        pytest.fail(f"{path} was missing and has been written: review it, then run again")
    content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_field_of_a_recorded_page(name: str, field: str) -> None:
    assert read(name)[field] == expected(name)[field]


def test_every_shipped_site_file_has_a_recorded_page() -> None:
    layouts = {"phpbb": "phpbb_topic", "discuz": "discuz_x35_thread", "discuz_touch": "discuz_x35_touch_thread"}
    assert set(shipped_sites()) == set(layouts)
    assert set(layouts.values()) <= set(NAMES)


def test_every_engine_has_a_recorded_page() -> None:
    read_by = {json.loads((PAGES / name / "meta.json").read_text(encoding="utf-8"))["site"] for name in NAMES}
    assert set(ENGINES) - {"feed"} <= read_by  # feeds have their own tests
