"""NodeBB: the topics of a forum or of one category, by the JSON that the forum's own pages are made of."""

from collections.abc import Mapping

from crawler.board_spider import BoardSpider
from crawler.pages.extraction import Extraction
from crawler.pages.nodebb_page import api_address, read_nodebb_page
from crawler.pages.page import Page


class NodebbSpider(BoardSpider):
    """Spider of NodeBB; its start addresses are the forum, its list of categories, categories or topics."""

    name = "nodebb"

    def read(self, page: Page, _numbers: Mapping[int, str], /) -> Extraction:
        """Read an answer, whose posts name what they answer by its id."""
        return read_nodebb_page(page)

    def address(self, url: str) -> str:
        """Return the address of the API that stands for a page."""
        return api_address(url)
