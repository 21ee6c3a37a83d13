"""Abusive words of collectors."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding, conduct

KINDS = ("abuse",)

_ABUSE = re.compile(
    r"辱骂|谩骂|骂骂咧咧|(?:破口)?大骂|(?:开口|张口|接通|上来)就骂|骂(?:我(?!自己)|人|他|她|街|客户|脏话|家人|你)(?:死全家|全家)?|骂得(?!有点|最|好|对|早)|骂[了过](?:[我人半一好几整]|他妈)"
    r"|(?:被|挨)(?:[^，。；！？\n]{0,6})骂|脏话|爆粗口?|粗口|人身攻击|侮辱(?!智商)|羞辱|咒(?:骂)?我|诅咒|出言不逊|恶语|嘲讽我|说话(?:很|特别)?难听"
)
_AUTHOR_ACTS = re.compile(r"(?:我|我们|气得|气到|忍不住|没忍住)(?:都|就|也|真|很|已经|以前)*(?:想|要)?$|想$")


def find(text: str) -> Iterator[Finding]:
    """Each mention; where the author feels like swearing, it is none."""
    for match in _ABUSE.finditer(text):
        if not _AUTHOR_ACTS.search(text, max(0, match.start() - 6), match.start()):
            yield conduct("abuse", *match.span())
