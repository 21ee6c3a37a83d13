"""Received: keeps the bytes of a response as they came, before Scrapy undoes their compression."""

from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response

from crawler.evidence.warc import Received

META = "received"


class ReceivedMiddleware:
    """Scrapy downloader middleware, nearer to the downloader than the decompression."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Put the response as received into the request's meta."""
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        request.meta[META] = Received(
            url=response.url,
            status=response.status,
            headers=headers,
            body=response.body,
            at=datetime.now(UTC),
        )
        return response
