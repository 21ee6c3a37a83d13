"""Errors of the crawler; every message says what to do next.

CrawlerError
├── SiteFileError      a site file is missing or wrong: mend the file, key named
├── RegisterError      a source isn't registered as it must be: mend the configuration
├── PageError          a page or file could not be opened: check path or network
├── FieldError         a value in a file to import can't be used: the row is reported and left out
├── MappingError       a mapping of columns is missing or wrong: mend it, or say which column is which
├── OcrError           a screenshot can't be read: install the extra `ocr`, or take it again
├── EvidenceError      evidence is missing, can't be read or sealed: restore it, or mend what the message names
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


class PageError(CrawlerError):
    """A page to check or a file to import can't be opened."""


class FieldError(CrawlerError):
    """A value in a file to import can't be used; `field` is its column, the message says why."""

    def __init__(self, detail: str, *, field: str = "") -> None:
        super().__init__(detail)
        self.field = field


class MappingError(CrawlerError):
    """A mapping of columns can't be found or used; the message names file and key."""


class OcrError(CrawlerError):
    """A screenshot can't be opened, or what reads it isn't installed."""


class EvidenceError(CrawlerError):
    """Evidence or a manifest of it is missing or can't be read; the message names it."""


class KeyFileError(CrawlerError):
    """The file with the keys of the pseudonyms can't be used; the message names it."""


class CrawlBusyError(CrawlerError):
    """Another crawl holds this home folder."""


class CrawlFailedError(CrawlerError):
    """The crawl process ended without its report; the message names the log file."""
