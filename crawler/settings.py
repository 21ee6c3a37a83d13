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
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
# Nothing listens: a crawl is steered by its parent process only.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Threads of thousands of pages and posts of megabytes are normal; an archive behind a link isn't a page.
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
DOWNLOAD_WARNSIZE = 16 * 1024 * 1024
# The visiting spiders keep their own account of what was asked for; a thread may be asked for twice (empty pages).
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
# Status codes are judged by the spiders: a 404 with the site's own message is a deleted thread.
HTTPERROR_ALLOW_ALL = True
# Items in the order in which they were read: a thread is marked as read only after its posts.
CONCURRENT_ITEMS = 1

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.middlewares.inside.InsideGuard": 50,
    "crawler.middlewares.address.AddressGuard": 90,
    "crawler.middlewares.received.ReceivedMiddleware": 595,
}
ITEM_PIPELINES = {
    "crawler.pipelines.tally.TallyPipeline": 100,
    "indexer.ledger.pipeline.LandingPipeline": 900,
}
EXTENSIONS = {"crawler.progress.Progress": 100}

LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.quiet_log.QuietLogFormatter"
