"""Engines that need no site file: the page reader and the addresses of each platform, by the name of its spider."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.pages import discourse_page, flarum_page, nodebb_page
from crawler.pages.extraction import Extraction
from crawler.pages.feed_page import read_feed_page
from crawler.pages.page import Page


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
    "nodebb": Engine(title="NodeBB 论坛（JSON）", read=nodebb_page.read_nodebb_page, address=nodebb_page.api_address),
}
