"""The words of a post of 微博 in an export, as its spider keeps them, so that one post isn't two wordings."""

import html

from crawler.pages.weibo.words import read_words


def own_words(text: str) -> str:
    """Return what the author wrote: without `回复@name:`, what is passed on (`//@name:…`) and marks of the site."""
    return read_words(html.escape(text, quote=False).replace("\n", "<br>"))
