"""Flarum: the discussions of a forum or of one tag, by its JSON:API."""

from collections.abc import Mapping

from crawler.board_spider import BoardSpider
from crawler.pages.extraction import Extraction
from crawler.pages.flarum_page import api_address, read_flarum_page
from crawler.pages.page import Page


class FlarumSpider(BoardSpider):
    """Spider of Flarum; its start addresses are the forum, tags or discussions as people open them."""

    name = "flarum"

    def read(self, page: Page, _numbers: Mapping[int, str], /) -> Extraction:
        """Read an answer, whose posts name what they answer by its id."""
        return read_flarum_page(page)

    def address(self, url: str) -> str:
        """Return the address of the API that stands for a page."""
        return api_address(url)
