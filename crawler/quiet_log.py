"""Log lines without the text of posts, which may hold personal data."""

import logging
from typing import Any

from scrapy import Spider, logformatter
from scrapy.http import Response
from scrapy.logformatter import LogFormatterResult
from twisted.python.failure import Failure


class QuietLogFormatter(logformatter.LogFormatter):
    """Scrapy's log lines, with items named by their type only."""

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Return the line for an item that a pipeline failed on."""
        named = {
            "kind": type(item).__name__,
            "page": getattr(response, "url", ""),
            "source": getattr(spider, "source", spider.name),
            "error": type(exception).__name__,
        }
        return {
            "level": logging.ERROR,
            "msg": "%(source)s: could not store a %(kind)s of %(page)s: %(error)s",
            "args": named,
        }
