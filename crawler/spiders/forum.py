"""Forum: any forum whose pages a site file describes."""

from collections.abc import Mapping
from typing import Any

from crawler.board_spider import BoardSpider
from crawler.pages.extraction import Extraction
from crawler.pages.forum_page import is_login, read_forum_page
from crawler.pages.page import Page
from crawler.site import Site
from crawler.source_spider import Assignment


class ForumSpider(BoardSpider):
    """Spider of any forum; where its fields stand is in the site file (`site = "discuz"` in the register)."""

    name = "forum"

    def __init__(self, *, assignment: Assignment, **more: Any) -> None:
        super().__init__(assignment=assignment, **more)
        if assignment.site is None:
            raise ValueError("a forum needs a site file")
        self.site: Site = assignment.site
        self.list_limit, self.thread_limit = self.site.list.limit, self.site.thread.limit

    def read(self, page: Page, _numbers: Mapping[int, str], /) -> Extraction:
        """Read a page by the site file, whose posts name what they quote by its id."""
        return read_forum_page(page, self.site)

    def is_login(self, url: str) -> bool:
        """Whether an address is the log-in page that the site file knows."""
        return is_login(url, self.site)
