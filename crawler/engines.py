"""Engines that need no site file: the page reader and the addresses of each platform, by the name of its spider."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.pages import discourse_page, flarum_page, nodebb_page
from crawler.pages.appstore_page import feed_address, read_appstore_page
from crawler.pages.article_page import read_article_page
from crawler.pages.extraction import Extraction
from crawler.pages.feed_page import read_feed_page
from crawler.pages.heimao.addresses import answer_address
from crawler.pages.heimao.heimao_page import read_heimao_page
from crawler.pages.page import Page
from crawler.pages.tieba.tieba_page import read_tieba_page
from crawler.pages.weibo import addresses as weibo
from crawler.pages.weibo.weibo_page import read_weibo_page


def _unchanged(url: str) -> str:
    return url


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """How one platform is read: `title` for people, `read` a page, `address` of the answer that stands for a page."""

    title: str
    read: Callable[[Page], Extraction]
    address: Callable[[str], str] = _unchanged


ENGINES = {
    "feed": Engine(title="RSS 和 Atom", read=read_feed_page),
    "discourse": Engine(
        title="Discourse 论坛（JSON）", read=discourse_page.read_discourse_page, address=discourse_page.json_address
    ),
    "flarum": Engine(
        title="Flarum 论坛（JSON:API）", read=flarum_page.read_flarum_page, address=flarum_page.api_address
    ),
    "weibo": Engine(title="微博（手机版接口、s.weibo.com、weibo.cn）", read=read_weibo_page, address=weibo.api_address),
    "appstore": Engine(title="App Store 评论（公开的 JSON 订阅）", read=read_appstore_page, address=feed_address),
    "article": Engine(title="普通文章和文章列表（新闻、博客、软文）", read=read_article_page),
    "tieba": Engine(title="百度贴吧（网页、手机版、接口回答）", read=read_tieba_page),
    "heimao": Engine(title="黑猫投诉（列表、投诉页）", read=read_heimao_page, address=answer_address),
    "nodebb": Engine(title="NodeBB 论坛（JSON）", read=nodebb_page.read_nodebb_page, address=nodebb_page.api_address),
}
