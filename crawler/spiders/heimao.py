"""黑猫投诉: the newest complaints with their steps, as far as the site gives them to visitors."""

from collections.abc import Iterator, Mapping

from scrapy.http import Response

from crawler.listed_spider import ListedSpider
from crawler.pages.extraction import Extraction
from crawler.pages.heimao.addresses import answer_address
from crawler.pages.heimao.heimao_page import read_heimao_page
from crawler.pages.heimao.walls import is_login
from crawler.pages.page import Page
from crawler.post import PostKind
from crawler.source_spider import Output
from crawler.turning import BoardReading


class HeimaoSpider(ListedSpider):
    """Spider of 黑猫; its start addresses are the home page, a search, a company or single complaints.

    Search and the complaints of a company need a log-in and a signature: that is reported, and nothing is forged.
    """

    name = "heimao"

    def read(self, page: Page, _numbers: Mapping[int, str], /) -> Extraction:
        """Read a page or an answer; the steps on a complaint belong to it by its number."""
        return read_heimao_page(page)

    def address(self, url: str) -> str:
        """Return the address of the answer that stands for a page."""
        return answer_address(url)

    def is_login(self, url: str) -> bool:
        """Whether an address is the site's log-in."""
        return is_login(url)

    def land_listed(self, response: Response, extraction: Extraction, board: BoardReading) -> Iterator[Output]:
        """Land what other people say below a complaint, which only lists show; it is a thread of its own."""
        yield from super().land_listed(response, extraction, board)
        comments = [post for post in extraction.posts if post.kind is PostKind.COMMENT]
        if comments:
            evidence = self.keep(response)
            for shown in comments:
                yield self.post(shown, evidence=evidence, thread_id=f"{shown.parent_id}-comments")
