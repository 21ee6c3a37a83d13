"""When a firm was founded."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding

KINDS = ("founded",)

_FOUNDED = re.compile(
    r"(?:成立|创立|创办|创建|组建)(?:于|时间[为是:：]?|在)?\s?(?P<late>(?P<year>(?:19|20)\d{2})\s?年)"
    r"|(?P<early>(?P<first>(?:19|20)\d{2})\s?年)(?:\d{1,2}月(?:\d{1,2}日)?)?(?:正式)?(?:成立|创立|创办|创建)"
)


def find(text: str) -> Iterator[Finding]:
    """The year of each founding."""
    for match in _FOUNDED.finditer(text):
        group = "late" if match["late"] else "early"
        yield Finding("founded", float(match["year"] or match["first"]), "year", *match.span(group))
