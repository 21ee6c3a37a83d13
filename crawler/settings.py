"""Scrapy settings of every crawl; what differs by source is set in crawler/process.py from its register entry."""

BOT_NAME = "fengping"
SPIDER_MODULES = ["crawler.spiders"]

# Polite by default: robots.txt holds, and AutoThrottle slows down with the site.
ROBOTSTXT_OBEY = True
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
DOWNLOAD_TIMEOUT = 60
RETRY_TIMES = 2
# Seconds that a busy site may ask to be left alone for (Retry-After); a page of one that asks for more is left out.
MAXIMUM_RETRY_AFTER = 120
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
# Nothing listens: a crawl is steered by its parent process only.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Threads of thousands of pages and posts of megabytes are normal; an archive behind a link isn't a page.
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024
# A chain of redirects is a login or an endless loop; both are told of, not followed for ever.
REDIRECT_MAX_TIMES = 8
# A proxy from the environment would hide which address is really connected to.
HTTPPROXY_ENABLED = False
# The address that is connected to is the one that was checked; nothing but the web is fetched.
TWISTED_DNS_RESOLVER = "crawler.downloading.resolver.PublicResolver"
DOWNLOAD_HANDLERS = {
    "http": "crawler.downloading.handler.CheckedHandler",
    "https": "crawler.downloading.handler.CheckedHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
# The visiting spiders keep their own account of what was asked for; a thread may be asked for twice (empty pages).
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
# Status codes are judged by the spiders: a 404 with the site's own message is a deleted thread.
HTTPERROR_ALLOW_ALL = True
# Items in the order in which they were read: a thread is marked as read only after its posts.
CONCURRENT_ITEMS = 1

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.inside.InsideGuard": 50,
    "crawler.middlewares.address.AddressGuard": 90,
    "crawler.middlewares.retry_after.RetryAfter": 560,
    "crawler.middlewares.decompression.Decompression": 590,
    "crawler.middlewares.received.ReceivedMiddleware": 595,
}
ITEM_PIPELINES = {
    "crawler.pipelines.tally.TallyPipeline": 100,
    "indexer.ledger.pipeline.LandingPipeline": 900,
}
EXTENSIONS = {"crawler.progress.Progress": 100}

LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.quiet_log.QuietLogFormatter"
