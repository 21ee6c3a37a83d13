"""The worked example of docs/sources.md is a site file that loads and reads."""

import re
from datetime import UTC, datetime
from pathlib import Path

from crawler.pages.forum_page import read_forum_page
from crawler.pages.page import Page
from crawler.site import load_site

DOCS = Path(__file__).parents[2] / "docs" / "sources.md"
PAGE = """<h1>利息怎么算</h1><div id="posts">
<article id="p7"><b class="author">甲</b><time datetime="2026-11-24T10:00:00Z">一小时前</time>
<div class="body">怎么算？</div></article>
<article id="p8"><b class="author">乙</b><time>昨天 12:05</time>
<div class="body"><blockquote><a href="/t/1#p7">甲</a>怎么算？</blockquote>用 IRR</div></article></div>
<a rel="next" href="/t/1?page=2">下一页</a>"""


def test_the_worked_example_reads_a_page(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(title = .*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    path = tmp_path / "小站.toml"
    path.write_text(example, encoding="utf-8")
    served = datetime(2026, 11, 24, 11, tzinfo=UTC)
    read = read_forum_page(Page(url="http://bbs.example/t/1", body=PAGE.encode(), served=served), load_site(str(path)))
    assert [(post.native_id, post.kind, post.parent_id, post.text) for post in read.posts] == [
        ("7", "topic", None, "怎么算？"),
        ("8", "reply", "7", "用 IRR"),
    ]
    assert read.posts[1].published == datetime(2026, 11, 23, 4, 5, tzinfo=UTC)
    assert read.next == "http://bbs.example/t/1?page=2"
    assert read.issues == ()
