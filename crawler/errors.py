"""Errors of the crawler; every message says what to do next.

CrawlerError
├── SiteFileError      a site file is missing or wrong: mend the file, key named
├── RegisterError      a source isn't registered as it must be: mend the configuration
├── AddressError       a host is private or loopback and not allowed: add it to allow_hosts or leave it
├── PageError          a page or file could not be opened: check path or network
├── KeyFileError       the key file is damaged or being rotated: restore it, or wait
├── CrawlBusyError     another crawl works in this home folder: wait for it
└── CrawlFailedError   the crawl process ended without a report: read the log
"""


class CrawlerError(Exception):
    """Base of all errors that the crawler raises on purpose."""


class SiteFileError(CrawlerError):
    """A site file can't be found or read; the message names file and key."""


class RegisterError(CrawlerError):
    """A source is unknown, switched off or has no purpose; the message names source and key."""


class AddressError(CrawlerError):
    """A request would go to a private address that the source doesn't allow."""


class PageError(CrawlerError):
    """A page to check or a file to import can't be opened."""


class KeyFileError(CrawlerError):
    """The file with the keys of the pseudonyms can't be used; the message names it."""


class CrawlBusyError(CrawlerError):
    """Another crawl holds this home folder."""


class CrawlFailedError(CrawlerError):
    """The crawl process ended without its report; the message names the log file."""
