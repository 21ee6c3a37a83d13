import pytest

from crawler.importers.identity import identity_of


@pytest.mark.parametrize(
    ("url", "platform", "native_id"),
    [
        ("https://tieba.baidu.com/p/900100200?pid=150000000001#150000000001", "tieba", "150000000001"),
        ("https://tieba.baidu.com/p/900100200?pid=150000000001&cid=0#150000000001", "tieba", "150000000001"),
        ("https://tieba.baidu.com/p/900100200?pid=150000000001&cid=150000000077", "tieba", "150000000077"),
        ("https://www.bilibili.com/video/av170001", "bilibili", "av170001"),
        ("https://www.zhihu.com/question/1/answer/22", "zhihu", "answer-22"),
        ("https://weibo.com/about", "weibo", ""),
    ],
)
def test_an_address_tells_the_platform_and_the_post(url: str, platform: str, native_id: str) -> None:
    found = identity_of(url)
    assert found is not None
    assert (found.platform, found.native_id) == (platform, native_id)


def test_an_unknown_site_tells_nothing() -> None:
    assert identity_of("https://forum.example/p/1") is None
