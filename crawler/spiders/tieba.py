"""百度贴吧: the threads of boards, with nested replies (楼中楼), as far as the site gives them to visitors."""

from collections.abc import Mapping
from dataclasses import replace

from scrapy.settings import BaseSettings

from crawler.listed_spider import ListedSpider
from crawler.pages.extraction import Extraction, PageKind
from crawler.pages.page import Page
from crawler.pages.tieba.tieba_page import read_tieba_page
from crawler.pages.tieba.walls import is_login


class TiebaSpider(ListedSpider):
    """Spider of 贴吧; its start addresses are boards (`/f?kw=…`, `/mo/q/m?kw=…`) or threads (`/p/…`).

    No log-in, no signature, no verification: what needs one is reported, and what the list showed of it is kept.
    """

    name = "tieba"

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Ask as a mobile browser: only these get lists with their content in them (as of 2026)."""
        super().update_settings(settings)
        agent = str(settings["USER_AGENT"]).replace("(compatible)", "(Linux; Android 14; Mobile)")
        settings.set("USER_AGENT", agent, priority="spider")

    def read(self, page: Page, _numbers: Mapping[int, str], /) -> Extraction:
        """Read a page or an answer, whose nested replies name the post that they belong to by its id.

        That a page is an empty shell is no issue where it says where its content is: these are the pages of today.
        """
        extraction = read_tieba_page(page)
        is_shell = not (extraction.posts or extraction.threads or extraction.left_out)
        leads_on = extraction.boards or (extraction.kind is PageKind.THREAD and extraction.next)
        return replace(extraction, issues=()) if is_shell and leads_on else extraction

    def is_login(self, url: str) -> bool:
        """Whether an address is Baidu's log-in or verification."""
        return is_login(url) or super().is_login(url)
