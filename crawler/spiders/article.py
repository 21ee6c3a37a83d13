"""Article: the articles of a news site, blog or the like, from pages that list them or from their own addresses."""

from collections.abc import Iterator, Mapping

from scrapy.http import Response

from crawler.board_spider import BoardSpider
from crawler.pages.article_page import read_article_page
from crawler.pages.extraction import Extraction, PageKind
from crawler.pages.page import Page
from crawler.source_spider import Output
from crawler.turning import ThreadReading


class ArticleSpider(BoardSpider):
    """Spider of plain articles; needs no site file, its start addresses are lists of articles, or articles."""

    name = "article"
    list_limit = 20
    """Pages of one list: what lies deeper was published long ago."""

    def read(self, page: Page, _numbers: Mapping[int, str], /) -> Extraction:
        """Read a page as the article or the list that it is."""
        return read_article_page(page)

    def _refused(self, response: Response, extraction: Extraction, reading: ThreadReading) -> Iterator[Output]:
        """A headline that led to no article is looked at again as seldom as an article that doesn't change."""
        yield from super()._refused(response, extraction, reading)
        if extraction.kind is PageKind.UNKNOWN:
            self.visits.mark([reading.walled(self.source, at=self.assignment.clock())])
