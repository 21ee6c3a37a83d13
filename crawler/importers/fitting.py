"""Fitting: which engine or site file reads a saved page or answer, whatever it was saved from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from crawler.engines import ENGINES
from crawler.pages.article_page import read_article_page
from crawler.pages.extraction import Extraction, PageKind
from crawler.pages.forum_page import read_forum_page
from crawler.pages.page import Page
from crawler.site import Site, load_site, shipped_sites

_ARTICLE = "article"
_NO_PAGE = {PageKind.UNKNOWN, PageKind.MESSAGE}


@dataclass(frozen=True, slots=True)
class Fit:
    """What the engine (or site file) called `reader` makes of a page."""

    reader: str
    extraction: Extraction


def fitting(page: Page) -> Fit | None:
    """Return what the reader makes of a page that gets most out of it; `None` where none knows it.

    A page that shows no posts (a list of threads) counts for less than one with posts.
    """
    known = [fit for fit in _fits(page) if fit.extraction.kind not in _NO_PAGE and any(_gain(fit)[:2])]
    return max(known, key=_gain, default=None)


def as_article(page: Page) -> Fit | None:
    """Return a page of the web as the article that its spider would read, or the list that it is."""
    if not page.url.startswith("http"):
        return None  # an article is known by its address
    extraction = read_article_page(page)
    return Fit(_ARTICLE, extraction) if extraction.kind not in _NO_PAGE else None


def _fits(page: Page) -> Iterator[Fit]:
    for name, engine in ENGINES.items():
        if name != _ARTICLE:  # knows any page of some words
            yield Fit(name, engine.read(page))
    for name, site in _sites().items():
        yield Fit(name, read_forum_page(page, site))


def _gain(fit: Fit) -> tuple[int, int, int]:
    return len(fit.extraction.posts), len(fit.extraction.threads), -len(fit.extraction.issues)


@cache
def _sites() -> Mapping[str, Site]:
    return {name: load_site(name) for name in shipped_sites()}
