"""Link: one page that a person handed over, of any site: read by the engine or site file that knows it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from scrapy.http import Response

from crawler.board_spider import BoardSpider
from crawler.engines import ENGINES
from crawler.pages import discourse_page, flarum_page, nodebb_page
from crawler.pages.article_page import read_article_page
from crawler.pages.extraction import Extraction
from crawler.pages.forum_page import read_forum_page
from crawler.pages.page import Page
from crawler.site import Site, load_site, shipped_sites
from crawler.source_spider import Output
from crawler.turning import BoardReading

# What a forum's own pages say of the software; its JSON holds what the pages load by script.
_SOFTWARE: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("meta[name=generator][content^=Discourse]", discourse_page.json_address),
    ("#flarum-loading, #flarum-json-payload, #flarum-content", flarum_page.api_address),
    ("meta[name=generator][content^=NodeBB], script[src*='nodebb']", nodebb_page.api_address),
)


class LinkSpider(BoardSpider):
    """Spider of one address of a site that isn't registered."""

    name = "link"

    def read(self, page: Page, numbers: Mapping[int, str], /) -> Extraction:
        """Read a page as that which gets most posts out of it, an article where nothing else does."""
        if page.decoded.text.lstrip()[:1] == "{" and "post_stream" in page.decoded.text[:2000]:
            return discourse_page.read_discourse_page(page, numbers)
        known = [extraction for read in _readers() if (extraction := read(page)).posts]
        return max(known, key=_worth) if known else read_article_page(page)

    def parse_board(self, response: Response, board: BoardReading) -> Iterator[Output]:
        """Read the page, or ask for the answer that stands for it where the forum's software gives one."""
        address = _answer_address(self.page(response))
        if address and address not in {response.url, board.url} and urlsplit(address).path != urlsplit(board.url).path:
            yield self._board(BoardReading(url=address), address)
        else:
            yield from super().parse_board(response, board)


def _answer_address(page: Page) -> str | None:
    if page.decoded.text.lstrip()[:1] in {"{", "["}:
        return None
    return next((address(page.url) for css, address in _SOFTWARE if page.selector.css(css)), None)


def _worth(extraction: Extraction) -> tuple[int, int]:
    return len(extraction.posts), -len(extraction.issues)


def _readers() -> Iterator[Callable[[Page], Extraction]]:
    for name, engine in ENGINES.items():
        if name != "article":
            yield engine.read
    for site in _sites():
        yield lambda page, site=site: read_forum_page(page, site)  # type: ignore[misc]  # bound at once


@cache
def _sites() -> tuple[Site, ...]:
    return tuple(load_site(name) for name in shipped_sites())
