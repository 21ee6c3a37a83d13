"""Discourse: the topics of a forum or of one category or tag, by the JSON that the forum's own pages are made of."""

from collections.abc import Mapping

from crawler.board_spider import BoardSpider
from crawler.pages.discourse_page import json_address, read_discourse_page
from crawler.pages.extraction import Extraction
from crawler.pages.page import Page


class DiscourseSpider(BoardSpider):
    """Spider of Discourse; its start addresses are the forum, categories, tags or topics as people open them."""

    name = "discourse"

    def read(self, page: Page, numbers: Mapping[int, str], /) -> Extraction:
        """Read an answer; a reply names the post that it answers by its number in the topic."""
        return read_discourse_page(page, numbers)

    def address(self, url: str) -> str:
        """Return the address of the JSON that stands for a page."""
        return json_address(url)
