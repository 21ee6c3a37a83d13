"""Post: what a source shows of one contribution, as the crawler hands it to the ledger."""

import dataclasses
import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PostKind(StrEnum):
    """What a post is at its source, whatever it says."""

    TOPIC = "topic"
    REPLY = "reply"
    COMMENT = "comment"
    REVIEW = "review"
    COMPLAINT = "complaint"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """Counts that the source shows; `None` where it shows none."""

    likes: int | None = None
    replies: int | None = None
    views: int | None = None
    shares: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the response that a post came from is kept.

    `sha256` is the hex digest of the response body as received; `file` (relative to the evidence folder) and `offset`
    (bytes) find the WARC record, and are `None` where the bytes were read but not archived.
    """

    sha256: str
    file: str | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One contribution at one source, as it read when it was crawled.

    `source` is the name in the source register and with `native_id` (unique at the source) identifies the post.
    `author` is a keyed pseudonym (see `crawler.pseudonym`), never the name shown; `None` for an anonymous author.
    `published` and `crawled` are aware datetimes in UTC; `published` is `None` where the source shows no time.
    `text` is what the author wrote, without quotes, signatures and page furniture, its lines kept.
    """

    source: str
    native_id: str
    url: str
    kind: PostKind
    title: str
    text: str
    published: datetime | None
    crawled: datetime
    evidence: Evidence
    thread_id: str | None = None
    parent_id: str | None = None
    author: str | None = None
    region: str | None = None
    engagement: Engagement = dataclasses.field(default_factory=Engagement)

    @property
    def content_digest(self) -> str:
        """SHA-256 (hex) of what makes a new version: title and text; counts that move do not."""
        return hashlib.sha256(f"{self.title}\x00{self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRead:
    """Says that every page of a thread was read in one run, so that posts missing from it are known to be missing.

    `post_ids` are the native ids seen; `signature` is what the board list said about the thread (replies, last reply),
    which the next run compares; `read` is in UTC. `url` (first page) and `active` (newest activity known, UTC) are for
    the visit memory, which revisits a thread the more seldom the longer it has been quiet. `is_whole` is False where
    the site shows only a part of the thread: what isn't among `post_ids` is then not known to be missing.
    """

    source: str
    thread_id: str
    post_ids: tuple[str, ...]
    signature: str
    read: datetime
    url: str = ""
    active: datetime | None = None
    is_whole: bool = True


class IssueReason(StrEnum):
    """Why something at a source could not be read as it should."""

    LOGIN_REQUIRED = "login_required"
    PERMISSION = "permission"
    DELETED = "deleted"
    MESSAGE = "message"
    SCREENED = "screened"
    EMPTY_BOARD = "empty_board"
    EMPTY_PAGE = "empty_page"
    ENDLESS_PAGINATION = "endless_pagination"
    PAGE_LIMIT = "page_limit"
    SITE_CAP = "site_cap"
    SIMILAR_OMITTED = "similar_omitted"
    MISSING_FIELD = "missing_field"
    UNREADABLE_FIELD = "unreadable_field"
    UNKNOWN_PAGE = "unknown_page"
    WRONG_CHARSET = "wrong_charset"
    CUT_SHORT = "cut_short"
    TOO_LARGE = "too_large"
    HTTP_STATUS = "http_status"
    UNREACHABLE = "unreachable"
    REFUSED_ADDRESS = "refused_address"
    ROBOTS = "robots"
    NOT_FOLLOWED = "not_followed"
    BROKEN_FEED = "broken_feed"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlIssue:
    """Something odd at a source, kept for the operator: nothing that was not read is lost silently.

    `field` names what was missing or unreadable (such as `published`), empty when the whole page is meant; `detail` is
    one Chinese sentence for the operator; `at` is in UTC.
    """

    source: str
    url: str
    reason: IssueReason
    detail: str
    at: datetime
    field: str = ""
