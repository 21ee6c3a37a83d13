"""Where a forum begins, told from the address of one of its pages."""

import re
from urllib.parse import urlsplit, urlunsplit


def forum_root(url: str, mark: re.Pattern[str]) -> str:
    """Return the address of the forum itself, maybe in a folder of its host; `mark` finds the first part behind it."""
    scheme, host, path, *_ = urlsplit(url)
    found = mark.search(path)
    return urlunsplit((scheme, host, path[: found.start()] if found else path.rstrip("/"), "", ""))
