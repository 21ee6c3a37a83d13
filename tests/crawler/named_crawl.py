"""A crawl whose names a real DNS server of its own answers: `python -m tests.crawler.named_crawl ORDER`.

ORDER is JSON: `names` gives each name's addresses in the order of the lookups (the last one stays), `urls` are asked
for one after another, `allow_hosts` as in the register. Prints what became of each as JSON.
"""

import json
import sys
from collections.abc import AsyncIterator, Sequence
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.internet.defer import Deferred, succeed
from twisted.names import client, dns, server

from crawler.downloading.resolver import PublicResolver

ORDER: dict[str, Any] = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
OUTCOMES: list[list[Any]] = []


class Zone:
    """Answers with the next address of a name."""

    def query(self, query: Any, timeout: Any = None) -> "Deferred[Any]":
        addresses = ORDER["names"][query.name.name.decode()]
        address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        record = dns.RRHeader(name=query.name.name, payload=dns.Record_A(address=address), ttl=0)
        return succeed(([record], [], []))


class OwnResolver(PublicResolver):
    """The crawler's resolver, which asks the test's DNS server instead of the system's."""

    def install_on_reactor(self) -> None:
        super().install_on_reactor()
        protocol = dns.DNSDatagramProtocol(server.DNSServerFactory(clients=[Zone()]))
        port = self.reactor.listenUDP(0, protocol, interface="127.0.0.1")
        self._client = client.Resolver(servers=[("127.0.0.1", port.getHost().port)])

    def _ask(self, name: str, timeout: Sequence[int]) -> "Deferred[str]":
        if name not in ORDER["names"]:  # an address is its own answer
            return super()._ask(name, timeout)
        return self._client.lookupAddress(name).addCallback(lambda found: found[0][0].payload.dottedQuad())


class NamedSpider(Spider):
    name = "named"

    async def start(self) -> AsyncIterator[Request]:
        for url in ORDER["urls"]:
            yield Request(url, callback=self.came, errback=self.failed, dont_filter=True)

    def came(self, response: Response) -> None:
        OUTCOMES.append([response.url, response.status, len(response.body)])

    def failed(self, failure: Any) -> None:
        OUTCOMES.append([failure.request.url, type(failure.value).__name__, str(failure.value)])


def main() -> None:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    own = {
        "TWISTED_DNS_RESOLVER": "tests.crawler.named_crawl.OwnResolver",
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
        "ALLOW_HOSTS": ORDER.get("allow_hosts", []),
        "ROBOTSTXT_OBEY": False,
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS": 1,
        "RETRY_ENABLED": False,
        "DOWNLOAD_TIMEOUT": 2,
        "LOG_LEVEL": "CRITICAL",
        **ORDER.get("settings", {}),
    }
    for name, value in own.items():
        settings.set(name, value, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(NamedSpider)
    process.start()
    sys.stdout.write(json.dumps(OUTCOMES))


if __name__ == "__main__":
    # By its own name, so that the resolver that Scrapy loads is of the same module.
    from tests.crawler import named_crawl

    named_crawl.main()
