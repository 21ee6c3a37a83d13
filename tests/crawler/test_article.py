from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.errors import PageError
from crawler.evidence.warc import Warc
from crawler.importers.article import read_article
from crawler.post import Post, PostKind

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)
PARAGRAPH = "红创金服成立于2015年，致力于为用户提供便捷的金融服务，包括个人贷款、消费信贷和投资理财等。" * 4


def read(path: Path) -> Post:
    warc = Warc(path.parent / "evidence", "import")
    post = read_article(path, source="import", crawled=NOW, key=b"k" * 32, warc=warc)
    warc.close()
    return post


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_plain_text(tmp_path: Path) -> None:
    post = read(write(tmp_path, "文章.txt", f"红创金服逾期现象\n发布时间：2024-5-1 10:00\n\n{PARAGRAPH}\n"))
    assert (post.kind, post.title) == (PostKind.ARTICLE, "红创金服逾期现象")
    assert post.text == f"红创金服逾期现象\n发布时间：2024-5-1 10:00\n{PARAGRAPH}"
    assert post.published == datetime(2024, 5, 1, 2, tzinfo=UTC)
    assert post.evidence.file is not None


def test_a_page_of_html_without_its_furniture(tmp_path: Path) -> None:
    published = '<meta property="article:published_time" content="2024-05-01">'
    head = f'<head><meta charset="gbk"><title>红创金服观察</title>{published}</head>'
    article = f"<article><h1>红创金服观察</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH[::-1]}</p></article>"
    html = f'<html>{head}<body><nav><a href="/">首页</a></nav>{article}<footer>版权所有</footer></body></html>'
    post = read(write(tmp_path, "页面.html", html, "gbk"))
    assert post.title == "红创金服观察"
    assert PARAGRAPH in post.text
    assert "版权所有" not in post.text
    assert post.published == datetime(2024, 4, 30, 16, tzinfo=UTC)


def test_the_same_file_is_the_same_post(tmp_path: Path) -> None:
    first, again = write(tmp_path, "a.txt", f"标题\n{PARAGRAPH}"), write(tmp_path, "b.txt", f"标题\n{PARAGRAPH}")
    assert read(first).native_id == read(again).native_id


def test_a_missing_or_empty_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PageError, match=r"没有\.txt"):
        read(tmp_path / "没有.txt")
    with pytest.raises(PageError, match="正文"):
        read(write(tmp_path, "空.txt", "  \n"))
